"""A PDF as a screen reader takes it: the tree of its tags, and the words that each tag holds.

Words that no tag of the tree holds are not read aloud. WeasyPrint draws the edges of a page so, and
nothing else may be.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream
from reading import words

# An Arabic letter may be drawn in several parts: the first stands for it, the others for nothing.
_BFCHAR = re.compile(rb"<([0-9a-f]+)> *<([0-9a-f]*)>", re.IGNORECASE)


@dataclass(frozen=True)
class Tag:
    """One element of the tree: its kind, its own attributes, and what it holds in order."""

    kind: str
    attributes: dict[str, Any]
    content: tuple[Tag | str, ...]

    def pieces(self) -> Iterator[str]:
        """The words of the element, one piece for each stretch that was drawn at once."""
        for part in self.content:
            if isinstance(part, str):
                yield words(part)
            else:
                yield from part.pieces()

    def every(self, kind: str) -> Iterator[Tag]:
        """All elements of that kind inside, in reading order."""
        for part in self.content:
            if isinstance(part, Tag):
                if part.kind == kind:
                    yield part
                yield from part.every(kind)

    def text(self) -> str:
        return words(" ".join(self.pieces()))


@dataclass(frozen=True)
class Tagged:
    """``tree`` is what is read aloud; ``edges`` are the words that each page draws beside it."""

    tree: Tag
    edges: tuple[str, ...]
    reader: PdfReader


def read(data: bytes) -> Tagged:
    """The file as it is; raises KeyError where a glyph stands for no character."""
    reader = PdfReader(io.BytesIO(data))
    places: dict[int, dict[int, str]] = {}
    for page in reader.pages:
        assert page.indirect_reference is not None
        places[page.indirect_reference.idnum] = _drawn(page, reader)
    root: Any = reader.root_object["/StructTreeRoot"]
    tree = Tag("Root", {}, tuple(_content(root, 0, places)))
    edges = tuple(words(" ".join(left.values())) for left in places.values())
    return Tagged(tree, edges, reader)


def _drawn(page: Any, reader: PdfReader) -> dict[int, str]:
    """The words that the page draws, by the number of the mark around them."""
    resources = page["/Resources"].get("/Font", {})
    fonts = {name: _characters(font.get_object()) for name, font in resources.items()}
    found: dict[int, str] = {}
    marks: list[int] = []
    font: dict[bytes, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        match operator:
            case b"BMC":
                marks.append(-1)
            case b"BDC":
                # What stands at the edges of a page has no number.
                marks.append(int(operands[1].get("/MCID", -2 - len(found))))
            case b"EMC":
                marks.pop()
            case b"Tf":
                font = fonts[operands[0]]
            case b"TJ":
                text = "".join(_decoded(part, font) for part in operands[0])
                found[marks[-1]] = found.get(marks[-1], "") + text
            case b"Tj" | b"'" | b'"':
                raise ValueError("text is drawn in a way that this reader does not know")
    return found


def _decoded(part: Any, font: dict[bytes, str]) -> str:
    raw: bytes = getattr(part, "original_bytes", b"")
    return "".join(font[raw[at : at + 2]] for at in range(0, len(raw), 2))


def _characters(font: Any) -> dict[bytes, str]:
    """What each two-byte code of the font stands for."""
    table = font["/ToUnicode"].get_data()
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _BFCHAR.findall(table)
    }


def _content(element: Any, page: int, places: dict[int, dict[int, str]]) -> Iterator[Tag | str]:
    """The children of an element; the words they hold are taken out of ``places``."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        kid = child.get_object()
        if isinstance(kid, int):
            yield places[page].pop(int(kid), "")
            continue
        own = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
        if "/S" in kid:
            attributes = {key: kid[key] for key in kid if key not in ("/K", "/P", "/Pg", "/S")}
            yield Tag(kid["/S"].removeprefix("/"), attributes, tuple(_content(kid, own, places)))
        elif "/MCID" in kid:
            yield places[own].pop(int(kid["/MCID"]), "")


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """The lines of the outline that readers show: level, words, and the page that they lead to."""
    reader = PdfReader(io.BytesIO(data))

    def told(items: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from told(item, level + 1)
            else:
                page = reader.get_destination_page_number(item)
                yield level, str(item.title), -1 if page is None else page

    return list(told(reader.outline, 1))
