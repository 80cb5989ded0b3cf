"""The annex of names as PDF/A-3a and PDF/UA-1: linear in time, and in memory a page at a time.

Head, foot and heading are laid out by WeasyPrint once; rows are shaped directly and painted on
that page, or lifted from where the full engine has drawn them. Where WeasyPrint draws something else
than words, or a theme makes pages unlike each other, the full engine lays out every page, on which
each name has the same place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from letters.press import pdf, pdfa
from letters.press.annex_css import COLUMN_GAP_PT
from letters.press.names import binding, frame
from letters.press.names.engine import Engine, OtherFormError
from letters.press.names.objects import ObjectWriter
from letters.press.names.painter import Painter
from letters.press.names.plan import Band, Heights, Paginator, Placed
from letters.press.names.rows import COMPARED, SAMPLE, DrawnEntry, GroupRows
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
            data, pages = work.painted()
        except OtherFormError:
            data, pages = work.laid_out()
        return pdf.Pdf(data, pages, tuple(dict.fromkeys(remarks)))


@dataclass
class _Work:
    """One annex under way."""

    annex: Annex
    theme: Theme
    engine: Engine

    def __post_init__(self) -> None:
        self._sheets = Sheets(self.annex, self.theme)
        self._specimens = Specimens(self.annex, self._sheets, self.engine)

    def painted(self) -> tuple[bytes, int]:
        """The file, painted page by page; raises OtherFormError."""
        found = frame.measured(self.annex, self._sheets, self.engine)
        groups = self._measured()
        line = groups[0].entries[0].height
        writer = ObjectWriter()
        painter = Painter(
            found, groups, line, writer,
            gap=COLUMN_GAP_PT * _PIXELS_A_POINT, rtl=self.annex.direction == "rtl",
        )  # fmt: skip
        bands = self._bands(found, groups, line, direct=True)
        binder = binding.Binder(self.annex, self._sheets, self.engine, found, writer, painter)
        return binder.bound(painter.pages(bands))

    def laid_out(self) -> tuple[bytes, int]:
        """The file, laid out by WeasyPrint as a whole."""
        groups = self._measured()
        line = groups[0].entries[0].height
        first = Heights(1e6, 0.0, line, groups[0].label.height, 0.0)
        del first
        raise NotImplementedError

    def _measured(self) -> dict[int, GroupSpecimen]:
        """What stands above each group, an entry to measure by, and the first of its own."""
        found = {}
        for number, group in enumerate(self.annex.groups):
            sample: Entry = ("", (SAMPLE,) * max(1, len(group.head)))
            own = islice((entry for entry in _entries(group) if not entry[0]), COMPARED)
            found[number] = self._specimens.group(number, [sample, *own])
        return found

    def _bands(
        self, found: frame.Frame, groups: dict[int, GroupSpecimen], line: float, *, direct: bool
    ) -> Iterator[Band[DrawnEntry]]:
        paginator: Paginator[DrawnEntry] | None = None
        for number, group in enumerate(self.annex.groups):
            own = groups[number]
            heights = Heights(
                found.height, found.first, line, own.label.height, own.head.height if own.head else 0
            )
            if paginator is None:
                paginator = Paginator(heights)
            paginator.heights = heights
            rows = GroupRows(number, self._specimens, self.engine, line)
            if direct:
                named = (cells for letter, cells in _entries(group) if not letter)
                rows.measure(own.entries[0], zip(named, own.entries[1:], strict=False))
            columns = 1 if group.head else self.annex.columns
            placed: Iterator[Placed[DrawnEntry]] = rows.placed(_entries(group))
            yield from paginator.group(number, columns, placed, headed=bool(group.head))


def _entries(group: NameGroup) -> Iterator[Entry]:
    for section in group.sections:
        if section.letter:
            yield section.letter, ()
        for cells in section.rows():
            yield "", cells
