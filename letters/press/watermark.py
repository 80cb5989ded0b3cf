"""DRAFT in large letters across each page, pale enough to read the letter over it.

In PDF and on the web it is a drawing behind the words; Word has an object of its own for it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from letters.press.paper import POINTS_A_MM

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.theme import Theme

PALE = "#e9e9e9"
_SHARE = 0.8  # of the diagonal of the page that the word may take
_WIDE = 0.75  # em that a capital takes


def size(word: str, theme: Theme) -> float:
    """The size in points at which the word goes across the page."""
    width, height = theme.page_mm
    diagonal = (width**2 + height**2) ** 0.5 * POINTS_A_MM
    fits: float = diagonal * _SHARE / (max(len(word), 1) * _WIDE)
    return round(min(fits, 150))


def drawing(letter: Letter, theme: Theme) -> str:
    """The word as a background for a page, in the middle of it."""
    width, height = theme.page_mm
    points = size(letter.watermark, theme)
    x, y = width / 2, height / 2
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<text x="{x:g}" y="{y + points / POINTS_A_MM / 3:g}" transform="rotate(-50 {x:g} {y:g})" '
        f'text-anchor="middle" font-family="{escape(theme.label_font.pdf)}" font-weight="bold" '
        f'font-size="{points / POINTS_A_MM:.2f}" fill="{PALE}">'
        f"{escape(letter.watermark)}</text></svg>"
    )
    return f'url("data:image/svg+xml,{quote(svg)}") 0 0 / {width:g}mm {height:g}mm no-repeat fixed'


def background(letter: Letter, theme: Theme) -> str:
    """The same as a rule; nothing where the letter has no such word."""
    return f"\n  background: {drawing(letter, theme)};" if letter.watermark else ""
