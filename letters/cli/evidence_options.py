"""What a command is told of an event: what shows it, how it came, who records it, and the day.

Ten commands ask for the same options. `told` gives them to a command, which gets a `Told`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from msgspec import Struct

from letters import limits, reading
from letters.cli import workspace
from letters.cli.exit import Status, fail, say
from letters.cli.sanitize import about
from letters.cli.shared_options import Command, as_one
from letters.digests import NO_TEXT, TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.details import Detail
    from letters.ledger.events import Event, Evidence, Kind
    from letters.ledger.results import Transaction
    from letters.ledger.store import Ledger

_LONG_AGO = dt.timedelta(days=366)

_FILE: dict[str, Any] = {
    "evidence": (
        Annotated[
            Path | None,
            typer.Option("--evidence", metavar="FILE", help="An e-mail, a scan: a copy is kept."),
        ],
        None,
    ),
    "digest_only": (
        Annotated[
            bool,
            typer.Option("--digest-only", help="Keep the digest of the evidence, and no copy."),
        ],
        False,
    ),
}
_NOTE: dict[str, Any] = {
    "note": (
        Annotated[
            str | None, typer.Option("--note", metavar="TEXT", help="What happened, in your words.")
        ],
        None,
    ),
}
_CHANNEL: dict[str, Any] = {
    "channel": (
        Annotated[
            str, typer.Option("--channel", metavar="WORDS", help="How: by e-mail, on a form.")
        ],
        "",
    ),
}
_WHO_AND_WHEN: dict[str, Any] = {
    "by": (Annotated[str, typer.Option("--by", metavar="NAME", help="Who records this.")], ""),
    "on": (
        Annotated[
            str | None,
            typer.Option("--on", metavar="DATE", help="The day that the person gives."),
        ],
        None,
    ),
    "sure": (
        Annotated[
            bool,
            typer.Option("--yes-the-day-is-right", help="Record a day that looks like a slip."),
        ],
        False,
    ),
}


class Told(Struct, frozen=True):
    """What is known of an event; ``data`` are the bytes of which a copy is to be kept."""

    evidence: Evidence
    data: bytes | None
    channel: str
    by: str
    on: dt.date | None
    sure: bool

    def must_show(self, what: str) -> None:
        """End the command where nothing shows it; ``what`` is to be recorded."""
        if self.evidence.kind == "none":
            hint = "--evidence FILE, or --note TEXT"
            fail(Status.REFUSED, f"{what} needs something that shows it", hint)

    def must_be_near(self, letter: dt.date | None) -> None:
        """End the command where the day is years away, from today and from the letter's own date.

        A log may be caught up with long afterwards; another year is most often a slip.
        """
        today = workspace.today()
        earliest = min(today, letter or today) - _LONG_AGO
        if self.on and not self.sure and self.on < earliest:
            _question(f"{self.on} is more than a year ago")

    def event(
        self,
        kind: Kind,
        subject: str = "",
        text_digest: TextDigest = NO_TEXT,
        detail: Detail | None = None,
    ) -> Event:
        """The event, as the log takes it."""
        from letters.ledger.events import Event

        return Event(
            kind, subject, text_digest, self.evidence, self.channel, self.by, self.on, detail
        )


def told(*, file: bool = True, channel: bool = True) -> Callable[[Command], Command]:
    """The options behind a `Told`, for a command with a parameter ``told``.

    ``file`` and ``channel`` are whether evidence, and how it came, can be given.
    """
    options = (_FILE if file else {}) | _NOTE | (_CHANNEL if channel else {}) | _WHO_AND_WHEN
    return as_one("told", options, _told)


def _told(
    *,
    evidence: Path | None = None,
    digest_only: bool = False,
    note: str | None = None,
    channel: str = "",
    by: str = "",
    on: str | None = None,
    sure: bool = False,
) -> Told:
    from letters.ledger.events import Evidence

    day = _day(on)
    if evidence is None:
        if digest_only:
            fail(Status.USAGE, "--digest-only is about a file", "--evidence FILE")
        said = Evidence.of_note(note) if note else Evidence()
        return Told(said, None, channel, by, day, sure)
    try:
        data = reading.data_of(evidence, limits.EVIDENCE)
    except OSError as error:
        fail(Status.USAGE, f"{evidence} can’t be read: {error.strerror}")
    shown = Evidence.of_file(data, note or "", kept=not digest_only)
    return Told(shown, None if digest_only else data, channel, by, day, sure)


def _day(written: str | None) -> dt.date | None:
    """The day that was given; one that has yet to come, where this is recorded, is refused."""
    try:
        day = dt.date.fromisoformat(written) if written else None
    except ValueError:
        fail(Status.USAGE, "--on needs a date like 2025-09-03")
    if day and day > workspace.today():
        fail(Status.USAGE, f"{day} has yet to come", "--on is the day on which it happened")
    return day


def day_fault(day: dt.date | None, letter: dt.date | None, told: Told) -> tuple[str, str] | None:
    """What is wrong with the day of one row of many, and what to do; None where nothing is."""
    today = workspace.today()
    if day and day > today:
        return "has yet to come", "write the day on which it happened"
    if day and not told.sure and day < min(today, letter or today) - _LONG_AGO:
        return "is more than a year ago", "if that is right, add --yes-the-day-is-right"
    return None


def _question(doubt: str) -> NoReturn:
    fail(Status.REFUSED, doubt, "if that is right, add --yes-the-day-is-right")


def _expect_later(ledger: Ledger, told: Told, events: Sequence[Event]) -> None:
    """Nothing comes back before it went: a day before the first letter is questioned."""
    from letters.ledger.details import Answer, Mailing
    from letters.post.correspondence import Correspondence

    about = [e.detail.recipient for e in events if isinstance(e.detail, Mailing | Answer)]
    if told.on is None or told.sure or any(event.kind == "sent" for event in events):
        return
    sent = Correspondence.of(ledger.entries()).sent
    for name in about:
        first = min((one.on for one in sent[name]), default=told.on)
        if told.on < first:
            _question(f"{told.on} is before anything went to {name}, which was on {first}")


def record(campaign: Campaign, told: Told, events: Sequence[Event]) -> None:
    """Record events that one proof shows, all or none, and say so."""
    with workspace.open_ledger(campaign) as ledger:
        write(campaign, ledger, told, events)


def write(
    campaign: Campaign,
    ledger: Ledger,
    told: Told,
    events: Sequence[Event],
    also: Callable[[Transaction], None] = lambda _: None,
) -> None:
    """The same in an open log; ``also`` does more in the same transaction."""
    from letters.ledger import evidence as evidence_files

    told.must_be_near(campaign.letter.date)
    _expect_later(ledger, told, events)
    now = workspace.now()
    with evidence_files.kept(ledger, campaign.root, told.data), ledger.change() as change:
        entries = [change.append(event, now) for event in events]
        also(change)
    for entry in entries:
        say(f"{entry.number}  {entry.event.kind}  {about(entry.event)}")
