"""How far the letter to each recipient has come, from the log and the outbox.

Only what somebody knows is said: that a server has accepted it, that it was posted, that it came
back, that an answer came. Whether it was read, nobody here can tell.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from letters.digests import NO_FILE, FileDigest, TextDigest
from letters.ledger.details import Reason
from letters.ledger.outgoing import Item
from letters.post import days
from letters.post.correspondence import FINAL, Arrival, Correspondence, Dispatch

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

State = Literal[
    "", "deferred", "failed", "in doubt", "bounced", "sent", "acknowledged", "answered", "refused"
]
_LEFT: tuple[State, ...] = ("sent", "in doubt", "bounced")
_FURTHEST_FIRST: tuple[State, ...] = ("sent", "in doubt", "bounced", "failed", "deferred")


class Delivery(Struct, frozen=True):
    """One way by which a letter went, or was to go: ``state`` is ``sent`` or what became of it.

    ``on`` is the day that somebody gave, else the local day of recording; ``evidence`` the digest
    of what shows it, if there is more than the log's word. ``by_hand``: it is known from somebody,
    and not from a server that accepted it. ``reason`` is why it came back.
    """

    channel: str
    state: State
    on: dt.date
    text_digest: TextDigest
    evidence: FileDigest = NO_FILE
    by_hand: bool = False
    reason: Reason | None = None


class Progress(Struct, frozen=True):
    """One recipient: what went out, what came back, oldest first.

    ``looked`` is the last day on which somebody looked for an answer, or one to the matter came.
    ``due`` is the day on which the next answer is due; None where none is awaited.
    """

    recipient: str
    state: State = ""
    deliveries: tuple[Delivery, ...] = ()
    answers: tuple[Arrival, ...] = ()
    looked: dt.date | None = None
    due: dt.date | None = None

    @property
    def first_sent(self) -> dt.date | None:
        """When the letter first went out; None where it has not, or came back each time."""
        return min((each.on for each in self.deliveries if each.state == "sent"), default=None)

    @property
    def awaited_since(self) -> dt.date | None:
        """When the text that was sent last first went out; None where it was answered, or none was.

        A no is an answer too.
        """
        sent = [each.text_digest for each in self.deliveries if each.state == "sent"]
        since = self.left(sent[-1]) if sent else None
        return None if any(each.kind in FINAL for each in self.since(since)) else since

    def left(self, digest: TextDigest) -> dt.date | None:
        """When that text first went out, even if it came back, or may not have arrived at all."""
        went = (each for each in self.deliveries if each.text_digest == digest)
        return min((each.on for each in went if each.state in _LEFT), default=None)

    def since(self, day: dt.date | None) -> list[Arrival]:
        """What came on that day or later: nothing answers a text that went out after it."""
        return [each for each in self.answers if day and each.on >= day]


def progress(
    campaign: Campaign, known: Correspondence, items: Iterable[Item], digest: TextDigest
) -> tuple[Progress, ...]:
    """The progress of each recipient, in the campaign's order.

    ``digest`` is that of the text as it is: what was sent of an earlier one is in ``deliveries``
    and awaits an answer until this one goes out, but doesn't count as this letter being sent. What
    came before this text went out is in ``answers``, and doesn't count as an answer to it.
    """
    waiting = defaultdict[str, list[Item]](list)
    for item in items:
        if item.text_digest == digest or item.state == "in_doubt":
            waiting[item.recipient].append(item)
    return tuple(
        _awaited(
            _told(recipient.id, known, waiting[recipient.id], digest),
            campaign,
            index,
        )
        for index, recipient in enumerate(campaign.recipients)
    )


def _told(name: str, known: Correspondence, items: list[Item], digest: TextDigest) -> Progress:
    """What is known, without what is due."""
    went, answers = [_delivery(one) for one in known.sent[name]], list(known.arrivals[name])
    looked = known.looked[name] + [one.on for one in answers if one.kind in FINAL]
    for item in items:
        if item.state in ("deferred", "failed", "in_doubt"):
            state: State = "in doubt" if item.state == "in_doubt" else item.state
            day = days.local(dt.datetime.fromisoformat(item.changed))
            went.append(Delivery(item.channel, state, day, item.text_digest))
    went = list(dict.fromkeys(went))  # one letter may be several files
    answers.sort(key=lambda answer: answer.on)
    told = Progress(name, "", tuple(went), tuple(answers), max(looked, default=None))
    return replace(told, state=_state(told, digest))


def _delivery(one: Dispatch) -> Delivery:
    """What became of a letter that went out, as far as the log says."""
    return Delivery(
        one.channel,
        "bounced" if one.back else "sent",
        one.on,
        one.text_digest,
        one.evidence,
        one.by_hand,
        one.back.reason if one.back else None,
    )


def _state(known: Progress, digest: TextDigest) -> State:
    """What became of that text; whether an earlier one went out is in doubt until it is settled."""
    went = [
        one.state
        for one in known.deliveries
        if one.text_digest == digest or one.state == "in doubt"
    ]
    answers = known.since(known.left(digest))
    final = [answer.kind for answer in answers if answer.kind in FINAL]
    if final:
        return "refused" if final[-1] == "refusal" else "answered"
    if any(answer.kind == "acknowledgement" for answer in answers):
        return "acknowledged"
    return next((state for state in _FURTHEST_FIRST if state in went), "")


def _awaited(known: Progress, campaign: Campaign, index: int) -> Progress:
    """The same, with the day on which an answer is due.

    That is the letter's own deadline, else so many working days after it went out. Who says that
    a letter has come gets that many days anew.
    """
    sent = known.awaited_since
    if sent is None:
        return known
    letter, recipient = campaign.letter, campaign.recipients[index]
    said = [answer.on for answer in known.since(sent) if answer.kind == "acknowledgement"]
    deadline = letter.deadline if letter.deadline and letter.deadline > sent else None
    if deadline and (not said or said[-1] < deadline):
        return replace(known, due=deadline)
    region = days.region_of(recipient, campaign)
    return replace(known, due=days.after(max([sent, *said]), letter.answer_within, region))
