"""Envelopes and sheets of labels: their sizes, and where the posts want to see an address.

All lengths in mm from the upper left corner, type in points.

An address is read by a machine where it stands at least 40 mm below the top, 19 mm above the bottom
and 15 mm from the sides (Canada: SOR/88-430, section 11, with 35 mm at the top; Deutsche Post:
40 mm at the top, 15 mm elsewhere), and not higher than 70 mm above the bottom of a small envelope
(United States: 2 3/4 in). Below it stands nothing: there the post prints its bars. The upper right
corner is for the stamp, 74 by 40 mm (Deutsche Post).

Labels: Avery 5160 on Letter, 30 of 2 5/8 by 1 in, and L7160 on A4, 21 of 63.5 by 38.1 mm. An
address stands in the middle of its label; 2 mm at the edges, where printers go astray, stay empty.
"""

from __future__ import annotations

from msgspec import Struct

_INCH = 25.4
POINT = _INCH / 72  # mm


class Room(Struct, frozen=True):
    """Where lines may stand, and how large and how small their type may be."""

    left: float
    top: float
    width: float
    height: float
    largest: float
    smallest: float


class Envelope(Struct, frozen=True):
    """``stamp`` is where the stamp goes, or the mark of a letter that needs none."""

    title: str
    width: float
    height: float
    sender: Room
    address: Room
    stamp: Room


class Labels(Struct, frozen=True):
    """A sheet of labels: the corner of the first one, the steps to the next, and their count."""

    title: str
    width: float
    height: float
    first: tuple[float, float]
    step: tuple[float, float]
    label: Room
    columns: int
    rows: int

    @property
    def a_sheet(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, number: int) -> tuple[float, float]:
        """Where on its sheet a label has its upper left corner, row by row, counted from 0."""
        row, column = divmod(number % self.a_sheet, self.columns)
        return self.first[0] + column * self.step[0], self.first[1] + row * self.step[1]


def _envelope(title: str, width: float, height: float, left: float, top: float) -> Envelope:
    return Envelope(
        title,
        width,
        height,
        sender=Room(10, 9, 90, 28, 9, 6.5),
        address=Room(left, top, width - 15 - left, height - 19 - top, 12.5, 8),
        stamp=Room(width - 15 - 59, 12, 59, 25, 9.5, 7),
    )


ENVELOPES = {
    "no10": _envelope("No. 10", 9.5 * _INCH, 4.125 * _INCH, 106, 40),
    "dl": _envelope("DL", 220, 110, 96, 42),
    "c5": _envelope("C5", 229, 162, 100, 72),
}

LABELS = {
    "5160": Labels(
        "Avery 5160",
        8.5 * _INCH,
        11 * _INCH,
        (3 / 16 * _INCH, 0.5 * _INCH),
        (2.75 * _INCH, _INCH),
        Room(3.5, 2, 2.625 * _INCH - 7, _INCH - 4, 11, 7),
        3,
        10,
    ),
    "l7160": Labels(
        "Avery L7160",
        210,
        297,
        (7.21, 15.15),
        (66.04, 38.1),
        Room(3.5, 3, 63.5 - 7, 38.1 - 6, 11.5, 7),
        3,
        7,
    ),
}
