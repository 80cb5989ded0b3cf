"""The file of a plate with its pages left blank: all bytes but those of what is exchanged."""

from __future__ import annotations

import hashlib
from math import ceil, log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_BASE = 256
_FRAME = len("0 obj\n") + len("\nendobj\n")


class Blank:
    """Writes a file again with other pages, in the way of pydyf 0.13.

    ``objects`` are all of the file, the last two of which are the packed ones and the table;
    ``pages`` are the numbers of those that may be exchanged.
    """

    def __init__(self, data: bytes, objects: Sequence[Any], pages: Collection[int]) -> None:
        *self._objects, self._table = objects
        alone = [each for each in self._objects if not each.compressible and each.free != "f"]
        self._offsets = [(each.number, each.offset) for each in alone]
        self._end = self._table.offset
        self._sizes = {each.number: len(each.data) for each in alone if each.number in pages}
        ends = (*(offset for _, offset in self._offsets[1:]), self._end)
        self._file = _joined(
            [data[: self._offsets[0][1]]],
            (
                each.number if each.number in pages else data[each.offset : end]
                for each, end in zip(alone, ends, strict=True)
            ),
        )
        written = [each for each in self._objects if each.free != "f"]
        self._told = _joined(
            [b""], (each.number if each.number in pages else each.data for each in written)
        )
        self._own = {each.number: each.data for each in alone if each.number in pages}
        self._begun = hashlib.md5(self._told[0], usedforsecurity=False)  # type: ignore[arg-type]
        self._rows: dict[int, list[bytes | int]] = {}

    def filled(self, pages: Mapping[int, bytes]) -> bytes:
        """The file with the data of these objects in the place of its own, by their numbers."""
        new = self._own | dict(pages)
        offsets, shift = {}, 0
        for number, offset in self._offsets:
            offsets[number] = offset + shift
            if number in new:
                shift += len(new[number]) - self._sizes[number]
        end = self._end + shift
        told = self._begun.copy()
        for piece in self._told[1:]:
            told.update(new[piece] if isinstance(piece, int) else piece)
        return b"".join(
            (
                *(
                    b"%d 0 obj\n%b\nendobj\n" % (piece, new[piece])
                    if isinstance(piece, int)
                    else piece
                    for piece in self._file
                ),
                self._written_table(offsets, end, told.hexdigest()),
                b"\nstartxref\n%d\n%%%%EOF\n" % end,
            )
        )

    def _written_table(self, offsets: Mapping[int, int], end: int, identifier: str) -> bytes:
        """Where each object begins, and the file's identifier, a digest of the rest of it."""
        import pydyf

        size = ceil(log(end + 1, _BASE))
        last = ceil(log(max(each.generation for each in self._objects) + 1, _BASE))
        if size not in self._rows:
            self._rows[size] = self._blank_rows(size, last)
        rows = b"".join(
            b"\x01" + offsets[row].to_bytes(size, "big") + bytes(last)
            if isinstance(row, int)
            else row
            for row in self._rows[size]
        )
        name = pydyf.String(identifier.encode()).data
        known = self._table.extra
        extra = {
            "Type": known["Type"],
            "Index": known["Index"],
            "W": pydyf.Array((1, size, last)),
            **{key: known[key] for key in known if key not in ("Type", "Index", "W", "ID")},
            "ID": pydyf.Array((name, name)),
        }
        rows += b"\x01" + end.to_bytes(size, "big") + bytes(last)
        written = pydyf.Stream([rows], pydyf.Dictionary(extra), compress=True)
        written.number = self._table.number
        data: bytes = written.indirect
        return data

    def _blank_rows(self, size: int, last: int) -> list[bytes | int]:
        """The rows of the table, with the numbers of objects in the place of those that move."""
        rows: list[bytes | int] = []
        packed = self._objects[-1].number.to_bytes(size, "big")
        place = 0
        for each in self._objects:
            if each.compressible:
                rows.append(b"\x02" + packed + place.to_bytes(last, "big"))
                place += 1
            elif each.free == "f":
                rows.append(bytes(1 + size) + each.generation.to_bytes(last, "big"))
            else:
                rows.append(each.number)
        return _joined([b""], rows)


def _joined(first: list[bytes], pieces: Iterable[bytes | int]) -> list[bytes | int]:
    """The pieces, those of bytes that follow each other as one; the first is of bytes."""
    joined: list[bytes | int] = []
    waiting = first
    for piece in pieces:
        if isinstance(piece, int):
            joined += [b"".join(waiting), piece] if waiting else [piece]
            waiting = []
        else:
            waiting.append(piece)
    return [*joined, b"".join(waiting)] if waiting else joined
