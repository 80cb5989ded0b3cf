"""``letters sign approve-edit``: somebody answers by name for a change of the text.

The change is shown by word before it is judged. Editorial keeps the signatures to the earlier text,
and says who has to be told; substantive makes them stale until they are reaffirmed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import aside, desk, guard
from letters.cli.exit import Status, fail, note, say
from letters.cli.plain import plain

if TYPE_CHECKING:
    from letters.draft.compose import Text
    from letters.ledger.details import ChangeClass
    from letters.ledger.events import Entry
    from letters.ledger.status import SignatoryStatus

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
    since: Annotated[
        str,
        typer.Option("--from", metavar="DIGEST", help="The earlier text, if not the last signed."),
    ] = "",
    certain: Annotated[
        bool,
        typer.Option(guard.OPTION, help="It is, though it touches a number, a name, a “not” …"),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, record nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask on a terminal.")] = False,
    tell: Annotated[
        Path | None, typer.Option("--tell", metavar="FILE", help="Write the note to signers here.")
    ] = None,
) -> None:
    """Judge what changed between the text that was signed and the text as it is."""
    from letters.ledger.details import Change
    from letters.ledger.diff import word_diff
    from letters.ledger.events import Entry, Event
    from letters.ledger.status import statuses

    if editorial == substantive:
        fail(Status.USAGE, "say which it is", "--editorial or --substantive")
    if certain and not editorial:
        fail(Status.USAGE, f"{guard.OPTION} goes with --editorial")
    if not by.strip() or not why.strip():
        fail(Status.USAGE, "--by and --why can’t be empty")
    kind: ChangeClass = "editorial" if editorial else "substantive"
    if tell:
        aside.expect_file(tell, context.obj)
    campaign = desk.open_campaign(context)
    text = desk.text_of(campaign)
    entries = desk.records(campaign, text.digest, acting=True).entries
    before = _before(entries, text.digest, since)
    with desk.open_ledger(campaign) as ledger:
        earlier = ledger.text(before) or ""
        diff = word_diff(_read(earlier), _read(text.canonical))
        weight = guard.weight_of(campaign, earlier, text.canonical)
        detail = Change(kind, before, why, diff, guard.stored(weight) if certain else "")
        event = Event("edit-approved", text_digest=text.digest, recorded_by=by, detail=detail)
        entry = Entry(ledger.checkpoint().size + 1, desk.now().replace(microsecond=0), event)
        if refused := ledger.history().refusal(event, entry.number):
            raise refused
        ids = [signatory.id for signatory in campaign.signatories]
        people = statuses([*entries, entry], ids, text.digest)
        say(f"from {before}\nto   {text.digest}\n\n{plain(diff, lines=True)}")
        if not weight.words:
            say("only typography differs: no word does\n")
        _effect(people, text.digest, kind)
        if editorial:
            guard.expect_confirmed(weight, confirmed=certain)
        if dry_run:
            note("dry run: nothing was recorded")
            return
        if not yes and sys.stdin.isatty() and not typer.confirm(f"Record it as {kind}?", err=True):
            fail(Status.REFUSED, "nothing was recorded")
        entry = ledger.append(event, at=desk.now(), text=text.canonical)
    say(f"{entry.number}  edit-approved  {kind}  text {text.digest[:16]}")
    if editorial and _kept(people, text.digest):
        message = _message(text, before, by, why, diff, guard.told(weight, by))
        if tell is None:
            say(f"\nA note to send to them:\n\n{plain(message, lines=True)}")
        else:
            aside.write(tell, message.encode(), campaign.root)
            note(f"the note to send to them is in {tell}")


def _read(canonical: str) -> str:
    """A canonical text without the lengths, which change with every word."""
    return re.sub(r"^(== \S+) \d+$", r"\1", canonical, flags=re.MULTILINE)


def _before(entries: tuple[Entry, ...], current: str, wanted: str) -> str:
    """The digest of the text to compare with: the one named, or the last that was in force."""
    in_force = [
        entry.event.text_digest
        for entry in entries
        if entry.event.kind in {"signed", "reaffirmed", "edit-approved"}
    ]
    earlier = list(dict.fromkeys(digest for digest in reversed(in_force) if digest != current))
    if wanted:
        found = [digest for digest in earlier if digest.startswith(wanted.lower())]
        if len(wanted) < _SHORTEST or len(found) != 1:
            known = ", ".join(digest[:16] for digest in earlier)
            fail(Status.USAGE, "--from names no earlier text that was signed", known)
        return found[0]
    if not in_force:
        fail(Status.REFUSED, "nobody has signed yet: there is no change to approve")
    if not earlier:
        fail(Status.REFUSED, "the text is the one that was signed: there is nothing to approve")
    if len(earlier) > 1:
        others = ", ".join(digest[:16] for digest in earlier[1:])
        note(f"compared with the last text in force; name another with --from: {others}")
    return earlier[0]


def _kept(people: tuple[SignatoryStatus, ...], current: str) -> list[str]:
    """Whose signature to an earlier text counts for this one."""
    return [one.id for one in people if one.state == "signed" and one.digest != current]


def _effect(people: tuple[SignatoryStatus, ...], current: str, kind: ChangeClass) -> None:
    kept, stale = _kept(people, current), [one.id for one in people if one.state == "stale"]
    if kind == "editorial":
        say(f"signatures that stay, to be told: {', '.join(kept) or 'none'}")
    if stale:
        say(f"stale, until “letters sign reaffirm ID …”: {', '.join(stale)}")


def _message(text: Text, before: str, by: str, why: str, diff: str, touches: str) -> str:
    return (
        "The letter that you signed was changed after you signed it. The change is editorial: it\n"
        "doesn’t alter what the letter says, and your signature stays.\n\n"
        f"Why: {why}\n"
        f"Approved by: {by}\n\n"
        "What was changed ([-taken out-] {+put in+}):\n\n"
        f"{diff}\n"
        f"{touches}"
        f"The text that you signed: {before}\n"
        f"The text as it is now:    {text.digest}\n\n"
        "If you see it differently, answer this message, and your signature is withdrawn.\n"
    )
