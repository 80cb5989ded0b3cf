"""``letters people …``: the people of a campaign, in its files and in the log at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import people_edits, people_view, renaming, workspace
from letters.cli.exit import Status, fail, note, report, say, stop_on
from letters.problem import has_errors

if TYPE_CHECKING:
    from letters.campaign.roll import Listed
    from letters.ledger.store import Ledger

app = typer.Typer(help="The people of a campaign, in its files and in the log at once.",
                  no_args_is_help=True)  # fmt: skip
app.command("list")(people_view.list_people)
app.command("show")(people_view.show)
app.command("add")(people_edits.add)
app.command("set")(people_edits.change)
app.command("remove")(people_edits.remove)


@app.command()
def rename(
    context: typer.Context,
    old: Annotated[str | None, typer.Argument(metavar="OLD", help="The id as it is.")] = None,
    new: Annotated[
        str | None,
        typer.Argument(metavar="NEW", help="The new one; proposed where it is left out."),
    ] = None,
    speaking: Annotated[
        bool,
        typer.Option("--speaking", help="All ids that give away a name that is not to be printed."),
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Take what is proposed, and don't ask.")
    ] = False,
    recipient: Annotated[
        bool, typer.Option("--recipient", help="The recipient, where a signatory has the id too.")
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who records this.")] = "",
) -> None:
    """Give somebody another id: in the files, and in the log, where all that is theirs follows."""
    root = workspace.expect_people(context)
    if speaking == (old is not None):
        fail(
            Status.USAGE,
            "say whose id it is",
            "the id, or --speaking for all that give away a name",
        )
    chosen = [_found(root, old, new, recipient=recipient)] if old else _speaking(root)
    if old and new:
        renaming.carry_out(root, chosen[0].role, old, new, by)
        return
    proposed = _proposed(root, chosen)
    if _agreed(proposed, write=write):
        for listed, identifier in proposed:
            renaming.carry_out(root, listed.role, listed.id, identifier, by)


def _speaking(root: Path) -> list[Listed]:
    from letters.campaign.roll import everybody

    found, problems = everybody(root)
    speaking = [listed for listed in found if listed.speaks(listed.id)]
    if not speaking:
        stop_on(problems)
        note("no id gives away a name that is not to be printed")
    elif has_errors(problems):
        report(problems)
        note("what can’t be read was left out")
    return speaking


def _found(root: Path, old: str, new: str | None, *, recipient: bool) -> Listed:
    """Whoever is meant; ends the command where that is nobody, or not clear."""
    from letters.campaign.roll import everybody

    found, problems = everybody(root)
    if recipient:
        found = [one for one in found if one.role == "recipient"]
    wanted = [one for one in found if one.id == old]
    if not wanted and new is not None:
        # The id was changed by hand in the file, and the log has yet to hear of it.
        wanted = [one for one in found if one.id == new and renaming.was(root, one, old)]
    if not wanted:
        stop_on(problems)
        people_view.nobody(found, old)
    same = [one for one in wanted if one.role == wanted[0].role]
    if len(same) > 1:
        places = ", ".join(str(one.place) for one in same)
        fail(Status.REFUSED, f"this id stands at {places}", "tell them apart by hand first")
    return same[0]


def _proposed(root: Path, chosen: list[Listed]) -> list[tuple[Listed, str]]:
    """A free id for each that says nothing, and that the log doesn't know either."""
    from letters.campaign.neutral import neutral
    from letters.campaign.roll import everybody

    found, _ = everybody(root)
    proposed: list[tuple[Listed, str]] = []
    with renaming.reading(root) as ledger:
        for listed in chosen:
            taken = [one.id for one in found if one.role == listed.role]
            taken += [identifier for _, identifier in proposed]
            free = neutral(listed.role, taken)
            proposed.append(
                (
                    listed,
                    _known(ledger, listed)
                    or next(
                        each for each in free if not renaming.is_known(ledger, listed.role, each)
                    ),
                )
            )
    return proposed


def _known(ledger: Ledger | None, listed: Listed) -> str:
    """The id that the log has for somebody whose file was brought back from before."""
    now = renaming.id_now(ledger, listed.role, listed.id)
    return "" if now == listed.id else now


def _agreed(chosen: list[tuple[Listed, str]], *, write: bool) -> bool:
    """Show what is proposed; whether it is to be done."""
    if not chosen:
        return False
    for listed, identifier in chosen:
        say(f"{listed.place}: {listed.role}, to be {identifier}")
    if write:
        return True
    if sys.stdin.isatty() and typer.confirm("Do it, in the files and in the log?", err=True):
        return True
    return fail(Status.REFUSED, "nothing was changed", "to do it, add --write")
