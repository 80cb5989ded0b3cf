"""What the log says of one sheet of paper that people signed by hand: how many, and never who."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from letters.ledger.bound_form import checked


class SheetCount(Struct, frozen=True):
    """How many signatures stand on the sheet with that number: those that are ``valid``, and not.

    What makes one invalid (no address, twice, unreadable) the rules of a body say.
    """

    sheet: str
    valid: int
    invalid: int

    KEYS: ClassVar = {"sheet": "sheet", "valid": "valid", "invalid": "invalid"}

    def __post_init__(self) -> None:
        checked(bool(self.sheet), self.valid >= 0, self.invalid >= 0)


class SheetCorrection(Struct, frozen=True):
    """That an earlier count of a sheet was a mistake; the sheet can be counted anew."""

    number: int
    sheet: str
    why: str

    KEYS: ClassVar = {"number": "corrects", "sheet": "sheet", "why": "why"}

    def __post_init__(self) -> None:
        checked(self.number > 0, bool(self.sheet), bool(self.why))
