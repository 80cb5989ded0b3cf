"""``letters log erase``: forget one person, and say honestly what can't be forgotten from here.

Nothing is removed before the plan was printed and the id was given a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import desk, logbook
from letters.cli.exit import Status, fail, note, say

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.events import Entry
    from letters.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class _Plan:
    """What there is of one person."""

    entries: list[Entry]
    evidence: int
    image: Path | None
    lines: str


def erase(
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ID", help="The signatory's id.")],
    confirm: Annotated[
        str, typer.Option("--confirm", metavar="ID", help="The id again: this can't be undone.")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who does this.")] = "",
) -> None:
    """Remove everything that is recorded of one person; without --confirm, only say what."""
    from letters.campaign.load import load

    root: Path = context.obj.resolve()
    if confirm and confirm != who:
        fail(Status.USAGE, "--confirm names somebody else")
    campaign, _ = load(root)
    ledger = logbook.read(root, acting=bool(confirm))
    if ledger is None:
        desk.expect_campaign(context)
        fail(Status.REFUSED, "there is no log: nothing is recorded of anybody")
    with ledger:
        plan = _plan(root, campaign, ledger, who)
        again = ledger.history().is_erased(who)
    if not plan.entries and not plan.lines and not again:
        fail(Status.USAGE, "neither the log nor the campaign knows this signatory")
    _print(root, plan, who)
    if not confirm:
        fail(Status.REFUSED, "nothing was erased", f"to do it, add --confirm {who}")
    _carry_out(root, plan, who, by, again=again)
    if campaign is None:
        note("warning: the campaign has problems; look in its files for this person yourself")


def _plan(root: Path, campaign: Campaign | None, ledger: Ledger, who: str) -> _Plan:
    from letters.ledger import evidence

    everything = ledger.entries()
    needed = {e.event.evidence.digest for e in everything if e.event.subject != who}
    return _Plan(
        entries=[entry for entry in everything if entry.event.subject == who],
        evidence=len(evidence.unneeded(root, needed.__contains__)),
        image=_image(campaign, who) if campaign else None,
        lines=_lines(campaign, who) if campaign else "",
    )


def _image(campaign: Campaign, who: str) -> Path | None:
    """The signature image, if it is there and nobody else's."""
    images = {s.id: s.signature_image for s in campaign.signatories if s.signature_image}
    own = images.pop(who, None)
    if own is None or own in images.values():
        return None
    path = campaign.inner(own)
    return path if path is not None and path.is_file() else None


def _lines(campaign: Campaign, who: str) -> str:
    """Where the person's record stands: the file, its first and its last line."""
    starts = [
        (place.place().path, place.place().line, signatory.id)
        for signatory, place in zip(campaign.signatories, campaign.signatory_places, strict=True)
    ]
    for path, line, identifier in starts:
        if identifier == who:
            after = [other for file, other, _ in starts if file == path and other > line]
            text = (campaign.root / path).read_text(encoding="utf-8")
            last = min(after) - 1 if after else len(text.splitlines())
            return f"{path}, lines {line} to {last}"
    return ""


def _print(root: Path, plan: _Plan, who: str) -> None:
    counts: dict[str, int] = {}
    for entry in plan.entries:
        counts[entry.event.kind] = counts.get(entry.event.kind, 0) + 1
    kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    say(f"To be removed of {who}:")
    say(f"  entries of the log: {len(plan.entries)}" + (f" ({kinds})" if kinds else ""))
    say(f"  evidence files: {plan.evidence}")
    say(f"  signature image: {plan.image.relative_to(root) if plan.image else 'none'}")
    say("What remains:")
    say("  that there were entries with these numbers, and their salted commitments")
    say("  a salted digest of the id, so that it isn’t taken up again by mistake")
    say("  the letter’s texts that others signed and its approved changes, which may name them,")
    say("  and what the notes about others say")
    say("What can’t be reached from here:")
    if plan.lines:
        needed = ", before anything else" if plan.image else ""
        say(f"  {plan.lines}: the record with the contact; delete it yourself{needed}")
    say("  files in out/ that were made before (render again; delete what is kept there as")
    say("  NAME.edited-DATE), and files that were sent")
    say("  mails in outbox/ that wait to be sent, and the letter in first-letter/ of a follow-up")
    say("  git history, backups, the file system’s own copies, and receipts that were given")


def _carry_out(root: Path, plan: _Plan, who: str, by: str, *, again: bool) -> None:
    from letters.ledger import evidence
    from letters.ledger.errors import RefusedError

    with logbook.opened(root) as ledger:
        try:
            erased = ledger.erase(who, at=desk.now(), by=by)
            count = len(erased.numbers)
            say(f"{erased.entry.number}  erased  {count} {'entry' if count == 1 else 'entries'}")
        except RefusedError:
            if not again:
                raise
            say("the log was erased of them before; what was left beside it goes now")
        for path in evidence.unneeded(root, ledger.names):
            path.unlink(missing_ok=True)
    if plan.image:
        plan.image.unlink(missing_ok=True)
