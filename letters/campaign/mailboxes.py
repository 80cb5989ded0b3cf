"""Which written addresses are one mailbox, and who shares a mailbox or a letterbox.

Capitals, the two spellings of an international domain and the ways in which Unicode writes one
letter are no other mailbox. What only some servers ignore, such as dots or what stands behind a
plus sign, is taken as it is written: elsewhere that is somebody else.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from letters.campaign import addressing
from letters.campaign.mailaddress import ascii_domain
from letters.campaign.personcheck import folded
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient
    from letters.campaign.postal_address import Address

_SHOWN = 5  # of those who share something


def mailbox_of(address: str) -> str:
    """The one form of an address in which it is compared; never written to."""
    if address.isascii():
        return address.strip().lower()
    plain = unicodedata.normalize("NFKC", address).strip()
    local, at, domain = ascii_domain(plain).rpartition("@")
    return unicodedata.normalize("NFKC", local.casefold()) + at + domain.lower()


def signatories_by_mailbox(campaign: Campaign) -> dict[str, list[str]]:
    """The ids of those who sign, by the mailbox that is written down for them.

    It serves to recognise them by what they sent; it is never shown.
    """
    found = defaultdict[str, list[str]](list)
    for one in campaign.signatories:
        if one.contact and one.contact.email:
            found[mailbox_of(one.contact.email)].append(one.id)
    return dict(found)


def letterbox_of(recipient: Recipient, tag: str) -> tuple[str, ...]:
    """Name and postal address in the form in which they are compared; () without an address."""
    found = addressing.address(recipient, tag)
    lines = written(found) if found else ""
    return (name_of(recipient.name.shown(tag)), lines) if lines else ()


def name_of(name: str) -> str:
    """A name as it is compared: without case, accents, and more than one space."""
    return " ".join(folded(name).split())


def written(address: Address) -> str:
    """A postal address as it is compared."""
    parts = (*address.street, address.city, address.region, address.postcode, address.country)
    return "\n".join(" ".join(folded(part).split()) for part in parts if part)


def alike(keys: Iterable[Hashable]) -> list[list[int]]:
    """The positions of those keys that stand there more than once, each group in order."""
    groups = defaultdict[Hashable, list[int]](list)
    for index, key in enumerate(keys):
        if key:
            groups[key].append(index)
    return [group for group in groups.values() if len(group) > 1]


def check_shared(campaign: Campaign) -> Iterator[Problem]:
    """One warning for all who share a mailbox, and one for what looks like the same person twice.

    An office may have one address for several people, so this is never more than a warning.
    """
    everybody, tag = campaign.recipients, campaign.letter.languages[0]
    places = campaign.recipient_places

    def others(group: list[int]) -> str:
        named = ", ".join(everybody[index].id for index in group[:-1][:_SHOWN])
        return named + (f" and {len(group) - 1 - _SHOWN} more" if len(group) - 1 > _SHOWN else "")

    for group in alike(mailbox_of(each.email or "") for each in everybody):
        message = f"is the e-mail address of {others(group)} too"
        hint = "“letters send” asks before it sends more than one letter there"
        yield Problem(places[group[-1]].place("email"), message, hint, severity="warning")
    named = alike(name_of(each.name.shown(tag)) for each in everybody)
    for same in named:
        boxes = alike(letterbox_of(everybody[index], tag) for index in same)
        for group in ([same[position] for position in box] for box in boxes):
            message = f"has the name and the postal address of {others(group)}"
            hint = "give each person one record"
            yield Problem(places[group[-1]].place(), message, hint, severity="warning")
