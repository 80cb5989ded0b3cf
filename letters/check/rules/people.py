"""Rules about who signs, who speaks for them, and what the body must be told of them.

No message names anybody, and none repeats an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from letters.campaign import shown
from letters.campaign.model import Campaign, people_place
from letters.check.rules.base import Count, Finding, NotEmpty, Rule
from letters.counting import counted
from letters.problem import Place


class SignatoriesAtLeast(Rule):
    """So many people or organisations are written down as signatories."""

    rule: Literal["signatories-at-least"]
    least: Count

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        count = len(campaign.signatory_ids)
        if count < self.least:
            number = counted(count, "signatory", "signatories")
            yield Finding(_place(campaign), f"there are {number}, {self.least - count} too few")


class SignatoriesHave(Rule):
    """Each signatory's record has these; contacts are kept, and never printed."""

    rule: Literal["signatories-have"]
    contact: Annotated[tuple[Literal["address", "email", "phone"], ...], NotEmpty]
    tiers: tuple[Literal["author", "organisation", "individual"], ...] = ()

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        for signatory in shown.signatories(campaign):
            if self.tiers and signatory.rank not in self.tiers:
                continue
            missing = [key for key in self.contact if key not in signatory.contacts]
            if missing:
                wanted = " and ".join(missing)
                yield Finding(signatory.place("contact"), f"has no {wanted} of this signatory")


class NamesRepresentative(Rule):
    """Where several sign, one of them is the author, or a value says who speaks for all."""

    rule: Literal["names-representative"]
    value: str = "representative"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        authors = [s for s in shown.signatories(campaign) if s.rank == "author" and s.is_named]
        named = authors or campaign.letter.values.get(self.value)
        if len(campaign.signatory_ids) > 1 and not named:
            message = "several sign, and none of them speaks for all (tier: author)"
            yield Finding(_place(campaign), message)


class NeverAnonymous(Rule):
    """Somebody who signs is named; those who are withheld may sign beside."""

    rule: Literal["never-anonymous"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if not any(signatory.is_named for signatory in shown.signatories(campaign)):
            yield Finding(_place(campaign), "nobody who signs is named")


PEOPLE: tuple[type[Rule], ...] = (
    SignatoriesAtLeast, SignatoriesHave, NamesRepresentative, NeverAnonymous,
)  # fmt: skip


def _place(campaign: Campaign) -> Place:
    letter = campaign.letter
    return people_place(campaign.letter_place.source, "signatories", letter.signatories)
