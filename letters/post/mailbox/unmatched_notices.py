"""Notices that do not say which mail they are about, but name one recipient: a person decides.

They may be about a letter that was sent from somebody's own mail program, or the server returned
too little; or about another mail altogether. So nothing of them is recorded by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.channels import Channel
from letters.digests import FileDigest, TextDigest
from letters.ledger import evidence as evidence_files
from letters.ledger.details import Return
from letters.ledger.events import Entry, Event
from letters.ledger.outgoing import Item
from letters.ledger.store import Ledger
from letters.post.correspondence import Correspondence
from letters.post.mailbox.inbox import ReturnedMail
from letters.post.mailbox.report import DeliveryReport
from letters.post.mailbox.returned import News, ReturnResult, evidence_of, key, news_of
from letters.post.outbox import Clock, Outbox
from letters.post.sent_letters import gone

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

_A_DAY = dt.timedelta(days=1)


class Sent(Struct, frozen=True):
    """An e-mail that may have come back, since the day ``on``; ``item`` where it went from here."""

    recipient: str
    text_digest: TextDigest
    on: dt.date
    item: Item | None = None


def sent_to(
    campaign: Campaign, entries: Iterable[Entry], items: Sequence[Item]
) -> Mapping[str, Sequence[Sent]]:
    """What went to each address, from here or by hand, and has not come back."""
    found = defaultdict[str, list[Sent]](list)
    from_here = set[str]()
    for item in items:
        if item.channel == Channel.EMAIL and item.state in ("sent", "in_doubt"):
            day = dt.datetime.fromisoformat(item.dated).date() - _A_DAY
            sent = Sent(item.recipient, item.text_digest, day, item)
            found[key(item.addresses[0])].append(sent)
            from_here.add(item.recipient)
    went = gone(Correspondence.of(entries), Channel.EMAIL)
    for recipient in campaign.recipients:
        texts = went[recipient.id]
        if texts and recipient.email and recipient.id not in from_here:
            digest = max(texts, key=lambda text: texts[text])
            sent = Sent(recipient.id, digest, texts[digest] - _A_DAY)
            found[key(recipient.email)].append(sent)
    return found


class Confirming(Struct, frozen=True):
    """Tells of such notices, and records those of which the number is ``confirmed``."""

    ledger: Ledger
    folder: Path
    outbox: Outbox
    sent: Mapping[str, Sequence[Sent]]
    confirmed: Collection[int]
    clock: Clock

    def news(self, letter: ReturnedMail, digest: FileDigest, known: bool) -> Iterator[News]:
        """What a notice means that is about no mail of ours by its Message-ID."""
        found = {
            sent.recipient: (sent, report)
            for report in letter.notice.reports
            if report.claim == "failed"
            for address in report.addresses
            for sent in self.sent.get(key(address), ())
            if sent.on <= letter.found.came.date()
        }
        for recipient, (sent, report) in found.items():
            result = ReturnResult.KNOWN if known else ReturnResult.SEVERAL
            if len(found) == 1 and not known:
                result = ReturnResult.UNSURE
                if letter.found.number in self.confirmed:
                    result = self._recorded(letter, sent, report)
            yield news_of(letter, digest, recipient, result, report)

    def _recorded(self, letter: ReturnedMail, sent: Sent, report: DeliveryReport) -> ReturnResult:
        """Record it as somebody confirmed it; what came back in the same run is known."""
        data, reason = letter.found.data, report.reason
        shown = evidence_of(letter, f"{report.codes} (confirmed by a person)".strip())
        if sent.item:
            done = self.outbox.came_back(sent.item, report.codes, shown, data, reason)
            return ReturnResult.BACK if done else ReturnResult.KNOWN
        event = Event(
            "bounced",
            text_digest=sent.text_digest,
            evidence=shown,
            channel=Channel.EMAIL.value,
            detail=Return(sent.recipient, reason=reason),
        )
        known = Correspondence.of(self.ledger.entries())
        if (sent.recipient, Channel.EMAIL, sent.text_digest) not in known.out:
            return ReturnResult.KNOWN
        with evidence_files.kept(self.ledger, self.folder, data), self.ledger.change() as change:
            change.append(event, self.clock())
        return ReturnResult.BACK
