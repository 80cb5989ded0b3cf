"""Who has signed the text as it is now: the log, read against the current text digest.

A signature is to a text. It counts while the letter says what was signed, or where somebody has
answered by name for every change since being editorial; a single changed word that nobody
answered for makes it stale, and stale is never shown as signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, assert_never

from letters.ledger.events import AFTER_SIGNING, Entry
from letters.ledger.history import History
from letters.ledger.names import as_now
from letters.ledger.rules import Standing

State = Literal["pending", "invited", "signed", "stale", "declined", "withdrawn", "erased"]


@dataclass(frozen=True, slots=True)
class SignatoryStatus:
    """One signatory's state.

    ``digest`` is the text that the state is about (of a signature, the one that was signed), empty
    where there is none. ``since`` is when the latest event was recorded, UTC; None for ``pending``
    and ``erased``.
    """

    id: str
    state: State
    digest: str = ""
    since: dt.datetime | None = None


def statuses(
    entries: Iterable[Entry], signatories: Iterable[str], current: str
) -> tuple[SignatoryStatus, ...]:
    """The state of each of ``signatories`` (ids), in their order.

    ``current`` is the digest of the letter as it is now, empty where it can't be drafted: then
    nobody counts as signed.
    """
    history, since = History(), {}
    for entry in as_now(entries):
        history.add(entry)
        since[entry.event.subject] = entry.at
    valid = history.stands_for(current)
    found = []
    for name in signatories:
        place = history.people.get(name)
        if place:
            found.append(SignatoryStatus(name, _state(place, valid), place.text, since[name]))
        else:
            erased = history.is_erased(name)
            found.append(SignatoryStatus(name, "erased" if erased else "pending"))
    return tuple(found)


def as_of(entries: Iterable[Entry]) -> dt.date | None:
    """The day from which the signatures have been as they are; None where there is no event.

    It is the latest of the days that were given, or of recording where the recorder was. Making
    and sending letters doesn't move it, so that the same signatures print the same date.
    """
    days = (entry.told for entry in entries if entry.event.kind not in AFTER_SIGNING)
    return max(days, default=None)


def _state(place: Standing, valid: set[str]) -> State:
    match place.position:
        case "signed":
            return "signed" if place.text in valid else "stale"
        case "withdrew":
            return "withdrawn"
        case "none":
            return "pending"
        case "invited" | "declined":
            return place.position
        case _:
            assert_never(place.position)
