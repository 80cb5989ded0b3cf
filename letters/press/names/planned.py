"""An annex whose pages WeasyPrint lays out by itself: which name stands where on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.press.names.plan import Above, Band, Paginator, PlacedEntry
from letters.press.names.rows import SAMPLE, lines_of

if TYPE_CHECKING:
    from letters.draft.annex import Annex, NameGroup
    from letters.press.names.frame import PageRoom
    from letters.press.names.sheets import Entry
    from letters.press.names.specimens import Specimens


def bands(annex: Annex, specimens: Specimens, room: PageRoom, line: float) -> Iterator[Band[Entry]]:
    """The bands of all groups, of entries that are not drawn yet; each ``line`` is that high."""
    paginator: Paginator[Entry] = Paginator(room.height, room.first, line)
    for number, group in enumerate(annex.groups):
        own = list(entries(group))
        label, head, *heights = specimens.heights(number, own)
        placed = (
            PlacedEntry(entry, lines_of(height, line), heading=bool(entry[0]))
            for entry, height in zip(own, heights, strict=True)
        )
        columns = 1 if group.head else annex.columns
        yield from paginator.group(number, columns, placed, Above(label, head))


def line_of(annex: Annex, specimens: Specimens) -> float:
    """How high a line of names is, in pixels."""
    return specimens.heights(0, [sample(annex.groups[0])])[2]


def sample(group: NameGroup) -> Entry:
    """An entry to measure by."""
    return "", (SAMPLE,) * max(1, len(group.head))


def entries(group: NameGroup) -> Iterator[Entry]:
    """All entries of a group, in order."""
    for section in group.sections:
        if section.letter:
            yield section.letter, ()
        for cells in section.rows():
            yield "", cells
