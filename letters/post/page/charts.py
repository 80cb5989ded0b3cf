"""The charts, drawn by matplotlib: a line of signatures over time, and bars.

They are read without colour: each line and bar has its words and number beside it, what is stale
or stuck is hatched, what waits is only outlined. A drawing is 340 units wide, which is a phone,
and no more than twice that on a wide screen or paper.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from letters.post.page.svg import INK, MARK, MUTED, PALE, RULE, inline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from letters.post.page.sent import Manner
    from letters.post.page.signed import Day

_WIDTH = 340.0
_INCH = 72.0  # units of a drawing
_TEXT, _SMALL = 12.0, 11.0
_LETTER = 7.5  # the width of a letter or digit, at most
_CURVE, _HEAD, _FOOT = 200.0, 10.0, 34.0
_ROW, _BAR = 35.0, 11.0
_APART = 14.0  # units between two lines of words
_LOOKS: dict[Manner, dict[str, Any]] = {
    "done": {"facecolor": MARK, "edgecolor": MARK},
    "waiting": {"facecolor": PALE, "edgecolor": MARK},
    "stuck": {"facecolor": "none", "edgecolor": MARK, "hatch": "//////"},
    "open": {"facecolor": "none", "edgecolor": MUTED},
}


def curve(days: Sequence[Day], today: dt.date, name: str, title: str, said: str) -> str:
    """How many stood signed at the end of each day until ``today``, as an ``<svg>``."""
    first, last = days[0].on - dt.timedelta(days=1), max(today, days[-1].on)
    on = [dt.date.toordinal(day) for day in (first, *(one.on for one in days), last)]
    stands = [0, *(one.stands for one in days), days[-1].stands]
    both = [0, *(one.stands + one.stale for one in days), days[-1].stands + days[-1].stale]
    ends = [f"{days[-1].stands} signed", *([f"{days[-1].stale} stale"] if days[-1].stale else [])]
    left, right = 6 + _LETTER * len(str(max(both))), 10 + _LETTER * max(map(len, ends))
    inner, top = _CURVE - _HEAD - _FOOT, max(both) * 1.08
    with _drawing(_CURVE) as figure:
        axes = figure.add_axes(
            (left / _WIDTH, _FOOT / _CURVE, 1 - (left + right) / _WIDTH, inner / _CURVE)
        )
        axes.set(xlim=(on[0], on[-1]), ylim=(0, top))
        axes.fill_between(on, stands, step="post", color=PALE, linewidth=0)
        if any(one.stale for one in days):
            look: dict[str, Any] = _LOOKS["stuck"] | {"linewidth": 0, "hatch": "/////"}
            axes.fill_between(on, stands, both, step="post", **look)
            axes.step(on, both, where="post", color=MARK, linewidth=1.2, linestyle=(0, (3, 2)))
        axes.step(on, stands, where="post", color=MARK, linewidth=2, clip_on=False)
        axes.plot(on[-1:], stands[-1:], "o", color=MARK, markersize=5, clip_on=False)
        _ends(axes, days[-1], ends, inner / top)
        _scale(axes, max(both), first, last)
        return inline(figure, name, title, said)


def bars(rows: Sequence[tuple[str, Manner, int]], name: str, title: str, said: str) -> str:
    """A bar with words and number for each row, as an ``<svg>``."""
    height = _ROW * len(rows)
    longest = max(1, *(number for *_, number in rows))
    room = _WIDTH - 8 - _LETTER * len(str(longest))
    with _drawing(height) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, _WIDTH), ylim=(height, 0))
        axes.set_axis_off()
        for index, (words, manner, number) in enumerate(rows):
            top, length = index * _ROW, room * number / longest
            axes.text(0, top + 12, words, color=INK)
            if number:
                place = {"left": 0.5, "align": "edge", "linewidth": 1}
                axes.barh(top + 17, length, _BAR, **place, **_LOOKS[manner])
            axes.text(length + 6 if number else 0, top + 27, str(number), color=INK, weight="bold")
        return inline(figure, name, title, said)


def _ends(axes: Axes, last: Day, words: Sequence[str], unit: float) -> None:
    """The numbers of today, beside the ends of the lines; ``unit`` is the height of one."""
    low = max(last.stands, 4 / unit)
    high = max(last.stands + last.stale / 2, low + _APART / unit)
    for height, said, ink in zip((low, high), words, (INK, MUTED), strict=False):
        axes.annotate(
            said,
            (1, height),
            (8, -4),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            color=ink,
            weight="bold" if ink == INK else "normal",
            annotation_clip=False,
        )


def _scale(axes: Axes, most: int, first: dt.date, last: dt.date) -> None:
    """Few lines and few days: what is exact stands below the chart."""
    from matplotlib.ticker import MaxNLocator

    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color=MUTED, linewidth=0.8)
    steps = MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]).tick_values(0, max(most, 1))
    axes.set_yticks([step for step in steps if 0 <= step <= most])
    axes.grid(axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    middle = first + (last - first) / 2
    days = (first, middle, last) if (last - first).days >= 4 else (first, last)
    axes.set_xticks([day.toordinal() for day in days], [_short(day) for day in days])
    axes.tick_params(colors=MUTED, length=0, labelsize=_SMALL, pad=5)
    axes.get_xticklabels()[0].set_horizontalalignment("left")


def _short(day: dt.date) -> str:
    from babel.dates import format_date

    return format_date(day, "d MMM\ny", locale="en")


@contextmanager
def _drawing(height: float) -> Iterator[Any]:
    """A figure without a word of matplotlib's own, whatever settings the user has."""
    matplotlib = _matplotlib()
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        ours = {
            "svg.fonttype": "none",
            "svg.hashsalt": "letters",
            "font.family": "DejaVu Sans",  # comes with matplotlib: the same measures everywhere
            "font.size": _TEXT,
            "hatch.linewidth": 0.9,
            "text.parse_math": False,
        }
        matplotlib.rcParams.update(ours)
        yield Figure(figsize=(_WIDTH / _INCH, height / _INCH))


def _matplotlib() -> ModuleType:
    """Matplotlib, which on its way in looks for fonts and would keep a list of them at home.

    The list is made anew in a folder that is gone afterwards: a second or so, and no trace.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    if "matplotlib.font_manager" not in sys.modules:
        before = os.environ.get("MPLCONFIGDIR")
        with tempfile.TemporaryDirectory() as folder:
            os.environ["MPLCONFIGDIR"] = folder
            try:
                import_module("matplotlib.font_manager")
            finally:
                del os.environ["MPLCONFIGDIR"]
                if before is not None:
                    os.environ["MPLCONFIGDIR"] = before
    return import_module("matplotlib")
