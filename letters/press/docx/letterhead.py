"""The sender at the head of the first page, as the theme has it."""

from __future__ import annotations

from collections.abc import Callable

from letters.draft.document import Image, Letterhead
from letters.press.docx.flow import LINE_BREAK, TAB, FlowRow, Grid, Line, Piece
from letters.press.docx.ooxml import twips
from letters.press.docx.runs import Marks, RunWriter
from letters.press.logo_place import (
    LOGO_GAP,
    drawn_size,
    logo_place,
    logo_room,
    shares_line,
    words_room,
)
from letters.press.theme import Theme

_NAME = Marks(style="LetterheadName", bold_already=True)

Draw = Callable[[Image, tuple[float, float]], str]


def letterhead(
    block: Letterhead, theme: Theme, words: RunWriter, picture: Draw, width: int
) -> list[Piece]:
    """The logo above the name, or beside it where the theme sets name and contact apart."""
    room = logo_room(theme)
    if theme.letterhead != "apart":
        logo = [Line("LetterheadLogo", picture(block.logo, room))] if block.logo else []
        lines = LINE_BREAK.join(
            words.line(line, *((_NAME,) if index == 0 else ()))
            for index, line in enumerate(block.lines)
        )
        return [*logo, Line("Letterhead", lines)] if block.lines else [*logo]
    if not block.logo:
        return [Line("Letterhead", _apart(block, theme, words))] if block.lines else []
    logo = [Line("LetterheadLogo", picture(block.logo, room))]
    name, *contact = block.lines or ((),)
    place = logo_place(block, theme)
    if place == "above":
        logo = [Line("LetterheadLogoAbove", logo[0].runs)]
        return [*logo, Line("Letterhead", _apart(block, theme, words))]
    first = words.runs(name, _NAME)
    lines = LINE_BREAK.join(map(words.runs, contact))
    beside = twips(drawn_size(block.logo, room)[0] + LOGO_GAP)
    left, reached = width - beside, twips(words_room(contact, theme))
    if place == "apart":
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


def _apart(block: Letterhead, theme: Theme, words: RunWriter) -> str:
    """Organisation at the start, how to reach it at the end of the same line and below."""
    name, *contact = block.lines or ((),)
    runs = words.line(name, _NAME)
    shares = shares_line(block, theme)
    for index, line in enumerate(contact):
        shared = index == 0 and shares
        runs += (TAB if shared else LINE_BREAK + TAB) + words.line(line)
    return runs
