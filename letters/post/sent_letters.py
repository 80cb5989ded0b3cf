"""What has gone where: to whom, by which way, with which text, and how it was addressed.

It is folded from the log. The mailbox is the outbox's where the log doesn't know it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letters.digests import TextDigest
from letters.ledger.details import Mailing, Sending
from letters.ledger.events import Entry
from letters.post import days
from letters.post.addressee import BY_EMAIL, changed, mailbox_mark

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.outgoing import Item


@dataclass(frozen=True, slots=True)
class Went:
    """A letter that went out and is not known to have come back: the last time with that text.

    ``to`` is how it was `described`, as far as that is known.
    """

    recipient: str
    channel: str
    text_digest: TextDigest
    on: dt.date
    to: Mapping[str, str]


def letters_out(entries: Iterable[Entry], items: Iterable[Item] = ()) -> list[Went]:
    """What went out and did not come back; the mailbox is the outbox's, where the log has none."""
    last = dict[tuple[str, str, TextDigest], Entry]()
    for entry in entries:
        event, detail = entry.event, entry.event.detail
        if event.kind in ("sent", "bounced") and isinstance(detail, Mailing):
            key = detail.recipient, event.channel, event.text_digest
            last.pop(key, None)  # in the order of the last time
            if event.kind == "sent":
                last[key] = entry
    boxes = {(item.recipient, item.channel, item.text_digest): item.addresses[0] for item in items}
    found = []
    for key, entry in last.items():
        detail = entry.event.detail
        to = dict(detail.to) if isinstance(detail, Sending) else {}
        if key[1] == BY_EMAIL and BY_EMAIL not in to and key in boxes:
            to[BY_EMAIL] = mailbox_mark(boxes[key])
        found.append(Went(*key, days.told(entry), to))
    return found


def gone(entries: Iterable[Entry], channel: str) -> defaultdict[str, dict[TextDigest, dt.date]]:
    """What went that way: by recipient, the texts, each with its day."""
    found = defaultdict[str, dict[TextDigest, dt.date]](dict)
    for each in letters_out(entries):
        if each.channel == channel:
            found[each.recipient][each.text_digest] = each.on
    return found


def changed_since(
    campaign: Campaign, entries: Iterable[Entry], items: Iterable[Item]
) -> dict[str, tuple[str, ...]]:
    """What of each recipient is another than when something last went to them, in words, by id.

    Those of whom nothing has changed, or nothing is known, are left out.
    """
    last = dict[str, dict[str, Went]]()
    for went in letters_out(entries, items):
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
