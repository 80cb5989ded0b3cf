"""The outline of an annex: its groups, and below them the letters that names are looked for under.

Readers show it beside the pages, as they show the headings of a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field


class OutlineMark(NamedTuple):
    """What is worth a jump on a page: ``level`` 2 is a group, 3 a letter; ``y`` is in pixels."""

    level: int
    title: str
    y: float


class OutlinePlace(NamedTuple):
    """Where a mark has come to stand: a reference to its page, and points from its corner."""

    page: bytes
    x: str
    y: float


class OutlineItem(Struct):
    """One line of an outline, under its object's number, and the lines ``below``."""

    number: int
    title: str
    place: OutlinePlace
    below: list[OutlineItem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many lines there are below."""
        return sum(1 + item.count for item in self.below)


def written(
    root: int,
    annex: OutlineItem,
    marks: Sequence[tuple[OutlineMark, OutlinePlace]],
    fresh: Callable[[], int],
) -> Iterator[tuple[int, bytes]]:
    """The objects of the outline ``root``: the annex itself, and its marks below."""
    for mark, where in marks:
        above = annex
        for _ in range(mark.level - 2):
            above = above.below[-1] if above.below else above
        above.below.append(OutlineItem(fresh(), mark.title, where))
    lines = annex.number, annex.number, 1 + annex.count
    yield root, b"<</First %d 0 R/Last %d 0 R/Count %d>>" % lines
    yield from _objects([annex], root)


def _objects(items: Sequence[OutlineItem], parent: int) -> Iterator[tuple[int, bytes]]:
    for at, item in enumerate(items):
        around = b"/Prev %d 0 R" % items[at - 1].number if at else b""
        around += b"/Next %d 0 R" % items[at + 1].number if at + 1 < len(items) else b""
        if item.below:
            ends = item.below[0].number, item.below[-1].number
            around += b"/First %d 0 R/Last %d 0 R" % ends
        shown = (
            b"<" + b"\xfe\xff".hex().encode() + item.title.encode("utf-16-be").hex().encode() + b">"
        )
        dest = f"/XYZ {item.place.x} {item.place.y:.6f} 0]".encode()
        yield (
            item.number,
            b"<</Title%b/Parent %d 0 R/Dest[%b%b/Count %d%b>>"
            % (shown, parent, item.place.page, dest, item.count, around),
        )
        yield from _objects(item.below, item.number)
