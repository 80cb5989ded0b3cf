"""``letters sign approve-edit``: somebody answers by name for a change of the text.

The change is shown by word before it is judged. Editorial keeps the signatures to the earlier text,
and says who has to be told; substantive makes them stale until they are reaffirmed. Each language
is compared with what was last signed in it; a new one is answered for as a translation.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import (
    approve_translation,
    editorial_guard,
    log_records,
    set_aside,
    text_changes,
    workspace,
)
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import plain
from letters.digests import TextDigest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.campaign.model import Campaign
    from letters.check.editorial_weight import Weight
    from letters.cli.log_records import LogRecords
    from letters.draft.mailing import MailingText
    from letters.ledger.details import ChangeClass
    from letters.ledger.events import Entry, Event
    from letters.ledger.store import Ledger

_SHORTEST = 8  # digits of a digest that may stand for it


def approve_edit(
    context: typer.Context,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers for this.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What was changed, and why.")],
    editorial: Annotated[
        bool, typer.Option("--editorial", help="The meaning is the same: signatures stay.")
    ] = False,
    substantive: Annotated[
        bool, typer.Option("--substantive", help="It says something else: signatures go stale.")
    ] = False,
    lang: Annotated[
        str,
        typer.Option(
            "--translation", metavar="LANG", help="This translation says what the letter says."
        ),
    ] = "",
    since: Annotated[
        str,
        typer.Option("--from", metavar="DIGEST", help="The earlier text, if not the last signed."),
    ] = "",
    certain: Annotated[
        bool,
        typer.Option(
            editorial_guard.OPTION, help="It is, though it touches a number, a name, a “not” …"
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, record nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask on a terminal.")] = False,
    tell: Annotated[
        Path | None, typer.Option("--tell", metavar="FILE", help="Write the note to signers here.")
    ] = None,
) -> None:
    """Judge what changed between the text that was signed and the text as it is."""
    if editorial + substantive + bool(lang) != 1:
        fail(Status.USAGE, "say which it is", "--editorial, --substantive or --translation LANG")
    if certain and not editorial:
        fail(Status.USAGE, f"{editorial_guard.OPTION} goes with --editorial")
    if not by.strip() or not why.strip():
        fail(Status.USAGE, "--by and --why can’t be empty")
    if lang and since:
        fail(Status.USAGE, "--from names an earlier text, and a translation is of this one")
    kind: ChangeClass = "editorial" if editorial else "substantive"
    if tell:
        set_aside.expect_file(tell, context.obj)
    campaign, shop = workspace.open_campaign(context), workspace.workshop(context)
    text = shop.text()
    records = log_records.recorded(campaign, text, acting=True)
    with workspace.open_ledger(campaign) as ledger:
        weights: list[Weight] = []
        if lang:
            events = [approve_translation.event(shop, text, lang, by, why)]
        else:
            befores = _before(records, since)
            weights = [_weight(campaign, ledger, text, before) for before in befores]
            confirmed = [editorial_guard.stored(weight) if certain else "" for weight in weights]
            events = [
                _change(campaign, ledger, text, before, kind, by, why, touched)
                for before, touched in zip(befores, confirmed, strict=True)
            ]
        kept, stale = _effect(records, events, ledger)
        for event in events:
            say(approve_translation.shown(text, lang) if lang else _shown(event))
        if kind == "editorial" or lang:
            say(f"signatures that {'count for it' if lang else 'stay'}, to be told: "
                f"{', '.join(kept) or 'none'}")  # fmt: skip
        if weights and not any(weight.words for weight in weights):
            say("only typography differs: no word does\n")
        if stale:
            say(f"stale, until “letters sign reaffirm ID …”: {', '.join(stale)}")
        if editorial:
            editorial_guard.expect_confirmed(weights, confirmed=certain)
        if dry_run:
            note("dry run: nothing was recorded")
            return
        question = "Do both say the same?" if lang else f"Record it as {kind}?"
        if not yes and sys.stdin.isatty() and not typer.confirm(question, err=True):
            fail(Status.REFUSED, "nothing was recorded")
        written = approve_translation.pair(campaign, text, lang) if lang else text
        entries = [ledger.append(one, at=workspace.now(), text=written.canonical) for one in events]
    for entry in entries:
        about = f"translation {lang}" if lang else kind
        say(f"{entry.number}  edit-approved  {about}  text {written.digest[:16]}")
    if kept and not substantive:
        message = (
            approve_translation.message(text, lang, by, why)
            if lang
            else _message(text, events, by, why, editorial_guard.told(weights, by))
        )
        if tell is None:
            say(f"\nA note to send to them:\n\n{plain(message, lines=True)}")
        else:
            set_aside.write(tell, message.encode(), campaign.root)
            note(f"the note to send to them is in {tell}")


def _weight(campaign: Campaign, ledger: Ledger, text: MailingText, before: TextDigest) -> Weight:
    """What the change since a text touches."""
    return editorial_guard.weight_of(campaign, *text_changes.both(ledger, text, before))


def _change(
    campaign: Campaign,
    ledger: Ledger,
    text: MailingText,
    before: TextDigest,
    kind: ChangeClass,
    by: str,
    why: str,
    confirmed: str,
) -> Event:
    """The judgement on what changed since a text; ``confirmed`` is what somebody said of it."""
    from letters.ledger.details import Change
    from letters.ledger.events import Event

    diff = text_changes.word_diff(campaign, *text_changes.both(ledger, text, before))
    detail = Change(kind, before, why, diff, confirmed)
    return Event("edit-approved", text_digest=text.digest, recorded_by=by, detail=detail)


def _shown(event: Event) -> str:
    from letters.ledger.details import Change

    assert isinstance(event.detail, Change)  # noqa: S101 - as `_change` makes it
    return (
        f"from {event.detail.before}\nto   {event.text_digest}\n\n"
        f"{plain(event.detail.diff, lines=True)}"
    )


def _before(records: LogRecords, wanted: str) -> list[TextDigest]:
    """The texts to compare with: the one named, or of each language the last that was in force."""
    changed = text_changes.changed(records)
    if wanted:
        found = [digest for digest in changed if digest.startswith(wanted.lower())]
        if len(wanted) < _SHORTEST or len(found) != 1:
            known = ", ".join(digest[:16] for digest in changed)
            fail(Status.USAGE, "--from names no earlier text that was signed", known)
        return found
    if not text_changes.in_force(records):
        fail(Status.REFUSED, "nobody has signed yet: there is no change to approve")
    if not changed:
        fail(Status.REFUSED, "the text is the one that was signed: there is nothing to approve")
    chosen = text_changes.latest(changed)
    if others := [digest[:16] for digest in changed if digest not in chosen]:
        names = ", ".join(others)
        note(f"compared with the last text in force; name another with --from: {names}")
    return chosen


def _effect(
    records: LogRecords, events: Sequence[Event], ledger: Ledger
) -> tuple[list[str], list[str]]:
    """Whose signature counts for more once ``events`` are recorded, and whose for nothing."""
    from letters.ledger.editions import KnownEditions
    from letters.ledger.events import Entry
    from letters.ledger.status import statuses

    size, at = ledger.checkpoint().size, workspace.now().replace(microsecond=0)
    for event in events:
        if refused := ledger.history().refusal(event, size + 1):
            raise refused
    words = records.words or KnownEditions({})
    made: list[Entry] = [Entry(size + n, at, event) for n, event in enumerate(events, 1)]
    before = statuses(records.entries, records.states, records.digest, words=words)
    after = statuses([*records.entries, *made], records.states, records.digest, words=words)
    kept = [new.id for old, new in zip(before, after, strict=True) if old.editions != new.editions]
    return kept, [one.id for one in after if one.state == "stale" or one.outdated]


def _message(text: MailingText, events: Sequence[Event], by: str, why: str, touches: str) -> str:
    from letters.ledger.details import Change

    changes = [event.detail for event in events if isinstance(event.detail, Change)]
    signed = "".join(f"The text that you signed: {one.before}\n" for one in changes)
    diff = "\n".join(one.diff for one in changes)
    return (
        "The letter that you signed was changed after you signed it. The change is editorial: it\n"
        "doesn’t alter what the letter says, and your signature stays.\n\n"
        f"Why: {why}\n"
        f"Approved by: {by}\n\n"
        "What was changed ([-taken out-] {+put in+}):\n\n"
        f"{diff}\n"
        f"{touches}"
        f"{signed}"
        f"The text as it is now:    {text.digest}\n\n"
        "If you see it differently, answer this message, and your signature is withdrawn.\n"
    )
