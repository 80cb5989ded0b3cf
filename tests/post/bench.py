"""How fast letters go out, against a bare loop that sends the same frozen messages.

``python -m tests.post.bench [MESSAGES]``; exit status 1 where the ratio is below what was promised.
The server is aiosmtpd in a process of its own, so that it does not share the sender's time.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from letters.digests import FileDigest, ManifestDigest
from letters.ledger.details import Rendering
from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger
from letters.post import high_water
from letters.post.account import Account
from letters.post.outbox import Outbox, sealed
from letters.post.sending import SendingRun
from letters.post.transports.smtp import SmtpConnection

from .crash import DIGEST, NOW, TEXT
from .servers import free_port

PROMISED = 0.8
ATTACHED = 150_000  # bytes of a message: a letter of two pages, in two languages


@contextlib.contextmanager
def server() -> Iterator[int]:
    port = free_port()
    sink = "aiosmtpd.handlers.Sink"
    words = ["-m", "aiosmtpd", "--nosetuid", "--class", sink, "--listen", f"127.0.0.1:{port}"]
    with subprocess.Popen([sys.executable, *words]) as process:
        try:
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def messages(count: int) -> list[bytes]:
    line = b"QmFzZTY0IGxvb2tzIGxpa2UgdGhpcyBpbiBhIG1lc3NhZ2UsIGxpbmUgYnkgbGluZS4=QmFzZTY0\r\n"
    body = line * (ATTACHED // len(line))
    return [
        f"Message-ID: <{n}@example.org>\r\nSubject: A letter\r\n\r\n".encode() + body
        for n in range(count)
    ]


def bare(port: int, data: list[bytes]) -> float:
    """Seconds for a loop over smtplib on one connection."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as smtp:
        for number, message in enumerate(data):
            smtp.sendmail("us@example.org", [f"r{number}@example.org"], message)
    return time.perf_counter() - start


def ours(port: int, data: list[bytes]) -> float:
    """Seconds for the same with the outbox, the log and the mark; freezing is not counted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger.open(folder / LOG_NAME) as ledger:
            with ledger.change() as change:
                ledger._rows.keep_text(DIGEST, TEXT)
                change.append(
                    Event(
                        "rendered", text_digest=DIGEST, detail=Rendering(ManifestDigest("0" * 64))
                    ),
                    NOW,
                )
            outbox = Outbox(ledger, folder, lambda: NOW)
            outbox.queue(
                sealed(
                    text_digest=DIGEST,
                    recipient=f"r{number}",
                    message_id=f"<{number}@example.org>",
                    envelope=("us@example.org", (f"r{number}@example.org",)),
                    letters=[FileDigest(f"{number:064x}")],
                    date=NOW,
                    data=message,
                )
                for number, message in enumerate(data)
            )
            marks = high_water.places(folder / LOG_NAME, ledger.origin(), folder / "state")
            line = SmtpConnection(Account("127.0.0.1", port, "none"), str)
            start = time.perf_counter()
            with high_water.keeping(ledger, marks) as reached:
                outcome = SendingRun(outbox, line, lambda _: None, reached.move).send(
                    outbox.items()
                )
            took = time.perf_counter() - start
            assert len(outcome.results) == len(data)
            assert all(item.state == "sent" for item in outbox.items())
            return took


def ratio(count: int, turns: int = 3) -> tuple[float, float, float]:
    """Ours to bare (1 is as fast), and the seconds of each; the best of some turns."""
    data = messages(count)
    with server() as port:
        bare(port, data[:5])
        pairs = [(bare(port, data), ours(port, data)) for _ in range(turns)]
    first, second = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return first / second, first, second


if __name__ == "__main__":
    found, bare_took, our_took = ratio(int(sys.argv[1]) if len(sys.argv) > 1 else 343)
    sys.stdout.write(f"bare loop {bare_took:.2f} s, letters {our_took:.2f} s, ratio {found:.2f}\n")
    sys.exit(int(found < PROMISED))
