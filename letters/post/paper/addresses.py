"""What stands on each recipient's envelope or label, in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign import addressing
from letters.campaign.model import Campaign
from letters.campaign.places import OTHER
from letters.campaign.reach import is_reachable
from letters.channels import Channel
from letters.draft import envelope
from letters.draft.cover import language_for
from letters.draft.language import language_of
from letters.press import fonts
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.draft.document import Direction
    from letters.press.theme import Theme


class Addressed(Struct, frozen=True):
    """One recipient: ``index`` in the campaign, the lines of the address, and how they are set.

    ``known`` is whether there is a postal address at all; else the lines are a name alone.
    ``free`` is whether the letter needs no stamp.
    """

    index: int
    recipient: str
    tag: str
    direction: Direction
    lines: tuple[str, ...]
    known: bool
    free: bool


def addressed(campaign: Campaign, index: int) -> Addressed:
    """The recipient of that index, as the post sees them."""
    recipient, tag = campaign.recipients[index], language_for(campaign, index)
    return Addressed(
        index=index,
        recipient=recipient.id,
        tag=tag,
        direction=language_of(campaign, tag).direction,
        lines=envelope.lines(recipient, campaign, tag),
        known=is_reachable(recipient, Channel.POST),
        free=addressing.is_postage_free(recipient, tag, campaign.letter.sender.country),
    )


def sender(campaign: Campaign, tag: str) -> tuple[str, ...]:
    """Whom the letter comes back to: the lines of the letterhead."""
    name = campaign.letter.sender.organisation.get(tag) or ""
    return tuple(line for line in (name, *campaign.letter.sender.contact) if line.strip())


def free_mark(campaign: Campaign) -> tuple[str, ...]:
    """What stands in the place of the stamp, as the country has it where the letter is posted."""
    places = campaign.places
    here = places.get(campaign.letter.sender.country or "") or places[OTHER]
    return here.postage_free_mark or places[OTHER].postage_free_mark


def families(texts: Iterable[str], theme: Theme) -> tuple[str, ...]:
    """The fonts for what is written on envelopes, lists and labels: the theme's for labels."""
    return fonts.stacks_for(fonts.scripts_in(texts), theme)[1]


def unprintable(
    campaign: Campaign, people: Sequence[Addressed], stack: tuple[str, ...]
) -> list[Problem]:
    """A problem for each recipient whose address has characters that no font has."""
    problems = []
    for person in people:
        unusual = fonts.unusual("".join(person.lines)) if fonts.can_tell() else frozenset()
        if any(not fonts.covered(character, stack) for character in unusual):
            message = "the address has characters that are in none of the fonts"
            hint = "“letters check” names them; install a font that has them"
            place = campaign.recipient_places[person.index].place()
            problems.append(Problem(place, message, hint))
    return problems
