"""The foot of a page: a long notice takes its room from the text above, not from the edge.

CSS lets what stands in a margin run off the paper, words that people have signed among it. Word
pushes the text up by itself, and has the same margin here, so that pages break alike.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

from letters.campaign.model import Campaign
from letters.draft.document import Letter
from letters.press.paper import POINTS_A_MM
from letters.press.theme import Theme
from letters.press.type_width import lines_needed
from letters.problem import Problem

FOOT_LINE = 1.2
"""From one line of the foot to the next, of the size of small type."""

FOOT_SHARE = 0.8
"""How much of the line the notice has; the number of the page has the rest."""

_EDGE = 4.0  # mm that printers leave white
_MOST = 1 / 3  # of the sheet; more is no foot
_LONG = 0.6  # of the size, more than a letter is wide on average
_TENTHS = 10


def foot_margin(letter: Letter, theme: Theme) -> float:
    """The margin below the text in mm: the theme's, or as much as the foot needs, if not all."""
    return min(_needed(letter, theme), _most(theme))


def below_text(theme: Theme) -> float:
    """Where the foot begins, in mm below the text."""
    return theme.margin_mm.bottom / 2 - theme.small_line / POINTS_A_MM


def foot_misfits(letter: Letter, theme: Theme, campaign: Campaign) -> Iterator[Problem]:
    """A problem for a notice that the foot of a page has no room for."""
    if _needed(letter, theme) > _most(theme):
        written = campaign.letter.notice
        key = written.tag_for(letter.language) if written else None
        place = campaign.letter_place.place("notice", *filter(None, [key]))
        message = "is longer than the foot of a page has room for"
        yield Problem(place, message, "shorten it, or say it in the text of the letter")


def _needed(letter: Letter, theme: Theme) -> float:
    size, margin = theme.small_size, theme.margin_mm.bottom
    width = theme.text_width_mm * POINTS_A_MM * FOOT_SHARE
    lines = _lines(letter.notice, width, size, theme.label_font.pdf) + bool(letter.version)
    more = below_text(theme) + lines * size * FOOT_LINE / POINTS_A_MM + _EDGE - margin
    return margin + (math.ceil(more * _TENTHS) / _TENTHS if more > 0 else 0)


@functools.lru_cache(maxsize=64)  # the same in every letter
def _lines(notice: str, width: float, size: float, family: str) -> int:
    # Most notices are short, and no font has to be asked.
    if notice.isascii() and len(notice) * _LONG * size < width:
        return 1 if notice else 0
    return sum(lines_needed(line, width, size, family) for line in notice.split("\n"))


def _most(theme: Theme) -> float:
    return theme.page_mm[1] * _MOST
