"""``letters status``: who signed what, what is stale, what went out, who answered, what is due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters import reading
from letters.cli import finished_letters, set_aside, statuslists, statusview, workspace
from letters.cli.exit import Status, as_json, fail, say
from letters.cli.looked import Looked
from letters.cli.narrowed import LIMIT, Limit, Search

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.finished_letters import Finished
    from letters.press.manifest import File


def status(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write it as a page with charts into a file."),
    ] = None,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="List only who is in this state.")
    ] = "",
    search: Search = "",
    limit: Limit = LIMIT,
) -> None:
    """Show where the campaign stands: signatures for the text as it is, letters, answers."""
    from letters.post.answers.progress import progress
    from letters.post.correspondence import Correspondence
    from letters.post.sent_letters import changed_since

    if html:
        _expect_room(html)
    statuslists.expect_state(state)
    chosen = statuslists.Narrowing(state, search, limit)
    before = Looked(workspace.expect_campaign(context), out)
    campaign = workspace.open_campaign(context)
    folder = out or campaign.root / "out"
    there = finished_letters.look(workspace.workshop(context), folder, before=before)
    records = there.records
    told = Correspondence.of(records.entries)
    known = progress(campaign, told, records.items, records.digest)
    letters = [
        one.state
        or ("sent earlier" if one.first_sent else "")
        or _rendered(one.recipient, campaign, there)
        for one in known
    ]
    outdated = {
        one.recipient: _outdated(one.recipient, campaign, there)
        for one, letter in zip(known, letters, strict=True)
        if letter == "outdated"
    }
    since = changed_since(campaign, told, records.items)
    found = statusview.Overview(campaign, records, known, letters, outdated, since)
    today = workspace.today()
    if html:
        _write_page(html, found, today)
    if json:
        as_json(statusview.as_json(found, chosen))
    elif html:
        say(str(html))
    else:
        statusview.show(found, chosen, today)


def _expect_room(file: Path) -> None:
    """Only where an earlier page of this command's own was is one written; else the command ends.

    Where somebody has changed that since, it is kept beside.
    """
    from letters.post.page.page import MARK

    if not (file.is_symlink() or file.exists()):
        return
    if file.is_file() and MARK in reading.head_of(file, 1024):
        return
    hint = "name another file, or remove it"
    fail(Status.REFUSED, f"{file} is there already and is not a page of “letters status”", hint)


def _write_page(file: Path, found: statusview.Overview, today: dt.date) -> None:
    from letters.kept import is_sealed
    from letters.post.page import page

    records = found.records
    data = page.write(
        found.campaign,
        records.entries,
        records.people,
        found.known,
        digest=records.digest,
        today=today,
        editions=records.words,
        paper=records.paper,
    )
    set_aside.write(file, data, found.campaign.root, is_sealed)


def _rendered(recipient: str, campaign: Campaign, there: Finished) -> str:
    """pending, outdated (it would be made otherwise now), draft, or rendered.

    What counts is in the languages that the recipient gets.
    """
    from letters.campaign.recipient_languages import languages_for
    from letters.press import manifest

    own, tags = _own_files(recipient, campaign, there), campaign.letter.languages
    person = next(each for each in campaign.recipients if each.id == recipient)
    made_in = {tag for file in own for tag in manifest.languages_of(file.language, tags)}
    if not made_in >= {*languages_for(person, tags)}:
        return "pending"
    if _outdated(recipient, campaign, there):
        return "outdated"
    return "draft" if any(f.draft for f in own) else "rendered"


def _own_files(recipient: str, campaign: Campaign, there: Finished) -> list[File]:
    """The recipient's files in the languages that they get."""
    from letters.press import annex_files, own_files

    made = there.made.files if there.made else ()
    own = annex_files.letters_only(made)
    files = [f for f in own if f.recipient == recipient and f.audience == "recipient"]
    return own_files.own(files, campaign, every=False)[0]


def _outdated(recipient: str, campaign: Campaign, there: Finished) -> dict[str, tuple[str, ...]]:
    """Those of them that are outdated, with what has changed for each."""
    changed = there.changed_for(recipient)
    from letters.campaign.bindings import Bindings
    from letters.press import annex_files

    own, made = _own_files(recipient, campaign, there), there.made.files if there.made else ()
    own += annex_files.of_letters(made, own, Bindings.of(campaign))
    return {file.path: changed[file.path] for file in own if file.path in changed}
