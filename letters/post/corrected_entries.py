"""What a correction of the log means for the outbox, which knows what left from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from letters.ledger.details import Mailing
from letters.ledger.events import Event, stamp
from letters.ledger.outgoing import Item
from letters.ledger.results import Transaction
from letters.post.outbox import CAME_BACK


def left_from_here(event: Event, items: Iterable[Item]) -> bool:
    """Whether the letter of a recorded sending left from the outbox, whoever recorded it.

    One that came back, or was looked for by a person, has left it too.
    """
    return any(
        event.kind == "sent"
        and isinstance(event.detail, Mailing)
        and event.detail.file in item.files
        and (item.state in ("sent", "in_doubt") or item.reply.startswith(CAME_BACK))
        for item in items
        if _is_of(item, event)
    )


def did_not_come_back(change: Transaction, event: Event, at: dt.datetime) -> None:
    """It was a mistake that a letter came back: it counts as sent again."""
    for item in change.outgoing.all():
        if _is_of(item, event) and item.reply.startswith(CAME_BACK):
            change.outgoing.move(item, ("failed",), "sent", at=stamp(at))


def _is_of(item: Item, event: Event) -> bool:
    """Whether an event is about what that item carries."""
    about = event.detail.recipient if isinstance(event.detail, Mailing) else ""
    own = (item.recipient, item.text_digest, item.channel)
    return own == (about, event.text_digest, event.channel)
