"""Which name stands where: sorted down the columns, page by page, in whole lines.

A page holds bands: the label of a group, and below it columns that are filled one after the other.
Where a group ends, its columns are made equally long. Nothing is laid out here: the paginator knows
heights and counts lines, and holds no more than a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

E = TypeVar("E")

ROUNDING = 1e-7  # pixels that sums of heights may be off; WeasyPrint lets a page have more
_LEAST = 3  # lines that a band is begun with at the foot of a page


class PlacedEntry(NamedTuple, Generic[E]):
    """An entry that takes so many ``lines``. A ``heading`` never ends a column."""

    entry: E
    lines: int
    heading: bool = False


class Band(Struct, Generic[E], frozen=True):
    """One group on one page; ``top`` is where it begins, from the first line of all pages.

    ``labelled``: the group's label stands above it. ``lines`` are those of its longest column.
    """

    group: int
    page: int
    top: float
    labelled: bool
    columns: tuple[tuple[PlacedEntry[E], ...], ...]

    @property
    def lines(self) -> int:
        """How many lines the longest column has."""
        return _longest(self.columns)


class Above(Struct, frozen=True):
    """The heights, in pixels, of a group's ``label`` and of the ``head`` above all its bands."""

    label: float
    head: float


class Paginator(Generic[E]):
    """Fills pages with groups; a band is given out as soon as it is full.

    In pixels: pages have the ``height``, but the first begins ``first`` lower, and a ``line`` is
    as high as any other.
    """

    def __init__(self, height: float, first: float, line: float) -> None:
        self._height, self._line = height, line
        self._page, self._top = 0, first

    def group(
        self, number: int, columns: int, entries: Iterable[PlacedEntry[E]], above: Above
    ) -> Iterator[Band[E]]:
        """The bands of one group."""
        waiting: list[PlacedEntry[E]] = []
        rest, labelled = iter(entries), True
        while True:
            over = above.head + (above.label if labelled else 0.0)
            if self._left(over) < _LEAST and self._top > 0:
                self._turn()
            lines = max(self._left(over), 1)
            room = sum(one.lines for one in waiting)
            while room <= lines * columns and (following := next(rest, None)) is not None:
                waiting.append(following)
                room += following.lines
            if not waiting:
                return
            filled, left = _filled(waiting, lines, columns)
            if self._top > 0 and _longest(filled) > lines:
                self._turn()  # an entry of many lines, which has room on a page by itself
                continue
            waiting = left
            if not waiting and (following := next(rest, None)) is not None:
                waiting = [following]
            if not waiting:
                filled = _balanced([one for column in filled for one in column], lines, columns)
            band = Band(number, self._page, self._top, labelled, filled)
            self._top += over + band.lines * self._line
            labelled = False
            yield band
            if not waiting:
                return
            self._turn()

    def _left(self, above: float) -> int:
        """How many lines have room below what stands there."""
        return int((self._height - self._top - above + ROUNDING) // self._line)

    def _turn(self) -> None:
        self._page, self._top = self._page + 1, 0.0


def _longest(columns: Sequence[Sequence[PlacedEntry[E]]]) -> int:
    return max(sum(placed.lines for placed in column) for column in columns)


def _filled(
    entries: Sequence[PlacedEntry[E]], lines: int, columns: int
) -> tuple[tuple[tuple[PlacedEntry[E], ...], ...], list[PlacedEntry[E]]]:
    """Columns of at most so many lines, and what has no room in them."""
    found: list[tuple[PlacedEntry[E], ...]] = []
    at = 0
    for _ in range(columns):
        start, used = at, 0
        while at < len(entries):
            one = entries[at]
            with_it = 1 if one.heading and at + 1 < len(entries) else 0
            needed = used + one.lines + (entries[at + 1].lines if with_it else 0)
            # What is higher than a column stands in one of its own, and runs out of it.
            if needed > lines and at > start:
                break
            used += one.lines
            at += 1
        found.append(tuple(entries[start:at]))
    return tuple(found), list(entries[at:])


def _balanced(
    entries: Sequence[PlacedEntry[E]], most: int, columns: int
) -> tuple[tuple[PlacedEntry[E], ...], ...]:
    """The same entries in columns as short as can be."""
    low = max(1, -(-sum(one.lines for one in entries) // columns))
    for lines in range(low, most + 1):
        found, rest = _filled(entries, lines, columns)
        if not rest:
            return found
    return _filled(entries, most, columns)[0]
