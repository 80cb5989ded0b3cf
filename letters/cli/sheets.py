"""``letters sign sheets …``: petitions on paper; how many signed on each sheet, and never who."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import evidence_options, signed_text, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.ledger.events import Entry, Event

app = typer.Typer(help="Sheets of paper that people sign by hand.", no_args_is_help=True)

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_MOST = 1_000_000


@app.command("record")
@evidence_options.told()
def record(
    context: typer.Context,
    sheet: Annotated[str, typer.Argument(metavar="SHEET", help="The number of the sheet.")],
    valid: Annotated[
        int, typer.Option(metavar="N", min=0, max=_MOST, help="How many signatures are valid.")
    ],
    invalid: Annotated[
        int, typer.Option(metavar="N", min=0, max=_MOST, help="How many are not valid.")
    ],
    lang: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="The sheet is in this language only; may be repeated."),
    ] = None,
    *,
    told: Told,
) -> None:
    """Record how many people signed on a sheet; needs its scan or a note, and who counted."""
    from letters.ledger import evidence
    from letters.ledger.sheet_count import SheetCount

    number = number_of(sheet)
    told.must_show("a sheet")
    if not told.by.strip():
        fail(Status.USAGE, "somebody answers for the count", "--by NAME")
    campaign = workspace.open_campaign(context)
    text = workspace.text_of(campaign)
    if lang:
        text = signed_text.only(text, campaign, lang)
    event = told.event("sheet-counted", "", text.digest, SheetCount(number, valid, invalid))
    told.must_be_near(campaign.letter.date)
    with workspace.open_ledger(campaign) as ledger:
        before = ledger.entries()
        with evidence.kept(ledger, campaign.root, told.data):
            entry = ledger.append(event, at=workspace.now(), text=text.canonical)
    say(f"{entry.number}  {event.kind}  {about(event)}  text {text.digest[:16]}")
    _remark_on_scan(event, before)


def number_of(written: str) -> str:
    """The number of a sheet, in the one form in which it is compared; another ends the command."""
    if not _NUMBER.fullmatch(written):
        hint = "it is printed on the sheet: digits, or letters, digits, hyphens and dots"
        fail(Status.USAGE, "this can’t be the number of a sheet", hint)
    return written.lstrip("0") or "0" if written.isdigit() else written


def _remark_on_scan(event: Event, before: Sequence[Entry]) -> None:
    """Say whether the same file was the scan of another sheet: a slip, where each has its own."""
    from letters.ledger.corrections import standing
    from letters.ledger.sheet_count import SheetCount

    same = [
        one.event.detail.sheet
        for one in standing(before)
        if isinstance(one.event.detail, SheetCount)
        and event.evidence.kind in {"kept", "file"}
        and one.event.evidence.digest == event.evidence.digest
    ]
    if same:
        note(f"warning: the same file was given for sheet {', '.join(same)}: is it of both?")
