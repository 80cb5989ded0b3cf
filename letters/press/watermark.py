"""DRAFT in large letters across each page, pale enough to read the letter over it.

In PDF and on the web it is a drawing behind the words; Word has an object of its own for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from letters.press.fonts import stacks
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
    families = ", ".join(stacks(letter, theme)[1])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<text x="{x:g}" y="{y + points / POINTS_A_MM / 3:g}" transform="rotate(-50 {x:g} {y:g})" '
        f'text-anchor="middle" font-family="{escape(families)}" font-weight="bold" '
        f'font-size="{points / POINTS_A_MM:.2f}" fill="{PALE}">'
        f"{escape(letter.watermark)}</text></svg>"
    )
    return f'url("data:image/svg+xml,{quote(svg)}") 0 0 / {width:g}mm {height:g}mm no-repeat fixed'


def background(letter: Letter, theme: Theme) -> str:
    """The same as a rule; nothing where the letter has no such word."""
    return f"\n  background: {drawing(letter, theme)};" if letter.watermark else ""


def draw_words_whole() -> None:
    """Have WeasyPrint, which is loaded, set the words of a drawing as those of a page.

    It sets them letter by letter from left to right: Hebrew backwards, and Arabic unjoined.
    """
    from weasyprint import svg

    each: Any = svg.text

    def whole(drawing: Any, node: Any, font_size: float) -> None:
        if node.text and not any(name in node.attrib for name in _BY_LETTER):
            node._etree_node.text = _Whole(node.text)  # noqa: SLF001 - no other door
        each(drawing, node, font_size)

    svg.TAGS.update((name, whole) for name, draws in list(svg.TAGS.items()) if draws is each)
    svg.text = whole  # it is compared with those


_BY_LETTER = ("dx", "dy", "rotate", "letter-spacing", "textLength")


class _Whole(str):
    """Words of which each letter in turn is all of them, once."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)
