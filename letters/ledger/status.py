"""Who has signed the text as it is now: the log, read against the current text digest.

A signature is to a text. It counts while the letter says what was signed, or where somebody has
answered by name for every change since being editorial; a single changed word that nobody
answered for makes it stale, and stale is never shown as signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, assert_never

from msgspec import Struct

from letters.digests import NO_TEXT, TextDigest
from letters.ledger import editions
from letters.ledger.bound_form import Fields, Form
from letters.ledger.editions import KnownEditions
from letters.ledger.events import AFTER_SIGNING, Entry
from letters.ledger.history import History
from letters.ledger.names import Names, as_now
from letters.ledger.rules import Standing

State = Literal[
    "pending", "invited", "signed", "stale", "changed", "declined", "withdrawn", "erased"
]
Forms = Mapping[str, Sequence[Fields]]
"""By id: the printed form as it is, and those whose owners agreed to it when they agreed to them.
"""


class SignatoryStatus(Struct, frozen=True):
    """One signatory's state.

    ``digest`` is the text that the state is about (of a signature, the one that was signed), empty
    where there is none. ``since`` is when the latest event was recorded, UTC; None for ``pending``
    and ``erased``. ``form`` is the printed form that a signature is bound to, and ``changed`` names
    the fields in which the present one is another. ``editions`` are the languages of the letter for
    which it counts, where they are told apart, and ``outdated`` those that were signed in other
    words.
    """

    id: str
    state: State
    digest: TextDigest = NO_TEXT
    since: dt.datetime | None = None
    form: Form | None = None
    changed: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def statuses(
    entries: Iterable[Entry],
    signatories: Iterable[str],
    current: TextDigest,
    forms: Forms | None = None,
    words: KnownEditions | None = None,
) -> tuple[SignatoryStatus, ...]:
    """The state of each of ``signatories`` (ids), in their order.

    ``current`` is the digest of the letter as it is now, empty where it can't be drafted: then
    nobody counts as signed. A signature that is bound to a printed form is compared with that
    person's in ``forms``. ``words`` tell the editions of the letter apart: who signed one of them
    has signed.
    """
    history, since = History(), {}
    for entry in as_now(entries):
        history.add(entry)
        since[entry.event.subject] = entry.at
    standing = editions.CountedEditions(history, current, words)
    found = []
    for name in signatories:
        place = history.people.get(name)
        if place:
            changed = place.form.against(forms.get(name, ())) if forms and place.form else ()
            tags = standing.editions(place.signed) if place.position == "signed" else ()
            state = _state(place, stands=bool(tags))
            # Whose word it is comes before what it is to.
            state = "changed" if changed and place.position == "signed" else state
            told: tuple[tuple[str, ...], ...] = ()
            if state == "signed":
                told = tuple(filter(None, tags)), standing.outdated(place.signed)
            found.append(
                SignatoryStatus(name, state, place.text, since[name], place.form, changed, *told)
            )
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


def days_of_signing(entries: Iterable[Entry]) -> dict[str, dt.date]:
    """By signatory, the day on which each signed, or signed again."""
    signing = (entry for entry in as_now(entries) if entry.event.kind in ("signed", "reaffirmed"))
    return {entry.event.subject: entry.told for entry in signing}


def in_force(ids: Collection[str], names: Names, entries: Sequence[Entry]) -> Callable[[str], str]:
    """Which id a signatory of before has now, "" for one who was erased.

    The log is only searched for whoever is none of ``ids`` any more.
    """

    def now(identifier: str) -> str:
        current = names.now(identifier)
        if current in ids:
            return current
        return "" if History.of(entries).is_erased(identifier) else current

    return now


def _state(place: Standing, *, stands: bool) -> State:
    match place.position:
        case "signed":
            return "signed" if stands else "stale"
        case "withdrew":
            return "withdrawn"
        case "none":
            return "pending"
        case "invited" | "declined":
            return place.position
        case _:
            assert_never(place.position)
