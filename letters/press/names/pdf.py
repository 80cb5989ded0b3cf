"""The annex of names as PDF/A-3a and PDF/UA-1: linear in time, and in memory a page at a time.

Head, foot and heading are laid out by WeasyPrint once; rows are shaped directly and painted on
that page, or lifted from where the full engine has drawn them. Where WeasyPrint draws something
else than words, or a theme makes pages unlike each other, the full engine lays out every page, on
which each name has the same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from letters.collecting import without_collecting
from letters.press import pdf, pdfa
from letters.press.annex_css import COLUMN_GAP_PT
from letters.press.names import binding, frame
from letters.press.names.engine import Engine, OtherFormError
from letters.press.names.objects import ObjectWriter
from letters.press.names.painter import Painter
from letters.press.names.plan import Above, Band, Paginator, PlacedEntry
from letters.press.names.rows import COMPARED, SAMPLE, DrawnEntry, GroupRows, lines_of
from letters.press.names.sheets import Entry, Sheets
from letters.press.names.specimens import GroupSpecimen, Specimens

if TYPE_CHECKING:
    from letters.draft.annex import Annex, NameGroup
    from letters.press.theme import Theme

_PIXELS_A_POINT = 96 / 72


def write(annex: Annex, theme: Theme) -> pdf.Pdf:
    """The annex; equal annexes and themes give equal bytes."""
    with pdf.at_work(annex.date) as (render, remarks):
        work = _Work(annex, theme, Engine(render))
        try:
            # Names leave no garbage behind; the sheets that do are collected where they are made.
            with without_collecting():
                data, pages = work.painted()
        except OtherFormError:
            data, pages = work.laid_out()
        return pdf.Pdf(data, pages, tuple(dict.fromkeys(remarks)))


class _Work:
    """One annex under way."""

    def __init__(self, annex: Annex, theme: Theme, engine: Engine) -> None:
        self._annex, self._engine = annex, engine
        self._sheets = Sheets(annex, theme)
        self._specimens = Specimens(annex, self._sheets, engine)
        self._room = frame.room(annex, self._sheets, engine)

    def painted(self) -> tuple[bytes, int]:
        """The file, painted page by page, and its pages; raises OtherFormError."""
        annex, engine = self._annex, self._engine
        found = frame.measured(annex, self._room, engine)
        groups = self._measured()
        line = groups[0].entries[0].height
        writer, gap = ObjectWriter(), COLUMN_GAP_PT * _PIXELS_A_POINT
        painter = Painter(found, groups, line, writer, gap=gap, rtl=annex.direction == "rtl")
        binder = binding.Binder(annex, self._sheets, engine, found, painter)
        return binder.bound(painter.pages(self._bands(groups, line)))

    def laid_out(self) -> tuple[bytes, int]:
        """The file, laid out by WeasyPrint as a whole, and its pages."""
        page = self._sheets.page(self._plain_bands(), self._line())
        document = self._engine.document(page)
        pdfa.claim_both(document)
        return document.write_pdf(pdf_variant=pdfa.VARIANT), len(document.pages)

    def _measured(self) -> dict[int, GroupSpecimen]:
        """What stands above each group, an entry to measure by, and the first of its own."""
        found = {}
        for number, group in enumerate(self._annex.groups):
            own = islice((entry for entry in _entries(group) if not entry[0]), COMPARED)
            found[number] = self._specimens.group(number, [_sample(group), *own])
        return found

    def _bands(self, groups: dict[int, GroupSpecimen], line: float) -> Iterator[Band[DrawnEntry]]:
        paginator: Paginator[DrawnEntry] = Paginator(self._room.height, self._room.first, line)
        for number, group in enumerate(self._annex.groups):
            own = groups[number]
            rows = GroupRows(number, self._specimens, self._engine, line)
            named = (cells for letter, cells in _entries(group) if not letter)
            rows.measure(own.entries[0], zip(named, own.entries[1:], strict=False))
            above = Above(own.label.height, own.head.height if own.head else 0.0)
            columns = 1 if group.head else self._annex.columns
            yield from paginator.group(number, columns, rows.placed(_entries(group)), above)

    def _plain_bands(self) -> Iterator[Band[Entry]]:
        """The same bands, of entries that are not drawn yet."""
        line = self._line()
        paginator: Paginator[Entry] = Paginator(self._room.height, self._room.first, line)
        for number, group in enumerate(self._annex.groups):
            entries = list(_entries(group))
            label, head, *heights = self._specimens.heights(number, entries)
            placed = (
                PlacedEntry(entry, lines_of(height, line), heading=bool(entry[0]))
                for entry, height in zip(entries, heights, strict=True)
            )
            columns = 1 if group.head else self._annex.columns
            yield from paginator.group(number, columns, placed, Above(label, head))

    def _line(self) -> float:
        return self._specimens.heights(0, [_sample(self._annex.groups[0])])[2]


def _sample(group: NameGroup) -> Entry:
    return "", (SAMPLE,) * max(1, len(group.head))


def _entries(group: NameGroup) -> Iterator[Entry]:
    for section in group.sections:
        if section.letter:
            yield section.letter, ()
        for cells in section.rows():
            yield "", cells
