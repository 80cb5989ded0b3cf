"""Small logs for the tests of this room."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from pathlib import Path

from letters.digests import NO_TEXT
from letters.framed import digest as text_digest
from letters.ledger.events import Entry, Event, Evidence, Kind
from letters.ledger.history import History
from letters.ledger.merkle import Checkpoint
from letters.ledger.rows import Snapshot
from letters.ledger.rules import Standing
from letters.ledger.store import Ledger
from letters.ledger.verify import Verification, verify

AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
FIRST = "Dear Prime Minister,\nwe ask for asylum.\n"
SECOND = "Dear Prime Minister,\nwe ask again for asylum.\n"
THIRD = "Monsieur le Premier Ministre,\nnous demandons l’asile.\n"
TEXTS = {text_digest(text): text for text in (FIRST, SECOND, THIRD)}


def event(kind: Kind, subject: str = "ada", text: str = FIRST, note: str = "by telephone") -> Event:
    return Event(
        kind=kind,
        subject=subject,
        text_digest=text_digest(text) if text else NO_TEXT,
        evidence=Evidence.of_note(note) if kind == "signed" else Evidence(),
        channel="e-mail",
        recorded_by="desk",
        stated_at=dt.date(2026, 1, 1) if kind == "signed" else None,
    )


def log(*events: Event) -> list[Entry]:
    """The entries that these events make, one a day."""
    return [Entry(n, AT + dt.timedelta(days=n), one) for n, one in enumerate(events, start=1)]


def refused(*events: Event) -> str:
    """Why the last of them may not follow the others; "" where it may."""
    *before, last = log(*events)
    found = History.of(before).refusal(last.event, last.number)
    return found.message if found else ""


def bytes_of(folder: Path) -> bytes:
    """All that lies in a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def standing(events: Iterable[Event]) -> Standing:
    """Where one signatory stands after these events, all theirs and in order."""
    return functools.reduce(Standing.after, events, Standing())


def record(ledger: Ledger, *events: Event) -> None:
    for number, one in enumerate(events):
        ledger.append(one, at=AT + dt.timedelta(hours=number), text=TEXTS.get(one.text_digest))


EVENTS = [
    event("invited"),
    event("signed"),
    event("invited", "bo"),
    event("declined", "bo"),
    event("signed", "cy", SECOND),
    event("withdrew"),
    event("signed", "bo", note="changed his mind"),
    event("signed", text=SECOND),
    event("invited", "dee", SECOND),
]


def taken(path: Path) -> Snapshot:
    ledger = Ledger.read(path)
    assert ledger is not None
    with ledger:
        return ledger.snapshot()


def head(path: Path) -> Checkpoint:
    ledger = Ledger.read(path)
    assert ledger is not None
    with ledger:
        return ledger.checkpoint()


def judged(path: Path, *earlier: Checkpoint) -> Verification:
    return verify(taken(path), earlier)
