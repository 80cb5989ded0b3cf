"""Where a logo and the sender's lines stand, in every format: told by the room that these need.

Widths are counted by letters and not measured, so that a press without fonts finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from letters.draft.document import Image, Inlines, Letterhead, plain
from letters.press.block_styles.opening import LOGO_HEIGHT
from letters.press.paper import POINTS_A_MM, POINTS_A_PIXEL
from letters.press.theme import Theme

LogoPlace: TypeAlias = Literal["above", "beside", "apart"]
"""Above the sender's lines; beside them all; or beside the name, with the contact at the end."""

LOGO_GAP = 12
"""Points between a logo and the words beside it."""

_CELL = 6  # points that are no room for words, within a cell
_EM = 0.6  # of the size: a letter, whichever it is


def logo_place(block: Letterhead, theme: Theme) -> LogoPlace:
    """Its place; a theme may set name and contact apart, if there is room."""
    if theme.letterhead != "apart" or block.logo is None:
        return "above"
    logo, _ = drawn_size(block.logo, logo_room(theme))
    left = theme.text_width_mm * POINTS_A_MM - logo - LOGO_GAP
    name, *contact = block.lines or ((),)
    named, reached = words_room((name,), theme), words_room(contact, theme)
    if max(named, reached) > left:
        return "above"
    return "apart" if named + reached <= left else "beside"


def shares_line(block: Letterhead, theme: Theme) -> bool:
    """Whether the name and the first line of the contact have room in one line, apart."""
    letters = sum(len(plain(line)) for line in block.lines[:2])
    return letters * theme.label_size * _EM < theme.text_width_mm * POINTS_A_MM


def logo_room(theme: Theme) -> tuple[float, float]:
    """The largest size that a logo may have."""
    return theme.text_width_mm * POINTS_A_MM / 2, LOGO_HEIGHT.points


def words_room(lines: Sequence[Inlines], theme: Theme) -> float:
    """Points that lines need to stand unbroken."""
    longest = max((len(plain(line)) for line in lines), default=0)
    return longest * theme.label_size * _EM + _CELL


def drawn_size(image: Image, room: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the picture: its own (96 pixels an inch), or what fits ``room``.

    All in points.
    """
    width, height = image.width * POINTS_A_PIXEL, image.height * POINTS_A_PIXEL
    scale = min(1.0, room[0] / width, room[1] / height)
    return width * scale, height * scale
