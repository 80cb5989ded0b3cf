"""How wide words are in a font of the theme, and how many lines they need, without a page."""

from __future__ import annotations

import functools
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from PIL import ImageFont

_UNIT = 1000
_USUAL_WIDTH = 0.5  # of the type's size, where no font can be asked


def lines_needed(text: str, width: float, size: float, family: str) -> int:
    """How many lines ``text`` becomes in a ``width`` in points, in type of that size."""
    space = type_width(" ", family) * size
    lines, used = 1, 0.0
    for word in text.split():
        needed = type_width(word, family) * size
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        used += needed + (space if used else 0)
        lines, used = lines + int(used // width), used % width  # a word too wide is broken
    return lines


def type_width(text: str, family: str) -> float:
    """The width of ``text`` in relation to the size of its type."""
    # Chinese, Japanese and Korean stand in fonts of their own, each sign in a square.
    squares = sum(east_asian_width(sign) in "WF" for sign in text)
    if squares:
        text = "".join(sign for sign in text if east_asian_width(sign) not in "WF")
    font = _font(family)
    return squares + (font.getlength(text) / _UNIT if font else len(text) * _USUAL_WIDTH)


@functools.cache
def _font(family: str) -> ImageFont.FreeTypeFont | None:
    from PIL import ImageFont

    with suppress(OSError, subprocess.CalledProcessError):
        command = ("fc-match", "-f", "%{file}", family)
        done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - no shell
        return ImageFont.truetype(done.stdout, _UNIT)
    return None
