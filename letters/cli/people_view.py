"""``letters people list|show``: who stands in the files, as far as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from msgspec.structs import replace

from letters.cli import people_log, workspace
from letters.cli.exit import Status, as_json, fail, note, report, say, table
from letters.cli.narrowed import LIMIT, Limit, Search, finds, first, left_out
from letters.problem import Place, did_you_mean

if TYPE_CHECKING:
    from letters.campaign.roll import Listed

Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def list_people(
    context: typer.Context,
    recipients: Annotated[
        bool, typer.Option("--recipients", help="The recipients instead of the signatories.")
    ] = False,
    search: Search = "",
    limit: Limit = LIMIT,
    json: Json = False,
) -> None:
    """List the signatories as they stand in the files; names that are protected are replaced."""
    from letters.campaign.roll import first_language

    root = workspace.expect_people(context)
    tag = first_language(root)
    role = "recipient" if recipients else "signatory"
    everybody = [one for one in _everybody(root) if one.role == role]
    chosen = [
        one for one in everybody if not search or finds(search, (one.said_id or "", one.shown(tag)))
    ]
    if json:
        as_json([_row(one, tag) for one in chosen])
        return
    head = (role.upper(), "VISIBILITY", "PLACE", "NAME")
    listed = first(chosen, limit)
    rows = [
        (one.said_id or "…", one.said_visibility, str(_place(one)), one.shown(tag))
        for one in listed
    ]
    # Recipients have no visibility, and need no column for it.
    say(table([row if role == "signatory" else (row[0], *row[2:]) for row in [head, *rows]]))
    left_out(len(chosen), limit, "people list")
    if search:
        note(f"{len(chosen)} of {len(everybody)} are found by that word")


def show(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Whose record it is.")],
    recipient: Annotated[bool, typer.Option("--recipient", help="A recipient.")] = False,
    json: Json = False,
) -> None:
    """Show what is written of somebody, without what is protected, and what the log has of them."""
    from letters.campaign.people_edit import People
    from letters.campaign.roll import first_language
    from letters.campaign.shown_lines import masked, visible

    root = workspace.expect_people(context)
    found = [one for one in _everybody(root) if not recipient or one.role == "recipient"]
    one = next((one for one in found if one.id == identifier), None) or nobody(found, identifier)
    known = people_log.known(root, one.role, identifier)
    if json:
        as_json({**_row(one, first_language(root)), "log": dict(known.kinds)})
        return
    written = masked(People(root, one.role).lines(identifier), visible(one.role, one.record))
    for line in (f"{_place(one)}: {one.role}", *written.splitlines()):
        say(line)
    note(str(known))


def nobody(found: Iterable[Listed], identifier: str) -> NoReturn:
    """End the command: nobody has this id, or one that may be named is meant."""
    quiet = [one.id for one in found if not one.speaks(one.id)]
    fail(Status.USAGE, "nobody in the campaign has this id", did_you_mean(identifier, quiet))


def _everybody(root: Path) -> list[Listed]:
    from letters.campaign.roll import everybody

    found, problems = everybody(root)
    report(problem for problem in problems if not found or problem.severity == "error")
    return found


def _place(one: Listed) -> Place:
    """Where the record begins; the folder of a file whose name gives a protected one away."""
    place = one.at.place()
    return place if one.said_path else replace(place, path=f"{Path(place.path).parent}/…")


def _row(one: Listed, tag: str) -> dict[str, Any]:
    return {
        "id": one.said_id, "role": one.role, "name": one.shown(tag),
        "visibility": one.said_visibility, "path": one.said_path,
        "line": one.at.place().line,
    }  # fmt: skip
