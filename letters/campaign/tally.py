"""The one place where signatures are counted: for the letter, the status and every export.

A letter that says 312 beside a page that says 311 is the first thing a hostile reader prints.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from letters.campaign.shown import Outline, ShownSignatory


class Tally(Struct, frozen=True):
    """Signatures that stand for the text as it is. ``withheld`` are among the other two numbers."""

    organisations: int
    people: int
    withheld: int

    @property
    def total(self) -> int:
        return self.organisations + self.people


def tally(
    signatories: Iterable[Outline | ShownSignatory],
    states: Mapping[str, str],
    withheld: Collection[str],
) -> Tally:
    """Count those whose state is ``signed``; organisations and people apart.

    ``withheld`` has the ids of those of whom nothing else is shown.
    """
    signed = [s for s in signatories if states.get(s.id) == "signed"]
    organisations = sum(s.kind == "organisation" for s in signed)
    unnamed = sum(s.id in withheld for s in signed)
    return Tally(organisations, len(signed) - organisations, unnamed)
