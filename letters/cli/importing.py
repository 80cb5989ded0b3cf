"""``letters import``: a list that others made becomes signatories or recipients of the campaign.

Nothing is written before it was shown: the run without --write is the plan of the one with it.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters import limits, reading
from letters.cli import progress, workspace
from letters.cli.exit import Status, fail, note, report, say, table
from letters.counting import counted

if TYPE_CHECKING:
    from letters.intake.order import Order
    from letters.intake.task import Prepared
    from letters.intake.writing import Written
    from letters.ledger.store import Ledger


class Whom(StrEnum):
    """Whom a list is of."""

    SIGNATORIES = "signatories"
    RECIPIENTS = "recipients"


def import_people(
    context: typer.Context,
    whom: Annotated[
        Whom, typer.Argument(metavar="WHOM", help="Whom it lists: signatories or recipients.")
    ],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CSV, XLSX, ODS, JSON, YAML, XML, vCard, or a folder of files."
        ),
    ],
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="C=F", help="Column C is field F; may be repeated."),
    ] = None,
    recipe: Annotated[
        str, typer.Option("--recipe", metavar="NAME", help="Read it as this recipe says.")
    ] = "",
    sheet: Annotated[
        str, typer.Option("--sheet", metavar="NAME", help="The sheet of the spreadsheet.")
    ] = "",
    settled: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="K=V", help="Settle how it is read; may be repeated."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show every change and every remark.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Do what is shown.")] = False,
    sign: Annotated[
        bool,
        typer.Option("--sign", help="Record that they signed, each by their own row as evidence."),
    ] = False,
) -> None:
    """Show what a list would bring in, or change; with --write, do it."""
    from letters.intake.order import Order

    root = reading.real(workspace.expect_campaign(context))
    if sign and whom is Whom.RECIPIENTS:
        fail(Status.USAGE, "recipients don’t sign", "leave --sign out")
    order = Order(
        root, whom.value, reading.real(file), tuple(mapped or ()), recipe, sheet,
        tuple(settled or ()), every=every, sign=sign,
    )  # fmt: skip
    found = _prepared(order)
    _show(found)
    if write:
        _write(root, found.written)
    elif found.written.files:
        note("nothing was written: to do it, say this again with --write")
    if sign:
        from letters.cli import import_sign

        import_sign.record(context, found.signed, found.source, write=write)
    if found.counts["refused"]:
        raise typer.Exit(Status.PROBLEMS)


def _prepared(order: Order) -> Prepared:
    """What the import would do, with ids that are nobody’s in the log."""
    from msgspec.structs import replace

    from letters.cli import renaming

    with renaming.reading(order.root) as ledger:
        if ledger is None:
            return _with_sheet(order)
        history = ledger.history()
        found = _with_sheet(replace(order, taken=_taken(order, ledger)))
        # Of who was forgotten the log has no id, but it knows one when it is asked.
        while clash := {one for one in found.given if history.is_erased(one)}:
            order = replace(order, taken=_taken(order, ledger) | clash | order.taken)
            found = _with_sheet(order)
        return found


def _with_sheet(order: Order) -> Prepared:
    """A sheet that isn’t named is asked for where somebody can answer."""
    from msgspec.structs import replace

    from letters.intake.sheets import SeveralSheetsError
    from letters.workshop.lists import prepared

    try:
        return prepared(order, progress.ShownWait(quiet=False))
    except SeveralSheetsError as several:
        if not sys.stdin.isatty():
            raise
        for number, name in enumerate(several.sheets, 1):
            note(f"{number}  {name}")
        chosen = typer.prompt("Which sheet is it?", type=int, err=True)
        if not 1 <= chosen <= len(several.sheets):
            raise
        order = replace(order, sheet=several.sheets[chosen - 1])
        return prepared(order, progress.ShownWait(quiet=False))


def _taken(order: Order, ledger: Ledger) -> frozenset[str]:
    """Ids that the log knows: what is recorded under them is somebody’s, there or not."""
    from letters.ledger.events import RECIPIENT_TRACK

    tracks = {*ledger.ids(), *(entry.event.track for entry in ledger.entries())}
    waiting = {item.recipient for item in ledger.outgoing()}
    if order.kind == "signatories":
        return frozenset(track for track in tracks if track and "/" not in track)
    ours = (track for track in tracks if track.startswith(RECIPIENT_TRACK))
    return frozenset({*(track.removeprefix(RECIPIENT_TRACK) for track in ours), *waiting})


def _show(found: Prepared) -> None:
    head = ("column", "becomes", "such as")
    say(table([head, *((each.column, each.becomes, each.examples) for each in found.columns)]))
    if found.answers:
        say("may the name be published: " + "; ".join(f"{a} → {v}" for a, v in found.answers))
    say("")
    for line in found.changes:
        say(line)
    for remark in found.remarks:
        note(f"{found.source}: {remark}")
    from letters.problem import Problem

    for problem in found.problems:
        if isinstance(problem, str):
            note(problem)
    report(problem for problem in found.problems if isinstance(problem, Problem))
    if found.gone:
        shown = ", ".join(found.gone[:5]) + (" …" if len(found.gone) > 5 else "")
        note(
            f"{counted(len(found.gone), 'person', 'people')} who came from this list "
            f"{'is' if len(found.gone) == 1 else 'are'} not in it any more, and stay: {shown}"
        )
    rows = sum(found.counts.values())
    told = ", ".join(f"{count:,} {state}" for state, count in found.counts.items())
    say(f"{rows:,} {'row' if rows == 1 else 'rows'}: {told}")


def _write(root: Path, written: Written) -> None:
    """The files, each whole or not at all; none where one is not as it was read any more."""
    from letters import files
    from letters.digests import of_file
    from letters.ledger.keys import private_folder

    if not written.files:
        note("nothing to write: all is as the list says")
        return
    for file in written.files:
        now = of_file(reading.data_of(file.path, limits.LIST)) if file.path.is_file() else None
        if file.path.is_symlink() or now != file.before:
            shown = file.path.relative_to(root)
            fail(Status.REFUSED, f"{shown} was changed meanwhile, or is a link", "say it again")
    if any(file.private for file in written.files):
        private_folder(root / ".letters")
    for file in written.files:
        mode = file.path.stat().st_mode & 0o777 if file.path.is_file() else 0o644
        files.replace(file.path, file.data, mode=0o600 if file.private else mode)
        if not file.private:
            say(f"{file.path.relative_to(root)}: written")
    if written.starter:
        note("the invented people of the starter were left out: nobody had changed them")
