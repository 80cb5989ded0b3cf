"""The parts of a Word file that somebody else has saved, each as a tree, within bounds."""

from __future__ import annotations

import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from letters.error import LettersError, Status
from letters.press.docx.ooxml import WORD

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = f"{{{WORD}}}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MOST = 32 << 20
"""Bytes of one part; the words of a long novel are a tenth of that."""
_MOST_TAGS = 1_000_000
"""Tags in one part; a letter with ten thousand names has half as many."""
_MOST_PARTS = 2000
_HINT = "save it as a Word document (.docx) once more"


class UnfitWordError(LettersError):
    """A file that is not read as a Word document."""

    status = Status.PROBLEMS


class Container:
    """The main part of the file and those that it speaks of, by the last word of their kind."""

    def __init__(self, data: bytes) -> None:
        """Raises UnfitWordError."""
        try:
            self._archive = ZipFile(BytesIO(data))
            infos = self._archive.infolist()
        except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
            raise UnfitWordError("this is no Word document (.docx)", _HINT) from None
        if len(infos) > _MOST_PARTS or len({info.filename for info in infos}) < len(infos):
            raise UnfitWordError("the file is packed as no Word document is", _HINT)
        if any(info.flag_bits & 1 for info in infos):
            raise UnfitWordError("the file is encrypted", "save it without a password")
        if not {info.compress_type for info in infos} <= {ZIP_STORED, ZIP_DEFLATED}:
            raise UnfitWordError("the file is packed as no Word document is", _HINT)
        self._names = {info.filename for info in infos}
        package = self._targets("")
        main = package.get("officeDocument", "")
        document = self._part(main)
        if document is None or document.tag != f"{W}document":
            raise UnfitWordError("this is no Word document (.docx)", _HINT)
        self.document = document
        self._parts = package | self._targets(main)

    def part(self, kind: str) -> Element | None:
        """The part of that kind, if the file has one."""
        return self._part(self._parts.get(kind, ""))

    def _targets(self, part: str) -> dict[str, str]:
        relations = self._part(join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels"))
        found: dict[str, str] = {}
        if relations is None:
            return found
        for relation in relations.iter(f"{_PACKAGE}Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
            found.setdefault(relation.get("Type", "").rpartition("/")[2], normpath(path))
        return found

    def _part(self, name: str) -> Element | None:
        from lxml import etree

        if name not in self._names:
            return None
        try:
            with self._archive.open(name) as stream:
                data = stream.read(_MOST + 1)
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
            raise UnfitWordError("the file is damaged", _HINT) from None
        if len(data) > _MOST or data.count(b"<") > _MOST_TAGS:
            raise UnfitWordError("the file is too large when it is unpacked", "is it a letter?")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnfitWordError("the file is damaged: a part of it is not XML", _HINT) from None
        if root.getroottree().docinfo.doctype:
            message = "the file holds a document type, which no Word document has"
            raise UnfitWordError(message, _HINT)
        return root
