"""What the log says of a campaign now: who signed what, and whose ids are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.cli import logbook
from letters.digests import TextDigest
from letters.problem import CampaignError, Problem

if TYPE_CHECKING:
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


class LogRecords(Struct, frozen=True):
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
        log = (self.checkpoint.size, self.checkpoint.root) if self.checkpoint else None
        return Signed(
            self.states,
            self.as_of,
            is_draft,
            self.digest,
            own,
            drafts,
            paper=paper,
            days=self.days,
            log=log,
        )


def recorded(campaign: Campaign, text: MailingText, *, acting: bool = False) -> LogRecords:
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
