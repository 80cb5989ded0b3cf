"""The parts of a Word file that may be a stranger's, each as a tree, within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from msgspec import Struct

from letters.error import LettersError, Status

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MOST_PARTS = 2000
_MOST_TAGS = 1_000_000  # in one part; a letter with ten thousand names has half as many
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error)
NO_WORD = "is no Word document (.docx) that can be read"


class UnfitWordError(LettersError):
    """A file that is not read as a Word document; the message says what it is or holds."""

    status = Status.PROBLEMS


class Relation(Struct, frozen=True):
    """What a part speaks of: by its id, the last word of its kind, and its name in the file.

    What is ``outside`` of the file is never opened.
    """

    id: str
    kind: str
    path: str
    outside: bool


class WordParts:
    """A file, of which each part is read when it is asked for."""

    def __init__(self, data: bytes, most: int) -> None:
        """A part may have ``most`` bytes. Raises UnfitWordError."""
        self._most = most
        try:
            self._archive = ZipFile(BytesIO(data))
            infos = self._archive.infolist()
        except _BROKEN:
            raise UnfitWordError(NO_WORD) from None
        self._names = {info.filename for info in infos}
        if len(infos) > _MOST_PARTS:
            raise UnfitWordError("holds too many parts")
        if len(self._names) < len(infos) or not {info.compress_type for info in infos} <= {
            ZIP_STORED,
            ZIP_DEFLATED,
        }:
            raise UnfitWordError("is packed as no Word document is")
        if any(info.flag_bits & 1 for info in infos):
            raise UnfitWordError("is encrypted", "save it without a password")

    def relations(self, part: str) -> Iterator[Relation]:
        """All that a part speaks of; the package itself is called nothing."""
        name = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
        root = self.part(name)
        for one in () if root is None else root.iter(f"{_PACKAGE}Relationship"):
            target = one.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
            kind = one.get("Type", "").rpartition("/")[2]
            outside = one.get("TargetMode") == "External"
            yield Relation(one.get("Id", ""), kind, "" if outside else normpath(path), outside)

    def part(self, name: str) -> Element | None:
        """One part as a tree, if the file has it. Raises UnfitWordError."""
        from lxml import etree

        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as stream:
                data = stream.read(self._most + 1)
        except _BROKEN:
            raise UnfitWordError("is damaged") from None
        if len(data) > self._most or data.count(b"<") > _MOST_TAGS:
            raise UnfitWordError("is too large when it is unpacked")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnfitWordError("is damaged: a part of it is not XML") from None
        if root.getroottree().docinfo.doctype:
            raise UnfitWordError("holds a document type, which no Word document has")
        return root
