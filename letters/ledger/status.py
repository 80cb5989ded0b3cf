"""Who has signed the text as it is now: the log, read against the current text digest.

A signature is to a text. It counts only while the letter says what was signed; a single changed
word makes it stale, and stale is never shown as signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, assert_never

from letters.ledger.events import Entry
from letters.ledger.rules import Standing

# `erased` is part of the vocabulary from the start; an erasure is what leads to it.
State = Literal["pending", "invited", "signed", "stale", "declined", "withdrawn", "erased"]


@dataclass(frozen=True, slots=True)
class SignatoryStatus:
    """One signatory's state.

    ``digest`` is the text that the state is about (for ``stale``, the one that was signed), empty
    where there is none. ``since`` is when the latest event was recorded, UTC; None for ``pending``.
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
    places: dict[str, tuple[Standing, dt.datetime]] = {}
    for entry in entries:
        before, _ = places.get(entry.event.subject, (Standing(), entry.at))
        places[entry.event.subject] = (before.after(entry.event), entry.at)
    return tuple(
        SignatoryStatus(name, _state(place[0], current), place[0].text, place[1])
        if (place := places.get(name))
        else SignatoryStatus(name, "pending")
        for name in signatories
    )


def _state(place: Standing, current: str) -> State:
    match place.position:
        case "signed":
            return "signed" if place.text == current else "stale"
        case "withdrew":
            return "withdrawn"
        case "none":
            return "pending"
        case "invited" | "declined":
            return place.position
        case _:
            assert_never(place.position)
