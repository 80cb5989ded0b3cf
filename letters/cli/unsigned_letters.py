"""To whom no letter is signed, though the text is: all who signed it sign to others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from letters.cli.exit import note

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords

_SHOWN = 5


def signatures_to(campaign: Campaign, records: LogRecords) -> Mapping[str, int]:
    """By recipient, how many signatures stand under their letter; nothing where nobody is bound."""
    from letters.campaign.bindings import Bindings

    bindings = Bindings.of(campaign)
    if not bindings:
        return {}
    signed = records.of("signed")
    everywhere = sum(who not in bindings.to for who in signed)
    found = dict.fromkeys((recipient.id for recipient in campaign.recipients), everywhere)
    for who in signed:
        for recipient in bindings.to.get(who, ()):
            found[recipient] += 1
    return found


def tell(campaign: Campaign, records: LogRecords, only: Collection[str] = ()) -> None:
    """Say to whom nobody signs; where nobody has signed at all, that is said elsewhere."""
    if not records.of("signed"):
        return
    counts = signatures_to(campaign, records)
    alone = [who for who, count in counts.items() if not count and (not only or who in only)]
    if alone:
        more = f" and {len(alone) - _SHOWN} more" if len(alone) > _SHOWN else ""
        note(
            f"draft to {', '.join(alone[:_SHOWN])}{more}: all who have signed sign to others "
            "(“signs_to” in their records)"
        )
