"""Which editions of the letter a recipient gets: the one door for render, send, print and check.

Who has a ``language`` gets the letter in it and in no other. Who has none, or one in which the
letter isn't written, gets all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient


def spoken(recipient: Recipient, languages: Sequence[str]) -> str | None:
    """Their language as the letter has it, or the nearest to it; None where there is neither."""
    wanted = recipient.language
    if wanted is None:
        return None
    base = wanted.partition("-")[0]
    near = (tag for tag in languages if tag.partition("-")[0] == base)
    return next((tag for tag in (wanted, base) if tag in languages), None) or next(near, None)


def languages_for(
    recipient: Recipient, languages: Sequence[str], *, every: bool = False
) -> tuple[str, ...]:
    """The languages in which they get the letter; ``every`` looks away from their own."""
    own = None if every else spoken(recipient, languages)
    return tuple(languages) if own is None else (own,)


def readers(campaign: Campaign, tag: str) -> list[int]:
    """The indexes of those who get the edition in that language; of all, where nobody does.

    An edition that nobody gets is one for the public: it is judged like any other.
    """
    tags = campaign.letter.languages
    found = [
        index
        for index, recipient in enumerate(campaign.recipients)
        if tag in languages_for(recipient, tags)
    ]
    return found or list(range(len(campaign.recipients)))


def unspoken(campaign: Campaign) -> Iterator[Problem]:
    """A warning for those in whose language the letter isn't written, once for all of them."""
    people = zip(campaign.recipients, campaign.recipient_places, strict=True)
    tags = campaign.letter.languages
    found = [
        at.place("language")
        for recipient, at in people
        if recipient.language and spoken(recipient, tags) is None
    ]
    if found:
        who = "gets" if len(found) == 1 else f"and {len(found) - 1} more get"
        every = "all editions" if len(tags) > 1 else f"the letter in “{tags[0]}”"
        message = f"{who} {every}: the letter is not written in this language"
        hint = f"it is written in: {', '.join(tags)}"
        yield Problem(found[0], message, hint, severity="warning")
