"""A PDF that is written one object after the other, so that a thousand letters need little memory.

pypdf reads; its own writer keeps every object until the end, and took 330 MB where 50 do.
What is equal is written once, such as the logo and the enclosure that all letters have. Nothing but
what was put in stands in the file: no time, no host, no chance.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Objects:
    """The file under construction."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._out.write(_HEAD)
        self._offsets: list[int] = []
        self._equal: dict[bytes, IndirectObject] = {}

    def reserve(self) -> IndirectObject:
        """A number for an object that is written later."""
        self._offsets.append(0)
        return IndirectObject(len(self._offsets), 0, None)

    def put(self, value: PdfObject, at: IndirectObject | None = None) -> IndirectObject:
        """Write an object, whose references are to this file; ``at`` is a number it was promised.

        An equal object that is there already stands for it.
        """
        buffer = io.BytesIO()
        value.write_to_stream(buffer)
        data = buffer.getvalue()
        if at is None:
            digest = hashlib.sha256(data).digest()
            if digest in self._equal:
                return self._equal[digest]
            at = self._equal[digest] = self.reserve()
        self._offsets[at.idnum - 1] = self._out.tell()
        self._out.write(b"%d 0 obj\n%b\nendobj\n" % (at.idnum, data))
        return at

    def close(self, root: IndirectObject, info: IndirectObject) -> bytes:
        """The whole file."""
        start = self._out.tell()
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets)
        size = len(self._offsets) + 1
        self._out.write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows))
        name = hashlib.sha256(self._out.getbuffer()).hexdigest()[:32].encode()
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\n"
        self._out.write(trailer % (size, root.idnum, info.idnum, name, name))
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()


class Copier:
    """Takes objects of one PDF over into another, with all that they refer to."""

    def __init__(self, into: Objects) -> None:
        self._into = into
        self._done: dict[int, IndirectObject] = {}
        self._open: dict[int, IndirectObject | None] = {}

    def copied(self, value: Any) -> PdfObject:
        """The value with references to the other file. Raises RecursionError for deep nesting."""
        if isinstance(value, IndirectObject):
            return self._reference(value)
        if isinstance(value, ArrayObject):
            return ArrayObject(self.copied(each) for each in value)
        if isinstance(value, StreamObject):
            value.pop("/Length", None)  # is written anew, and may be a reference
            for key, inner in list(value.items()):
                value[NameObject(key)] = self.copied(inner)
            return value
        if isinstance(value, DictionaryObject):
            pairs = value.items()
            return DictionaryObject({NameObject(key): self.copied(each) for key, each in pairs})
        copied: PdfObject = value
        return copied

    def _reference(self, old: IndirectObject) -> IndirectObject:
        number = old.idnum
        if number in self._done:
            return self._done[number]
        if number in self._open:  # leads back to itself: it needs a number before it is written
            promised = self._open[number] = self._open[number] or self._into.reserve()
            return promised
        self._open[number] = None
        value = self.copied(old.get_object())
        new = self._done[number] = self._into.put(value, self._open.pop(number))
        return new


def dictionary(**entries: PdfObject | str | int) -> DictionaryObject:
    """A dictionary of names, numbers and whatever else is given as it is."""
    return DictionaryObject(
        {NameObject(f"/{key}"): _value(value) for key, value in entries.items()}
    )


def _value(value: PdfObject | str | int) -> PdfObject:
    if isinstance(value, PdfObject):
        return value
    return NameObject(f"/{value}") if isinstance(value, str) else NumberObject(value)
