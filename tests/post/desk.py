"""A desk to send from: a log, an outbox, and runs over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from letters.digests import FileDigest, ManifestDigest
from letters.framed import digest as text_digest
from letters.ledger.details import Rendering
from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.account import Account
from letters.post.outbox import Outbox, sealed
from letters.post.sending import Result, SendingRun, Step
from letters.post.transports.smtp import Patience, SmtpConnection

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TEXT = "Dear Prime Minister,\n"
DIGEST = text_digest(TEXT)
LONG = Patience(connect=60, reply=60, body=60)
"""For servers that answer or hang up, however busy the computer is."""


def message(name: str, *, address: str = "", extra: str = "") -> bytes:
    return (
        f"From: us@example.org\r\nTo: {address or name + '@example.org'}\r\n"
        f"Message-ID: <{name}@example.org>\r\n\r\n.a dot\r\n{extra}The end"
    ).encode()


class Desk:
    """A log, an outbox, and a run over it."""

    def __init__(self, folder: Path, names: tuple[str, ...] = ("one", "two", "three")) -> None:
        self.folder = folder
        self.ledger = Ledger.open(folder / LOG_NAME)
        if not self.ledger.entries():
            event = Event(
                "rendered", text_digest=DIGEST, detail=Rendering(ManifestDigest("0" * 64))
            )
            with self.ledger.change() as change:
                self.ledger._rows.keep_text(DIGEST, TEXT)
                change.append(event, NOW)
        self.outbox = Outbox(self.ledger, folder, lambda: NOW)
        self.news: list[Step] = []
        self.names = names

    def queue(
        self,
        *,
        copies: tuple[str, ...] = (),
        data: bytes | None = None,
        made: Callable[[str], bytes] = message,
        domain: str = "example.org",
        again: str = "",
    ) -> None:
        self.outbox.queue(
            sealed(
                text_digest=DIGEST,
                recipient=name,
                message_id=f"<{name}{again}@example.org>",
                envelope=("us@example.org", (f"{name}@{domain}", *copies)),
                letters=[FileDigest(f"{number:064x}")],
                date=NOW,
                data=data or made(name),
            )
            for number, name in enumerate(self.names)
        )

    def send(
        self,
        port: int,
        *,
        who: Account | None = None,
        pauses: tuple[float, ...] = (),
        secret: str = "",
        patience: Patience = LONG,
        **settings: object,
    ) -> dict[str, Result]:
        line = SmtpConnection(
            who or Account("127.0.0.1", port, "offered"), lambda: secret, patience
        )
        waiting = [i for i in self.outbox.items() if i.state in ("queued", "deferred")]
        run = SendingRun(self.outbox, line, self.news.append, pauses=pauses, **settings)  # type: ignore[arg-type]
        self.outcome = run.send(waiting)
        return self.outcome.results

    def states(self) -> list[str]:
        return [item.state for item in self.outbox.items()]

    def recorded(self) -> int:
        return sum(entry.event.kind == "sent" for entry in self.ledger.entries())
