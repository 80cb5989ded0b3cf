"""How large an address can be printed: as large as its room allows, and never cut off.

The lines are measured by the engine that will print them, so that every script is known, and every
font that stands in. A line that is too long is broken between words before its type becomes smaller
than what the posts like to read, and what goes on is aligned with the rest, as they ask.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from msgspec import Struct

from letters.post.paper.stationery import POINT, Room
from letters.press import pdf

LINE = 1.22
"""From one line to the next, in relation to the size of the type."""

_READABLE = 9  # points; capitals of 2 mm, which Canada Post asks for at least
_STEP = 0.5
_MEASURE = 100  # pixels: the size at which lines are measured
_SAFE = 1.01  # a little more than was measured
_SPACES = re.compile("( +)")

Width = Callable[[str], float]


class Fitted(Struct, frozen=True):
    """Rows as they are printed, and the size of their type in points."""

    size: float
    rows: tuple[str, ...]

    @property
    def height(self) -> float:
        """In mm."""
        return len(self.rows) * self.size * LINE * POINT


def fitted(lines: Sequence[str], room: Room, width: Width) -> Fitted | None:
    """The lines as large as they can be in that room; None where it can't hold them.

    ``width`` gives the width of a text in relation to the size of its type.
    """
    count = round((room.largest - room.smallest) / _STEP)
    sizes = [room.largest - _STEP * number for number in range(count + 1)]
    readable = [size for size in sizes if size >= _READABLE]
    for choice, whole in ((readable, True), (readable, False), (sizes, True), (sizes, False)):
        for size in choice:
            most = room.width / POINT / size / _SAFE
            rows = [row for line in lines for row in _rows(line, most, width, whole=whole)]
            found = Fitted(size, tuple(rows))
            if found.height <= room.height and all(width(row) <= most for row in rows):
                return found
    return None


def widths(
    texts: Iterable[str], families: Sequence[str], day: dt.date, narrowest: float
) -> Mapping[str, float]:
    """The widths of texts in relation to their type's size, also of the words of long ones.

    ``narrowest`` is the width that every text fits into, so that its words need no measuring.
    """
    lines = _measured(texts, families, day)
    long = [text for text, width in lines.items() if width * _SAFE > narrowest]
    words = {word for text in long for word in _SPACES.split(text)}
    return {**lines, **_measured(words, families, day)} if words else lines


def width_by(known: Mapping[str, float]) -> Width:
    """Reads widths that were measured; those of rows are put together from their words."""

    def width(text: str) -> float:
        found = known.get(text)
        return sum(known[word] for word in _SPACES.split(text)) if found is None else found

    return width


def font(families: Sequence[str]) -> str:
    """CSS for the families to try, in their order."""
    return ", ".join(f'"{family}"' for family in families)


def _rows(line: str, most: float, width: Width, *, whole: bool) -> list[str]:
    if whole or width(line) <= most:
        return [line]
    rows: list[str] = []
    row = ""
    for between, word in _words(line):
        longer = f"{row}{between}{word}" if row else word
        if row and width(longer) > most:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row]


def _words(line: str) -> Iterable[tuple[str, str]]:
    """Each word with the spaces before it."""
    parts = ["", *_SPACES.split(line.strip(" "))]
    return zip(parts[::2], parts[1::2], strict=True)


def _measured(texts: Iterable[str], families: Sequence[str], day: dt.date) -> dict[str, float]:
    wanted = sorted(set(texts))
    rows = "".join(f'<p><span id="{n}">{escape(text)}</span></p>' for n, text in enumerate(wanted))
    style = f"""@page {{ size: 60000px 20000px; margin: 0 }} p {{ margin: 0; white-space: pre;
      font: {_MEASURE}px/1.2 {font(families)} }}"""
    page = f'<!DOCTYPE html><html lang="zxx"><style>{style}</style>{rows}</html>'
    boxes = {}
    for sheet in pdf.laid_out(page, day).pages:
        boxes.update(sheet.anchors)
    return {text: (boxes[str(n)][2] - boxes[str(n)][0]) / _MEASURE for n, text in enumerate(wanted)}
