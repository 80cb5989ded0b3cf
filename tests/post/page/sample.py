"""Campaigns as the page meets them: small, of every recipient of a parliament, and hostile."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import write_campaign
from msgspec.structs import replace

from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.digests import FileDigest, MessageDigest, TextDigest
from letters.ledger.details import Answer, AnswerClass, Mailing
from letters.ledger.events import Entry, Event, Evidence, Kind
from letters.ledger.outgoing import Item
from letters.ledger.outgoing import State as ItemState
from letters.ledger.status import statuses
from letters.post.answers.progress import progress
from letters.post.correspondence import Correspondence
from letters.post.page import page

TEXT, EARLIER = TextDigest("a1" * 32), TextDigest("b2" * 32)
FIRST, TODAY = dt.date(2025, 9, 4), dt.date(2025, 10, 10)
NOTE = Evidence.of_note("Notewords from Sam, sam@example.org")


def on(days: int) -> dt.date:
    """So many days after the first."""
    return FIRST + dt.timedelta(days=days)


@dataclass
class Log:
    """Entries in the making: each is recorded so many days after the first day."""

    entries: list[Entry] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def add(self, days: int, event: Event) -> None:
        at = dt.datetime.combine(FIRST, dt.time(12), dt.UTC) + dt.timedelta(days=days)
        self.entries.append(Entry(len(self.entries) + 1, at, event))

    def sign(self, days: int, who: str, kind: Kind = "signed", text: TextDigest = TEXT) -> None:
        self.add(days, Event(kind, who, text, NOTE))

    def send(
        self,
        days: int,
        to: str,
        channel: str = "email",
        text: TextDigest = TEXT,
        *,
        noted: bool = False,
    ) -> None:
        """What is ``noted`` was recorded by somebody, and not by the program that sent it."""
        detail, evidence = Mailing(to, FileDigest("1" * 64)), NOTE if noted else Evidence()
        self.add(days, Event("sent", "", text, evidence, channel, detail=detail))

    def bounce(self, days: int, to: str) -> None:
        event = Event("bounced", "", TEXT, NOTE, "email", detail=Mailing(to))
        self.add(days, event)

    def look(self, days: int, to: str) -> None:
        self.add(days, Event("looked", detail=Mailing(to)))

    def answer(self, days: int, to: str, kind: AnswerClass) -> None:
        self.add(days, Event("replied", evidence=NOTE, detail=Answer(to, kind)))

    def report(self, days: int) -> None:
        self.add(days, Event("reported", evidence=NOTE))

    def hold(self, to: str, state: ItemState) -> None:
        """A message that has stayed in the outbox."""
        day = "2025-09-05T10:00:00Z"
        address = f"{to}@example.org"
        self.items.append(
            Item(
                TEXT,
                to,
                "email",
                f"<{to}@x>",
                MessageDigest("2" * 64),
                "us@x",
                (address,),
                (),
                day,
                day,
                state,
            )
        )


def signatory(number: int, **more: Any) -> dict[str, Any]:
    """One who signs; what of them may not be seen holds the word “Quaz”."""
    return {
        "id": f"signer-{number}",
        "name": {"given": f"Given{number}", "family": f"Quazname{number}"},
        "contact": {"email": f"quaz{number}@example.org", "note": f"Quaznote{number}"},
        **more,
    }


def recipient(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"member-{number}",
        "name": f"Member {number} of the Long Name",
        "office": f"Member for District {number}",
        "email": f"quazmail{number}@example.org",
        **more,
    }


def campaign(
    folder: Path,
    signatories: Sequence[dict[str, Any]],
    recipients: Sequence[dict[str, Any]],
    title: str = "An open letter on the lights of Riverside",
) -> Campaign:
    """The campaign of the tests with these people in it."""
    written = write_campaign(folder)
    written.write("signatories.yaml", json.dumps(list(signatories)))
    written.write("recipients.yaml", json.dumps(list(recipients)))
    found, problems = load(folder)
    assert found is not None, problems
    names = replace(found.letter.title, texts={"": title})
    return replace(found, letter=found.letter.model_copy(update={"title": names}))


def written(found: Campaign, log: Log, today: dt.date = TODAY, text: TextDigest = TEXT) -> bytes:
    """The page of that campaign."""
    people = statuses(log.entries, [s.id for s in found.signatories], text)
    known = progress(found, Correspondence.of(log.entries), log.items, text)
    return page.write(found, log.entries, people, known, digest=text, today=today)


def busy(folder: Path, recipients: int, signatories: int) -> tuple[Campaign, Log]:
    """Everything that can happen, spread over many people."""
    speak = (("en",), ("fr",), ("fa",), ("ru",), ())
    seen = ("public", "public", "name-only", "public", "withheld", "role-only")
    people = [
        signatory(
            n,
            kind="organisation" if n % 7 == 3 else "person",
            visibility=seen[n % 6],
            languages=speak[n * n % 5],
            description="a journalist",
        )
        for n in range(signatories)
    ]
    log = Log()
    for n in range(signatories):
        day = int(20 * (n / signatories) ** 2)
        early = n % 10 == 9
        log.sign(day, f"signer-{n}", text=EARLIER if early else TEXT)
        if n % 20 == 8:
            log.sign(21, f"signer-{n}", "withdrew")
    for n in range(recipients):
        to = f"member-{n}"
        if n % 11 == 7:
            log.hold(to, ("in_doubt", "failed", "deferred")[n % 3])
            continue
        if n % 11 == 9:
            continue
        log.send(1 + n % 4, to, ("email", "email", "post", "fax", "hand", "form")[n % 6])
        if n % 13 == 6 and n % 6 < 2:
            log.bounce(6, to)
            continue
        if n % 5 == 1:
            log.look(20 + n % 7, to)
        if n % 9 == 2:
            log.answer(25, to, ("reply", "acknowledgement", "refusal")[n % 3])
    for day in (2, 2, 9):
        log.report(day)
    log.entries.sort(key=lambda entry: entry.at)
    return campaign(folder, people, [recipient(n) for n in range(recipients)]), log
