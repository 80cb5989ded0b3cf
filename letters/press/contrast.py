"""Whether words can be read on paper: a theme must hide none in white ink or in signs."""

from __future__ import annotations

import re

READABLE = 3.0

# Fonts that print signs where the text has letters.
_SIGNS = re.compile(
    r"(wing|web|zapf ?)dings|symbol|marlett|dingbats|mt extra|bookshelf symbol", re.IGNORECASE
)


def prints_signs(family: str) -> bool:
    """Whether a font of that name shows signs instead of the letters that are written."""
    return _SIGNS.search(family) is not None


def contrast(colour: str) -> float:
    """The contrast of ``#rrggbb`` with white, from 1 (none) to 21 (black), as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
