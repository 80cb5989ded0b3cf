"""``letters new``, ``letters check``, ``letters schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli.exit import Status, as_json, fail, note, report, say
from letters.problem import CampaignError, did_you_mean, has_errors, in_order

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.problem import Problem


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
    note(f"Next: edit {folder / 'letter.yaml'}, then run “letters -C {folder} render”")


def check(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="Problems as JSON.")] = False,
    privacy: Annotated[
        bool, typer.Option("--privacy", help="Search the files in “out” for protected data too.")
    ] = False,
) -> None:
    """Find every problem at once, in the data and in the templates."""
    from letters.campaign.load import load
    from letters.cli import desk
    from letters.press.themes import load_theme

    campaign, problems = load(desk.expect_campaign(context).resolve())
    if campaign is not None:
        for look in (desk.text_of, load_theme, _look_at_pictures):
            try:
                look(campaign)
            except CampaignError as error:
                problems += error.problems
        if privacy:
            problems += _privacy(campaign)
    if json:
        as_json([problem.as_json() for problem in in_order(problems)])
    else:
        report(problems)
        if not problems:
            note("no problems found")
    if has_errors(problems):
        raise typer.Exit(Status.PROBLEMS)


def _look_at_pictures(campaign: Campaign) -> None:
    """Open every picture, so that a broken one isn't found when the letters are due."""
    from letters.press.pictures import clean

    paths = [campaign.letter.sender.logo, *(s.signature_image for s in campaign.signatories)]
    problems: list[Problem] = []
    for path in filter(None, paths):
        try:
            clean(campaign, path, "")
        except CampaignError as error:
            problems += error.problems
    if problems:
        raise CampaignError(problems)


def _privacy(campaign: Campaign) -> list[Problem]:
    """What the rendered files hold that they must not."""
    from letters.check.privacy import search_folder
    from letters.check.protected import secrets

    folder = campaign.root / "out"
    if not folder.is_dir():
        note("privacy: nothing was rendered yet, so no file was searched")
        return []
    known = secrets(campaign)
    note(f"privacy: searching {folder} for {len(known)} protected strings")
    return search_folder(folder, known, campaign.root)


def schema(
    name: Annotated[
        str | None, typer.Argument(help="letter, signatories or recipients; all unless named.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the files there instead.")
    ] = None,
) -> None:
    """Print the JSON Schemas of the YAML files, for editors that complete and check."""
    from letters import files
    from letters.campaign import schemas

    known = schemas.all_schemas()
    if name is not None and name not in known:
        fail(Status.USAGE, f"there is no schema “{name}”", did_you_mean(name, known))
    chosen = known if name is None else {name: known[name]}
    if out is None:
        as_json(chosen if name is None else chosen[name])
        return
    for key, body in chosen.items():
        files.replace(out / f"{key}.json", schemas.encode(body))
        say(str(out / f"{key}.json"))
