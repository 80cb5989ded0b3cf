"""What speaks against a letter to somebody, before it goes by one way or another.

A recipient is known by the id; but ids are renamed, and two of them can lead to one mailbox. So
what went out is also looked up by the mailbox and, where the log knows how a letter was addressed,
by the person. What would reach somebody a second time, or after an answer, is left out unless they
are named.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from letters.campaign.mailboxes import alike, letterbox_of, mailbox_of
from letters.channels import Channel, channel_of
from letters.digests import TextDigest
from letters.ledger.outgoing import Item
from letters.post.addressee import MAILBOX, described, mailbox_mark, signs
from letters.post.correspondence import CALLED, FINAL, Correspondence, Dispatch
from letters.post.outbox import CAME_BACK, WAITING
from letters.post.return_reasons import WORDS, fix
from letters.post.sent_letters import letters_out

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient

_SETTLED = tuple(CALLED[kind] for kind in FINAL)

_Ask: TypeAlias = tuple[str, str]


class Verdict(Struct, frozen=True):
    """What is to be known of a recipient before something more goes to them.

    ``never`` is why nothing may. ``asks`` are why only on purpose: each what there is, and what
    can be done. ``notes`` speak against nothing. All are empty where there is nothing to say.
    """

    never: str = ""
    asks: tuple[_Ask, ...] = ()
    notes: tuple[str, ...] = ()

    def left_out(self, *, named: bool) -> str:
        """Why nothing goes to them; "" where something does, as it may, or they are named."""
        if self.never or named or not self.asks:
            return self.never
        return "{} ({})".format(*self.asks[0])

    def remarks(self, *, named: bool) -> tuple[str, ...]:
        """What is said of them where something goes."""
        against = [self.never] if self.never else []
        against += [what for what, _ in self.asks]
        return (*(against if named else ()), *self.notes)


class Past:
    """What speaks against a letter to each recipient of a campaign, by one channel."""

    def __init__(
        self,
        campaign: Campaign,
        digest: TextDigest,
        known: Correspondence,
        items: Sequence[Item],
        channel: Channel,
        *,
        one_mailbox: bool = False,
    ) -> None:
        """``digest`` is the text's; ``one_mailbox``: several recipients may share a mailbox."""
        self._digest, self._channel = digest, channel
        self._counts_beside = channel is Channel.EMAIL and not one_mailbox
        self._tags = campaign.letter.languages
        self._everybody = {each.id for each in campaign.recipients}
        self._answers = _answers(known)
        self._back = known.back
        self._items = defaultdict[str, list[Item]](list)
        self._doubts = defaultdict[str, list[Item]](list)
        for item in items:
            self._items[item.recipient].append(item)
            if item.state == "in_doubt":
                self._doubts[mailbox_mark(item.addresses[0])].append(item)
        self._by_id = defaultdict[str, list[Dispatch]](list)
        self._by_box = defaultdict[str, list[Dispatch]](list)
        # What went to ids that are nobody's any more, by what tells whose they were.
        self._lost = defaultdict[Hashable, list[Dispatch]](list)
        for went in letters_out(known, items):
            self._by_id[went.recipient].append(went)
            lost = went.recipient not in self._everybody
            for sign in signs(went.to) if lost else ():
                self._lost[sign].append(went)
            if went.channel == Channel.EMAIL and (box := went.to.get(MAILBOX)):
                self._by_box[box].append(went)

    def of(self, recipient: Recipient) -> Verdict:
        """What is known of one recipient."""
        box = mailbox_mark(recipient.email or "")
        own, doubt = self._by_id[recipient.id], self._doubt(recipient.id, box)
        never = (self._channel is Channel.EMAIL and doubt) or self._done(recipient.id, own)
        if never:
            return Verdict(never)
        asks = list(self._asks(recipient, box, own, self._formerly(recipient, box)))
        if doubt:
            asks.insert(0, (f"e-mail {doubt}", f"--to {recipient.id} takes it"))
        came = self._answers[recipient.id].items()
        return Verdict("", tuple(asks), tuple(f"{w} {on}" for w, on in came if w not in _SETTLED))

    def _formerly(self, recipient: Recipient, box: str) -> list[Dispatch]:
        """What went to them under an id that is no recipient's any more."""
        found = [went for went in self._by_box[box] if went.recipient not in self._everybody]
        if self._lost:
            for sign in signs(dict(described(recipient, self._tags))):
                found += [went for went in self._lost[sign] if went not in found]
        return found

    def _doubt(self, who: str, box: str) -> str:
        """A message to them, or to their mailbox, of which nobody knows whether it left."""
        own = [item for item in self._items[who] if item.state == "in_doubt"]
        for item in (*own, *(self._doubts[box] if box else ())):
            other = f" as {item.recipient}" if item.recipient != who else ""
            return f"in doubt since {item.changed}{other} (look after it: “letters send --resolve”)"
        return ""

    def _done(self, who: str, own: Iterable[Dispatch]) -> str:
        """That they have this very letter."""
        for item in self._items[who]:
            if self._is_ours(item) and item.state == "sent":
                return f"{self._channel.gone} {item.changed[:10]}"
        waits = any(self._is_ours(item) and item.state in WAITING for item in self._items[who])
        more = "; waits to go once more (“letters send --again”)" if waits else ""
        went = (f"{self._channel.gone} {one.on}{more}" for one in own if self._is_ours(one))
        return next(went, "")

    def _asks(
        self, recipient: Recipient, box: str, own: Sequence[Dispatch], formerly: Sequence[Dispatch]
    ) -> Iterator[_Ask]:
        """Why something goes to them only on purpose, the weightiest first."""
        who, after_all = recipient.id, f"--to {recipient.id} takes it all the same"
        back = self._back.get((who, self._channel, self._digest))
        for item in self._items[who]:
            failed = item.state == "failed" and self._is_ours(item)
            if failed and mailbox_mark(item.addresses[0]) == box:
                hint = f"fix the address, or try again with --to {who}"
                if back and item.reply.startswith(CAME_BACK):
                    hint = f"{fix(back.reason)}; then name them: --to {who}"
                yield f"failed: {item.reply}", hint
        if back and not any(self._is_ours(item) for item in self._items[who]):
            words = f"came back {back.on}: {WORDS[back.reason]}"
            yield words, f"{fix(back.reason)}; then name them: --to {who}"
        known = [(went, "") for went in own]
        known += [(went, f" as {went.recipient}") for went in formerly]
        known += [
            (went, f" to {went.recipient}, who has the same address")
            for went in (self._by_box[box] if self._counts_beside else ())
            if went.recipient != who and went.recipient in self._everybody
        ]
        known.sort(key=lambda one: one[0].on, reverse=True)
        here = [(went, whom) for went, whom in known if went.channel == self._channel]
        for went, whom in [one for one in here if self._is_ours(one[0])][:1]:
            yield f"{self._channel.gone} {went.on}{whom}", after_all
        answers = [(on, word) for word, on in self._answers[who].items() if word in _SETTLED]
        for on, word in sorted(answers)[-1:]:
            yield f"{word} {on}", after_all
        for went, whom in [one for one in here if not self._is_ours(one[0])][:1]:
            said = f"was {self._channel.gone} an earlier text {went.on}{whom}"
            yield said, f"--to {who} takes this one"
        for went, whom in [one for one in known if one[0].channel != self._channel][:1]:
            what = "it" if went.text_digest == self._digest else "an earlier text"
            way = channel_of(went.channel)
            yield f"had {what} {way.how if way else 'already'} {went.on}{whom}", after_all

    def _is_ours(self, one: Dispatch | Item) -> bool:
        """Whether it is this very text by this very channel."""
        return (one.text_digest, one.channel) == (self._digest, self._channel)


def together(
    people: Sequence[Recipient], campaign: Campaign, channel: Channel
) -> list[tuple[tuple[str, ...], str]]:
    """The ids of those whose letters go to one place by that channel, and what is the same."""
    tag = campaign.letter.languages[0]
    keys: list[Hashable]
    if channel is Channel.EMAIL:
        words, keys = "same address", [mailbox_of(each.email or "") for each in people]
    else:
        words, keys = "same name and postal address", [letterbox_of(each, tag) for each in people]
    return [(tuple(people[n].id for n in group), words) for group in alike(keys)]


def _answers(known: Correspondence) -> defaultdict[str, dict[str, dt.date]]:
    """The last day of each thing that came from each recipient, by what they did."""
    found = defaultdict[str, dict[str, dt.date]](dict)
    for recipient, arrivals in known.arrivals.items():
        own = found[recipient]
        for one in arrivals:
            word = CALLED[one.kind]
            own[word] = max(own.get(word, dt.date.min), one.on)
    return found
