"""Sheets of paper: their sizes, where a window envelope shows the address, where they are folded.

All lengths in mm from the sheet's upper left corner.

DIN 5008:2020, forms A and B: an address field of 85 by 45 mm, of which the upper 17.7 mm are for
remarks and the sender's line and the lower 27.3 mm are six lines for the address.

For the No. 10 envelope (4 1/8 by 9 1/2 in): the common window of 4 1/2 by 1 1/8 in, 7/8 in from
the left and 1/2 in from the bottom. The sheet is folded at 4 in, which leaves it 1/8 in to slide
up and 1 in to slide sideways; the room is what shows in every position, less the 1/8 in that the
United States Postal Service asks for between the address and the edge of the window. Nothing else
may stand where the window can slide to.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

PageSize: TypeAlias = Literal["letter", "a4"]
WindowName: TypeAlias = Literal["din5008-a", "din5008-b", "no10"]

PAGE_MM: dict[PageSize, tuple[float, float]] = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}

POINTS_A_MM = 72 / 25.4
POINTS_A_PIXEL = 0.75  # a pixel of CSS


class Margins(Struct, frozen=True):
    """Page margins in mm."""

    top: float
    right: float
    bottom: float
    left: float


class Window(Struct, frozen=True):
    """``left``, ``top``, ``width`` and ``height`` are of the room for the address of ``lines``.

    ``letterhead`` is the height above it that the sender has, from the top of the sheet, and
    ``letterhead_top`` where that begins. ``date_left`` and ``date_top`` are beside the window,
    where place and date stand. ``text_top`` is where the first line below may stand at the
    earliest; ``folds`` and ``hole`` are distances from the top (no hole mark: None).
    """

    page: PageSize
    left: float
    top: float
    width: float
    height: float
    letterhead: float
    text_top: float
    folds: tuple[float, float]
    hole: float | None
    lines: int
    date_left: float
    date_top: float
    letterhead_top: float = 10

    @property
    def line(self) -> float:
        """Points from one line of the address to the next."""
        return round(self.height * POINTS_A_MM / self.lines, 1) - 0.1


WINDOWS: dict[WindowName, Window] = {
    "din5008-a": Window("a4", 25, 44.7, 75, 27.3, 27, 80.5, (87, 192), 148.5, 6, 125, 32),
    "din5008-b": Window("a4", 25, 62.7, 75, 27.3, 45, 98.5, (105, 210), 148.5, 6, 125, 50),
    "no10": Window("letter", 25.4, 66.7, 82.5, 19, 60, 95, (101.6, 190.5), None, 5, 140, 66.7),
}
