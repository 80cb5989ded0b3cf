"""What all pages of an annex have in common: where names begin and end, and what stands around.

It is measured on three pages that WeasyPrint lays out. What differs between the second and the
third but for the page label would differ on others too: then no page is painted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from letters.draft.annex import Annex
from letters.press.names.engine import (
    DrawnPage,
    DrawnText,
    Engine,
    OtherFormError,
    blocks,
    margins,
    textboxes,
)
from letters.press.names.plan import Band, PlacedEntry
from letters.press.names.sheets import Sheets
from letters.press.names.specimens import Cell, moved

_LABEL = frozenset(("h2",))
_NAMES = frozenset(("h2", "h3", "li", "tr"))


class PageRoom(Struct, frozen=True):
    """In pixels, where names stand on the pages of a ``document`` of three: see `PageFrame`."""

    document: Any
    top: float
    height: float
    first: float


class PageFrame(Struct, frozen=True):
    """In pixels: names stand from ``top`` for ``height``; on the first page from ``first`` on.

    ``furniture`` is what is drawn on each page but the first. ``label`` is the page label of the
    second page, drawn from the page's corner; ``version`` is drawn so on the last. ``marks`` are
    those of marked content on the first.
    """

    top: float
    height: float
    first: float
    furniture: bytes
    label: Cell
    label_end: float
    marks: int
    version: tuple[DrawnText, ...] = ()

    def furniture_of_page(self, height: object) -> bytes:
        """The same as the beginning of a content stream, for a page of that height in points."""
        return f"1 0 0 -1 0 {height} cm\n".encode() + self.furniture


def page_label(annex: Annex, number: int, total: int) -> str:
    """The page label of one page, in the language's own digits."""
    digits = str.maketrans("0123456789", annex.digits)
    page, pages = (str(one).translate(digits) for one in (number, total))
    return annex.page_label.replace("{pages}", pages).replace("{page}", page)


def room(annex: Annex, sheets: Sheets, engine: Engine) -> PageRoom:
    """The room for names on the pages, as three of them are laid out."""
    entry = ("", ("",) * max(1, len(annex.groups[0].head)))
    columns = ((PlacedEntry(entry, 1),),)
    bands = [Band(0, page, 0.0 if page else 1.0, page == 0, columns) for page in range(3)]
    document = engine.document(sheets.page(bands, 1.0))
    own = document.pages[sheets.before :]
    first, *_, last = (page._page_box for page in own)  # noqa: SLF001
    labels = list(blocks(first, _LABEL))
    height = min(first.height, last.height)
    begins = labels[0].position_y - first.content_box_y() if labels else height
    return PageRoom(document, last.content_box_y(), height, begins)


def measured(annex: Annex, found: PageRoom, engine: Engine) -> PageFrame:
    """The frame; raises OtherFormError where pages have not enough in common."""
    document = found.document
    total = len(document.pages)
    if total != 3:  # a long head takes more pages than one
        raise OtherFormError
    first, second, third = (engine.drawn(document, number) for number in range(3))
    furniture, label, end, _ = _around(annex, second, 2, total)
    other, again, _, version = _around(annex, third, 3, total)
    alike = {text.style for text in label.texts} == {text.style for text in again.texts}
    corners = {(page.box.content_box_x(), page.box.content_box_y(), page.box.width, page.box.height)
               for page in (first, second, third)}  # fmt: skip
    if furniture.split() != other.split() or not alike or len(corners) > 1:
        raise OtherFormError
    names = {mark for box in blocks(first.box, _NAMES) for mark in _marks(first, [*textboxes(box)])}
    marks = len(first.marks) - len(names)
    return PageFrame(found.top, found.height, found.first, furniture, label, end, marks, version)


def _around(
    annex: Annex, page: DrawnPage, number: int, total: int
) -> tuple[bytes, Cell, float, tuple[DrawnText, ...]]:
    """Furniture, page label, where that ends; and on the last page by which text the annex is."""
    wanted = page_label(annex, number, total)
    found: Any = None
    version: list[Any] = []
    marginal: set[int] = set()
    for margin in margins(page):
        own = list(textboxes(margin))
        marginal |= set(_marks(page, own))
        version += [box for box in own if box.text == annex.version]
        if "".join(box.text for box in own) == wanted and len(own) == 1:
            found = own[0]
    if found is None:
        raise OtherFormError
    label = set(_marks(page, [found]))
    names = {mark for mark in page.marks.values() if mark not in marginal}
    texts = tuple(moved([found], page, page.texts(), 0.0, 0.0))
    cell = Cell(texts, 0.0, found.width, 0.0, found.style)
    said = tuple(moved(version, page, page.texts(), 0.0, 0.0)) if version else ()
    furniture = page.around(names | set(_marks(page, version)), label)
    return furniture, cell, found.position_x + found.width, said


def _marks(page: DrawnPage, own: list[Any]) -> Iterator[int]:
    return (page.marks[box] for box in own if box in page.marks)
