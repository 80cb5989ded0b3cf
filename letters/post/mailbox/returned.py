"""Letters that came back: notices matched with what went out, and recorded where that is certain.

A notice is a claim that anybody can make who knows a Message-ID. So it counts for a letter only if
it names that letter's Message-ID, its address, and a failure for good. The log gets the codes of
it, and never its words.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import product

from msgspec import Struct

from letters.campaign.mailaddress import ascii_domain
from letters.channels import Channel
from letters.digests import FileDigest, of_file
from letters.ledger.details import Reason
from letters.ledger.events import Entry, Evidence
from letters.ledger.outgoing import Item
from letters.post.mailbox.inbox import ReturnedMail
from letters.post.mailbox.notice import LARGEST
from letters.post.mailbox.report import DeliveryReport
from letters.post.mime import first_id
from letters.post.outbox import WAITING, Outbox

_LONGEST_ADDRESS = 320
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")  # RFC 6533


class ReturnResult(Enum):
    """What a notice means for a letter."""

    BACK = "came back"
    DELAYED = "is delayed"
    PASSED_ON = "was passed on by a server"
    COPY = "a copy of it came back"
    OTHER = "a notice is about another sending of it"
    LEFT = "had left, says a server, and waits here to be sent again"
    NOT_OUT = "a notice is about it, but it counts as not sent already"
    ELSEWHERE = "a notice names an address to which it did not go"
    UNCLEAR = "a notice does not say clearly what became of it"
    UNSURE = "may have come back, says a notice that does not say of which mail"
    SEVERAL = "a notice that does not say of which mail names several recipients"
    KNOWN = "is known already"


class News(Struct, frozen=True):
    """What one notice says of one letter; ``words`` are the server's, without addresses.

    ``reason`` is why it came back, ``number`` that of the notice in its folder.
    """

    recipient: str
    result: ReturnResult
    words: str
    came: dt.datetime
    digest: FileDigest
    reason: Reason = "unknown"
    number: int = 0


Unsure = Callable[[ReturnedMail, FileDigest, bool], Iterable[News]]
"""Says what a notice means that names no mail of ours: its digest, and whether that is known."""


def known(entries: Iterable[Entry]) -> frozenset[FileDigest]:
    """The digests of the notices that the log has."""
    events = (entry.event for entry in entries)
    return frozenset(event.evidence.digest for event in events if event.kind == "bounced")


def first_sent(items: Iterable[Item]) -> dt.date | None:
    """The day since which something can have come back, with room for any time zone."""
    days = [dt.datetime.fromisoformat(item.dated) for item in items if item.tries]
    return (min(days) - dt.timedelta(days=1)).date() if days else None


def judged(item: Item, report: DeliveryReport, message_id: str) -> ReturnResult | None:
    """What a report on a sending of the item's letter means; None where that is nothing."""
    if message_id != item.message_id:
        return ReturnResult.OTHER
    addresses = [key(address) for address in item.addresses]
    named = {key(address) for address in report.addresses}
    if named and not named & set(addresses):
        return ReturnResult.ELSEWHERE
    if named and addresses[0] not in named:
        return ReturnResult.COPY if report.claim == "failed" else None
    if report.claim == "unclear" or (not named and report.claim != "delayed"):
        return ReturnResult.UNCLEAR
    if item.state in WAITING:
        return ReturnResult.LEFT
    if item.state not in ("sent", "in_doubt"):
        return ReturnResult.NOT_OUT
    if report.claim == "delayed":
        return ReturnResult.DELAYED
    return ReturnResult.PASSED_ON if report.claim == "passed on" else ReturnResult.BACK


def key(address: str) -> str:
    """An address in the one form in which it is compared; servers write some in several."""
    written = _ESCAPED.sub(_letter, address[:_LONGEST_ADDRESS])
    return ascii_domain(unicodedata.normalize("NFC", written)).lower()


def _letter(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16)
    return chr(number) if number <= 0x10FFFF else escaped[0]


def record(
    letters: Iterable[ReturnedMail],
    outbox: Outbox,
    before: frozenset[FileDigest],
    unsure: Unsure = lambda _, __, ___: (),
) -> Iterator[News]:
    """Record each letter that came back, keep the notice that says so, and tell of every notice.

    ``before`` are the notices that were `known`. Raises LedgerError, and OSError where a notice
    can't be kept.
    """
    done = set(before)
    for letter in letters:
        items = {first_id(i.message_id): i for i in outbox.items() if i.channel == Channel.EMAIL}
        ids = letter.notice.message_ids
        about = [(one, items[first_id(one)]) for one in ids if first_id(one) in items]
        digest = of_file(letter.found.data)
        news = list[ReturnResult | None]()
        for (message_id, item), report in product(about, letter.notice.reports):
            result = judged(item, report, message_id)
            back = result is ReturnResult.BACK
            if digest in done or (back and not _recorded(letter, item, report, outbox)):
                result = ReturnResult.KNOWN
            if result is not None:
                yield news_of(letter, digest, item.recipient, result, report)
            news.append(result)
        if not about:
            for one in unsure(letter, digest, digest in done):
                yield one
                news.append(one.result)
        if ReturnResult.BACK in news:
            done.add(digest)


def news_of(
    letter: ReturnedMail,
    digest: FileDigest,
    recipient: str,
    result: ReturnResult,
    report: DeliveryReport,
) -> News:
    """What that notice says of the letter to that recipient."""
    came, number = letter.found.came, letter.found.number
    return News(recipient, result, report.words, came, digest, report.reason, number)


def evidence_of(letter: ReturnedMail, note: str) -> Evidence:
    """The notice as what shows it; ``note`` are its codes."""
    data = letter.found.data
    if letter.found.size > LARGEST:
        note = f"{note} (kept: the first {len(data)} octets)".strip()
    return Evidence.of_file(data, note, kept=True)


def _recorded(letter: ReturnedMail, item: Item, report: DeliveryReport, outbox: Outbox) -> bool:
    """Record that the letter came back; False where that is recorded already."""
    shown = evidence_of(letter, report.codes)
    return outbox.came_back(item, report.codes, shown, letter.found.data, report.reason)
