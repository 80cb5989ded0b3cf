"""What the page says of letters and answers: a row for each recipient, in words that are true.

Nobody here knows whether a letter was read, or lies on a desk; so none is said to have arrived.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from letters.campaign import addressing
from letters.channels import Channel, channel_of
from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.answers.progress import Delivery, Progress

Manner = Literal["done", "waiting", "stuck", "open"]
"""How a state is drawn: an answer, silence, something for a person to fix, nothing yet."""

_EARLIER = "earlier"
STATES: dict[str, tuple[str, Manner]] = {
    "in doubt": ("may or may not have gone out", "stuck"),
    "bounced": ("came back", "stuck"),
    "failed": ("not accepted by the mail server", "stuck"),
    "deferred": ("not accepted yet, to be tried again", "stuck"),
    "sent": ("sent, no answer recorded", "waiting"),
    "acknowledged": ("acknowledged, no answer recorded", "waiting"),
    _EARLIER: ("sent an earlier text", "waiting"),
    "": ("not sent", "open"),
    "refused": ("refused", "done"),
    "answered": ("answered", "done"),
}
"""The words and the manner of each state, in the order in which they ask for somebody's eyes."""

_WENT_NOT = {
    "in doubt": "in doubt",
    "failed": "not accepted by the server",
    "deferred": "not accepted yet",
}
_CAME = {
    "reply": "answered",
    "acknowledgement": "acknowledged",
    "refusal": "refused",
    "meeting": "met",
}


class Milestone(Struct, frozen=True):
    """Something that happened, and when; ``after`` is what stands behind the day."""

    words: str
    on: dt.date
    after: str = ""


class SentRow(Struct, frozen=True):
    """One recipient; ``office`` may be empty. ``left`` is days until the answer is due, or None."""

    name: str
    office: str
    state: str
    steps: tuple[Milestone, ...]
    looked: dt.date | None
    due: dt.date | None
    left: int | None
    was_sent: bool

    @property
    def words(self) -> str:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def manner(self) -> Manner:
        """How the state is drawn."""
        return STATES[self.state][1]


def rows(
    campaign: Campaign, known: Sequence[Progress], digest: TextDigest, today: dt.date
) -> tuple[SentRow, ...]:
    """The recipients: by the day on which an answer is due, then those of whom none is awaited."""
    tag = campaign.letter.languages[0]
    found = []
    for recipient, one in zip(campaign.recipients, known, strict=True):
        state = one.state or (_EARLIER if one.first_sent else "")
        went = [_went(each, digest) for each in one.deliveries]
        came = [Milestone(_CAME[each.kind], each.on) for each in one.answers]
        found.append(
            SentRow(
                recipient.name.shown(tag),
                addressing.office(recipient, tag) or "",
                state,
                (*went, *came),
                one.looked,
                one.due,
                (one.due - today).days if one.due else None,
                one.first_sent is not None,
            )
        )
    order = list(STATES)
    found.sort(key=lambda row: (row.due or dt.date.max, order.index(row.state)))
    return tuple(found)


def counts(found: Sequence[SentRow]) -> tuple[tuple[str, Manner, int], ...]:
    """How many are in which state, in words; states in which nobody is are left out."""
    numbers = Counter(row.state for row in found)
    return tuple((*STATES[state], numbers[state]) for state in STATES if numbers[state])


class Due(Struct, frozen=True):
    """The recipients whose answer is due on one day, by name."""

    on: dt.date
    left: int
    names: tuple[str, ...]


def due(found: Sequence[SentRow]) -> tuple[Due, ...]:
    """The days on which answers are due, the earliest first."""
    days = dict[dt.date, list[SentRow]]()
    for row in found:
        if row.due:
            days.setdefault(row.due, []).append(row)
    return tuple(
        Due(day, group[0].left or 0, tuple(row.name for row in group))
        for day, group in sorted(days.items())
    )


def _went(one: Delivery, digest: TextDigest) -> Milestone:
    """What is known of one delivery; a channel in somebody's own words is not repeated."""
    after = "" if one.text_digest == digest else "an earlier text"
    if one.state in _WENT_NOT:
        return Milestone(_WENT_NOT[one.state], one.on, after)
    back = "came back" if one.state == "bounced" else ""
    return Milestone(_gone(one), one.on, ", ".join(part for part in (after, back) if part))


def _gone(one: Delivery) -> str:
    """How it went, in words: of a mail from here only the server's word is known."""
    channel = channel_of(one.channel)
    if channel is Channel.EMAIL:
        return f"sent {channel.how}" if one.by_hand else "e-mail accepted by the server"
    return channel.gone if channel else "sent"
