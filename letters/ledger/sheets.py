"""Signatures on paper: the sheets that were counted, and for which text each of them stands.

A signature is to a text on paper, too. So a sheet counts for the languages of the letter in which
it still says what was signed, or which approved editorial changes lead to.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from letters.digests import TextDigest
from letters.ledger.editions import CountedEditions, KnownEditions
from letters.ledger.events import Entry
from letters.ledger.history import History
from letters.ledger.sheet_count import SheetCount


class CountedSheet(Struct, frozen=True):
    """One sheet. ``editions`` are the languages for which it counts, where they are told apart."""

    sheet: str
    valid: int
    invalid: int
    entry: int
    editions: tuple[str, ...] = ()
    stands: bool = True


class Paper(Struct, frozen=True):
    """All sheets that were counted, in the log's order."""

    sheets: tuple[CountedSheet, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets)

    @property
    def valid(self) -> int:
        """How many valid signatures stand for the text as it is, in any of its languages."""
        return sum(sheet.valid for sheet in self.sheets if sheet.stands)

    @property
    def invalid(self) -> int:
        """How many on the same sheets are not valid."""
        return sum(sheet.invalid for sheet in self.sheets if sheet.stands)

    @property
    def standing(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Of each sheet that stands with a valid signature, how many, and for which languages."""
        found = (sheet for sheet in self.sheets if sheet.stands and sheet.valid)
        return tuple((sheet.valid, sheet.editions) for sheet in found)

    @property
    def stale(self) -> tuple[CountedSheet, ...]:
        """The sheets that show another text."""
        return tuple(sheet for sheet in self.sheets if not sheet.stands)


def paper(
    entries: Iterable[Entry], current: TextDigest, words: KnownEditions | None = None
) -> Paper:
    """The sheets in those entries of a log that stand; ``current`` is the digest of the letter."""
    known = tuple(entries)
    counted = [one for one in known if isinstance(one.event.detail, SheetCount)]
    if not counted:
        return Paper()
    standing, found = CountedEditions(History.of(known), current, words), list[CountedSheet]()
    for entry in counted:
        detail, tags = entry.event.detail, standing.editions((entry.event.text_digest,))
        assert isinstance(detail, SheetCount)  # noqa: S101 - no others were taken
        own = tuple(filter(None, tags))
        found.append(
            CountedSheet(detail.sheet, detail.valid, detail.invalid, entry.number, own, bool(tags))
        )
    return Paper(tuple(found))
