"""What a typesetter does where pages come out badly: take a little from the spaces.

The letter is set again with less space between its paragraphs; then also with lines that are three
in a hundred nearer; and where that is no help, the end of the text goes with close and signatures
to the page of the notes. Word's letter is set like the PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from letters.draft import document as d

if TYPE_CHECKING:
    from letters.press.theme import Theme

Tightness: TypeAlias = Literal[0, 1, 2, 3]
"""As the theme says; nearer paragraphs; nearer lines too; signatures on the page of the notes."""

_SPACES, _LINES = 0.8, 0.97
SHORT = 70  # characters, about a line: two of them may begin the page of the signatures


def tightened(theme: Theme, tightness: Tightness) -> Theme:
    """The theme so much tighter; lengths stay such as Word can hold, a twentieth of a point."""
    if tightness == 0:
        return theme
    if tightness == 3:
        return replace(theme, signatures_anew=True)
    spaces, lines = _SPACES, _LINES if tightness == 2 else 1
    return replace(
        theme,
        paragraph_space=_twentieths(theme.paragraph_space * spaces),
        block_space=_twentieths(theme.block_space * spaces),
        text_line=_twentieths(theme.text_line * lines),
        address_line=_twentieths(theme.address_line * lines),
        small_line=_twentieths(theme.small_line * lines),
    )


def is_looked_at(letter: d.Letter) -> bool:
    """Whether its pages can come out so: else Word's letter needs no PDF to go by.

    Names behind the letter have places of their own, and begin a new page.
    """
    behind = any(isinstance(block, d.Enclosures | d.Copies) for block in letter.blocks)
    return (behind or bool(letter.notes)) and letter.annex is None


def page_of_signatures(blocks: d.Blocks) -> int:
    """The paragraph that begins that page, by its number: what CSS calls ``before-close``.

    All blocks where none can.
    """
    close = next((at for at, block in enumerate(blocks) if isinstance(block, d.Close)), 0)
    *_, second, first = (None, None, *blocks[:close])
    if not isinstance(first, d.Paragraph):
        return len(blocks)
    return close - 1 - (is_short(first) and isinstance(second, d.Paragraph))


def is_short(block: d.Block | None) -> bool:
    """A line or so: too little to stand before the signatures at the head of a page."""
    return isinstance(block, d.Paragraph) and len(d.plain(block.content)) < SHORT


def _twentieths(points: float) -> float:
    return round(points * 20) / 20
