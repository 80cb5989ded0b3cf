"""``letters sign sheets …``: petitions on paper; how many signed on each sheet, and never who."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from letters.cli import evidence_options, log_records, signed_text, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, expect_folder, fail, note, say
from letters.cli.sanitize import about
from letters.cli.set_aside import expect_apart
from letters.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.campaign.model import Campaign
    from letters.ledger.events import Entry, Event

app = typer.Typer(help="Sheets of paper that people sign by hand.", no_args_is_help=True)

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_MOST = 1_000_000
_FILE = re.compile(r"sheets-(\d{1,8})-(\d{1,8})\..+\.pdf")


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
    text = workspace.workshop(context).text()
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
    _remark_on_number(number, context.obj / "out", entry.number)


@app.command("print")
def print_sheets(
    context: typer.Context,
    count: Annotated[
        int, typer.Argument(metavar="COUNT", min=1, max=1000, help="How many sheets.")
    ],
    first: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=_MOST, help="The number of the first one."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="TAG", help="In this language of the letter.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
) -> None:
    """Print sheets to sign by hand, each with a number of its own and the code for it."""
    from letters import files

    campaign = workspace.open_campaign(context)
    tag = lang or campaign.letter.languages[0]
    if tag not in campaign.letter.languages:
        hint = f"it is written in: {', '.join(campaign.letter.languages)}"
        fail(Status.USAGE, f"the letter has no language “{tag}”", hint)
    shop = workspace.workshop(context)
    records = log_records.recorded(campaign, shop.text(), acting=True)
    folder = expect_apart(expect_folder(out or context.obj / "out"), context.obj)
    taken = _printed(folder) | _counted(records.entries)
    begin = first or max(taken, default=0) + 1
    numbers = range(begin, begin + count)
    if again := sorted(taken.intersection(numbers)):
        hint = f"go on with --first {max(taken) + 1}; or name another folder with --out"
        fail(Status.REFUSED, f"there is a sheet with the number {again[0]} already", hint)
    bare = _without_pictures(campaign)
    signed = replace(records.signed(draft=False), draft=False)
    made = shop.sheets(tag, signed, [str(one) for one in numbers], coded=not bare)
    if made is None:
        fail(Status.REFUSED, "the letter has no sheet to sign", "a template has it: “::: sheet”")
    path = folder / f"sheets-{numbers[0]}-{numbers[-1]}.{tag}.pdf"
    files.replace(path, made.data)
    say(str(path))
    note(
        f"{counted(count, 'sheet')}, {counted(made.pages, 'page')}: room for {made.rows_first} on "
        f"the first, for {made.rows} on each other one"
    )
    if bare:
        note(f"without a code: {bare} takes no pictures on a petition")


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


def _remark_on_number(sheet: str, folder: Path, entry: int) -> None:
    """Say where sheets were printed and this is none of them: 11 for 1 counts a sheet twice."""
    known = _printed(folder)
    if known and sheet.isdecimal() and int(sheet) not in known:
        note(
            f"warning: of the sheets in {folder.name} none has the number {sheet} (look at the "
            f"paper; if it was a slip, “letters log correct {entry}”, and count it anew)"
        )


def _printed(folder: Path) -> set[int]:
    """The numbers of the sheets that were printed into that folder."""
    found = (_FILE.fullmatch(path.name) for path in folder.glob("sheets-*.pdf"))
    return {n for one in found if one for n in range(int(one[1]), int(one[2]) + 1)}


def _counted(entries: Sequence[Entry]) -> set[int]:
    from letters.ledger.sheet_count import SheetCount

    sheets = [e.event.detail.sheet for e in entries if isinstance(e.event.detail, SheetCount)]
    return {int(sheet) for sheet in sheets if sheet.isdecimal()}


def _without_pictures(campaign: Campaign) -> str:
    """The body that takes no pictures, by its title; "" where the letter's takes them."""
    from letters.check import body as bodies

    chosen = campaign.letter.body or campaign.declared.body
    found = bodies.load(campaign.root, chosen)[0] if chosen else None
    takes_none = found and any(rule.rule == "no-pictures" for rule in found.rules)
    return found.title if found and takes_none else ""
