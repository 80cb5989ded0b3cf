"""What shows that something took place: options of a command, and evidence in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk
from letters.cli.exit import Status, fail, say
from letters.cli.plain import about

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.events import Event, Evidence

File = Annotated[
    Path | None,
    typer.Option("--evidence", metavar="FILE", help="An e-mail, a scan: a copy is kept."),
]
DigestOnly = Annotated[
    bool, typer.Option("--digest-only", help="Keep the digest of the evidence, and no copy.")
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What happened, in your words.")
]
Channel = Annotated[
    str, typer.Option("--channel", metavar="WORDS", help="How it reached you: e-mail, a form.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who records this.")]
Day = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day that the person gives.")
]


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence, and the bytes of which a copy is to be kept."""

    evidence: Evidence
    data: bytes | None = None


def needed(file: Path | None, note: str | None, what: str) -> Path | None:
    """The file; ends the command where nothing shows ``what`` is to be recorded."""
    if file is None and not note:
        hint = "--evidence FILE, or --note TEXT"
        fail(Status.REFUSED, f"{what} needs something that shows it", hint)
    return file


def shown(file: Path | None, note: str | None, digest_only: bool) -> Shown:
    """The file, with the note beside it; else the note alone, or nothing."""
    from letters.ledger.events import Evidence

    if file is None:
        if digest_only:
            fail(Status.USAGE, "--digest-only is about a file", "--evidence FILE")
        return noted(note)
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(Status.USAGE, f"{file} can’t be read: {error.strerror}")
    evidence = Evidence.of_file(data, note or "", kept=not digest_only)
    return Shown(evidence, None if digest_only else data)


def noted(note: str | None) -> Shown:
    """The note, if there is one."""
    from letters.ledger.events import Evidence

    return Shown(Evidence.of_note(note) if note else Evidence())


def day(written: str | None) -> dt.date | None:
    """The day of ``--on``; another way of writing it ends the command."""
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        fail(Status.USAGE, "--on needs a date like 2025-09-03")


@contextmanager
def kept(campaign: Path, evidence: Shown) -> Iterator[None]:
    """Keep the copy while the entries that name it are made; without them it goes again.

    The copy comes first: an entry never names one that a full disk kept from being made.
    """
    from letters.ledger import evidence as shelf

    fresh = evidence.data is not None and shelf.keep(campaign, evidence.data)
    try:
        yield
    except BaseException:
        if fresh:
            shelf.discard(campaign, evidence.evidence.digest)
        raise


def record(campaign: Campaign, evidence: Shown, events: Sequence[Event]) -> None:
    """Record events that one proof shows, all or none, and say so."""
    now = desk.now()
    with (
        desk.open_ledger(campaign) as ledger,
        kept(campaign.root, evidence),
        ledger.change() as change,
    ):
        entries = [change.append(event, now) for event in events]
    for entry in entries:
        say(f"{entry.number}  {entry.event.kind}  {about(entry.event)}")
