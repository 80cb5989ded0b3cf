"""A theme: the few numbers and names from which both the CSS and the Word styles are made."""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

from msgspec import Struct

from letters.press.paper import PAGE_MM, POINTS_A_MM, WINDOWS, Margins, PageSize, Window, WindowName
from letters.press.reference import ReferenceStyles

_BEHIND_WINDOW = 0.94  # of the size of the text: long lines of an address have room
_PRINTED = 14.2  # points, or 5 mm, from the edge of the sheet
_TIGHTEST = 1.15  # the least that lines need, in relation to their type

LetterheadSet: TypeAlias = Literal["apart", "start", "center"]
Side: TypeAlias = Literal["start", "end"]
FigureStyle: TypeAlias = Literal["lining", "old-style"]
NotesAt: TypeAlias = Literal["end", "foot"]


class Font(Struct, frozen=True):
    """``pdf`` is embedded in the PDF; ``word`` has the same widths and is found where Word is.

    ``complex`` and ``asian`` are Word's fonts for the scripts of one letter that these two lack.
    """

    pdf: str
    word: str
    complex: str = ""
    asian: str = ""


class Theme(Struct, frozen=True):
    """All lengths in points unless the name says mm; colours as ``#rrggbb``.

    ``css`` is the theme's own style sheet, set after the one that the tokens give; ``reference``
    is how its reference.docx looks, which Word's styles are taken from before the tokens.

    ``letterhead`` is how the sender's name and the lines below it stand: the name at the start and
    the lines ``apart`` at the end, all at the ``start``, or all in the ``center``. The logo is at
    ``logo_side`` of them or above them; None is where the words begin. ``small_capitals`` are those
    of the sender's name.
    ``signatures_anew`` is on a new page, where `tightness` found no other way.
    ``figures`` are those of the text; addresses, tables and small print have lining ones.
    ``letterhead_rule`` is the thickness of the line below them in the accent colour; 0 is none.
    Behind a window the left and right margins are moved, so that the text begins where the address
    does; the measure stays as it is.
    """

    name: str
    page: PageSize
    margin_mm: Margins
    text_font: Font
    label_font: Font
    text_size: float
    label_size: float
    small_size: float
    text_line: float
    address_line: float
    small_line: float
    paragraph_space: float
    block_space: float
    signature_space: float
    text_colour: str
    accent_colour: str
    muted_colour: str
    rule_colour: str
    css: str = ""
    letterhead: LetterheadSet = "apart"
    letterhead_rule: float = 0.75
    logo_side: Side | None = None
    small_capitals: bool = False
    date_side: Side = "start"
    figures: FigureStyle = "lining"
    signatures_anew: bool = False
    notes: NotesAt = "end"
    window_name: WindowName | None = None
    reference: ReferenceStyles | None = None

    @property
    def page_mm(self) -> tuple[float, float]:
        """Width and height of the sheet in mm."""
        return PAGE_MM[self.page]

    @property
    def text_width_mm(self) -> float:
        """How long a line of the page is."""
        return self.page_mm[0] - self.margin_mm.left - self.margin_mm.right

    @property
    def address_type(self) -> tuple[float, float]:
        """Size and line of the address: smaller behind a window, where few lines have room.

        In half points, as Word counts them.
        """
        if self.window is None:
            return self.text_size, self.address_line
        line = min(self.address_line, self.window.line)
        size = min(self.text_size * _BEHIND_WINDOW, line / _TIGHTEST)
        return math.floor(size * 2) / 2, line

    @property
    def mark_top(self) -> float:
        """Points from the top of the sheet to a mark such as DRAFT, a line above the running head.

        That stands in the middle of the margin, unless printers don't reach so high.
        """
        middle = self.margin_mm.top / 2 * POINTS_A_MM
        return max(_PRINTED, middle - self.small_line * 1.5)

    @property
    def first_mark_top(self) -> float:
        """The same on the first page: behind a window the letterhead begins higher there."""
        return self.mark_top if self.window is None else min(_PRINTED, self.mark_top)

    @property
    def window(self) -> Window | None:
        """The window that the address must stand behind, if there is one."""
        return WINDOWS[self.window_name] if self.window_name else None
