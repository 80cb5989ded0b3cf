"""``letters log show|verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk
from letters.cli.exit import Status, as_json, note, say, table

if TYPE_CHECKING:
    from letters.ledger.events import Entry

app = typer.Typer(help="The signature log itself.", no_args_is_help=True)


@app.command()
def show(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Print all entries of the log, in order."""
    from letters.ledger.events import stamp
    from letters.ledger.store import LOG_NAME, Ledger

    ledger = Ledger.read(context.obj / LOG_NAME)
    entries: tuple[Entry, ...] = ()
    if ledger is None:
        desk.expect_campaign(context)
    else:
        with ledger:
            entries = ledger.entries()
    if json:
        as_json(
            [
                {
                    "number": entry.number,
                    "at": stamp(entry.at),
                    "event": entry.event.kind,
                    "subject": entry.event.subject,
                    "text_digest": entry.event.text_digest,
                    "evidence": entry.event.evidence.kind,
                    "evidence_digest": entry.event.evidence.digest,
                    "note": entry.event.evidence.note,
                    "recorded_by": entry.event.recorded_by,
                    "stated_at": (
                        entry.event.stated_at.isoformat() if entry.event.stated_at else None
                    ),
                }
                for entry in entries
            ]
        )
        return
    if not entries:
        note("the log is empty: nothing was recorded yet")
        return
    say(
        table(
            [
                (
                    str(entry.number),
                    stamp(entry.at),
                    entry.event.kind,
                    entry.event.subject,
                    entry.event.text_digest[:16],
                    entry.event.evidence.note or entry.event.evidence.kind,
                )
                for entry in entries
            ]
        )
    )


@app.command()
def verify(context: typer.Context) -> None:
    """Compute the whole log anew: what that proves, and what nothing can prove."""
    from letters.ledger.merkle import Checkpoint
    from letters.ledger.store import LOG_NAME, Ledger
    from letters.ledger.verify import verify as examine
    from letters.press import manifest

    ledger = Ledger.read(context.obj / LOG_NAME)
    printed = manifest.read(context.obj / "out")
    known = [Checkpoint(*printed.checkpoint)] if printed and printed.checkpoint else []
    if ledger is None:
        if known and known[0].size:
            note("letters: the log is gone, and out/manifest.json knows of one with entries")
            raise typer.Exit(Status.REFUSED)
        desk.expect_campaign(context)
        note("there is no log yet: nothing was recorded")
        return
    with ledger:
        verdict = examine(ledger.snapshot(), known)
    size = verdict.checkpoint.size
    say(f"{size} {'entry' if size == 1 else 'entries'}, root {verdict.checkpoint.root}")
    for sentence in verdict.proved:
        say(f"proved: {sentence}")
    for sentence in verdict.unproved:
        say(f"not proved: {sentence}")
    for sentence in verdict.findings:
        note(f"letters: {sentence}")
    if not verdict.sound:
        raise typer.Exit(Status.REFUSED)
