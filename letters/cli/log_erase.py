"""``letters log erase``: forget one person, and say honestly what can't be forgotten from here.

Nothing is removed before the plan was printed and the id was given a second time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from letters import limits, reading
from letters.cli import logbook, shared_evidence, unchanged, workspace
from letters.cli.exit import Status, fail, note, say
from letters.counting import counted

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.events import Entry
    from letters.ledger.results import Erased
    from letters.ledger.store import Ledger


class _Plan(Struct, frozen=True):
    """What there is of one person; ``who`` is the id in force now."""

    who: str
    entries: list[Entry]
    evidence: int
    image: Path | None
    lines: str
    files: list[shared_evidence.Shared]
    elsewhere: int
    listed: bool
    again: bool

    @property
    def cuts(self) -> list[shared_evidence.Shared]:
        """The files of which a copy is to take the place."""
        return [one for one in self.files if one.copy]


def erase(
    context: typer.Context,
    who: Annotated[str, typer.Argument(metavar="ID", help="The signatory's id.")],
    confirm: Annotated[
        str, typer.Option("--confirm", metavar="ID", help="The id again: this can't be undone.")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who does this.")] = "",
    cut: Annotated[
        bool,
        typer.Option(
            "--cut", help="Cut them out of evidence that shows others: tables, mailboxes."
        ),
    ] = False,
    match: Annotated[
        list[str] | None,
        typer.Option("--match", metavar="TEXT", help="What stands in their row; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before cutting.")] = False,
) -> None:
    """Remove everything that is recorded of one person; without --confirm, only say what."""
    from letters.campaign.load import load

    root: Path = reading.real(context.obj)
    if match and not cut:
        fail(Status.USAGE, "--match is about what is cut out", "add --cut")
    campaign, _ = load(root)
    ledger = logbook.read(root, acting=bool(confirm))
    if ledger is None:
        workspace.expect_campaign(context)
        fail(Status.REFUSED, "there is no log: nothing is recorded of anybody")
    with ledger:
        plan = _plan(root, campaign, ledger, who, match or [], cut=cut)
    if confirm and confirm not in (who, plan.who):
        fail(Status.USAGE, "--confirm names somebody else")
    if not plan.entries and not plan.lines and not plan.again:
        fail(Status.USAGE, "neither the log nor the campaign knows this signatory")
    _print(plan, cut=cut)
    if not confirm:
        fail(Status.REFUSED, "nothing was erased", f"to do it, add --confirm {plan.who}")
    cuts = plan.cuts if cut else []
    if cuts and not yes:
        if not sys.stdin.isatty():
            fail(Status.REFUSED, "nothing was erased or cut", "look at the rows, and add --yes")
        if not typer.confirm("Cut these out, and keep only the rest?", err=True):
            fail(Status.REFUSED, "nothing was erased or cut")
    _carry_out(root, plan, by, cuts)
    if campaign is None:
        note("warning: the campaign has problems; look in its files for this person yourself")


def _plan(
    root: Path,
    campaign: Campaign | None,
    ledger: Ledger,
    said: str,
    match: Sequence[str],
    *,
    cut: bool,
) -> _Plan:
    from letters.intake import remembered
    from letters.ledger import evidence

    everything, history, names = ledger.entries(), ledger.history(), ledger.ids()
    who, ids = names.now(said), names.all(said)
    own = [entry for entry in everything if entry.event.subject == who]
    others = [entry for entry in everything if entry.event.subject != who]
    kept = evidence.needed(others, history)
    named = {
        history.file_now(e.event.evidence.digest)
        for e in own
        if e.event.evidence.kind in ("kept", "file")
    }
    marks, near = shared_evidence.recognised(root, match, ids)
    # To cut, the person is looked for in all that is kept: who was erased before names none of it.
    looked = {digest: of for digest, of in kept.items() if cut or digest in named}
    files = shared_evidence.examined(root, looked, marks, near)
    return _Plan(
        who=who,
        entries=own,
        evidence=len(evidence.unneeded(root, kept.__contains__)),
        image=_image(campaign, who) if campaign else None,
        lines=_lines(campaign, ids) if campaign else "",
        files=[one for one in files if one.digest in named or one.is_found],
        elsewhere=len({e.event.evidence.digest for e in own if e.event.evidence.kind == "file"}),
        listed=remembered.has(root, "signatories", ids),
        again=history.is_erased(said),
    )


def _image(campaign: Campaign, who: str) -> Path | None:
    """The signature image, if it is there and nobody else's."""
    from letters.campaign.references import pictures

    images = pictures(campaign)
    own = images.pop(who, None)
    if own is None or own in images.values():
        return None
    path = campaign.inner(own)
    return path if path is not None and path.is_file() else None


