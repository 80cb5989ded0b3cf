"""What the page says of signatures: numbers, and of people whose names are protected only how many.

The rule is one sentence. Days, kinds and languages count those whose name may be shown; everybody
else is in the total and nowhere else. So nothing on the page changes with the day on which a
protected person signed, with what kind they are or what they read, and two pages of consecutive
days tell no more of them than the totals do that the letters print anyway.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign import shown
from letters.campaign.tally import tally
from letters.digests import TextDigest
from letters.ledger import editions
from letters.ledger.events import Entry
from letters.ledger.history import History
from letters.ledger.rules import Standing

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import ShownSignatory
    from letters.ledger.editions import KnownEditions
    from letters.ledger.status import SignatoryStatus

OTHER_LANGUAGES = "another language, or not said"
_FEW = 3  # who alone reads a language could be told by it


class Day(Struct, frozen=True):
    """How many stood signed at the end of a day: for the text as it is now, and for another.

    Who is printed now in another form than they signed in counts with those for another text.
    """

    on: dt.date
    stands: int
    stale: int


class SignatureNumbers(Struct, frozen=True):
    """The signatures in numbers. All but ``total`` count only those whose name may be shown.

    ``days`` are those on which a number changed: those that were given, else of recording, and none
    before one that was recorded earlier. ``kinds`` and ``languages`` are of those that stand for
    the text as it is, and add up to as many. ``changed`` are printed now in another form than they
    signed in.
    """

    total: int
    days: tuple[Day, ...]
    kinds: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    changed: int = 0

    @property
    def shown(self) -> int:
        """How many of the total may be named."""
        return sum(number for _, number in self.kinds)

    @property
    def unnamed(self) -> int:
        """How many of the total are withheld, or only described."""
        return self.total - self.shown

    @property
    def stale(self) -> int:
        """How many signatures are to a text that is not this one."""
        return self.days[-1].stale - self.changed if self.days else 0


def signed(
    campaign: Campaign,
    entries: Sequence[Entry],
    people: Iterable[SignatoryStatus],
    digest: TextDigest,
    words: KnownEditions | None = None,
) -> SignatureNumbers:
    """The numbers of the text with that digest; ``people`` are the states of all signatories.

    With ``words``, who stands for one of its editions stands for it.
    """
    known = {person.id: person for person in people}
    states = {name: person.state for name, person in known.items()}
    agreed = [
        one.as_agreed(known[one.id].changed if one.id in known else ())
        for one in shown.signatories(campaign)
    ]
    named = [one for one in agreed if one.is_named]
    changed = {s.id for s in named if states.get(s.id) == "changed"}
    standing = [s for s in named if states.get(s.id) == "signed"]
    standing_for = editions.CountedEditions(History.of(entries), digest, words)
    organisations = sum(s.kind == "organisation" for s in standing)
    return SignatureNumbers(
        tally(agreed, states, ()).total,
        _days(entries, {s.id for s in named}, changed, standing_for),
        (("persons", len(standing) - organisations), ("organisations", organisations)),
        _languages(standing),
        len(changed),
    )


def _days(
    entries: Sequence[Entry], shown: set[str], changed: set[str], standing: editions.CountedEditions
) -> tuple[Day, ...]:
    places, found = dict[str, Standing](), list[Day]()
    for entry in entries:
        name, today = entry.event.subject, entry.told
        if name not in shown:
            continue
        last = found[-1] if found else Day(today, 0, 0)
        stands, stale = last.stands, last.stale
        old = places.get(name, Standing())
        places[name] = new = old.after(entry.event)
        for place, step in ((old, -1), (new, 1)):
            if place.position == "signed":
                good = name not in changed and bool(standing.editions(place.signed))
                stands += step * good
                stale += step * (not good)
        if found and today <= last.on:
            found.pop()
        found.append(Day(max(today, last.on), stands, stale))
    numbers = [(0, 0), *((one.stands, one.stale) for one in found)]
    return tuple(
        one
        for one, before in zip(found, numbers, strict=False)
        if (one.stands, one.stale) != before
    )


def _languages(standing: Sequence[ShownSignatory]) -> tuple[tuple[str, int], ...]:
    """By the first language that each public signatory reads, the most frequent first.

    What somebody reads is never printed with their name. So it is not told of who agreed to no
    more than their name, nor where fewer than three share it.
    """
    from babel import Locale

    known = Locale("en").languages
    read = Counter(s.languages[0].partition("-")[0] if s.languages else "" for s in standing)
    rows = [(str(known.get(tag, tag)), n) for tag, n in read.items() if tag and n >= _FEW]
    rows.sort(key=lambda row: (-row[1], row[0]))
    others = len(standing) - sum(number for _, number in rows)
    return (*rows, (OTHER_LANGUAGES, others)) if others else tuple(rows)
