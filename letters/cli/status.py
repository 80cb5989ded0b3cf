"""``letters status``: who signed what, what is stale, what went out, who answered, what is due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk, statusview
from letters.cli.exit import as_json

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.manifest import Manifest


def status(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
) -> None:
    """Show where the campaign stands: signatures for the text as it is, letters, answers."""
    from letters.post.answers.progress import progress
    from letters.press import manifest

    campaign = desk.open_campaign(context)
    records = desk.records(campaign, desk.text_of(campaign).digest)
    files = manifest.read(out or campaign.root / "out")
    known = progress(campaign, records.entries, records.items, records.digest)
    current = records.sizes_as_now(files)
    letters = [
        one.state or _rendered(one.recipient, campaign, files, records.digest, current)
        for one in known
    ]
    found = statusview.Overview(campaign, records, known, letters)
    if json:
        as_json(statusview.as_json(found))
    else:
        statusview.show(found, desk.now().date())


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
