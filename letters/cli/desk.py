"""The desk: one campaign laid open, as most commands need it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from letters.cli.exit import Status, fail, report, stop_on
from letters.problem import did_you_mean, has_errors

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.mailing import Text
    from letters.draft.signatures import Signed
    from letters.draft.wording import Wording
    from letters.ledger.editions import Words
    from letters.ledger.events import Entry
    from letters.ledger.merkle import Checkpoint
    from letters.ledger.outgoing import Item
    from letters.ledger.status import Forms, SignatoryStatus
    from letters.ledger.store import Ledger
    from letters.post.plan import Grounds
    from letters.press.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Records:
    """What the log says of a campaign whose text has a given digest; ``items`` are on their way.

    ``words`` tell the editions of the text apart.

    ``checkpoint`` is the log's at the last event that bears on signatures: making the same letters
    again gives the same manifest. ``forms`` are what each signatory is printed as now.
    """

    digest: str
    entries: tuple[Entry, ...]
    people: tuple[SignatoryStatus, ...]
    checkpoint: Checkpoint | None
    items: tuple[Item, ...] = ()
    forms: Forms | None = None
    words: Words | None = None

    @property
    def states(self) -> dict[str, str]:
        """Each signatory's state by id."""
        return {person.id: person.state for person in self.people}

    def of(self, state: str) -> list[str]:
        """The ids of those in one state, in the campaign's order."""
        return [person.id for person in self.people if person.state == state]

    @property
    def as_of(self) -> dt.date | None:
        """The day since which the signatures are as they are, UTC."""
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

    def signed_when(self, size: int) -> dict[str, tuple[str, ...]]:
        """The same when the log had that many entries."""
        from letters.ledger.status import statuses

        entries = self.entries[:size]
        then = statuses(entries, self.states, self.digest, self.forms, self.words)
        return {person.id: person.editions for person in then if person.state == "signed"}

    def sizes_as_now(self, made: Manifest | None) -> set[int]:
        """The sizes of the log, of those that files name, at which the same had signed as now."""
        sizes = {file.log_size for file in made.files} if made else set()
        return {size for size in sizes if self.signed_when(size) == self.editions}

    def signed(self, *, draft: bool, drafts: Collection[str] = ()) -> Signed:
        """The same, as the signature block needs it; without a signature it is a draft.

        So is the letter in one of the languages ``drafts``.
        """
        from letters.draft.signatures import Signed

        own = self.editions
        return Signed(self.states, self.as_of, draft or not own, self.digest, own, drafts)


def expect_campaign(context: typer.Context) -> Path:
    """The folder of -C, which must hold a campaign; else the command ends."""
    from letters.campaign.load import LETTER_FILE

    folder: Path = context.obj
    if not (folder / LETTER_FILE).is_file():
        where = "the current folder" if folder == Path() else str(folder)
        hint = "name its folder with -C, or start one with “letters new DIR”"
        fail(Status.USAGE, f"there is no campaign in {where}: it has no {LETTER_FILE}", hint)
    return folder


def open_campaign(context: typer.Context) -> Campaign:
    """The campaign in the folder of -C, without errors; its problems end the command."""
    from letters.campaign.load import load

    folder = expect_campaign(context)
    campaign, problems = load(folder.resolve())
    stop_on(problems)
    if campaign is None:
        raise typer.Exit(Status.PROBLEMS)
    return campaign


def checked_campaign(context: typer.Context, recipients: Sequence[str], done: str) -> Campaign:
    """The campaign, where “letters check” finds no error and those ``recipients`` are known.

    ``done`` is what else doesn't happen: “sent”. A person who has not agreed is a refusal.
    """
    from letters.campaign.casecheck import NOT_AGREED
    from letters.check.inspection import Inspection

    root = expect_campaign(context).resolve()
    with Inspection(root) as inspection:
        problems = inspection.look().problems
    if has_errors(problems):
        report(problems)
        unconsented = any(problem.message == NOT_AGREED for problem in problems)
        status = Status.REFUSED if unconsented else Status.PROBLEMS
        fail(status, f"nothing is {done} while “letters check” finds errors")
    campaign = open_campaign(context)
    known_recipients(campaign, recipients)
    return campaign


def grounds(folder: Path, records: Records) -> Grounds:
    """What a plan for the letters in ``folder`` rests on."""
    from letters.post.plan import Grounds
    from letters.press import manifest

    current = records.sizes_as_now(manifest.read(folder))
    return Grounds(
        records.digest,
        records.entries,
        current,
        [person.id for person in records.people if person.state == "stale" or person.outdated],
        records.items,
        changed=records.of("changed"),
    )


def text_of(campaign: Campaign) -> Text:
    """The text of the mailing; drafting it is all that a command about signatures needs."""
    from letters.press.bulk import Press

    with Press(lanes=1) as press:
        press.take(campaign)
        return press.text()


def worded(campaign: Campaign) -> dict[str, tuple[Wording, ...]]:
    """What each paragraph of each language says."""
    from letters.press.bulk import Press

    with Press(lanes=1) as press:
        press.take(campaign)
        return press.worded()


def log_path(campaign: Campaign) -> Path:
    """Where the campaign's signature log lies."""
    from letters.ledger.store import LOG_NAME

    path = campaign.root / LOG_NAME
    if path.is_symlink():
        fail(Status.REFUSED, f"{path} is a link: the log must lie in the campaign itself")
    return path


def records(campaign: Campaign, text: Text) -> Records:
    """What the log says now; a campaign without a log has pending signatories only."""
    from letters import framed
    from letters.campaign.printed import forms
    from letters.ledger.editions import Words, as_now
    from letters.ledger.status import statuses
    from letters.ledger.store import Ledger

    ids = [signatory.id for signatory in campaign.signatories]
    ledger = Ledger.read(log_path(campaign))
    if ledger is None:
        return Records(text.digest, (), statuses((), ids, text.digest), None)
    with ledger:
        entries, printed, former = ledger.entries(), forms(campaign), framed.digest(text.former)
        words = Words.of(text.digest, text.editions, ledger, entries)
        found = statuses(entries, ids, text.digest, printed, words)
        return Records(
            text.digest,
            as_now(entries, former, text.digest),
            found,
            ledger.checkpoint_of_signatures(),
            tuple(
                replace(item, text_digest=text.digest) if item.text_digest == former else item
                for item in ledger.outgoing()
            ),
            printed,
            words,
        )


def open_ledger(campaign: Campaign) -> Ledger:
    """The log, to write in."""
    from letters.ledger.store import Ledger

    return Ledger.open(log_path(campaign))


def known_signatory(campaign: Campaign, identifier: str) -> str:
    """The id if the campaign has it; a wrong one ends the command."""
    ids = [signatory.id for signatory in campaign.signatories]
    if identifier not in ids:
        fail(Status.USAGE, f"there is no signatory “{identifier}”", did_you_mean(identifier, ids))
    return identifier


def known_recipients(campaign: Campaign, identifiers: Sequence[str]) -> list[str]:
    """The ids, each once, if the campaign has them all; a wrong one ends the command."""
    ids = [recipient.id for recipient in campaign.recipients]
    for wanted in identifiers:
        if wanted not in ids:
            fail(Status.USAGE, f"there is no recipient “{wanted}”", did_you_mean(wanted, ids))
    return list(dict.fromkeys(identifiers))


def now() -> dt.datetime:
    """The time of recording, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day, as people here count it."""
    return now().astimezone().date()
