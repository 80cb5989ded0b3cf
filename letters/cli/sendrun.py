"""The run behind ``letters send --confirm``: freeze, send, and say what became of each."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from letters.cli import mailserver, sendview, workspace
from letters.cli.exit import Status, explain, note
from letters.cli.secret import secret
from letters.cli.send_lock import watched
from letters.ledger.outgoing import Item

if TYPE_CHECKING:
    from types import FrameType

    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.account import Account
    from letters.post.ready_messages import Ready
    from letters.post.resend import Again
    from letters.post.sending import Outcome, Step, Stop


def run(
    campaign: Campaign,
    ledger: Ledger,
    messages: Sequence[Ready],
    account: Account,
    rate: int,
    folder: Path,
    again: Again | None,
    *,
    test: bool,
) -> Status:
    """Send them; the exit status says how it went."""
    from letters.post import sending
    from letters.post.addressee import described
    from letters.post.outbox import Outbox
    from letters.post.rehearsal import TestBox
    from letters.post.transports.registry import transport_to

    mailserver.expect_trusted(account)
    line = transport_to(account, lambda: secret(account))
    news = _News(len(messages))
    stop = sending.Stop()
    try:
        if test:
            items = [message.sealed.item for message in messages]
            box = TestBox(
                {message.sealed.item.message: message.sealed.data for message in messages}
            )
            with _heard(stop):
                found = sending.SendingRun(box, line, news.tell, rate=rate, stop=stop).send(items)
            return _status(found, len(messages))
        with watched(campaign, ledger, made_at(folder)) as reached:
            tags, everybody = campaign.letter.languages, campaign.recipients
            going = [everybody[message.letter.index] for message in messages]
            addressed = {each.id: described(each, tags) for each in going}
            outbox = Outbox(ledger, campaign.root, workspace.now, addressed)
            line.open()  # before anything is frozen: most that goes wrong does so here
            with _told("nothing was sent"):
                outbox.queue([message.sealed for message in messages], again)
            items = _queued(outbox.items(), messages)
            doubt = "sending has stopped: what is in doubt now is shown by “letters send --resolve”"
            with _told(doubt), _heard(stop):
                sender = sending.SendingRun(outbox, line, news.tell, reached.move, rate, stop=stop)
                found = sender.send(items)
    finally:
        line.close()
    return _status(found, len(messages))


class _News:
    """Tells of each step, counting those that are done for good."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, set[str]()

    def tell(self, step: Step) -> None:
        self._done.add(step.item.recipient)
        sendview.step(len(self._done), self._total, step)


def made_at(folder: Path) -> list[tuple[int, str]]:
    """The log’s checkpoint when the letters in ``folder`` were made."""
    from letters.press import manifest

    made = manifest.read(folder)
    return [made.checkpoint] if made and made.checkpoint else []


def _queued(items: Sequence[Item], messages: Sequence[Ready]) -> list[Item]:
    wanted = {message.sealed.item.message for message in messages}
    return [item for item in items if item.message in wanted]


@contextmanager
def _told(words: str) -> Iterator[None]:
    """Say where things stand before whatever the disk or the log has to say."""
    from letters.ledger.errors import LedgerError

    try:
        yield
    except (LedgerError, OSError):
        note(words)
        raise


@contextmanager
def _heard(stop: Stop) -> Iterator[None]:
    """The first Ctrl-C ends the run after the message in hand, a second one at once."""

    def ask(_: int, __: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True
        note("stopping after the message in hand; a second Ctrl-C may leave it in doubt")

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _status(found: Outcome, total: int) -> Status:
    from letters.post.sending import Result

    sendview.outcome(found, total)
    if found.ended is not None:
        explain(found.ended)
    if found.count(Result.DOUBT):
        note("in doubt: look after that with “letters send --resolve”")
        return Status.REFUSED
    if found.stopped:
        return Status.STOPPED
    whole = found.count(Result.ACCEPTED) == total
    return Status.FINE if whole else Status.OUTSIDE
