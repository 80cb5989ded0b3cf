"""Entries as WeasyPrint lays them out and draws them, to be set where they belong.

This is the full engine for whatever is not shaped directly, and the measure for all that is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from letters.draft.annex import Annex
from letters.press.legible import expect_legible, unfit
from letters.press.names.engine import DrawnPage, DrawnText, Engine, blocks, textboxes
from letters.press.names.sheets import Entry, Sheets

_LABEL = frozenset(("h2",))
_ROWS = frozenset(("tr", "li", "h3"))
_CELLS = frozenset(("th", "td"))
_AT_ONCE = 200  # entries on one sheet: as many as have room there, however often they break
_COLLECTED_AFTER = 8  # sheets: WeasyPrint's boxes hold each other, megabytes of them


class Cell(Struct, frozen=True):
    """What is drawn of a cell, from the upper left corner of its entry; ``style`` is its words'.

    Its first line has room for ``width`` pixels from ``start``, the others ``hanging`` less.
    """

    texts: tuple[DrawnText, ...]
    start: float
    width: float
    hanging: float
    style: Any


class Specimen(Struct, frozen=True):
    """One entry, its height in pixels, and its cells."""

    height: float
    cells: tuple[Cell, ...]


class GroupSpecimen(Struct, frozen=True):
    """What stands above the lines of a group, and its entries in order.

    ``left`` and ``width`` are those of one column, or of the table.
    """

    left: float
    width: float
    label: Specimen
    head: Specimen | None
    entries: tuple[Specimen, ...]


class _Sheet(Struct, frozen=True):
    """The boxes on a sheet of specimens."""

    label: Any
    head: Any
    rows: list[Any]

    @property
    def above(self) -> tuple[float, float]:
        """The heights of the label and of the head, with the space around them."""
        below = self.head or self.rows[0]
        label = below.position_y - self.label.position_y if self.label else 0.0
        return label, self.rows[0].position_y - self.head.position_y if self.head else 0.0


class Specimens:
    """Lays entries out, a few hundred at a time."""

    def __init__(self, annex: Annex, sheets: Sheets, engine: Engine) -> None:
        self._annex, self._sheets, self._engine = annex, sheets, engine
        self._drawn_sheets = 0

    def group(self, number: int, entries: Sequence[Entry]) -> GroupSpecimen:
        """All about one group; raises OtherFormError where something is drawn that is no word."""
        found = [self._drawn(number, some) for some in _batches(entries)]
        first = found[0]
        every = tuple(entry for part in found for entry in part.entries)
        return GroupSpecimen(first.left, first.width, first.label, first.head, every)

    def heights(self, number: int, entries: Sequence[Entry]) -> list[float]:
        """The height of each, whatever is drawn in it; the label and the head come first."""
        found: list[float] = []
        for some in _batches(entries):
            document = self._document(number, some)
            sheet = self._sheet(number, some, document.pages[0]._page_box)  # noqa: SLF001
            found = found or list(sheet.above)
            found += map(_height, sheet.rows)
        return found

    def _document(self, number: int, entries: Sequence[Entry]) -> Any:
        document = self._engine.document(self._sheets.specimen(number, entries))
        if len(document.pages) > 1:
            raise unfit(self._sheets.theme, "leaves names of an annex no room on their page")
        expect_legible(document, self._sheets.theme)
        return document

    def _sheet(self, number: int, entries: Sequence[Entry], box: Any) -> _Sheet:
        labels, rows = list(blocks(box, _LABEL)), list(blocks(box, _ROWS))
        head = rows.pop(0) if self._annex.groups[number].head else None
        if len(rows) != len(entries):
            raise unfit(self._sheets.theme, "lets names of an annex vanish")
        return _Sheet(labels[0] if labels else None, head, rows)

    def _drawn(self, number: int, entries: Sequence[Entry]) -> GroupSpecimen:
        self._drawn_sheets += 1
        if self._drawn_sheets % _COLLECTED_AFTER == 0:
            gc.collect()
        page = self._engine.drawn(self._document(number, entries), 0)
        texts = page.texts()
        sheet = self._sheet(number, entries, page.box)
        label, head, rows = sheet.label, sheet.head, sheet.rows
        below = head or rows[0]
        return GroupSpecimen(
            left=below.position_x,
            width=below.width if head else below.margin_width(),
            label=_above(page, texts, label, (below.position_x, below.position_y)),
            head=_head(page, texts, head, rows[0].position_y) if head else None,
            entries=tuple(_specimen(page, texts, row) for row in rows),
        )


def _above(
    page: DrawnPage, texts: dict[int, tuple[DrawnText, ...]], label: Any, below: tuple[float, float]
) -> Specimen:
    """A label with the space around it; none is nothing."""
    if label is None:
        return Specimen(0.0, ())
    left, end = below
    origin = left, label.position_y
    return Specimen(end - label.position_y, (_cell(page, texts, label, origin),))


def _head(
    page: DrawnPage, texts: dict[int, tuple[DrawnText, ...]], row: Any, end: float
) -> Specimen:
    origin = row.position_x, row.position_y
    cells = tuple(_cell(page, texts, cell, origin) for cell in blocks(row, _CELLS))
    return Specimen(end - row.position_y, cells)


def _specimen(page: DrawnPage, texts: dict[int, tuple[DrawnText, ...]], row: Any) -> Specimen:
    origin = row.position_x, row.position_y
    boxes = list(blocks(row, _CELLS)) if row.element_tag == "tr" else [row]
    return Specimen(_height(row), tuple(_cell(page, texts, box, origin) for box in boxes))


def _height(row: Any) -> float:
    return float(row.height if row.element_tag == "tr" else row.margin_height())


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (entries[start : start + _AT_ONCE] for start in range(0, len(entries), _AT_ONCE))


def _cell(
    page: DrawnPage,
    texts: dict[int, tuple[DrawnText, ...]],
    box: Any,
    origin: tuple[float, float],
) -> Cell:
    own = list(textboxes(box))
    left, top = origin
    hanging = box.padding_left if box.element_tag in ("li", "td", "th") else 0.0
    if box.element_tag == "th" and box.element.get("scope") != "row":
        hanging = 0.0
    return Cell(
        texts=tuple(moved(own, page, texts, left, top)),
        start=box.content_box_x() - hanging - left,
        width=box.width + hanging,
        hanging=hanging,
        style=own[0].style if own else None,
    )


def moved(
    own: list[Any],
    page: DrawnPage,
    texts: dict[int, tuple[DrawnText, ...]],
    left: float,
    top: float,
) -> Iterator[DrawnText]:
    """What is drawn of some words, from that corner."""
    for box in own:
        for text in texts.get(page.marks.get(box, -1), ()):
            yield DrawnText(text.x - left, text.y - top, text.style, text.shown)
