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
from letters.press import pdfa
from letters.press.annex_css import COLUMN_GAP_PT
from letters.press.legible import expect_legible
from letters.press.names import binding, frame, planned
from letters.press.names.engine import Engine, OtherFormError
from letters.press.names.objects import ObjectWriter
from letters.press.names.painter import Painter
from letters.press.names.plan import Above, Band, Paginator
from letters.press.names.rows import COMPARED, DrawnEntry, GroupRows
from letters.press.names.sheets import Sheets
from letters.press.names.specimens import GroupSpecimen, Specimens
from letters.press.rendering import Pdf, at_work

if TYPE_CHECKING:
    from letters.draft.annex import Annex
    from letters.press.theme import Theme

_PIXELS_A_POINT = 96 / 72


def write(annex: Annex, theme: Theme) -> Pdf:
    """The annex; equal annexes and themes give equal bytes."""
    with at_work(annex.date) as (render, remarks):
        work = _Work(annex, theme, Engine(render))
        try:
            # Names leave no garbage behind; the sheets that do are collected where they are made.
            with without_collecting():
                data, pages = work.painted()
        except OtherFormError:
            data, pages = work.laid_out()
        return Pdf(data, pages, tuple(dict.fromkeys(remarks)))


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
        labels, rtl = [group.label for group in annex.groups], annex.direction == "rtl"
        painter = Painter(found, groups, line, writer, gap=gap, rtl=rtl, labels=labels)
        binder = binding.Binder(annex, self._sheets, engine, found, painter)
        return binder.bound(painter.pages(self._bands(groups, line)))

    def laid_out(self) -> tuple[bytes, int]:
        """The file, laid out by WeasyPrint as a whole, and its pages."""
        line = planned.line_of(self._annex, self._specimens)
        bands = planned.bands(self._annex, self._specimens, self._room, line)
        page = self._sheets.page(bands, line)
        document = self._engine.document(page)
        expect_legible(document, self._sheets.theme)
        pdfa.claim_both(document)
        return document.write_pdf(pdf_variant=pdfa.VARIANT), len(document.pages)

    def _measured(self) -> dict[int, GroupSpecimen]:
        """What stands above each group, an entry to measure by, and the first of its own."""
        found = {}
        for number, group in enumerate(self._annex.groups):
            own = islice((entry for entry in planned.entries(group) if not entry[0]), COMPARED)
            found[number] = self._specimens.group(number, [planned.sample(group), *own])
        return found

    def _bands(self, groups: dict[int, GroupSpecimen], line: float) -> Iterator[Band[DrawnEntry]]:
        paginator: Paginator[DrawnEntry] = Paginator(self._room.height, self._room.first, line)
        for number, group in enumerate(self._annex.groups):
            own = groups[number]
            rows = GroupRows(number, self._specimens, self._engine, line, self._annex.language)
            named = (cells for letter, cells in planned.entries(group) if not letter)
            rows.measure(own.entries[0], zip(named, own.entries[1:], strict=False))
            above = Above(own.label.height, own.head.height if own.head else 0.0)
            columns = 1 if group.head else self._annex.columns
            yield from paginator.group(number, columns, rows.placed(planned.entries(group)), above)
