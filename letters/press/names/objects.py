"""The objects of a long PDF, written as they come, a few hundred in one compressed stream.

Other libraries hold every object of a file until it is saved, which for the structure of a hundred
thousand names is a gigabyte. Here each is forgotten when it is written, but for seven bytes of the
table in which readers look it up.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from itertools import accumulate

FIRST = 10_000
"""The number of the first object; those of the frame have smaller ones."""

_ENTRY = struct.Struct(">BIH")
_TOGETHER = 400
_LEVEL = 4  # of deflate: those above take twice the time for a tenth of the size


class ObjectWriter:
    """Writes objects under numbers that `fresh` has given out."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._out.write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
        self._table = bytearray()
        self._frame: dict[int, tuple[int, int, int]] = {}
        self._numbers = FIRST
        self._waiting: list[tuple[int, bytes]] = []

    def fresh(self) -> int:
        """A new number."""
        self._numbers += 1
        return self._numbers - 1

    def put(self, *objects: tuple[int, bytes]) -> None:
        """Objects that are no streams, each with its number."""
        self._waiting += objects
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def stream(self, number: int, data: bytes, more: bytes = b"") -> None:
        """A stream, which is deflated here."""
        packed = zlib.compress(data, _LEVEL)
        head = b"<<%b/Filter/FlateDecode/Length %d>>" % (more, len(packed))
        self.raw(number, b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, packed))

    def raw(self, number: int, written: bytes) -> None:
        """An object as it stands in another file, its number included."""
        self._seen(number, 1, self._out.tell(), 0)
        self._out.write(written)

    def close(self, root: bytes, info: bytes) -> bytes:
        """The whole file; ``root`` and ``info`` are references."""
        self._flush()
        number, at = self.fresh(), self._out.tell()
        self._seen(number, 1, at, 0)
        frame = sorted(self._frame)
        below = b"".join(_ENTRY.pack(*self._frame[one]) for one in frame)
        index = b" ".join(b"%d 1" % one for one in frame)
        identity = hashlib.sha256(self._out.getbuffer()).hexdigest()[:32].encode()
        count = number - FIRST + 1
        table = zlib.compress(
            _ENTRY.pack(0, 0, 65535) + below + bytes(self._table[: count * _ENTRY.size])
        )
        head = (
            b"<</Type/XRef/Size %d/W[1 4 2]/Index[0 1 %b %d %d]/Root %b/Info %b"
            b"/ID[<%b><%b>]/Filter/FlateDecode/Length %d>>"
            % (number + 1, index, FIRST, count, root, info, identity, identity, len(table))
        )
        self._out.write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, table))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % at)
        return self._out.getvalue()

    def _flush(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        holder = self.fresh()
        numbers = [number for number, _ in waiting]
        offsets = accumulate((len(body) + 1 for _, body in waiting), initial=0)
        head = b" ".join(map(b"%d %d".__mod__, zip(numbers, offsets, strict=False))) + b"\n"
        self._make_room(max(numbers))
        pack, table = _ENTRY.pack_into, self._table
        for place, number in enumerate(numbers):
            pack(table, (number - FIRST) * _ENTRY.size, 2, holder, place)
        data = head + b"\n".join(body for _, body in waiting)
        more = b"/Type/ObjStm/N %d/First %d" % (len(waiting), len(head))
        self.stream(holder, data, more)

    def _seen(self, number: int, kind: int, where: int, place: int) -> None:
        if number < FIRST:
            self._frame[number] = kind, where, place
            return
        self._make_room(number)
        _ENTRY.pack_into(self._table, (number - FIRST) * _ENTRY.size, kind, where, place)

    def _make_room(self, number: int) -> None:
        lacking = (number - FIRST + 1) * _ENTRY.size - len(self._table)
        if lacking > 0:
            self._table.extend(bytes(lacking))
