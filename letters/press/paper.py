"""Sheets of paper: their sizes, where a window envelope shows the address, where they are folded.

All lengths in mm from the sheet's upper left corner. Sources: DIN 5008:2020 (forms A and B);
for the No. 10 envelope the common window of 4 1/2 by 1 1/8 in, 7/8 in from the left and 1/2 in
from the bottom: the field is what it shows wherever the folded sheet slides to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

PageSize: TypeAlias = Literal["letter", "a4"]
WindowName: TypeAlias = Literal["din5008-a", "din5008-b", "no10"]

PAGE_MM: dict[PageSize, tuple[float, float]] = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}


@dataclass(frozen=True, slots=True)
class Window:
    """``left``, ``top``, ``width`` and ``height`` are of the room for the address.

    ``letterhead`` is the height above it that the sender has, ``text_top`` where the first line
    below may stand at the earliest; ``folds`` and ``hole`` are distances from the top (no hole
    mark: None).
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


WINDOWS: dict[WindowName, Window] = {
    # The field of 85 x 45 mm: 17.7 mm for remarks and the sender's line, 27.3 mm for the address.
    "din5008-a": Window("a4", 25, 44.7, 75, 27.3, 27, 80.5, (87, 192), 148.5),
    "din5008-b": Window("a4", 25, 62.7, 75, 27.3, 45, 98.5, (105, 210), 148.5),
    "no10": Window("letter", 25.4, 63.5, 86, 21.8, 60, 92, (98, 188.7), None),
}
