"""Letters that go once more, on purpose, to somebody who has them: whom, why, and how often.

Nothing goes twice by itself. Who wants it says why; the log has the decision as an event of its
own, which lets the same files be sent once more, and is used up by that. The same reason counts
once: whoever repeats the command sends nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from letters.digests import TextDigest
from letters.ledger.details import Mailing
from letters.ledger.events import Event, Evidence
from letters.ledger.outgoing import Item, in_doubt
from letters.post.correspondence import Correspondence

Append = Callable[[Event], object]


class Again(Struct, frozen=True):
    """Who is to get a text once more by a channel, and why.

    ``went`` are the days on which it went to each, ``used`` on which of these for this very reason.
    ``open`` are those for whom that is in the log already, and who have not got it since.
    """

    recipients: tuple[str, ...]
    why: str
    digest: TextDigest
    channel: str
    went: Mapping[str, tuple[dt.date, ...]]
    used: Mapping[str, dt.date]
    open: Collection[str]
    refusals: tuple[str, ...]

    @property
    def left_out(self) -> dict[str, str]:
        """Why each of them gets nothing; "" for those who do."""
        return {
            who: f"was sent it again {self.used[who]} for this very reason (say another: --why)"
            if who in self.used
            else ""
            for who in self.recipients
        }

    def told(self, recipient: str) -> str:
        """When it went to that recipient, and why it goes again."""
        went = ", ".join(str(day) for day in self.went[recipient])
        return f"sent {went}; why: {self.why}"

    def decide(self, recipients: Iterable[str], append: Append) -> None:
        """Have it recorded for those of the recipients for whom it isn't yet."""
        for who in recipients:
            if who in self.recipients and who not in self.open:
                note, on = Evidence.of_note(self.why), self.channel
                append(Event("again", "", self.digest, note, on, detail=Mailing(who)))


def again(
    recipients: Sequence[str],
    why: str,
    known: Correspondence,
    items: Iterable[Item],
    *,
    digest: TextDigest,
    channel: str,
) -> Again:
    """What sending that text to them once more would be, and what speaks against it."""
    went, used = defaultdict[str, list[dt.date]](list), dict[str, dt.date]()
    for one in known.of_text(digest, channel):
        if one.back is None:
            went[one.recipient].append(one.on)
        if one.why == why:
            used[one.recipient] = one.on
    doubts = in_doubt(items, channel)
    refusals = []
    for who in recipients:
        if who in doubts:
            refusals.append(f"{who}: in doubt (look after that first: “letters send --resolve”)")
        elif (who, channel, digest) in known.back:
            refusals.append(f"{who}: it came back (“letters send --to {who}” sends it)")
        elif who not in went:
            refusals.append(f"{who}: was not sent this text yet (“letters send --to {who}” does)")
    return Again(
        recipients=tuple(dict.fromkeys(recipients)),
        why=why,
        digest=digest,
        channel=channel,
        went={who: tuple(dict.fromkeys(told)) for who, told in went.items()},
        used={who: used[who] for who in recipients if who in used},
        open=frozenset(
            who
            for (who, *about), reason in known.again.items()
            if about == [channel, digest] and reason == why
        ),
        refusals=tuple(refusals),
    )


def attempts(
    known: Correspondence, digest: TextDigest, channel: str, more: Again | None = None
) -> Counter[str]:
    """How often each had got the text before, so that each sending has a Message-ID of its own."""
    counted = Counter(
        {who: n for (who, *about), n in known.more.items() if about == [channel, digest]}
    )
    if more:
        counted.update(who for who in more.recipients if who not in more.open)
    return counted
