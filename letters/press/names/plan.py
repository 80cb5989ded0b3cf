"""Which name stands where: sorted down the columns, page by page, in whole lines.

A page holds bands: the label of a group, and below it columns that are filled one after the other.
Where a group ends, its columns are made equally long. Nothing is laid out here: the paginator knows
heights and counts lines, and holds no more than a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

E = TypeVar("E")

_LEAST = 3  # lines that a band is begun with at the foot of a page


@dataclass(frozen=True, slots=True)
class Placed(Generic[E]):
    """An entry that takes so many ``lines``. A ``heading`` never ends a column."""

    entry: E
    lines: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Band(Generic[E]):
    """One group on one page; ``top`` is where it begins, from the first line of all pages.

    ``labelled``: the group's label stands above it. ``lines`` are those of its longest column.
    """

    group: int
    page: int
    top: float
    labelled: bool
    columns: tuple[tuple[Placed[E], ...], ...]

    @property
    def lines(self) -> int:
        """How many lines the longest column has."""
        return max(sum(placed.lines for placed in column) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Heights:
    """All in pixels. The first page begins ``first`` lower than the others, which are ``page`` high.

    Above the lines of a band stand its ``label``, if it has one, and its ``head``.
    """

    page: float
    first: float
    line: float
    label: float
    head: float


class Paginator(Generic[E]):
    """Fills pages with groups; a band is given out as soon as it is full."""

    def __init__(self, heights: Heights) -> None:
        self.heights = heights
        self.page, self._top = 0, heights.first

    def group(
        self, number: int, columns: int, entries: Iterable[Placed[E]], *, headed: bool
    ) -> Iterator[Band[E]]:
        """The bands of one group; a group with ``headed`` columns has the head of a table."""
        above, labelled = (self.heights.head if headed else 0.0), True
        waiting: list[Placed[E]] = []
        rest = iter(entries)
        while True:
            label = self.heights.label if labelled else 0.0
            lines = self._left(label + above)
            if lines < _LEAST and self._top > 0:
                self._turn()
                lines = self._left(label + above)
            lines = max(lines, 1)
            while sum(one.lines for one in waiting) <= lines * columns:
                following = next(rest, None)
                if following is None:
                    break
                waiting.append(following)
            if not waiting:
                return
            filled, waiting = _filled(waiting, lines, columns)
            if not waiting:
                waiting = list(_some(rest, 1))
            if not waiting:
                filled = _balanced([one for column in filled for one in column], lines, columns)
            band = Band(number, self.page, self._top, labelled, filled)
            self._top += label + above + band.lines * self.heights.line
            labelled = False
            yield band
            if waiting:
                self._turn()

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return self.page + 1

    def _left(self, above: float) -> int:
        """How many lines have room below what stands there."""
        room = self.heights.page - self._top - above
        return int((room + 0.01) // self.heights.line)

    def _turn(self) -> None:
        self.page, self._top = self.page + 1, 0.0


def _some(rest: Iterator[Placed[E]], count: int) -> Iterator[Placed[E]]:
    for _ in range(count):
        following = next(rest, None)
        if following is None:
            return
        yield following


def _filled(
    entries: Sequence[Placed[E]], lines: int, columns: int
) -> tuple[tuple[tuple[Placed[E], ...], ...], list[Placed[E]]]:
    """Columns of at most so many lines, and what has no room in them."""
    found: list[tuple[Placed[E], ...]] = []
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
    entries: Sequence[Placed[E]], most: int, columns: int
) -> tuple[tuple[Placed[E], ...], ...]:
    """The same entries in columns as short as can be."""
    low = max(1, -(-sum(one.lines for one in entries) // columns))
    for lines in range(low, most + 1):
        found, rest = _filled(entries, lines, columns)
        if not rest:
            return found
    return _filled(entries, most, columns)[0]
