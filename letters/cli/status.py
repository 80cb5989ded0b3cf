"""``letters status``: who signed what, what is stale, what went out, who answered, what is due."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk, statusview
from letters.cli.exit import Status, as_json, fail, say

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.manifest import Manifest


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
) -> None:
    """Show where the campaign stands: signatures for the text as it is, letters, answers."""
    from letters.post.answers.progress import progress
    from letters.press import manifest

    if html:
        _expect_room(html)
    campaign = desk.open_campaign(context)
    records = desk.records(campaign, desk.text_of(campaign))
    files = manifest.read(out or campaign.root / "out")
    known = progress(campaign, records.entries, records.items, records.digest)
    current = records.sizes_as_now(files)
    letters = [
        one.state
        or ("sent earlier" if one.first_sent else "")
        or _rendered(one.recipient, campaign, files, records.digest, current)
        for one in known
    ]
    found, today = statusview.Overview(campaign, records, known, letters), desk.today()
    if html:
        _write_page(html, found, today)
    if json:
        as_json(statusview.as_json(found))
    elif html:
        say(str(html))
    else:
        statusview.show(found, today)


def _expect_room(file: Path) -> None:
    """Only an earlier page of this command's own is written over; else the command ends."""
    from letters.post.page.page import MARK

    if not (file.is_symlink() or file.exists()):
        return
    if file.is_file():
        with file.open("rb") as stream:
            if MARK in stream.read(1024):
                return
    hint = "name another file, or remove it"
    fail(Status.REFUSED, f"{file} is there already and is not a page of “letters status”", hint)


def _write_page(file: Path, found: statusview.Overview, today: dt.date) -> None:
    from letters import files
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
    )
    files.replace(file, data)


def _rendered(
    recipient: str, campaign: Campaign, files: Manifest | None, digest: str, current: set[int]
) -> str:
    """pending, outdated (an earlier text, or other signatures), draft, or rendered."""
    from letters.press import manifest

    made = files.files if files else ()
    own = [f for f in made if f.recipient == recipient and f.audience == "recipient"]
    tags = campaign.letter.languages
    made_in = {tag for file in own for tag in manifest.languages_of(file.language, tags)}
    if made_in != set(tags):
        return "pending"
    if any(f.text_digest != digest or f.log_size not in current for f in own):
        return "outdated"
    return "draft" if any(f.draft for f in own) else "rendered"
