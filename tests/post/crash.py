"""Senders that are killed: no letter may go out twice, and none may get lost without a word.

Each round is a campaign of so many recipients and a server; the sender is killed (SIGKILL) again and
again, at every step of the protocol and of its own book-keeping, most around the body. The tests run
a few kills; for many, from the project's root: ``python -m tests.post.crash 1000``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import smtplib
import socket
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from letters.ledger.details import Rendering
from letters.ledger.events import Event, text_digest
from letters.ledger.outgoing import Outgoing
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify
from letters.post.account import Account
from letters.post.outbox import Outbox, sealed
from letters.post.sending import Run
from letters.post.smtp import Line, Patience

TEXT = "Dear Prime Minister,\n"
DIGEST = text_digest(TEXT)
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
KILLS_PER_ROUND = 100
# Where a sender may die: calls of smtplib and of the outbox. The later ones are the dangerous ones.
POINTS = (
    "connect",
    "ehlo",
    "mail",
    "rcpt",
    "data",
    "claim",
    "claimed",
    "half",
    "body",
    "reply",
    "sent",
)
WEIGHTS = (1, 1, 1, 1, 3, 8, 8, 8, 8, 8, 8)


@dataclass(slots=True)
class Tally:
    kills: int = 0
    messages: int = 0
    accepted: int = 0
    duplicates: int = 0
    lost: int = 0
    in_doubt: int = 0
    points: Counter[str] = field(default_factory=Counter)


@contextmanager
def server() -> Iterator[tuple[int, Counter[str]]]:
    """Takes every message and counts its Message-ID once the whole body has come."""
    taken: Counter[str] = Counter()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as door:

        def talk(connection: socket.socket) -> None:
            with suppress(OSError), connection, connection.makefile("rb") as reader:
                connection.sendall(b"220 here\r\n")
                while line := reader.readline():
                    if line.upper().strip() != b"DATA":
                        connection.sendall(b"250 yes\r\n")
                        continue
                    connection.sendall(b"354 go on\r\n")
                    body = []
                    while (part := reader.readline()) not in (b".\r\n", b""):
                        body.append(part)
                    if not part:
                        return
                    taken[body[0].decode().strip()] += 1
                    connection.sendall(b"250 taken\r\n")

        def answer() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = door.accept()
                    threading.Thread(target=talk, args=(connection,), daemon=True).start()

        threading.Thread(target=answer, daemon=True).start()
        yield int(door.getsockname()[1]), taken
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def prepare(folder: Path, count: int) -> None:
    """A log with a letter that was rendered, and so many messages queued."""
    with Ledger.open(folder / LOG_NAME) as ledger:
        with ledger.change() as change:
            ledger._rows.keep_text(DIGEST, TEXT)
            change.append(Event("rendered", text_digest=DIGEST, detail=Rendering("0" * 64)), NOW)
        Outbox(ledger, folder, lambda: NOW).queue(
            sealed(
                text_digest=DIGEST,
                recipient=f"r{number}",
                message_id=f"<{number}@example.org>",
                envelope=("us@example.org", (f"r{number}@example.org",)),
                letters=[f"{number:064x}"],
                date=NOW,
                data=f"Message-ID: <{number}@example.org>\r\n\r\n{'x' * 70}\r\n".encode() * 1,
            )
            for number in range(count)
        )


def armed(point: str, after: int) -> None:
    """Let this process die at the ``after``-th passing of a point."""
    left = [after]

    def pass_by(name: str) -> None:
        if name == point:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def before(owner: type, method: str, name: str) -> None:
        original = getattr(owner, method)

        def wrapped(*words: object, **more: object) -> object:
            pass_by(name)
            return original(*words, **more)

        setattr(owner, method, wrapped)

    before(smtplib.SMTP, "connect", "connect")
    before(smtplib.SMTP, "ehlo", "ehlo")
    before(smtplib.SMTP, "mail", "mail")
    before(smtplib.SMTP, "rcpt", "rcpt")
    before(smtplib.SMTP, "docmd", "data")
    before(Outgoing, "move", "claim")
    before(Outbox, "accepted", "reply")
    claim, send, accepted = Outbox.claim, smtplib.SMTP.send, Outbox.accepted

    def claims(self: Outbox, item: object) -> bool:
        said = claim(self, item)  # type: ignore[arg-type]
        pass_by("claimed")
        return said

    def sends(self: smtplib.SMTP, data: object) -> None:
        if isinstance(data, bytes) and data.endswith(b"\r\n.\r\n"):
            send(self, data[: len(data) // 2])
            pass_by("half")
            send(self, data[len(data) // 2 :])
            pass_by("body")
            return
        send(self, data)  # type: ignore[arg-type]

    def marks(self: Outbox, item: object) -> None:
        accepted(self, item)  # type: ignore[arg-type]
        pass_by("sent")

    Outbox.claim = claims  # type: ignore[method-assign]
    smtplib.SMTP.send = sends  # type: ignore[method-assign, assignment]
    Outbox.accepted = marks  # type: ignore[method-assign]


def run(folder: Path, port: int) -> None:
    """Send all that waits, once."""
    with Ledger.open(folder / LOG_NAME) as ledger:
        outbox = Outbox(ledger, folder, lambda: NOW)
        line = Line(Account("127.0.0.1", port, "none"), str, Patience(10, 10, 10))
        waiting = [item for item in outbox.items() if item.state in ("queued", "deferred")]
        Run(outbox, line, lambda _: None, pauses=()).send(waiting)


def killed(folder: Path, port: int, point: str, after: int) -> bool:
    """Run in a process that dies at that point; whether it died, and did not finish before."""
    words = [sys.executable, "-W", "error", "-m", "tests.post.crash", "run"]
    pid = os.posix_spawn(
        sys.executable,
        [*words, str(folder), str(port), point, str(after)],
        os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the sender failed by itself"
    return os.WIFSIGNALED(status)


def rounds(kills: int, recipients: int, *, seed: int = 0) -> Tally:
    """Kill that often, over as many campaigns as it takes; then let each finish, and count."""
    chance, tally = random.Random(seed), Tally()
    while tally.kills < kills:
        with tempfile.TemporaryDirectory() as name, server() as (port, taken):
            folder = Path(name)
            prepare(folder, recipients)
            here = min(KILLS_PER_ROUND, kills - tally.kills)
            for _ in range(here):
                point = chance.choices(POINTS, WEIGHTS)[0]
                once = point in ("connect", "ehlo")
                after = 1 if once else chance.randint(1, max(1, 2 * recipients // here))
                tally.kills += killed(folder, port, point, after)
                tally.points[point] += 1
            run(folder, port)
            _count(folder, taken, recipients, tally)
    return tally


def _count(folder: Path, taken: Counter[str], recipients: int, tally: Tally) -> None:
    """What the server got against what the outbox and the log say."""
    ledger = Ledger.read(folder / LOG_NAME)
    assert ledger is not None
    with ledger:
        assert verify(ledger.snapshot()).sound
        items = ledger.outgoing()
        recorded = sum(entry.event.kind == "sent" for entry in ledger.entries())
    states = {item.message_id: item.state for item in items}
    accepted = [name for name, state in states.items() if state == "sent"]
    assert len(states) == recipients
    assert recorded == len(accepted)
    tally.messages += recipients
    tally.accepted += len(accepted)
    tally.in_doubt += list(states.values()).count("in_doubt")
    tally.duplicates += sum(number - 1 for number in taken.values() if number > 1)
    tally.duplicates += sum(
        taken[f"Message-ID: {name}"] > 0
        for name, state in states.items()
        if state not in ("sent", "in_doubt")
    )
    tally.lost += sum(not taken[f"Message-ID: {name}"] for name in accepted)
    tally.lost += sum(state not in ("sent", "in_doubt") for state in states.values())


if __name__ == "__main__":
    if sys.argv[1] == "run":
        armed(sys.argv[4], int(sys.argv[5]))
        run(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        done = rounds(int(sys.argv[1]), 400)
        sys.stdout.write(f"{done}\n")
        sys.exit(int(bool(done.duplicates or done.lost)))
