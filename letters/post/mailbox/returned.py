"""Letters that came back: notices matched with what went out, and recorded where that is certain.

A notice is a claim that anybody can make who knows a Message-ID. So it counts for a letter only if
it names that letter's Message-ID, one of its addresses, and a failure for good.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from letters.ledger import evidence
from letters.ledger.details import Mailing
from letters.ledger.events import Entry, Evidence
from letters.ledger.outgoing import Item
from letters.post.mailbox.inbox import Letter
from letters.post.mailbox.notice import LARGEST, Report
from letters.post.outbox import CHANNEL, Outbox

# Clocks differ: what came this long before a letter was sent again is still about that sending.
_SLACK = dt.timedelta(minutes=1)


class Result(Enum):
    """What a notice means for a letter."""

    BACK = "came back"
    DELAYED = "is delayed"
    PASSED_ON = "was passed on by a server"
    COPY = "a copy of it came back"
    OLDER = "came back before it was sent again"
    ELSEWHERE = "a notice names an address to which it did not go"
    UNCLEAR = "a notice does not say clearly what became of it"
    KNOWN = "is known already"


@dataclass(frozen=True, slots=True)
class News:
    """What one notice says of one letter; ``words`` are the server's, without addresses."""

    recipient: str
    result: Result
    words: str
    came: dt.datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Before:
    """What the log knows: the notices that it has, and the letters that came back once."""

    digests: frozenset[str] = frozenset()
    returned: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Before:
        """The same from the log."""
        events = [entry.event for entry in entries if entry.event.kind == "bounced"]
        return cls(
            frozenset(event.evidence.digest for event in events),
            frozenset(
                (event.detail.recipient, event.text_digest)
                for event in events
                if isinstance(event.detail, Mailing) and event.channel == CHANNEL
            ),
        )


def first_sent(items: Iterable[Item]) -> dt.date | None:
    """The day since which something can have come back, with room for any time zone."""
    days = [dt.datetime.fromisoformat(i.dated) for i in items if i.state in ("sent", "in_doubt")]
    return (min(days) - dt.timedelta(days=1)).date() if days else None


def judged(
    item: Item, report: Report, came: dt.datetime, digest: str, before: Before
) -> Result | None:
    """What a report on a message with the item's Message-ID means; None where that is nothing."""
    if digest in before.digests or item.state not in ("sent", "in_doubt"):
        return Result.KNOWN
    addresses = [address.lower() for address in item.addresses]
    if report.addresses and not set(report.addresses) & set(addresses):
        return Result.ELSEWHERE
    if report.addresses and addresses[0] not in report.addresses:
        return Result.COPY if report.claim == "failed" else None
    sent_again = (item.recipient, item.text_digest) in before.returned
    if sent_again and came < dt.datetime.fromisoformat(item.changed) - _SLACK:
        return Result.OLDER
    if report.claim == "delayed":
        return Result.DELAYED
    if report.claim == "passed on":
        return Result.PASSED_ON
    if report.claim == "unclear" or (not report.addresses and len(addresses) > 1):
        return Result.UNCLEAR
    return Result.BACK


def record(
    letters: Iterable[Letter], outbox: Outbox, campaign: Path, before: Before
) -> Iterator[News]:
    """Record each letter that came back, keep the notice that says so, and tell of every notice.

    Raises LedgerError, and OSError where a notice can't be kept.
    """
    for letter in letters:
        items = {item.message_id: item for item in outbox.items() if item.channel == CHANNEL}
        about = [items[one] for one in letter.notice.message_ids if one in items]
        digest = hashlib.sha256(letter.found.data).hexdigest()
        for item in about:
            for report in letter.notice.reports:
                result = judged(item, report, letter.found.came, digest, before)
                if result is Result.BACK and not _kept(letter, item, report, outbox, campaign):
                    result = Result.KNOWN
                if result is not None:
                    yield News(item.recipient, result, report.words, letter.found.came, digest)


def _kept(letter: Letter, item: Item, report: Report, outbox: Outbox, campaign: Path) -> bool:
    """Record that the letter came back; False where that is recorded already."""
    data = letter.found.data
    note = report.words
    if letter.found.size > LARGEST:
        note = f"{note} (kept: the first {len(data)} octets)"
    new = evidence.keep(campaign, data)
    done = False
    try:
        done = outbox.came_back(item, report.words, Evidence.of_file(data, note.strip(), kept=True))
    finally:
        if new and not done:
            evidence.discard(campaign, hashlib.sha256(data).hexdigest())
    return done
