"""Figures of a column that ends at one edge, set by their decimal sign instead.

Nothing is written for it: there is more room behind a figure with fewer decimals. Word’s own tabs
for decimals go by the settings of the computer on which a letter is opened.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from letters.draft import document as d

DIGIT, _SIGN = 0.5, 0.25
"""How wide figures and their signs are, of the size, in the fonts that letters are set in."""


class DecimalRoom(Struct, frozen=True):
    """What stands behind a figure: as many ``digits``, and of the size for the ``sign``."""

    digits: int
    sign: float


def rooms(table: d.Table, decimal: str) -> tuple[tuple[DecimalRoom | None, ...], ...]:
    """For each row of a table the room behind each of its cells; ``decimal`` is the sign.

    Where it is "", as in text from right to left, figures end at one edge.
    """
    columns = [
        _column(tuple(d.plain(row[place]).strip() for row in table.rows), decimal)
        if align == "end" and decimal
        else (None,) * len(table.rows)
        for place, align in enumerate(table.align)
    ]
    return tuple(zip(*columns, strict=True)) if columns else ((),) * len(table.rows)


def _column(cells: tuple[str, ...], decimal: str) -> tuple[DecimalRoom | None, ...]:
    """The room behind each cell; none of what are no figures, or have as many decimals."""
    figure = _figure(decimal)
    found = [figure.fullmatch(cell) if cell else None for cell in cells]
    figures = [each for each in found if each]
    long = max((len(each["part"] or "") for each in figures), default=0)
    alike = len({each["unit"] for each in figures}) == 1
    if not long or not alike or len(figures) < sum(map(bool, cells)):
        return (None,) * len(cells)
    return tuple(
        DecimalRoom(long - len(each["part"] or ""), 0 if each["part"] else _SIGN)
        if each and len(each["part"] or "") < long
        else None
        for each in found
    )


@lru_cache(maxsize=8)
def _figure(decimal: str) -> re.Pattern[str]:
    """A number with its sign or unit; what groups its digits is not its decimal sign."""
    groups = "".join(sign for sign in ".,'’٬\u00a0\u202f\u2009 " if sign != decimal)
    return re.compile(
        rf"[^\w\s]?\s?[-−–+]?\d+(?:[{re.escape(groups)}]\d{{2,3}})*"
        rf"(?:{re.escape(decimal)}(?P<part>\d+))?(?P<unit>\s?[^\d.,]{{0,4}})"
    )
