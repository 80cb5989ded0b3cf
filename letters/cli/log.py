"""``letters log …``: the signature log itself, to be read, checked and taken along."""

from __future__ import annotations

import datetime as dt
import functools
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from letters import limits, reading
from letters.cli import checkpoints, log_correct, log_erase, logbook, progress, workspace
from letters.cli.exit import Status, fail, note, say, table
from letters.cli.sanitize import about, as_plain_json, plain
from letters.counting import counted

if TYPE_CHECKING:
    from letters.imprint import Imprint
    from letters.ledger.events import Entry
    from letters.ledger.merkle import Checkpoint
    from letters.ledger.note import SignedCheckpoint
    from letters.ledger.verify import Verification

app = typer.Typer(help="The signature log itself.", no_args_is_help=True)


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSONL = "jsonl"
    CSV = "csv"


@app.command()
def show(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Print all entries of the log, in order."""
    from letters.ledger.corrections import corrected
    from letters.ledger.events import stamp
    from letters.ledger.export import records

    entries = _entries(context)
    if json:
        as_plain_json(records(entries))
        return
    if not entries:
        note("the log is empty: nothing was recorded yet")
        return
    gone = corrected(entries)
    rows: list[tuple[str, ...]] = [
        (
            str(entry.number),
            stamp(entry.at),
            entry.event.kind,
            about(entry.event),
            entry.event.text_digest[:16],
            _shown(entry, gone.get(entry.number)),
        )
        for entry in entries
    ]
    say(table(rows))


@app.command()
def digest(
    context: typer.Context,
    text: Annotated[
        bool, typer.Option("--text", help="The canonical text itself, to be read and signed.")
    ] = False,
) -> None:
    """Compute the text digest from the campaign's files alone: what a signature is bound to."""
    workspace.open_campaign(context)
    found = workspace.workshop(context).text()
    if text:
        typer.echo(found.canonical, nl=False)
    else:
        say(found.digest)
        for tag, own in found.editions.items():
            note(f"{tag}  {own[0]}")


@app.command()
def export(
    context: typer.Context,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="JSON lines, or a table.")
    ] = ExportFormat.JSONL,
) -> None:
    """Print all entries for other programs."""
    from letters.ledger.export import as_csv, as_jsonl

    written = {ExportFormat.JSONL: as_jsonl, ExportFormat.CSV: as_csv}[form](_entries(context))
    typer.echo(written.encode(), nl=False)


@app.command()
def verify(
    context: typer.Context,
    shown: Annotated[
        list[Path] | None,
        typer.Option(
            "--checkpoint", metavar="FILE", help="A checkpoint or a receipt; may be repeated."
        ),
    ] = None,
    root: Annotated[
        Path | None,
        typer.Option("--tsa-root", metavar="PEM", help="Whom to trust for time stamps."),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", metavar="WORDS", help="What the QR code of a letter says."),
    ] = None,
) -> None:
    """Compute the whole log anew: what that proves, and what nothing can prove."""
    from letters.ledger.merkle import Checkpoint
    from letters.post import remembered_log
    from letters.press import manifest
    from letters.workshop.aside import aside

    folder: Path = context.obj
    printed = manifest.read(folder / "out")
    known = [Checkpoint(*printed.checkpoint)] if printed and printed.checkpoint else []
    imprint = _imprint(code) if code is not None else None
    if imprint and imprint.log:
        known.append(Checkpoint(*imprint.log))
    files = [*remembered_log.checkpoint_files(folder), *(shown or [])]
    notes = [_witness(path) for path in dict.fromkeys(files)]
    path = logbook.path_of(folder)
    size = path.stat().st_size if path.exists() else 0
    work = _examined, path, folder, known, notes, workspace.now(), imprint
    verdict = aside(path.name, size, *work, waiting=progress.waiting(context))
    if verdict is None:
        if logbook.marks_against(path) or any(
            one.size for one in (*known, *(seen.checkpoint for seen in notes))
        ):
            fail(Status.REFUSED, "the log is gone, and a checkpoint or a mark knows of its entries")
        workspace.expect_campaign(context)
        note("there is no log yet: nothing was recorded")
        return
    size, marks = verdict.checkpoint.size, logbook.marks_against(path)
    say(f"{counted(size, 'entry', 'entries')}, root {verdict.checkpoint.root}")
    stamps = checkpoints.stamps(files, root)
    for sentence in (*verdict.proved, *(stamps.proved if verdict.sound else ())):
        say(f"proved: {sentence}")
    for sentence in (*verdict.unproved, *stamps.unproved):
        say(f"not proved: {sentence}")
    findings = (*verdict.findings, *stamps.findings, *marks)
    for sentence in findings:
        note(f"letters: {sentence}")
    if findings:
        raise typer.Exit(Status.REFUSED)


app.command("checkpoint")(checkpoints.checkpoint)
app.command("receipt")(checkpoints.receipt)
app.command("correct")(log_correct.correct)
app.command("erase")(log_erase.erase)


def _examined(
    path: Path,
    folder: Path,
    known: list[Checkpoint],
    notes: list[SignedCheckpoint],
    now: dt.datetime,
    imprint: Imprint | None,
) -> Verification | None:
    """What the log proves, recomputed where it can do no harm; None where there is no log."""
    from letters.ledger import evidence
    from letters.ledger.store import Ledger
    from letters.ledger.verify import verify as examine

    ledger = Ledger.read(path)
    if ledger is None:
        return None
    with ledger:
        held = ledger.snapshot()
        kept = functools.partial(evidence.read, folder)
        found = examine(held, known, notes, kept, now, imprint=imprint)
    more = len(found.findings) - limits.MOST_MISTAKES
    if more <= 0:
        return found
    told = (*found.findings[: limits.MOST_MISTAKES], f"there are {more:,} more findings")
    return replace(found, findings=told)


def _shown(entry: Entry, by: int | None) -> str:
    """What shows it, or why it is a correction; and first of all that it does not count."""
    from letters.ledger.details import Correction
    from letters.ledger.sheet_count import SheetCorrection

    event = entry.event
    words = event.evidence.note or event.evidence.kind
    if isinstance(event.detail, Correction | SheetCorrection):
        words = event.detail.why
    return (f"corrected by {by}: " if by else "") + plain(words)


def _entries(context: typer.Context) -> tuple[Entry, ...]:
    ledger = logbook.read(context.obj)
    if ledger is None:
        workspace.expect_campaign(context)
        return ()
    with ledger:
        return ledger.entries()


def _imprint(written: str) -> Imprint:
    from letters import imprint

    try:
        return imprint.read(written)
    except ValueError as error:
        fail(Status.USAGE, f"--code: {error}", "it begins with LETTERS TEXT or LETTERS DRAFT")


def _witness(path: Path) -> SignedCheckpoint:
    from letters.ledger import witness

    try:
        return witness.read(reading.data_of(path, limits.CHECKPOINT))
    except OSError as error:
        fail(Status.USAGE, f"{path} can’t be read: {error.strerror}")
    except ValueError as error:
        fail(Status.REFUSED, f"{path} proves nothing: {error}")
