"""The charts: a line of signatures over time, and bars.

They are read without colour: each line and bar has its words and number beside it, what is stale
or stuck is hatched, what waits is only outlined. A drawing is 340 units wide, which is a phone,
and no more than twice that on a wide screen or paper.

The libraries that write SVG without a browser set the words of a bar beside it, where a phone has
no room for both, and bring scripts, fonts or styles of their own, which the page forbids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count, pairwise
from typing import TYPE_CHECKING

from letters.post.page.svg import INK, MARK, MUTED, PALE, RULE, Anchor, Drawing, Point

if TYPE_CHECKING:
    from letters.post.page.sent import Manner
    from letters.post.page.signed import Day

_WIDTH = 340.0
_TEXT, _SMALL = 12.0, 11.0
_LETTER = 7.5  # the width of a letter or digit, at most
_CURVE, _HEAD, _FOOT = 200.0, 10.0, 34.0
_ROW, _BAR = 35.0, 11.0
_APART = 14.0  # units between two lines of words
_MOST_STEPS = 4  # of the scale


def curve(days: Sequence[Day], today: dt.date, name: str, title: str, said: str) -> str:
    """How many stood signed at the end of each day until ``today``, as an ``<svg>``."""
    first, last = days[0].on - dt.timedelta(days=1), max(today, days[-1].on)
    on = [first, *(one.on for one in days), last]
    stands = [0, *(one.stands for one in days), days[-1].stands]
    both = [0, *(one.stands + one.stale for one in days), days[-1].stands + days[-1].stale]
    ends = [f"{days[-1].stands} signed", *([f"{days[-1].stale} stale"] if days[-1].stale else [])]
    left, right = 6 + _LETTER * len(str(max(both))), _WIDTH - 10 - _LETTER * max(map(len, ends))
    base, unit = _CURVE - _FOOT, (_CURVE - _HEAD - _FOOT) / (max(both) * 1.08)

    def at(day: dt.date, number: float) -> Point:
        return left + (right - left) * ((day - first) / (last - first)), base - unit * number

    def steps(numbers: Sequence[int]) -> list[Point]:
        """A number holds until the day of the next one."""
        known = list(zip(on, numbers, strict=True))
        turns = ((at(after, old), at(after, new)) for (_, old), (after, new) in pairwise(known))
        return [at(*known[0]), *(point for turn in turns for point in turn)]

    drawing = Drawing(name, (_WIDTH, _CURVE), title, said)
    for number in _scale(max(both)):
        height = base - unit * number
        drawing.line(((left, height), (right, height)), RULE, 0.8)
    drawing.area((*steps(stands), (right, base), (left, base)), PALE)
    if any(one.stale for one in days):
        drawing.area((*steps(both), *reversed(steps(stands))), drawing.hatched())
        drawing.line(steps(both), MARK, 1.2, "3.6 2.4")
    drawing.line(((left, base), (right, base)), MUTED, 0.8)
    drawing.line(steps(stands), MARK, 2)
    drawing.dot(at(last, stands[-1]), 3, MARK)
    _days(drawing, first, last, left, right)
    for number in _scale(max(both)):
        drawing.text((left - 5, base - unit * number + 4), str(number), _SMALL, MUTED, anchor="end")
    # The numbers of today, beside the ends of the lines.
    low = max(days[-1].stands * unit, 4)
    high = max((days[-1].stands + days[-1].stale / 2) * unit, low + _APART)
    for height, words, ink in zip((low, high), ends, (INK, MUTED), strict=False):
        drawing.text((right + 8, base - height + 4), words, _TEXT, ink, bold=ink == INK)
    return drawing.markup()


def bars(rows: Sequence[tuple[str, Manner, int]], name: str, title: str, said: str) -> str:
    """A bar with words and number for each row, as an ``<svg>``."""
    longest = max(1, *(number for *_, number in rows))
    room = _WIDTH - 8 - _LETTER * len(str(longest))
    drawing = Drawing(name, (_WIDTH, _ROW * len(rows)), title, said)
    for index, (words, manner, number) in enumerate(rows):
        top, length = index * _ROW, room * number / longest
        drawing.text((0, top + 12), words, _TEXT, INK)
        if number:
            upper, lower, end = top + 17, top + 17 + _BAR, 0.5 + length
            corners = ((0.5, lower), (end, lower), (end, upper), (0.5, upper))
            drawing.area(corners, *_look(drawing, manner))
        place = (length + 6 if number else 0, top + 27)
        drawing.text(place, str(number), _TEXT, INK, bold=True)
    return drawing.markup()


def _look(drawing: Drawing, manner: Manner) -> tuple[str, str]:
    """The fill of a bar, and its edge."""
    match manner:
        case "done":
            return MARK, MARK
        case "waiting":
            return PALE, MARK
        case "stuck":
            return drawing.hatched(), MARK
        case "open":
            return "none", MUTED


def _scale(most: int) -> range:
    """Few lines, of round numbers: what is exact stands below the chart."""
    sizes = (base * 10**power for power in count() for base in (1, 2, 5))
    return range(0, most + 1, next(size for size in sizes if most <= size * _MOST_STEPS))


def _days(drawing: Drawing, first: dt.date, last: dt.date, left: float, right: float) -> None:
    """The first day, the last, and one between where there is room: day and month, then year."""
    from babel.dates import format_date

    middle = first + (last - first) / 2
    days = (first, middle, last) if (last - first).days >= 4 else (first, last)
    for day in days:
        across = left + (right - left) * ((day - first) / (last - first))
        anchor: Anchor = "start" if day == first else "middle"
        for line, pattern in enumerate(("d MMM", "y")):
            words = format_date(day, pattern, locale="en")
            place = (across, _CURVE - _FOOT + 14.5 + 13.2 * line)
            drawing.text(place, words, _SMALL, MUTED, anchor=anchor)
