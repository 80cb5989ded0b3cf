"""The sender at the head of the first page, as the theme has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from letters.draft.document import Image, Inlines, Letterhead, plain
from letters.press.block_styles.opening import LOGO_HEIGHT
from letters.press.docx.flow import LINE_BREAK, TAB, FlowRow, Grid, Line, Piece, drawn_size
from letters.press.docx.ooxml import twips
from letters.press.docx.runs import Marks, RunWriter
from letters.press.theme import Theme

LOGO_GAP = 12
"""Points between a logo and the words beside it."""

_CELL = 6  # points that are no room for words, within a cell

_NAME = Marks(style="LetterheadName", bold_already=True)

Draw = Callable[[Image, tuple[float, float]], str]


def letterhead(
    block: Letterhead, theme: Theme, words: RunWriter, picture: Draw, width: int
) -> list[Piece]:
    """The logo above the name, or beside it where the theme sets name and contact apart."""
    room = (width / 40, LOGO_HEIGHT.points)
    if theme.letterhead != "apart":
        logo = [Line("LetterheadLogo", picture(block.logo, room))] if block.logo else []
        lines = LINE_BREAK.join(
            words.line(line, *((_NAME,) if index == 0 else ()))
            for index, line in enumerate(block.lines)
        )
        return [*logo, Line("Letterhead", lines)] if block.lines else [*logo]
    if not block.logo:
        return [Line("Letterhead", _apart(block.lines, theme, words, width))] if block.lines else []
    logo = [Line("LetterheadLogo", picture(block.logo, room))]
    beside = twips(drawn_size(block.logo, room)[0] + LOGO_GAP)
    left = width - beside
    name, *contact = block.lines or ((),)
    named, reached = _room((name,), theme), _room(contact, theme)
    if max(named, reached) > left:
        return [*logo, Line("Letterhead", _apart(block.lines, theme, words, width))]
    first = words.runs(name, _NAME)
    lines = LINE_BREAK.join(map(words.runs, contact))
    if named + reached <= left:
        widths: tuple[int, ...] = (beside, left - reached, reached)
        cells = [
            logo,
            [Line("LetterheadBesideLogo", first)],
            [Line("LetterheadContact", lines)],
        ]
    else:
        widths = (beside, left)
        cells = [logo, [Line("LetterheadBesideLogo", f"{first}{LINE_BREAK}{lines}")]]
    if theme.logo_side == "end":
        widths, cells = (*widths[1:], beside), [*cells[1:], logo]
    return [Grid("LetterheadTable", widths, [FlowRow(cells)], words.rtl), Line("LetterheadEnd")]


def _room(lines: Sequence[Inlines], theme: Theme) -> int:
    """Twips that lines need to stand unbroken, whichever letters they are of."""
    longest = max((len(plain(line)) for line in lines), default=0)
    return twips(longest * theme.label_size * 0.6 + _CELL)


def _apart(lines: Sequence[Inlines], theme: Theme, words: RunWriter, width: int) -> str:
    """Organisation at the start, how to reach it at the end of the same line and below."""
    name, *contact = lines or ((),)
    runs = words.line(name, _NAME)
    for index, line in enumerate(contact):
        shared = index == 0 and _fit_in_one_line((name, line), theme, width)
        runs += (TAB if shared else LINE_BREAK + TAB) + words.line(line)
    return runs


def _fit_in_one_line(parts: Sequence[Inlines], theme: Theme, width: int) -> bool:
    letters = sum(len(plain(part)) for part in parts)
    return letters * theme.label_size * 0.6 < width / 20
