"""The objects of a PDF on their way into the file: each is packed once.

pydyf packs a stream each time it is asked for its bytes, and asks twice: for the file, and for the
digest that is the file's name. Fonts, pictures and the colour profile are even the same in many
files, and packing them is a quarter of the work on a letter.
"""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections import OrderedDict
from typing import Any

_REMEMBERED = 64
_LEVEL = 2  # of deflate: those above take several times as long for a hundredth of the file
_packed: OrderedDict[bytes, bytes] = OrderedDict()


def written_once(pdf: Any) -> None:
    """Take each stream of pydyf's ``pdf`` as it is to be written, and what it consists of along."""
    import pydyf

    pdf.objects[:] = [
        _frozen()(each) if isinstance(each, pydyf.Stream) else each for each in pdf.objects
    ]


@functools.cache
def _frozen() -> Any:
    import pydyf
    from weasyprint.pdf.stream import Stream

    class Frozen(pydyf.Object):  # type: ignore[misc]
        """A stream whose bytes are known; ``drawn`` are the operators of a page or a picture."""

        compressible, data = False, b""

        def __init__(self, stream: Any) -> None:
            super().__init__()
            self.number, self.generation = stream.number, stream.generation
            self.free, self.offset = stream.free, stream.offset
            self.drawn = tuple(stream.stream) if isinstance(stream, Stream) else ()
            if self.drawn and not stream.extra:
                self.data = packed(b"\n".join(map(written, self.drawn)))
            else:
                self.data = stream.data if self.drawn else _known(stream)

    return Frozen


def packed(operators: bytes) -> bytes:
    """What is drawn on a page, as its object has it."""
    data = zlib.compress(operators, _LEVEL)
    return b"<</Filter /FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(data), data)


def written(operator: Any) -> bytes:
    """An operator as pydyf writes it into a stream."""
    if isinstance(operator, bytes):
        return operator
    data = getattr(operator, "data", None)
    return data if isinstance(data, bytes) else str(operator).encode("ascii")


def _known(stream: Any) -> bytes:
    told = hashlib.sha256(b"\n".join(map(written, stream.stream)))
    told.update(repr(sorted((key, str(value)) for key, value in stream.extra.items())).encode())
    told.update(bytes([stream.compress]))
    key = told.digest()
    if key not in _packed:
        _packed[key] = stream.data
        if len(_packed) > _REMEMBERED:
            _packed.popitem(last=False)
    _packed.move_to_end(key)
    return _packed[key]
