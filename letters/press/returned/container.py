"""The parts of a Word file that somebody else has saved: its text, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from letters.press.docx.ooxml import WORD
from letters.press.docx.word_parts import NO_WORD, Relation, UnfitWordError, WordParts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = f"{{{WORD}}}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_EDGES = {
    ("header", "first"): "head of the first page",
    ("footer", "first"): "foot of the first page",
    ("header", "default"): "head of the other pages",
    ("footer", "default"): "foot of the other pages",
}
_MOST = 32 << 20
"""Bytes of one part; the words of a long novel are a tenth of that."""


class Container:
    """The main part of the file and those that it speaks of, by the last word of their kind."""

    def __init__(self, data: bytes) -> None:
        """Raises UnfitWordError."""
        self._file = WordParts(data, _MOST)
        package = _by_kind(self._file.relations(""))
        main = package.get("officeDocument", "")
        document = self._file.part(main)
        if document is not None and document.tag == _STRICT:
            raise UnfitWordError("is a “Strict Open XML Document”", "save it as “Word Document”")
        if document is None or document.tag != f"{W}document":
            raise UnfitWordError(NO_WORD)
        self.document = document
        relations = [*self._file.relations(main)]
        self._parts = package | _by_kind(relations)
        self._by_id = {one.id: one.path for one in relations}

    def part(self, kind: str) -> Element | None:
        """The part of that kind, if the file has one."""
        return self._file.part(self._parts.get(kind, ""))

    def edges(self) -> Iterator[tuple[str, Element]]:
        """What stands at the head and the foot of the first page and of the others, by its name."""
        met = set[str]()
        for reference in self.document.iter(f"{W}headerReference", f"{W}footerReference"):
            kind = reference.tag.removeprefix(W).removesuffix("Reference")
            name = _EDGES.get((kind, reference.get(f"{W}type", "default")), "")
            if not name or name in met:
                continue
            met.add(name)
            root = self._file.part(self._by_id.get(reference.get(f"{_RELATION}id", ""), ""))
            if root is not None:
                yield name, root


def _by_kind(relations: Iterable[Relation]) -> dict[str, str]:
    """The parts of the file itself, by the last word of their kind; of several the first."""
    found: dict[str, str] = {}
    for one in relations:
        if not one.outside:
            found.setdefault(one.kind, one.path)
    return found
