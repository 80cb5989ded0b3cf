"""The first page of a letter for a window envelope: the address stands where the window is.

Letterhead, date and address are the cells of a table without lines whose rows have exact heights
from the top of the page, so that nothing that is written above can move the address. A frame would
do it too, but text flows around frames, and LibreOffice before 7.6 ignores those of a style.
"""

from __future__ import annotations

from itertools import pairwise, takewhile

from letters.draft.document import AddressBlock, Blocks, DateLine, Letter, Letterhead
from letters.press.docx.blocks import Setter
from letters.press.docx.flow import FlowRow, Grid, Line, Piece
from letters.press.docx.ooxml import tag, twips_from_mm
from letters.press.paper import Window
from letters.press.theme import Theme

_EDGE = 10  # mm that stay free at the right of the date
_MARK_LEFT, _FOLD, _HOLE = 4, 5, 7  # mm


def opening(letter: Letter, theme: Theme) -> Blocks:
    """What stands around the window of the envelope; empty where there is none."""
    around = (Letterhead, DateLine, AddressBlock)
    first = tuple(takewhile(lambda block: isinstance(block, around), letter.blocks))
    behind = theme.window and any(isinstance(block, AddressBlock) for block in first)
    return first if behind else ()


def around_window(setter: Setter, blocks: Blocks) -> list[Piece]:
    """The blocks of the opening in their places, as one table down to where the text begins."""
    theme, window = setter.theme, setter.theme.window
    if window is None or not blocks:
        return []
    margin, page = theme.margin_mm, theme.page_mm[0]
    left, right = margin.left, max(page - margin.right, window.date_left + 1)
    # An address from right to left begins where the window ends.
    end = min(window.left + window.width, window.date_left - 1)
    sides = (left, end, window.date_left, right, max(page - _EDGE, right + 1))
    widths = tuple(twips_from_mm(end) - twips_from_mm(start) for start, end in pairwise(sides))

    def lines(kind: type) -> list[Piece]:
        pieces = setter.pieces(tuple(block for block in blocks if isinstance(block, kind)))
        return [_placed(piece) for piece in pieces] or [Line("WindowAddress")]

    free: list[Piece] = [Line("WindowAddress")]
    tops = sorted({window.letterhead_top, window.date_top, window.top, window.text_top})
    rows = []
    for top, below in pairwise(tops):
        height = twips_from_mm(below) - twips_from_mm(top)
        if top == window.letterhead_top:
            rows.append(FlowRow([lines(Letterhead), free], height=height, spans=(3, 1)))
            continue
        address = lines(AddressBlock) if top == window.top else free
        date = lines(DateLine) if top == window.date_top else free
        rows.append(FlowRow([address, free, date], height=height, spans=(1, 1, 2)))
    return [Grid("WindowTable", widths, rows, rtl=False)]


def _placed(piece: Piece) -> Piece:
    """A line of the opening without the space below that it has in the flow of a page."""
    own = {"Letterhead": "WindowLetterhead", "Date": "WindowDate", "InsideAddress": "WindowAddress"}
    if isinstance(piece, Line) and piece.style in own:
        return Line(own[piece.style], piece.runs)
    return piece


def marks(window: Window) -> str:
    """Where the sheet is folded and holed, as thin lines at the left edge of the page.

    They are empty paragraphs in frames, for the head of the first page. A letter from right to
    left goes without: programs disagree there on which side frames are measured from.
    """
    places = [(at, _FOLD) for at in window.folds] + ([(window.hole, _HOLE)] if window.hole else [])
    return "".join(_mark(at, length) for at, length in sorted(places))


def _mark(top: float, length: float) -> str:
    frame = tag(
        "framePr",
        w=twips_from_mm(length),
        h=20,
        hRule="exact",
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=twips_from_mm(_MARK_LEFT),
        y=twips_from_mm(top),
    )
    return f"<w:p><w:pPr>{tag('pStyle', 'FoldMark')}{frame}</w:pPr></w:p>"
