"""Names painted on pages: content and structure of one page after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from letters.press.names.engine import DrawnText
from letters.press.names.frame import PageFrame
from letters.press.names.numbers import number
from letters.press.names.objects import ObjectWriter
from letters.press.names.outline import OutlineMark
from letters.press.names.plan import Band, PlacedEntry
from letters.press.names.rows import DrawnEntry
from letters.press.names.specimens import GroupSpecimen
from letters.press.names.structure import PageStructure

_ONE = b"/Span<</MCID %d>>BDC\nBT 1 0 0 -1 %b %b Tm\n%bET\nEMC\n"
_BEGIN, _END = b"q\n0.75 0 0 0.75 0 0 cm\n", b"Q\n"


class PaintedPage(Struct, frozen=True):
    """A finished page: the numbers of its own object and its content, and of its elements.

    ``owners`` is the number of the array that says whose marked content is whose; ``marks`` are for
    the outline.
    """

    number: int
    content: int
    owners: int
    elements: tuple[int, ...]
    marks: tuple[OutlineMark, ...]


class FirstPage(Struct, frozen=True):
    """The first page waits for its frame: content, elements, and who owns what of it."""

    content: bytes
    objects: tuple[tuple[int, bytes], ...]
    owners: tuple[int, ...]
    elements: tuple[int, ...]
    marks: tuple[OutlineMark, ...]


PAGE_ONE = b"%page-one%"
"""Stands for the reference to the first page, which has a number in the end only."""


class Painter:
    """Paints bands as they come, and gives out each page when the next begins."""

    def __init__(
        self,
        frame: PageFrame,
        groups: Mapping[int, GroupSpecimen],
        line: float,
        writer: ObjectWriter,
        *,
        gap: float,
        rtl: bool,
        labels: Sequence[str],
    ) -> None:
        self._frame, self._groups, self._line, self.writer = frame, groups, line, writer
        self._gap = -gap if rtl else gap
        self._rtl, self._labels = rtl, labels
        self.section = writer.fresh()

    def pages(self, bands: Iterable[Band[DrawnEntry]]) -> Iterator[FirstPage | PaintedPage]:
        """All pages with names; the first one is given out even where no name is on it."""
        sheet, page = self._sheet(0), 0
        for band in bands:
            while band.page > page:
                yield self._finished(sheet, page)
                page += 1
                sheet = self._sheet(page)
            self._band(sheet, band)
        yield self._finished(sheet, page)

    def _sheet(self, page: int) -> _Sheet:
        reference = b"%d 0 R" % self.writer.fresh() if page else PAGE_ONE
        structure = PageStructure(reference, self.section, self.writer.fresh)
        structure.before = 0 if page else self._frame.marks
        return _Sheet(structure)

    def _finished(self, sheet: _Sheet, page: int) -> FirstPage | PaintedPage:
        structure = sheet.structure
        content = _BEGIN + b"".join(sheet.content) + _END
        if page == 0:
            return FirstPage(
                content,
                tuple(structure.objects),
                tuple(structure.owners),
                tuple(structure.top),
                tuple(sheet.marks),
            )
        self.writer.put(*structure.objects)
        stream, owners = self.writer.fresh(), self.writer.fresh()
        self.writer.stream(stream, content)
        references = b" ".join(b"%d 0 R" % one for one in structure.owners)
        self.writer.put((owners, b"[" + references + b"]"))
        own = int(structure.page.split()[0])
        return PaintedPage(own, stream, owners, tuple(structure.top), tuple(sheet.marks))

    def _band(self, sheet: _Sheet, band: Band[DrawnEntry]) -> None:
        group = self._groups[band.group]
        y = self._frame.top + band.top
        if band.labelled and group.label.cells:
            sheet.marks.append(OutlineMark(2, self._labels[band.group], y))
        if band.labelled:
            for cell in group.label.cells:
                marks = sheet.cell(cell.texts, group.left, y)
                sheet.structure.heading(2, marks)
            y += group.label.height
        if group.head is not None:
            self._table(sheet, band, y)
            return
        for place, column in enumerate(band.columns):
            x = group.left + place * (group.width * (-1 if self._rtl else 1) + self._gap)
            self._column(sheet, column, x, y)

    def _column(
        self, sheet: _Sheet, column: tuple[PlacedEntry[DrawnEntry], ...], x: float, y: float
    ) -> None:
        run: list[tuple[int, str]] = []
        used = 0
        for placed in column:
            at = y + used * self._line
            used += placed.lines
            if placed.entry.letter:
                sheet.marks.append(OutlineMark(3, placed.entry.letter, at))
                if run:
                    sheet.structure.list_of(run)
                    run = []
                sheet.structure.heading(3, sheet.entry(placed.entry, x, at))
            else:
                tongue = "".join(placed.entry.tongues)  # of the name, which stands alone
                run.append((sheet.entry(placed.entry, x, at), tongue))
        if run:
            sheet.structure.list_of(run)

    def _table(self, sheet: _Sheet, band: Band[DrawnEntry], y: float) -> None:
        group = self._groups[band.group]
        assert group.head is not None  # noqa: S101 - for the type checker: it is a table
        above = [sheet.cell(cell.texts, group.left, y) for cell in group.head.cells]
        rows: list[DrawnEntry] = []
        y += group.head.height
        for placed in band.columns[0]:
            if placed.entry.letter:
                sheet.marks.append(OutlineMark(3, placed.entry.letter, y))
            sheet.entry(placed.entry, group.left, y)
            y += placed.lines * self._line
            rows.append(placed.entry)
        sheet.structure.table(above, rows)


class _Sheet:
    """One page under construction."""

    def __init__(self, structure: PageStructure) -> None:
        self.structure = structure
        self.content: list[bytes] = []
        self.marks: list[OutlineMark] = []
        self._mark = structure.before
        self._style = b""

    def entry(self, entry: DrawnEntry, x: float, y: float) -> int:
        """Paint all cells of an entry; how many marks that takes."""
        return sum(self.cell(cell, x, y) for cell in entry.cells)

    def cell(self, texts: tuple[DrawnText, ...], x: float, y: float) -> int:
        """Paint what is drawn of a cell, as marked content of its own."""
        if not texts:
            return 0
        pieces, mark = self.content, self._mark
        self._mark += 1
        if len(texts) == 1 and texts[0].style is self._style and not texts[0].changes_font:
            one = texts[0]  # as nearly all are
            pieces.append(_ONE % (mark, number(x + one.x), number(y + one.y), one.shown))
            return 1
        pieces.append(b"/Span<</MCID %d>>BDC\n" % mark)
        for text in texts:
            if text.style is not self._style:
                self._style = text.style
                pieces.append(text.style)
            place = number(x + text.x), number(y + text.y)
            pieces.append(b"BT 1 0 0 -1 %b %b Tm\n%bET\n" % (*place, text.shown))
            if text.changes_font:
                self._style = b""
        pieces.append(b"EMC\n")
        return 1
