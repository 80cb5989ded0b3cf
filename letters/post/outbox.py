"""The outbox: each letter to each recipient once, whatever happens in between.

A message's bytes are frozen in a file under their own digest before the first one leaves. Then it
is *queued*; *in doubt* from the moment in which the server may have it; *sent* once the server has
accepted it, which the log records in the same transaction. That is all that is known: whether it
was delivered or read, nobody here can tell. What is in doubt is never sent again by itself. The
bytes, which name people, are kept only for what may still leave, or be looked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from letters.channels import Channel
from letters.digests import FileDigest, TextDigest, of_message
from letters.ledger import evidence as evidence_files
from letters.ledger.details import Mailing, Reason, Return, Sending
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event, Evidence, stamp
from letters.ledger.outgoing import Item, State
from letters.ledger.results import Transaction
from letters.ledger.store import Ledger
from letters.post.frozen_messages import Frozen, ReadyMessage
from letters.post.resend import Again

FOLDER = "outbox"
WAITING: tuple[State, ...] = ("queued", "deferred")
CAME_BACK = "came back"
"""How the reply begins of what left and was not delivered."""
_OPEN: tuple[State, ...] = ("queued", "deferred", "in_doubt")

Clock = Callable[[], dt.datetime]


def sealed(
    *,
    text_digest: TextDigest,
    recipient: str,
    message_id: str,
    envelope: tuple[str, tuple[str, ...]],
    letters: Iterable[FileDigest],
    date: dt.datetime,
    data: bytes,
) -> ReadyMessage:
    """A message to be queued; ``letters`` are the SHA-256 of the letters that it carries."""
    sender, addresses = envelope
    item = Item(
        text_digest=text_digest,
        recipient=recipient,
        channel=Channel.EMAIL.value,
        message_id=message_id,
        message=of_message(data),
        sender=sender,
        addresses=addresses,
        files=tuple(letters),
        dated=stamp(date),
        changed=stamp(date),
    )
    return ReadyMessage(item, data)


class Outbox:
    """The messages of one campaign; ``folder`` is the campaign's, ``clock`` gives UTC.

    ``addressed`` is how those are addressed to whom something is about to be sent, by id, as the
    log keeps it. Raises RefusedError where the folder of the bytes is a link.
    """

    def __init__(
        self,
        ledger: Ledger,
        folder: Path,
        clock: Clock,
        addressed: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
    ) -> None:
        self._ledger, self._campaign, self._clock = ledger, folder, clock
        self._addressed = addressed or {}
        self._frozen = Frozen(folder / FOLDER)

    def items(self) -> tuple[Item, ...]:
        """All that was ever queued, as it stands."""
        return self._ledger.outgoing()

    def queue(self, messages: Iterable[ReadyMessage], again: Again | None = None) -> None:
        """Freeze messages and queue them, all or none.

        One that waits already is replaced; what waited for the same recipient with another text is
        cancelled. Raises RefusedError where one is in doubt, or sent and not to go ``again``; for
        whom it is, that is recorded.
        """
        ready = list(messages)
        self._frozen.freeze(ready)
        now = self._now()
        repeated = again.recipients if again else ()
        with self._ledger.change() as change:
            before = change.outgoing.all()
            for message in ready:
                new = message.item
                for old in before:
                    if (old.recipient, old.channel) != (new.recipient, new.channel):
                        continue
                    settled = ("in_doubt",) if new.recipient in repeated else ("in_doubt", "sent")
                    if old.text_digest == new.text_digest and old.state in settled:
                        raise RefusedError(f"a letter to {new.recipient} is {old.state} already")
                    if old.text_digest != new.text_digest:
                        change.outgoing.move(old, (*WAITING, "failed"), "cancelled", at=now)
                change.outgoing.put(replace(new, changed=now), again=new.recipient in repeated)
            if again:
                names = (message.item.recipient for message in ready)
                again.decide(names, lambda event: change.append(event, self._clock()))
        self.tidy()

    def bytes_of(self, item: Item) -> bytes:
        """The frozen bytes; ChangedError where they are not what was frozen."""
        return self._frozen.bytes_of(item)

    def claim(self, item: Item) -> bool:
        """The server is about to get the body; False where another run has it in hand."""
        return self._move(item, WAITING, "in_doubt")

    def accepted(self, item: Item) -> None:
        """The server has accepted it: marked and recorded at once, whatever anybody guessed."""
        with self._ledger.change() as change:
            change.outgoing.move(item, _OPEN, "sent", at=self._now())
            self._record_sent(change, item, Evidence())
        self._frozen.forget(item)

    def put_off(self, item: Item, words: str) -> bool:
        """The server, or the way to it, wants it later."""
        return self._move(item, _OPEN, "deferred", words)

    def refused(self, item: Item, words: str) -> bool:
        """The server does not want it at all."""
        done = self._move(item, _OPEN, "failed", words)
        if done:
            self._frozen.forget(item)
        return done

    def found_sent(self, item: Item) -> None:
        """A person found a message that was in doubt among those that were sent."""
        with self._ledger.change() as change:
            if not change.outgoing.move(item, ("in_doubt",), "sent", at=self._now()):
                raise RefusedError(f"the message to {item.recipient} is not in doubt any more")
            found = Evidence.of_note("found by its Message-ID among the sent messages")
            self._record_sent(change, item, found, _day(item))
        self._frozen.forget(item)

    def found_unsent(self, item: Item) -> bool:
        """A person looked for it and it is not there: it may be sent."""
        return self._move(item, ("in_doubt",), "queued", "not found among the sent messages")

    def sent_by_hand(self, change: Transaction, recipients: Iterable[str]) -> None:
        """Somebody has mailed it to them: what waits here for them is not to leave as well."""
        names = set(recipients)
        for item in change.outgoing.all():
            if item.recipient in names and item.channel == Channel.EMAIL:
                change.outgoing.move(item, WAITING, "cancelled", at=self._now())

    def came_back(
        self,
        item: Item,
        words: str,
        evidence: Evidence,
        data: bytes | None = None,
        reason: Reason = "unknown",
    ) -> bool:
        """A mail server says that it could not pass on what had been sent: it counts as failed.

        What was in doubt has left, or it could not have come back. False where nothing is changed,
        as the message is neither sent nor in doubt. ``data`` is the notice, of which a copy is
        kept; raises OSError where that can't be done.
        """
        kept = evidence_files.kept(self._ledger, self._campaign, data)
        with kept, self._ledger.change() as change:
            reply = f"{CAME_BACK}: {words}".removesuffix(": ")
            start: tuple[State, ...] = ("sent", "in_doubt")
            if not change.outgoing.move(item, start, "failed", at=self._now(), reply=reply):
                return False
            self._record_sent(
                change, item, Evidence.of_note("it came back, so it had left"), _day(item)
            )
            event = Event(
                "bounced",
                text_digest=item.text_digest,
                evidence=evidence,
                channel=item.channel,
                detail=Return(item.recipient, reason=reason),
            )
            change.append(event, self._clock())
        self._frozen.forget(item)
        return True

    def tidy(self) -> None:
        """Delete the bytes of what has left, or is not to leave."""
        self._frozen.keep_only({item.message for item in self.items() if item.state in _OPEN})

    def _record_sent(
        self, change: Transaction, item: Item, evidence: Evidence, day: dt.date | None = None
    ) -> None:
        """Record each file that went out, on ``day`` if not today, unless it is in the log."""
        to = self._addressed.get(item.recipient, ())
        for file in item.files:
            known = Sending(item.recipient, file, to) if to else Mailing(item.recipient, file)
            event = Event(
                "sent",
                text_digest=item.text_digest,
                evidence=evidence,
                channel=item.channel,
                stated_at=day,
                detail=known,
            )
            with suppress(RefusedError):
                change.append(event, self._clock())

    def _move(self, item: Item, start: tuple[State, ...], state: State, words: str = "") -> bool:
        with self._ledger.change() as change:
            return change.outgoing.move(item, start, state, at=self._now(), reply=words)

    def _now(self) -> str:
        return stamp(self._clock())


def _day(item: Item) -> dt.date:
    """The day on which it went, or in doubt: that of the last step."""
    return dt.datetime.fromisoformat(item.changed).astimezone().date()
