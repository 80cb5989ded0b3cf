"""What went to each recipient and what came back from them: the log, read once for everybody.

Whoever tells of letters reads this: what may go, what went, what is awaited, what a follow-up says.
What was recorded by mistake is left out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from letters.digests import NO_FILE, FileDigest, TextDigest
from letters.ledger.corrections import standing
from letters.ledger.details import Answer, Mailing, Reason, Return, Sending
from letters.ledger.events import Entry, Event
from letters.post import days

AnswerKind = Literal["reply", "acknowledgement", "refusal", "meeting"]
FINAL: tuple[AnswerKind, ...] = ("reply", "refusal")
"""What answers the matter: a no is an answer too."""
CALLED: dict[AnswerKind, str] = {
    "acknowledgement": "acknowledged", "meeting": "met", "reply": "answered", "refusal": "declined",
}  # fmt: skip
"""What a recipient did, in a word."""

LetterKey: TypeAlias = tuple[str, str, TextDigest]
"""A recipient, the channel by which something went, and the digest of the text."""


class Back(Struct, frozen=True):
    """A letter that came back: on which day, and why."""

    on: dt.date
    reason: Reason


class Dispatch(Struct, frozen=True):
    """A letter that went out once; ``on`` is the day that somebody gave, else that of recording.

    ``file`` is the SHA-256 of what went, ``to`` how it was addressed, both as far as the log knows;
    ``evidence`` the digest of what shows it, if there is more than the log's word. ``by_hand``: it
    is known from somebody, and not from a server that accepted it. ``why`` is the reason for which
    it went once more. ``back`` is None unless it came back.
    """

    recipient: str
    channel: str
    text_digest: TextDigest
    on: dt.date
    file: FileDigest = NO_FILE
    to: Mapping[str, str] = field(default_factory=dict)
    evidence: FileDigest = NO_FILE
    by_hand: bool = False
    why: str = ""
    back: Back | None = None

    @property
    def key(self) -> LetterKey:
        """To whom it went, by which way, with which text."""
        return self.recipient, self.channel, self.text_digest


class Arrival(Struct, frozen=True):
    """Something that came from a recipient, on the day that somebody gave, else of recording."""

    kind: AnswerKind
    on: dt.date
    evidence: FileDigest = NO_FILE


class Correspondence(Struct, frozen=True):
    """All of it, in the log's order.

    ``sent``, ``arrivals`` and the days on which somebody ``looked`` for an answer are by recipient.
    ``out`` is what did not come back, the last time, in the order of these; ``back`` what did, and
    went no more since. ``again`` are the reasons for which something is to go once more that has
    not gone yet; ``more`` counts how often anything was to, or came back.
    """

    sent: defaultdict[str, list[Dispatch]] = field(default_factory=lambda: defaultdict(list))
    arrivals: defaultdict[str, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    looked: defaultdict[str, list[dt.date]] = field(default_factory=lambda: defaultdict(list))
    out: dict[LetterKey, Dispatch] = field(default_factory=dict)
    back: dict[LetterKey, Back] = field(default_factory=dict)
    again: dict[LetterKey, str] = field(default_factory=dict)
    more: Counter[LetterKey] = field(default_factory=Counter)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Correspondence:
        """What these entries of a log say."""
        found = cls()
        for entry in standing(entries):
            if isinstance(entry.event.detail, Mailing | Answer):
                found._add(entry, entry.event.detail)
        return found

    def of_text(self, digest: TextDigest, channel: str) -> list[Dispatch]:
        """Each time that a text went by a channel, to whomever."""
        everything = (one for each in self.sent.values() for one in each)
        return [one for one in everything if (one.text_digest, one.channel) == (digest, channel)]

    def _add(self, entry: Entry, detail: Mailing | Answer) -> None:
        event, who, on = entry.event, detail.recipient, days.told(entry)
        key = who, event.channel, event.text_digest
        match event.kind:
            case "sent":
                self._sent(key, event, on)
            case "again":
                self.again[key] = event.evidence.note
                self.more[key] += 1
            case "bounced":
                self._bounced(key, Back(on, _reason_of(event)))
            case "met":
                self.arrivals[who].append(Arrival("meeting", on, _kept(event)))
            case "replied":
                kind = detail.kind if isinstance(detail, Answer) else "reply"
                self.arrivals[who].append(Arrival(kind, on, _kept(event)))
            case "looked":
                self.looked[who].append(on)

    def _sent(self, key: LetterKey, event: Event, on: dt.date) -> None:
        detail = event.detail
        went = Dispatch(
            *key,
            on,
            detail.file if isinstance(detail, Mailing) else NO_FILE,
            dict(detail.to) if isinstance(detail, Sending) else {},
            _kept(event),
            event.evidence.kind != "none",
            self.again.pop(key, ""),
        )
        self.sent[went.recipient].append(went)
        self.out.pop(key, None)
        self.out[key] = went
        self.back.pop(key, None)

    def _bounced(self, key: LetterKey, back: Back) -> None:
        """Each time that it went before came back; what came back earlier already did so then."""
        self.out.pop(key, None)
        self.again.pop(key, None)
        self.back[key] = back
        self.more[key] += 1
        sent = self.sent[key[0]]
        sent[:] = [
            replace(one, back=back) if one.key == key and one.back is None else one for one in sent
        ]


def _kept(event: Event) -> FileDigest:
    return event.evidence.digest if event.evidence.kind in ("kept", "file") else NO_FILE


def _reason_of(event: Event) -> Reason:
    """Why a letter came back, as far as the log says."""
    return event.detail.reason if isinstance(event.detail, Return) else "unknown"
