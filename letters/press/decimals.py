"""Figures of a column that ends at one edge, set by their decimal sign instead.

Nothing is written for it: there is more room behind a figure with fewer decimals. Text from right
to left ends at the left, where a figure begins: there the room is that of its missing whole digits.
Word’s own tabs for decimals go by the settings of the computer on which a letter is opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from letters.draft import document as d

DIGITS = {
    "Amiri": 0.532,
    "Arial": 0.556,
    "Calibri": 0.507,
    "Carlito": 0.507,
    "Liberation Sans": 0.556,
    "Source Serif 4": 0.529,
}
"""How wide a figure is, of the size, where a family has another width than most."""

NATIVE_DIGIT = 0.585
"""The same of Arabic and Persian figures, which are set in Amiri whatever the theme."""

_DIGIT = 0.5
_SIGN = 0.5  # of a figure: what parts decimals and groups
_SIGNS = {"-": 0.65, "+": 1.1, "−": 1.1, "–": 1}
_GROUPS = ".,'’٬\u00a0\u202f\u2009 "


class DecimalRoom(Struct, frozen=True):
    """What stands behind a figure: so many ``digits``, of which a sign takes a part.

    They are ``native`` where they are those of the Arabic script.
    """

    digits: float
    native: bool = False

    def of_size(self, family: str) -> float:
        """Its width as a part of the size, in a text of that family."""
        return self.digits * (NATIVE_DIGIT if self.native else DIGITS.get(family, _DIGIT))


def rooms(
    table: d.Table, decimal: str, *, rtl: bool = False
) -> tuple[tuple[DecimalRoom | None, ...], ...]:
    """For each row of a table the room behind each of its cells; ``decimal`` is the sign."""
    columns = [
        _column(tuple(d.plain(row[place]).strip() for row in table.rows), decimal, rtl=rtl)
        if align == "end"
        else (None,) * len(table.rows)
        for place, align in enumerate(table.align)
    ]
    return tuple(zip(*columns, strict=True)) if columns else ((),) * len(table.rows)


def _column(cells: tuple[str, ...], decimal: str, *, rtl: bool) -> tuple[DecimalRoom | None, ...]:
    """The room behind each cell; none of what are no figures, or need none."""
    figure = _figure(decimal)
    found = [figure.fullmatch(cell) if cell else None for cell in cells]
    figures = [each for each in found if each]
    alike = len({each["unit"] for each in figures}) == 1
    if not alike or len(figures) < sum(map(bool, cells)):
        return (None,) * len(cells)
    return _by_whole(found) if rtl else _by_decimals(found)


def _by_decimals(found: Sequence[re.Match[str] | None]) -> tuple[DecimalRoom | None, ...]:
    parts = [each and (each["part"] or "") for each in found]
    return _rooms([part if part is None else len(part) + _SIGN * bool(part) for part in parts])


def _by_whole(found: Sequence[re.Match[str] | None]) -> tuple[DecimalRoom | None, ...]:
    """By all that stands left of the decimal sign.

    Where Unicode's rules put a currency that a space parts from its figure, or the sign of an
    Arabic figure, on the other side, figures end at one edge.
    """
    before = [each["before"] for each in found if each]
    arabic = any("٠" <= each["whole"][0] <= "٩" for each in found if each)
    if any(" " in each or "\u00a0" in each or (arabic and each) for each in before):
        return (None,) * len(found)
    native = arabic or any("۰" <= each["whole"][0] <= "۹" for each in found if each)
    heads = [each and each["before"] + each["whole"] for each in found]
    widths = [None if head is None else sum(map(_width, head)) for head in heads]
    return _rooms(widths, native=native)


def _width(sign: str) -> float:
    return _SIGN if sign in _GROUPS else _SIGNS.get(sign, 1)


def _rooms(
    widths: Sequence[float | None], *, native: bool = False
) -> tuple[DecimalRoom | None, ...]:
    widest = max((width or 0 for width in widths), default=0)
    return tuple(
        None if width is None or width == widest else DecimalRoom(round(widest - width, 2), native)
        for width in widths
    )


@lru_cache(maxsize=8)
def _figure(decimal: str) -> re.Pattern[str]:
    """A number with its sign or unit; what groups its digits is not its decimal sign."""
    groups = "".join(sign for sign in _GROUPS if sign != decimal)
    return re.compile(
        rf"(?P<before>[^\w\s]?\s?[-−–+]?)(?P<whole>\d+(?:[{re.escape(groups)}]\d{{2,3}})*)"
        rf"(?:{re.escape(decimal)}(?P<part>\d+))?(?P<unit>\s?[^\d.,]{{0,4}})"
    )
