"""The pages of an annex as HTML for WeasyPrint: each name in the place that was found for it.

WeasyPrint breaks no column and no table here. So it takes the same time for each page, and a page
that is painted without it is the same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from letters.draft.annex import Annex, NameGroup
from letters.press import annex_html
from letters.press.annex_css import COLUMN_GAP_PT
from letters.press.names.plan import Band
from letters.press.theme import Theme

Entry = tuple[str, tuple[str, ...]]
"""A letter of the index, or "", and the cells of a signatory."""

_TALL_MM = 4_000


class Sheets:
    """Writes pages of one annex; ``before`` it stand so many others."""

    before = 0

    def __init__(self, annex: Annex, theme: Theme) -> None:
        self._annex, self.theme = annex, theme
        self._columns = annex.columns
        self._tags = annex_html.NameTags(annex)

    def page(self, bands: Iterable[Band[Entry]], line: float, own_css: str = "") -> str:
        """The head of the annex, and bands of names; ``line`` is the height of one in pixels."""
        return self.written(self.names(bands, line), own_css)

    def names(self, bands: Iterable[Band[Entry]], line: float) -> Iterator[str]:
        """The bands alone."""
        return (part for band in bands for part in self._band(band, line))

    def head(self, label: str) -> str:
        """The head of the annex alone, with that page label at the foot."""
        side = "left" if self._annex.direction == "rtl" else "right"
        said = "".join(f"\\{ord(character):06x} " for character in label)
        css = f'@page {{ @bottom-{side} {{ content: "{said}" }} }}'
        return self.written((), css, ends=False)

    def empty(self, pages: int) -> str:
        """As many pages without a name, for what stands around them."""
        parts = ['<div style="break-after: page; height: 1px"></div>'] * (pages - 1)
        return self.written((*parts, '<div style="height: 1px"></div>'))

    def specimen(self, number: int, entries: Sequence[Entry]) -> str:
        """Entries of a group, one below the other on a sheet as tall as need be."""
        width, _ = self.theme.page_mm
        parts = self._below(number, entries)
        css = f"@page {{ size: {width}mm {_TALL_MM}mm }} .band {{ break-inside: auto }}"
        return self.written(parts, css)

    def written(self, parts: Iterable[str], own_css: str = "", *, ends: bool = True) -> str:
        """The page around the names; ``own_css`` follows all other rules."""
        return annex_html.page(self._annex, self.theme, parts, own_css, ends=ends)

    def _below(self, number: int, entries: Sequence[Entry]) -> Iterator[str]:
        group = self._annex.groups[number]
        natural = [(entry, "") for entry in entries]
        yield f'<section class="band">{self._tags.label(group)}'
        if group.head:
            yield from self._table(group, natural)
        else:
            yield f'<div style="width: {self._width()}">{self._list(group, natural)}</div>'
        yield "</section>"

    def _band(self, band: Band[Entry], line: float) -> Iterator[str]:
        group = self._annex.groups[band.group]
        new = ' style="break-before: page"' if band.page and not band.top else ""
        columns = [
            [(one.entry, f' style="height: {one.lines * line:.6f}px"') for one in column]
            for column in band.columns
        ]
        yield f'<section class="band"{new}>'
        yield self._tags.label(group) if band.labelled else ""
        if group.head:
            yield from self._table(group, columns[0])
        else:
            yield f'<div class="columns" style="height: {band.lines * line:.6f}px">'
            start = "right" if self._annex.direction == "rtl" else "left"
            for number, column in enumerate(columns):
                share, gap = 100 * number / self._columns, COLUMN_GAP_PT * number / self._columns
                place = f"{start}: calc({share:.6f}% + {gap:.6f}pt)"
                yield f'<div class="column" style="{place}; width: {self._width()}">'
                yield self._list(group, column)
                yield "</div>"
            yield "</div>"
        yield "</section>"

    def _width(self) -> str:
        """The width of a column, as a share of the page's."""
        gaps = COLUMN_GAP_PT * (self._columns - 1) / self._columns
        return f"calc({100 / self._columns:.6f}% - {gaps:.6f}pt)"

    def _table(self, group: NameGroup, entries: Sequence[tuple[Entry, str]]) -> Iterator[str]:
        yield f"<table>{annex_html.columns_of(group)}{self._tags.head(group)}<tbody>"
        yield from (self._entry(group, *one) for one in entries)
        yield "</tbody></table>"

    def _list(self, group: NameGroup, entries: Sequence[tuple[Entry, str]]) -> str:
        """The entries of a column; a list ends where a letter of the index begins another."""
        written, is_open = [], False
        for entry, height in entries:
            written.append("</ul>" * (is_open and bool(entry[0])))
            written.append("<ul>" * (not is_open and not entry[0]))
            is_open = not entry[0]
            written.append(self._entry(group, entry, height))
        return "".join(written) + "</ul>" * is_open

    def _entry(self, group: NameGroup, entry: Entry, height: str) -> str:
        """One entry; ``height`` is said where it is known."""
        letter, cells = entry
        return self._tags.index(letter, group, height) if letter else self._tags.row(cells, height)
