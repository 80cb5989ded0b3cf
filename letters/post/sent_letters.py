"""What has gone where: to whom, by which way, with which text, and how it was addressed.

The mailbox is the outbox's where the log doesn't know it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.channels import Channel
from letters.digests import TextDigest
from letters.post.addressee import MAILBOX, changed, mailbox_mark
from letters.post.correspondence import Correspondence, Dispatch

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.outgoing import Item


def letters_out(known: Correspondence, items: Iterable[Item] = ()) -> list[Dispatch]:
    """What went out and did not come back; the mailbox is the outbox's, where the log has none."""
    boxes = {(item.recipient, item.channel, item.text_digest): item.addresses[0] for item in items}
    found = []
    for key, went in known.out.items():
        if went.channel == Channel.EMAIL and MAILBOX not in went.to and key in boxes:
            box = {MAILBOX: mailbox_mark(boxes[key])}
            found.append(replace(went, to={**went.to, **box}))
        else:
            found.append(went)
    return found


def gone(known: Correspondence, channel: str) -> defaultdict[str, dict[TextDigest, dt.date]]:
    """What went that way: by recipient, the texts, each with its day."""
    found = defaultdict[str, dict[TextDigest, dt.date]](dict)
    for each in known.out.values():
        if each.channel == channel:
            found[each.recipient][each.text_digest] = each.on
    return found


def changed_since(
    campaign: Campaign, known: Correspondence, items: Iterable[Item]
) -> dict[str, tuple[str, ...]]:
    """What of each recipient is another than when something last went to them, in words, by id.

    Those of whom nothing has changed, or nothing is known, are left out.
    """
    last = dict[str, dict[str, Dispatch]]()
    for went in letters_out(known, items):
        last.setdefault(went.recipient, {})[went.channel] = went
    found = {}
    for recipient in campaign.recipients:
        parts = [
            part
            for went in last.get(recipient.id, {}).values()
            for part in changed(went.to, recipient, went.channel)
        ]
        if parts:
            found[recipient.id] = tuple(dict.fromkeys(parts))
    return found
