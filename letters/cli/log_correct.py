"""``letters log correct``: entries were mistakes; they stay, and everybody leaves them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import logbook, workspace
from letters.cli.exit import Status, fail, note, say
from letters.cli.sanitize import about

if TYPE_CHECKING:
    from letters.ledger.events import Entry
    from letters.ledger.store import Ledger


def correct(
    context: typer.Context,
    number: Annotated[list[int], typer.Argument(metavar="N", help="The numbers of the entries.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What was wrong with it.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.")],
) -> None:
    """Record that an entry was a mistake: it stays in the log, and counts no more."""
    from letters.ledger import corrections
    from letters.ledger.events import Event
    from letters.post.corrected_entries import did_not_come_back

    if not by.strip() or not why.strip():
        fail(Status.USAGE, "--by and --why can’t be empty")
    workspace.expect_campaign(context)
    with logbook.opened(context.obj) as ledger:
        wrong = _wrong(ledger, list(dict.fromkeys(number)))
        done = []
        with ledger.change() as change:
            for target in wrong:
                event = Event(
                    "corrected",
                    text_digest=target.event.text_digest,
                    recorded_by=by,
                    detail=corrections.of(target, why),
                )
                done.append(change.append(event, now := workspace.now()))
                if target.event.kind == "bounced":
                    did_not_come_back(change, target.event, now)
        left = corrections.standing(ledger.entries())
    for entry, target in zip(done, wrong, strict=True):
        event = target.event
        say(f"{entry.number}  corrected  entry {target.number}: {event.kind}  {about(event)}")
    _explain(wrong, left)


def _wrong(ledger: Ledger, numbers: Sequence[int]) -> list[Entry]:
    """The entries with these numbers; raises RefusedError where one can't be corrected."""
    from letters.ledger import corrections
    from letters.post.corrected_entries import left_from_here

    entries, items = ledger.entries(), ledger.outgoing()
    by = corrections.corrected(entries)
    found: list[Entry] = []
    for number in numbers:
        target = next((entry for entry in entries if entry.number == number), None)
        if refused := corrections.refusal(target, number, by.get(number)):
            raise refused
        assert target is not None  # noqa: S101 - as `refusal` sees to
        if left_from_here(target.event, items):
            raise corrections.by_letters(number)
        found.append(target)
    return found


def _explain(wrong: Sequence[Entry], left: Sequence[Entry]) -> None:
    """What follows; a letter in several files has an entry for each."""
    for kind, words in {
        "sent": "what is not recorded as sent, “letters send” and “letters print” take up again",
        "bounced": "what did not come back counts as sent again",
    }.items():
        if any(target.event.kind == kind for target in wrong):
            note(words)
    letters = {(one.event.kind, one.event.track, one.event.channel, one.event.text_digest)
               for one in wrong if one.event.kind == "sent"}  # fmt: skip
    for other in left:
        event = other.event
        if (event.kind, event.track, event.channel, event.text_digest) in letters:
            note(f"warning: entry {other.number} says that the same letter went, in another file")