def _lines(campaign: Campaign, ids: Sequence[str]) -> str:
    """Where the person's record stands: the file, its first and its last line."""
    starts = [
        (at.place().path, at.place().line, identifier)
        for identifier, at in zip(campaign.signatory_ids, campaign.signatory_places, strict=True)
    ]
    for path, line, identifier in starts:
        if identifier in ids:
            after = [other for file, other, _ in starts if file == path and other > line]
            data = reading.data_of(campaign.root / path, limits.PEOPLE, within=campaign.root)
            text = data.decode("utf-8")
            last = min(after) - 1 if after else len(text.splitlines())
            return f"{path}, lines {line} to {last}"
    return ""


def _print(plan: _Plan, *, cut: bool) -> None:
    counts: dict[str, int] = {}
    for entry in plan.entries:
        counts[entry.event.kind] = counts.get(entry.event.kind, 0) + 1
    kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    say(f"To be removed of {plan.who}:")
    say(f"  entries of the log: {len(plan.entries)}" + (f" ({kinds})" if kinds else ""))
    say(f"  evidence files: {plan.evidence}")
    # The file may be called after somebody whose name is not to be seen.
    say(f"  signature image: {'the file that the record names' if plan.image else 'none'}")
    say("What remains:")
    say("  that there were entries with these numbers, and their salted commitments")
    say("  a salted digest of the id, so that it isn’t taken up again by mistake")
    say("  the letter’s texts that others signed and its approved changes, which may name them,")
    say("  and what the notes about others say")
    if plan.listed:
        say("  in .letters/imports salted digests of their row in a list that was imported, so")
        say("  that it isn’t taken in again")
    shared_evidence.show(plan.files, cut=cut)
    say("What can’t be reached from here:")
    if plan.lines:
        needed = ", before anything else" if plan.image else ""
        say(f"  {plan.lines}: the record with the contact; delete it yourself{needed}")
    if plan.elsewhere:
        say(f"  evidence of which only the digest was kept, wherever the file is: {plan.elsewhere}")
    if plan.listed:
        say("  the list that they were imported from, wherever it lies: take their row out of it")
    say("  files in out/ that were made before (render again; delete what is kept there as")
    say("  NAME.edited-DATE), and files that were sent")
    say("  mails in outbox/ that wait to be sent, and the letter in first-letter/ of a follow-up")
    say("  git history, backups, the file system’s own copies, and receipts that were given")


def _carry_out(root: Path, plan: _Plan, by: str, cuts: Sequence[shared_evidence.Shared]) -> None:
    from letters.intake import remembered
    from letters.ledger import evidence
    from letters.ledger.errors import RefusedError

    with logbook.opened(root) as ledger:
        for (
            one
        ) in cuts:  # first, so that no entry names a copy that a full disk kept from being made
            evidence.keep(root, one.copy)
        try:
            erased: Erased = ledger.erase(
                plan.who, at=workspace.now(), by=by, cuts=[one.cut for one in cuts]
            )
            count = len(erased.numbers)
            say(f"{erased.entry.number}  erased  {counted(count, 'entry', 'entries')}")
        except RefusedError:
            if not plan.again:
                raise
            say("the log was erased of them before; what was left beside it goes now")
            _record_cuts(ledger, plan.who, by, cuts)
        needed = evidence.needed(ledger.entries(), ledger.history())
        for path in evidence.unneeded(root, needed.__contains__):
            path.unlink(missing_ok=True)
    unchanged.forget(root)
    # A list that is imported again still leaves them out, by a digest that names nobody.
    remembered.renamed(root, "signatories", plan.who, remembered.NOBODY)
    for one in cuts:
        say(f"cut: {len(one.going)} of {one.total} parts; the rest is evidence/{one.cut[1]}")
    if plan.image:
        plan.image.unlink(missing_ok=True)
    left = [one for one in plan.files if one not in cuts and not one.whole]
    if left:
        also = "and can be cut out still: the same with --cut" if plan.cuts and not cuts else ""
        note(f"evidence that still shows this person: {len(left)} {also}".rstrip())


def _record_cuts(ledger: Ledger, who: str, by: str, cuts: Sequence[shared_evidence.Shared]) -> None:
    """For somebody who was erased before: the entry that did is the reason still."""
    from letters.ledger.details import Cut, mark_of
    from letters.ledger.events import Event

    erasures = ledger.history().erasures.items()
    number = next(n for n, one in erasures if mark_of(who, one.salt) == one.mark)
    with ledger.change() as change:
        for one in cuts:
            cut = Cut(*one.cut, number)
            change.append(Event("evidence-cut", recorded_by=by, detail=cut), workspace.now())
