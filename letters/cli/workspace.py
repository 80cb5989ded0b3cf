"""The desk: one campaign laid open, as most commands need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from letters.cli import logbook, progress
from letters.cli.exit import Status, fail, report, stop_on
from letters.digests import TextDigest
from letters.problem import CampaignError, Problem, did_you_mean, has_errors

if TYPE_CHECKING:
    import typer

    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.draft.signatures import Signed
    from letters.ledger.editions import KnownEditions
    from letters.ledger.events import Entry
    from letters.ledger.merkle import Checkpoint
    from letters.ledger.names import Names
    from letters.ledger.outgoing import Item
    from letters.ledger.sheets import Paper
    from letters.ledger.status import Forms, SignatoryStatus
    from letters.ledger.store import Ledger
    from letters.workshop.workshop import Workshop

_WORKSHOP = "letters.workshop"


@dataclass(frozen=True, slots=True)
class LogRecords:
    """What the log says of a campaign whose text has a given digest; ``items`` are on their way.

    ``entries`` are those that stand: what was corrected is not among them. ``words`` tell the
    editions of the text apart; ``paper`` are the sheets that were signed by hand.

    ``checkpoint`` is the log's at the last event that bears on signatures: making the same letters
    again gives the same manifest. ``forms`` are what each signatory is printed as now. ``in_force``
    gives the id that a signatory has now, "" for one who was erased. ``days`` are those of signing,
    where they are printed.
    """

    digest: TextDigest
    entries: tuple[Entry, ...]
    people: tuple[SignatoryStatus, ...]
    checkpoint: Checkpoint | None
    items: tuple[Item, ...] = ()
    forms: Forms | None = None
    words: KnownEditions | None = None
    in_force: Callable[[str], str] = str
    paper: Paper | None = None
    days: Mapping[str, dt.date] | None = None

    @property
    def states(self) -> dict[str, str]:
        """Each signatory's state by id."""
        return {person.id: person.state for person in self.people}

    def of(self, state: str) -> list[str]:
        """The ids of those in one state, in the campaign's order."""
        return [person.id for person in self.people if person.state == state]

    @property
    def as_of(self) -> dt.date | None:
        """The day since which the signatures are as they are, where they were recorded."""
        from letters.ledger.status import as_of

        return as_of(self.entries)

    @property
    def editions(self) -> dict[str, tuple[str, ...]]:
        """Whose signatures stand, each with the languages for which it does."""
        return {person.id: person.editions for person in self.people if person.state == "signed"}

    @property
    def outdated(self) -> dict[str, list[str]]:
        """By language, whose signature stands in another while they signed this in other words."""
        found = dict[str, list[str]]()
        for person in self.people:
            for tag in person.outdated:
                found.setdefault(tag, []).append(person.id)
        return found

    def signed(self, *, draft: bool, drafts: Collection[str] = ()) -> Signed:
        """What the signature block needs of it; without a signature the letter is a draft.

        So is the letter in one of the languages ``drafts``.
        """
        from letters.draft.signatures import Signed

        own = self.editions
        paper = self.paper.standing if self.paper else ()
        is_draft = draft or not (own or paper)
        return Signed(
            self.states, self.as_of, is_draft, self.digest, own, drafts, paper=paper, days=self.days
        )


def expect_campaign(context: typer.Context) -> Path:
    """The folder of -C, which must hold a campaign; else the command ends."""
    from letters.campaign.paths import LETTER_FILE
    from letters.limits import LETTER
    from letters.reading import opened

    folder: Path = context.obj
    try:
        with opened(folder / LETTER_FILE, LETTER, within=folder):
            return folder
    except FileNotFoundError:
        where = "the current folder" if folder == Path() else str(folder)
        hint = "name its folder with -C, or start one with “letters new DIR”"
        fail(Status.USAGE, f"there is no campaign in {where}: it has no {LETTER_FILE}", hint)


def expect_people(context: typer.Context) -> Path:
    """The same, resolved, where the command can hold what is written of all people."""
    from letters.workshop.beforehand import expect_room

    root = expect_campaign(context).resolve()
    expect_room(root)
    return root


def workshop(context: typer.Context, jobs: int = 1) -> Workshop:
    """The one workshop of this command, for the campaign in the folder of -C; ends with it."""
    from letters.workshop.workshop import Workshop

    if _WORKSHOP not in context.meta:
        root = expect_campaign(context).resolve()
        opened = Workshop(root, jobs, waiting=progress.waiting(context))
        context.meta[_WORKSHOP] = context.with_resource(opened)
    shop: Workshop = context.meta[_WORKSHOP]
    return shop


def open_campaign(context: typer.Context) -> Campaign:
    """The campaign in the folder of -C, without errors; its problems end the command."""
    shop = workshop(context)
    stop_on(shop.read())
    return shop.campaign


