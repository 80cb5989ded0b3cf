"""``letters sign invite|record|decline|withdraw``: events of the signature log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk
from letters.cli.exit import Status, fail, note, say

if TYPE_CHECKING:
    from letters.ledger.events import Evidence, Kind

app = typer.Typer(help="Record who was asked, who signed, and who took it back.",
                  no_args_is_help=True)  # fmt: skip

Who = Annotated[str, typer.Argument(metavar="ID", help="The signatory's id in signatories.yaml.")]
File = Annotated[
    Path | None,
    typer.Option("--evidence", metavar="FILE", help="An e-mail, a scan: its digest is kept."),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What happened, in your words.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who records this.")]
Day = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day that the person gives.")
]


@app.command()
def invite(
    context: typer.Context, who: Who, note_: Note = None, by: By = "", day: Day = None
) -> None:
    """Record that somebody was asked to sign this very text."""
    _record(context, "invited", who, None, note_, by, day)


@app.command()
def record(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    note_: Note = None,
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody signed this very text; evidence or a note is needed."""
    if evidence is None and note_ is None:
        hint = "--evidence FILE, or --note TEXT"
        fail(Status.REFUSED, "a signature needs something that shows it", hint)
    _record(context, "signed", who, evidence, note_, by, day)


@app.command()
def decline(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    note_: Note = None,
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody will not sign."""
    _record(context, "declined", who, evidence, note_, by, day)


@app.command()
def withdraw(
    context: typer.Context,
    who: Who,
    evidence: File = None,
    note_: Note = None,
    by: By = "",
    day: Day = None,
) -> None:
    """Record that somebody took their signature back; the next render leaves them out."""
    _record(context, "withdrew", who, evidence, note_, by, day)


def _record(
    context: typer.Context,
    kind: Kind,
    who: str,
    file: Path | None,
    note_: str | None,
    by: str,
    day: str | None,
) -> None:
    from letters.ledger.events import Event

    campaign = desk.open_campaign(context)
    subject = desk.known_signatory(campaign, who)
    stated = _day(day)
    evidence = _evidence(file, note_)
    text = desk.text_of(campaign)
    event = Event(
        kind=kind,
        subject=subject,
        text_digest=text.digest,
        evidence=evidence,
        recorded_by=by,
        stated_at=stated,
    )
    with desk.open_ledger(campaign) as ledger:
        entry = ledger.append(event, at=desk.now(), text=text.canonical)
    say(f"{entry.number}  {kind}  {subject}  text {text.digest[:16]}")
    if kind == "withdrew":
        note(f"If the text names {subject}, change it: everybody else then signs the new text.")


def _evidence(file: Path | None, note_: str | None) -> Evidence:
    from letters.ledger.events import Evidence

    if file is not None:
        try:
            return Evidence.of_file(file.read_bytes(), note_ or "")
        except OSError as error:
            fail(Status.USAGE, f"{file} can’t be read: {error.strerror}")
    return Evidence.of_note(note_) if note_ else Evidence()


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        fail(Status.USAGE, "--on needs a date like 2025-09-03")
