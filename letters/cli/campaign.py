"""``letters new``, ``letters check``, ``letters schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters import reading
from letters.cli import set_aside
from letters.cli.exit import Status, as_json, expect_folder, fail, note, pasted, report, say
from letters.problem import did_you_mean, has_errors, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letters.problem import Problem
    from letters.workshop.workshop import Workshop


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    template: Annotated[str, typer.Option(help="The template to start from.")] = "open-letter",
) -> None:
    """Start a campaign that can be edited, and rendered at once."""
    from letters.campaign import scaffold

    if template not in scaffold.templates():
        hint = did_you_mean(template, scaffold.templates())
        fail(Status.USAGE, f"there is no template “{template}” to start from", hint)
    try:
        files = scaffold.start(folder, template)
    except FileExistsError:
        hint = "choose another name; nothing was changed"
        fail(Status.REFUSED, f"{folder} exists and is not empty", hint)
    for file in files:
        say(str(folder / file))
    typed = pasted(folder)
    note(f"Next: edit {folder / 'letter.yaml'}, then run “letters -C {typed} render”")


def check(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Problems as JSON.")] = False,
    privacy: Annotated[
        bool,
        typer.Option("--privacy", help="Search “out” and what is enclosed for protected data too."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Every problem, where there are very many of a kind.")
    ] = False,
) -> None:
    """Find every problem at once: in the data, in the templates, and by the rules of the body."""
    from letters.cli import workspace

    shop = workspace.workshop(context)
    found = shop.problems()
    problems = list(found.problems)
    if privacy:
        folder = reading.real(workspace.expect_campaign(context)) / "out"
        problems += _privacy(shop, folder)
        if not has_errors(found.problems):
            problems += _outdated(shop, folder)
    if json:
        as_json([problem.as_json() for problem in in_order(problems)])
    else:
        report(problems, everything=everything)
        if not problems:
            note("no problems found")
    for reminder in found.reminders:
        note(f"letters can’t check: {reminder}")
    if has_errors(problems):
        raise typer.Exit(Status.PROBLEMS)


def _privacy(shop: Workshop, folder: Path) -> list[Problem]:
    """What the rendered files and the enclosures hold that they must not."""
    if not folder.is_dir():
        note("privacy: nothing was rendered yet, so only enclosures are searched")
    searched = shop.protected(folder)
    if searched is None:
        return []
    known, problems = searched
    note(f"privacy: searched {folder} for {known} protected strings")
    return problems


def _outdated(shop: Workshop, folder: Path) -> Iterator[Problem]:
    """The files that would be made otherwise now: what they hold may be what they must not."""
    from letters.cli import finished_letters
    from letters.problem import Place, Problem

    for path, changes in finished_letters.look(shop, folder).changed.items():
        message = f"is outdated: {'; '.join(changes)}"
        hint = "run “letters render” again, and delete what it doesn’t replace"
        yield Problem(Place(f"{folder.name}/{path}"), message, hint, severity="warning")


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            help="letter, signatories, recipients, form, language, places, body; all unless named."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the files there instead.")
    ] = None,
) -> None:
    """Print the JSON Schemas of the YAML files, for editors that complete and check."""
    from letters import files
    from letters.campaign import schemas
    from letters.check.bodyschema import body_schema

    others = {"language": schemas.language_schema(), "body": body_schema()}
    known = {**schemas.all_schemas(), **others}
    if name is not None and name not in known:
        fail(Status.USAGE, f"there is no schema “{name}”", did_you_mean(name, known))
    chosen = known if name is None else {name: known[name]}
    if out is None:
        as_json(chosen if name is None else chosen[name])
        return
    expect_folder(out)
    made = {out / f"{key}.json": schemas.encode(body) for key, body in chosen.items()}
    with set_aside.keeping() as keeper:
        keeper.expect_files(made)
        for path, data in made.items():
            files.replace(path, data, keeper=keeper)
    for path in made:
        say(str(path))
