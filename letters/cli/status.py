"""``letters status``: who signed what, what is stale, what was rendered."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from letters.cli import desk
from letters.cli.exit import as_json, note, say, table

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.people import Signatory
    from letters.cli.desk import Records
    from letters.press.manifest import Manifest


def status(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
) -> None:
    """Show where the campaign stands: signatures for the text as it is, and files."""
    from letters.campaign.tally import tally
    from letters.draft.language import language
    from letters.draft.signatures import signed_by
    from letters.press import manifest

    campaign = desk.open_campaign(context)
    text = desk.text_of(campaign)
    records = desk.records(campaign, text.digest)
    files = manifest.read(out or campaign.root / "out")
    current = _current(files, records)
    under_way = _under_way(campaign, records)
    tag = campaign.letter.languages[0]
    people = [
        {
            "id": person.id,
            "name": _shown(signatory, tag),
            "state": person.state,
            "digest": person.digest or None,
        }
        for person, signatory in zip(records.people, campaign.signatories, strict=True)
    ]
    recipients = [
        {
            "id": recipient.id,
            "name": recipient.name.shown(tag),
            "state": under_way.get(recipient.id)
            or _rendered(recipient.id, campaign, files, text.digest, current),
        }
        for recipient in campaign.recipients
    ]
    counted = tally(campaign.signatories, records.states)
    if json:
        as_of = records.as_of.isoformat() if records.as_of else None
        as_json(
            {
                "text_digest": text.digest,
                "signatures": {**asdict(counted), "total": counted.total, "as_of": as_of},
                "signatories": people,
                "recipients": recipients,
            }
        )
        return
    say(f"{campaign.letter.title.get(tag)}\ntext digest {text.digest}\n")
    say(table([("SIGNATORY", "STATE", "NAME"), *_rows(people)]))
    say("")
    say(table([("RECIPIENT", "LETTER", "NAME"), *_rows(recipients)]))
    say("")
    counts: dict[str, int] = {}
    for person in records.people:
        counts[person.state] = counts.get(person.state, 0) + 1
    say(", ".join(f"{number} {state}" for state, number in counts.items()))
    if counted.total and records.as_of:
        line = signed_by(counted, records.as_of, language(tag))
        say(line + (f" Withheld names among them: {counted.withheld}." if counted.withheld else ""))
    stale = records.of("stale")
    if stale:
        note(
            f"warning: {len(stale)} signed an earlier text: {', '.join(stale)} "
            "(show them the text as it is, then “letters sign reaffirm ID …”)"
        )


def _shown(signatory: Signatory, tag: str) -> str:
    """The name as it may be seen; a protected one is replaced."""
    if signatory.visibility == "withheld":
        return "(name withheld)"
    if signatory.visibility == "role-only":
        described = signatory.description.get(tag) if signatory.description else None
        return f"({described or 'name withheld'})"
    return signatory.name.shown(tag)


def _current(files: Manifest | None, records: Records) -> set[int]:
    """The sizes of the log at which the same people had signed this text as now."""
    sizes = {file.log_size for file in files.files} if files else set()
    return {size for size in sizes if records.signed_when(size) == records.of("signed")}


def _under_way(campaign: Campaign, records: Records) -> dict[str, str]:
    """How far the letters with this text have come that were e-mailed, by recipient.

    Sent is what a server has accepted, or what somebody recorded: nobody here knows more.
    """
    from letters.ledger.details import Mailing
    from letters.ledger.store import Ledger

    ledger = Ledger.read(desk.log_path(campaign))
    if ledger is None:
        return {}
    with ledger:
        items = ledger.outgoing()
    found = {
        item.recipient: item.state.replace("_", " ")
        for item in items
        if item.text_digest == records.digest and item.state not in ("queued", "cancelled")
    }
    for entry in records.entries:
        event = entry.event
        if event.kind == "sent" and event.text_digest == records.digest:
            assert isinstance(event.detail, Mailing)  # noqa: S101 - as `Event` sees to
            found.setdefault(event.detail.recipient, "sent")
    return found


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


def _rows(entries: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(entry["id"], entry["state"], entry["name"]) for entry in entries]
