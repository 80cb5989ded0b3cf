"""Who signs the letters to some recipients only: a constituent signs to their member.

A signatory who names nobody in ``signs_to`` signs to everybody. This is the one door for whether
somebody stands under the letter to a recipient.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters.problem import KnownWords, Problem, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

EVERYBODY_ELSE = ""
"""What stands for each recipient to whom nobody is bound: no id is empty."""


class Bindings(Struct, frozen=True):
    """``to`` has the recipients of each signatory who is bound to some, by id."""

    to: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign) -> Bindings:
        """Those of all signatories; what else is known of them is nobody's matter here."""
        bound = (each for each in campaign.signatories if each.signs_to)
        return cls({each.id: frozenset(each.signs_to) for each in bound})

    def __bool__(self) -> bool:
        return bool(self.to)

    def signs(self, who: str, recipient: str) -> bool:
        """Whether a signatory signs the letter to that recipient."""
        bound = self.to.get(who)
        return bound is None or recipient in bound

    def group(self, recipient: str) -> str:
        """The recipient, or `EVERYBODY_ELSE`: letters of one group have the same signatories."""
        return recipient if any(recipient in ids for ids in self.to.values()) else EVERYBODY_ELSE


def check_bindings(campaign: Campaign) -> Iterator[Problem]:
    """Recipients who do not exist, and those to whose letter nobody signs."""
    ids = [recipient.id for recipient in campaign.recipients]
    known, meant = frozenset(ids), KnownWords(ids)  # each of many may name many of many
    bound_ones = ((n, one) for n, one in enumerate(campaign.signatories) if one.signs_to)
    for position, signatory in bound_ones:
        at = campaign.signatory_places[position]
        for number, wanted in enumerate(signatory.signs_to):
            if wanted not in known:
                hint = did_you_mean(wanted, meant) or "name recipients by their ids"
                message = f"there is no recipient “{wanted}”"
                yield Problem(at.place("signs_to", number), message, hint)
    bindings = Bindings.of(campaign)
    if not bindings or len(bindings.to) < len(campaign.signatories):
        return
    bound = {recipient for own in bindings.to.values() for recipient in own}
    places = zip(ids, campaign.recipient_places, strict=True)
    if unsigned := [at for recipient, at in places if recipient not in bound]:
        more = f" and {len(unsigned) - 1} more" if len(unsigned) > 1 else ""
        message = f"nobody signs the letter to this recipient{more}"
        hint = "every signatory has a “signs_to” with others in it"
        yield Problem(unsigned[0].place("id"), message, hint, severity="warning")
