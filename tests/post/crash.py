"""Senders that are killed: no letter may go out twice, and none may get lost without a word.

Each round is a campaign of so many recipients and a server that misbehaves; the sender is killed
(SIGKILL) again and again, at every step of the protocol and of its own book-keeping, most around the
body. The tests run a few kills; for many, from the project's root:
``python -m tests.post.crash 1000``, and ``python -m tests.post.crash 1000 postfix`` for the same on a
real Postfix, which greylists some recipients and refuses others.

Each sender is a fork of this process, which has everything loaded and no threads.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import smtplib
import socket
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

from letters import files
from letters.digests import FileDigest, ManifestDigest
from letters.framed import digest as text_digest
from letters.ledger.details import Rendering
from letters.ledger.events import Event
from letters.ledger.outgoing import Outgoing
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify
from letters.post import high_water
from letters.post.account import Account
from letters.post.frozen_messages import ReadyMessage
from letters.post.outbox import WAITING, Outbox, sealed
from letters.post.sending import SendingRun
from letters.post.transports.smtp import Patience, SmtpConnection

from . import faulty, real
from .faulty import Faulty
from .postfix import REFUSED
from .real import Real

TEXT = "Dear Prime Minister,\n"
DIGEST = text_digest(TEXT)
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
KILLS_PER_ROUND = 100
# Where a sender dies, and how often: the dangerous steps are those after the server's 354.
POINTS = {
    "freezing": 1, "frozen": 1, "queued": 1,
    "connect": 2, "greeting": 2, "ehlo": 2, "starttls": 2, "auth": 2,
    "mail": 3, "rcpt": 3, "data": 5, "354": 10,
    "claiming": 8, "claimed, not written": 8, "claimed": 10, "marked": 5,
    "half the body": 10, "body": 12, "reply": 12,
    "recording": 8, "recorded, not written": 8, "sent": 10,
    "rset": 3, "quit": 3, "any moment": 15,
}  # fmt: skip
_ONCE = {"freezing", "frozen", "queued", "connect", "greeting", "ehlo", "starttls", "auth"}


@dataclass(slots=True)
class Tally:
    kills: int = 0
    messages: int = 0
    accepted: int = 0
    refused: int = 0
    duplicates: int = 0
    lost: int = 0
    in_doubt: int = 0
    in_doubt_and_arrived: int = 0
    points: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, object]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def message(number: int) -> ReadyMessage:
    """A message; one in forty is for somebody whom a real server refuses."""
    address = REFUSED if number % 40 == 39 else f"r{number}@example.org"
    return sealed(
        text_digest=DIGEST,
        recipient=f"r{number}",
        message_id=f"<{number}@example.org>",
        envelope=("us@example.org", (address,)),
        letters=[FileDigest(f"{number:064x}")],
        date=NOW,
        data=f"Message-ID: <{number}@example.org>\r\n\r\n{'x' * 70}\r\n".encode(),
    )


def run(folder: Path, server: Faulty | Real, count: int, limit: int | None = None) -> None:
    """What ``letters send`` does: queue what waits, and send it; at most ``limit`` messages."""
    os.environ["SSL_CERT_FILE"] = server.authority
    with Ledger.open(folder / LOG_NAME) as ledger:
        if not ledger.entries():
            with ledger.change() as change:
                ledger._rows.keep_text(DIGEST, TEXT)
                rendered = Event(
                    "rendered", text_digest=DIGEST, detail=Rendering(ManifestDigest("0" * 64))
                )
                change.append(rendered, NOW)
        outbox = Outbox(ledger, folder, lambda: NOW)
        marks = high_water.places(folder / LOG_NAME, ledger.origin(), folder / "state")
        high_water.check(ledger, marks)
        if not outbox.items():
            outbox.queue(message(number) for number in range(count))
        waiting = [item for item in outbox.items() if item.state in WAITING][:limit]
        account = Account("127.0.0.1", server.port, "starttls", server.user)
        line = SmtpConnection(account, lambda: server.password, Patience(60, 60, 60))
        with high_water.keeping(ledger, marks) as reached:
            SendingRun(outbox, line, lambda _: None, reached.move, pauses=()).send(waiting)


def armed(point: str, after: int) -> None:
    """Let this process die at the ``after``-th passing of a point."""
    left = [after]

    def pass_by(name: str) -> None:
        if name and name == point:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: object, method: str, before: str = "", behind: str = "") -> None:
        original: Callable[..., object] = getattr(owner, method)

        def wrapped(*words: object, **more: object) -> object:
            pass_by(before)
            said = original(*words, **more)
            pass_by(behind)
            return said

        setattr(owner, method, wrapped)

    docmd, send, move = smtplib.SMTP.docmd, smtplib.SMTP.send, Outgoing.move

    def commands(self: smtplib.SMTP, cmd: str, args: str = "") -> tuple[int, bytes]:
        pass_by(cmd.lower())
        said = docmd(self, cmd, args)
        pass_by(str(said[0]))
        return said

    def sends(self: smtplib.SMTP, data: object) -> None:
        if isinstance(data, bytes) and data.endswith(b"\r\n.\r\n"):
            assert self.sock is not None
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # send halves at once
            send(self, data[: len(data) // 2])
            pass_by("half the body")
            data = data[len(data) // 2 :]
            send(self, data)
            pass_by("body")
            return
        send(self, data)  # type: ignore[arg-type]

    def moves(self: Outgoing, item: object, start: object, state: str, **more: object) -> bool:
        said = move(self, item, start, state, **more)  # type: ignore[arg-type]
        pass_by({"in_doubt": "claimed, not written", "sent": "recording"}.get(state, ""))
        return said

    smtplib.SMTP.docmd = commands  # type: ignore[method-assign]
    smtplib.SMTP.send = sends  # type: ignore[method-assign, assignment]
    Outgoing.move = moves  # type: ignore[method-assign]
    around(files, "replace", "freezing")
    around(Outgoing, "put", "frozen")
    around(Outbox, "queue", behind="queued")
    around(smtplib.SMTP, "connect", "connect", "greeting")
    around(smtplib.SMTP, "ehlo", "ehlo")
    around(smtplib.SMTP, "mail", "mail")
    around(smtplib.SMTP, "rcpt", "rcpt")
    around(Outbox, "claim", "claiming", "claimed")
    around(high_water.Mark, "move", behind="marked")
    around(Outbox, "accepted", "reply", "sent")
    around(Ledger, "_append", behind="recorded, not written")


def killed(point: str, after: int, work: Callable[[int | None], None], wait: float) -> bool:
    """Let a fork do the work until it dies at that point; whether it died, and did not finish."""
    process = os.fork()
    if process == 0:
        try:
            ends = point == "quit"  # comes once, after so many messages
            armed(point, 1 if ends else after)
            work(after if ends else None)
        except BaseException:  # noqa: BLE001 - a fork must not go on with its parent's work
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if point == "any moment":
        time.sleep(wait)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the sender failed by itself"
    return os.WIFSIGNALED(status)


def rounds(kills: int, recipients: int, *, postfix: bool = False, seed: int = 0) -> Tally:
    """Kill that often, over as many campaigns as it takes; then let each finish, and count."""
    chance, tally = random.Random(seed), Tally()
    serving = real.serving if postfix else faulty.serving
    while tally.kills < kills:
        with (
            tempfile.TemporaryDirectory() as name,
            tempfile.TemporaryDirectory() as other,
            serving(Path(other), chance.randrange(1000)) as server,
        ):
            _round(Path(name), server, recipients, tally, kills, chance)
    return tally


def _round(
    folder: Path,
    server: Faulty | Real,
    recipients: int,
    tally: Tally,
    kills: int,
    chance: random.Random,
) -> None:
    def work(limit: int | None) -> None:
        run(folder, server, recipients, limit)

    here = min(KILLS_PER_ROUND, kills - tally.kills)
    ahead = ["freezing", "frozen", "queued"][: here // 4]
    drawn = chance.choices(list(POINTS), list(POINTS.values()), k=here - len(ahead))
    for point in (*ahead, *drawn):
        once = point in _ONCE
        after = 1 if once else chance.randint(1, max(1, recipients // here))
        if killed(point, after, work, chance.uniform(0, 0.1)):
            tally.kills += 1
            tally.points[point] += 1
        elif not _waiting(folder):
            break
    server.calm_down()
    while _waiting(folder):
        assert not killed("", 0, work, 0)
    _count(folder, server.taken(), recipients, tally)
    tally.faults += server.met()


def _waiting(folder: Path) -> bool:
    ledger = Ledger.read(folder / LOG_NAME)
    assert ledger is not None
    with ledger:
        items = ledger.outgoing()
    return not items or any(item.state in WAITING for item in items)


def _count(folder: Path, taken: Counter[str], recipients: int, tally: Tally) -> None:
    """What the server got against what the outbox and the log say."""
    ledger = Ledger.read(folder / LOG_NAME)
    assert ledger is not None
    with ledger:
        assert verify(ledger.snapshot()).sound
        items = ledger.outgoing()
        recorded = sum(entry.event.kind == "sent" for entry in ledger.entries())
    arrived = {item.recipient: taken[f"Message-ID: {item.message_id}"] for item in items}
    states = {item.recipient: item.state for item in items}
    accepted = [name for name, state in states.items() if state == "sent"]
    doubts = [name for name, state in states.items() if state == "in_doubt"]
    assert len(states) == recipients
    assert recorded == len(accepted)
    tally.messages += recipients
    tally.accepted += len(accepted)
    tally.in_doubt += len(doubts)
    tally.in_doubt_and_arrived += sum(arrived[name] for name in doubts)
    tally.duplicates += sum(number - 1 for number in arrived.values() if number > 1)
    tally.lost += sum(not arrived[name] for name in accepted)
    refused = [name for name, state in states.items() if state == "failed"]
    tally.refused += len(refused)
    tally.duplicates += sum(arrived[name] for name in refused)
    tally.lost += recipients - len(accepted) - len(doubts) - len(refused)


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
    done = rounds(*counts, *[400][: 2 - len(counts)], postfix="postfix" in sys.argv)
    sys.stdout.write(f"{json.dumps(done.as_json(), indent=2)}\n")
    sys.exit(int(bool(done.duplicates or done.lost)))