def checked_campaign(
    context: typer.Context, recipients: Sequence[str], done: str, *, known: bool = False
) -> Campaign:
    """The campaign, where “letters check” finds no error and those ``recipients`` are known.

    ``done`` is what else doesn't happen: “sent”. A person who has not agreed is a refusal, and so
    is what a starter has invented. ``known``: it is proven that all was found right before.
    """
    from letters.campaign.casecheck import NOT_AGREED
    from letters.campaign.starter_text import LEFT_OVER

    problems = () if known else workshop(context).problems().problems
    if has_errors(problems):
        report(problems)
        unconsented = any(problem.message == NOT_AGREED for problem in problems)
        status = Status.REFUSED if unconsented else Status.PROBLEMS
        fail(status, f"nothing is {done} while “letters check” finds errors")
    if invented := [problem for problem in problems if problem.message == LEFT_OVER]:
        report(invented)
        fail(Status.REFUSED, f"nothing is {done} while words of the starter are in the letter")
    campaign = open_campaign(context)
    known_recipients(campaign, recipients)
    return campaign


def records(campaign: Campaign, text: MailingText, *, acting: bool = False) -> LogRecords:
    """What the log says now; a campaign without a log has pending signatories only.

    ``acting``: something is to be made by it, which an older log refuses.
    """
    from letters import framed
    from letters.campaign.printed_form import forms
    from letters.ledger import sheets
    from letters.ledger.corrections import standing
    from letters.ledger.editions import KnownEditions, with_current_text
    from letters.ledger.status import days_of_signing, in_force, statuses

    ids = campaign.signatory_ids
    ledger = logbook.read(campaign.root, acting=acting)
    if ledger is None:
        return LogRecords(text.digest, (), statuses((), ids, text.digest), None)
    with ledger:
        names, recorded = ledger.ids(), ledger.entries()
        _expect_in_force(campaign, names)
        entries, printed = standing(recorded), forms(campaign, _ids_of(names))
        words = KnownEditions.of(text.digest, text.editions, ledger, entries)
        former = framed.digest(text.former)
        return LogRecords(
            text.digest,
            with_current_text(entries, former, text.digest),
            statuses(entries, ids, text.digest, printed, words),
            ledger.checkpoint_of_signatures(),
            tuple(
                replace(item, text_digest=text.digest) if item.text_digest == former else item
                for item in ledger.outgoing()
            ),
            printed,
            words,
            in_force(ids, names, recorded),
            sheets.paper(entries, text.digest, words),
            days_of_signing(entries) if "day" in campaign.letter.annex.table else None,
        )


def _ids_of(names: Names) -> Callable[[str], Sequence[str]]:
    """All the ids that a recipient has had."""
    from letters.ledger.names import recipient_track

    start = len(recipient_track(""))
    return lambda who: tuple(track[start:] for track in names.all(recipient_track(who)))


def open_ledger(campaign: Campaign) -> AbstractContextManager[Ledger]:
    """The log, to write in."""
    return logbook.opened(campaign.root)


def known_signatory(campaign: Campaign, identifier: str) -> str:
    """The id if the campaign has it; a wrong one ends the command."""
    ids = campaign.signatory_ids
    if identifier not in ids:
        _expect_current(campaign, identifier, identifier)
        fail(Status.USAGE, f"there is no signatory “{identifier}”", did_you_mean(identifier, ids))
    return identifier


def known_recipients(campaign: Campaign, identifiers: Sequence[str]) -> list[str]:
    """The ids, each once, if the campaign has them all; a wrong one ends the command."""
    from letters.ledger.names import recipient_track

    ids = {recipient.id for recipient in campaign.recipients}
    for wanted in identifiers:
        if wanted not in ids:
            _expect_current(campaign, recipient_track(wanted), wanted)
            fail(Status.USAGE, f"there is no recipient “{wanted}”", did_you_mean(wanted, ids))
    return list(dict.fromkeys(identifiers))


def _expect_in_force(campaign: Campaign, names: Names) -> None:
    """End the command where a file has an id that was given up: it came back from a copy.

    To the log that is nobody, so a letter would go to a recipient a second time.
    """
    from letters.ledger.names import recipient_track

    if not names:
        return
    people = [
        *zip(campaign.signatory_ids, campaign.signatory_places, strict=True),
        *((recipient_track(r.id), at)
          for r, at in zip(campaign.recipients, campaign.recipient_places, strict=True)),
    ]  # fmt: skip
    given_up = [
        Problem(
            at.place("id"),
            "this id was given up for another one",
            f"write {names.now(track).rpartition('/')[2]} there; somebody else needs a new id",
        )
        for track, at in people
        if names.now(track) != track
    ]
    if given_up:
        raise CampaignError(given_up)


def _expect_current(campaign: Campaign, track: str, identifier: str) -> None:
    """End the command where the id was given up: the new one is named, and never the old one."""
    ledger = logbook.read(campaign.root)
    if ledger is None:
        return
    with ledger:
        now = ledger.ids().now(track)
    if now != track:
        new = now.removeprefix(track.removesuffix(identifier))
        fail(Status.USAGE, "this id was given up for another one", f"it is “{new}” now")


def now() -> dt.datetime:
    """The time of recording, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day, as people here count it."""
    return now().astimezone().date()
