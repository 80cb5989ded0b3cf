"""How many rows to sign in still fit on the page: counted where WeasyPrint has laid it out.

A sheet that ``fills`` its page has the rows that fit there, and never fewer than it says.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from letters.draft import document as d

if TYPE_CHECKING:
    from letters.press.theme import Theme

MOST = 60
"""Rows of a page: on no paper that a printer takes are there more."""
_SPARE = 8.0  # pixels: Word may set a line a little lower


def filled(letter: d.Letter, theme: Theme) -> d.Letter:
    """The letter with as many rows on each of its sheets as their pages have room for.

    Raises as `letters.press.pdf.write` does.
    """
    if not any(isinstance(block, d.Sheet) and block.fills for block in letter.blocks):
        return letter
    return _filled(letter, theme)


@functools.lru_cache(maxsize=32)
def _filled(letter: d.Letter, theme: Theme) -> d.Letter:
    rows = iter(_rows_that_fit(letter, theme))
    blocks: list[d.Block] = []
    for block in letter.blocks:
        if not isinstance(block, d.Sheet):
            blocks.append(block)
            continue
        fit = next(rows)
        own = max(fit, block.rows) if block.fills else block.rows
        blocks.append(replace(block, rows=own, fills=False))
    return replace(letter, blocks=tuple(blocks))


def _rows_that_fit(letter: d.Letter, theme: Theme) -> list[int]:
    """For each sheet the rows on the page on which it begins, were there rows without end."""
    from letters.press import html, layout

    tried = replace(letter, blocks=tuple(map(_endless, letter.blocks)))
    document = layout.in_full(tried, theme, html.body(tried, theme)).document
    body = next(iter(document._html.etree_element.iter("body")))  # noqa: SLF001 - as plates do
    tables = [table for table in body.iter("table") if "sheet" in table.get("class", "").split()]
    of_row = {id(row): n for n, table in enumerate(tables) for row in table.iterfind("tbody/tr")}
    counts = [0] * len(tables)
    for page in document.pages:
        found: dict[int, int] = {}
        room: dict[int, float] = {}
        for box in page._page_box.descendants():  # noqa: SLF001
            number = of_row.get(id(box.element)) if type(box).__name__ == "TableRowBox" else None
            if number is not None:
                found[number] = found.get(number, 0) + 1
                room[number] = box.position_y + box.height
        for number, count in found.items():
            if not counts[number]:
                counts[number] = max(1, count - _too_tight(page, room[number], tables[number]))
    return counts


def _too_tight(page: Any, bottom: float, table: Any) -> int:
    """One where the last row stands so low that Word might set it on the next page."""
    box = page._page_box  # noqa: SLF001
    feet = [one.height for one in box.descendants() if _is_foot(one, table)]
    end = box.content_box_y() + box.height - max(feet, default=0.0)
    return int(end - bottom < _SPARE)


def _is_foot(box: Any, table: Any) -> bool:
    return type(box).__name__ == "TableRowGroupBox" and box.element is table.find("tfoot")


def _endless(block: d.Block) -> d.Block:
    return replace(block, rows=MOST) if isinstance(block, d.Sheet) and block.fills else block
