"""What a template can't do without, of each recipient: said where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.campaign import addressing
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient


def check_needs(campaign: Campaign) -> Iterator[Problem]:
    """A problem for each recipient of whom something is neither written nor known by their form."""
    people = zip(campaign.recipients, campaign.recipient_places, strict=True)
    for recipient, at in people:
        for need in campaign.declared.recipient_needs:
            tags = campaign.letter.languages
            missing = [tag for tag in tags if not _has(recipient, need, tag)]
            if missing:
                key, _, part = need.partition(".")
                steps = (key, part) if part and recipient.address else (key,)
                where = f" in {', '.join(missing)}" if 0 < len(missing) < len(tags) else ""
                message = f"the template needs “{need}” of each recipient"
                yield Problem(at.place(*steps), f"{message}{where}", "write it in their record")


def _has(recipient: Recipient, need: str, tag: str) -> bool:
    key, _, part = need.partition(".")
    if part:
        address = addressing.address(recipient, tag)
        return address is not None and bool(getattr(address, part))
    match key:
        case "office":
            return bool(addressing.office(recipient, tag))
        case "organisation":
            return bool(addressing.organisation(recipient, tag))
    return recipient.district is not None and recipient.district.get(tag) is not None
