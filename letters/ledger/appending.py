"""How events become entries, within the transaction of whoever asks for it: one, or many at once.

Many are judged by one history, which is read once and then grows with each of them. Whatever is
recorded already is not recorded again: a run that was interrupted is simply begun anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from letters import framed
from letters.ledger import filing
from letters.ledger.bound_form import Form
from letters.ledger.errors import RefusedError
from letters.ledger.events import RENAMED_TRACK, Entry, Event
from letters.ledger.history import History, tracks
from letters.ledger.rows import Rows
from letters.ledger.rules import Standing

# By these somebody is asked, or stands under a letter. Evidence that was given for one of them
# before says nothing against what the same person did later, nor for another text.
_HOLDING = frozenset({"invited", "signed", "reaffirmed"})
_POSITIONS = {"signed": "signed", "declined": "declined", "withdrew": "withdrew"}


def append(rows: Rows, event: Event, at: dt.datetime, text: str | None) -> Entry:
    """Record one event; see `Ledger.append`."""
    number = rows.size() + 1
    if refused := filing.history_for(rows, event).refusal(event, number):
        raise refused
    if text is not None:
        rows.keep_text(event.text_digest, text)
    _expect_texts(rows, [event])
    entry = _entry(number, event, at)
    rows.add(entry)
    return entry


def append_all(
    rows: Rows,
    events: Sequence[Event],
    at: dt.datetime,
    texts: Iterable[str],
    *,
    returning: bool,
) -> list[Entry | None]:
    """Record them in order; None for each that is recorded already; see `Ledger.append_all`."""
    history, known = _history_for(rows, events)
    for text in texts:
        rows.keep_text(framed.digest(text), text)
    found, number = list[Entry | None](), rows.size() + 1
    for event in events:
        who = history.names.now(event.subject)
        entry = _entry(number, event, at)
        place = history.people.get(who, Standing())
        if is_repeated(entry, known[who], place, returning=returning):
            found.append(None)
            continue
        if refused := history.refusal(event, number):
            raise RefusedError(f"{event.subject}: {refused.message}", refused.hint)
        rows.add(entry)
        history.add(entry)
        known[who].append(entry)
        found.append(entry)
        number += 1
    _expect_texts(rows, events)
    return found


def is_repeated(
    entry: Entry, earlier: Sequence[Entry], place: Standing, *, returning: bool = False
) -> bool:
    """Whether an entry says nothing new of a person who did ``earlier`` and stands at ``place``.

    Who has withdrawn since is not signed a second time by the same evidence, and nobody is signed
    under another text by it, unless ``returning`` says that they are to be.
    """
    if earlier and _says(entry, earlier[-1]):
        return True
    if returning:
        return False
    if stands(entry.event, place):
        return True
    spent = (_says(entry, one) or _shows(entry.event, one.event) for one in earlier)
    return entry.event.kind in _HOLDING and any(spent)


def stands(event: Event, place: Standing) -> bool:
    """Whether a person stands already where an event would bring them."""
    if isinstance(event.detail, Form) and event.detail.changed:
        return False  # they stand by another printed form than before
    if event.kind == "invited":
        return place.invited_to == event.text_digest
    if event.kind == "reaffirmed":
        return place.position == "signed" and place.text == event.text_digest
    alike = place.position == _POSITIONS.get(event.kind)
    return alike and (event.kind == "withdrew" or place.text == event.text_digest)


def _says(entry: Entry, before: Entry) -> bool:
    one, other = entry.event, before.event
    if isinstance(one.detail, Form) and one.detail.changed:
        return False
    alike = (one.kind, one.text_digest, one.evidence, one.stated_at) == (
        *(other.kind, other.text_digest, other.evidence, other.stated_at),
    )
    # Another day's reminder is another reminder, whatever it says, and so is one by another way.
    again = one.kind == "reminded" and (
        one.channel != other.channel or (not one.stated_at and entry.day != before.day)
    )
    return alike and not again


def _shows(one: Event, before: Event) -> bool:
    """Whether the same file is the evidence for what is of the same kind."""
    return (
        one.kind == before.kind
        and one.evidence.kind in {"kept", "file"}
        and one.evidence.digest == before.evidence.digest
    )


def _history_for(rows: Rows, events: Sequence[Event]) -> tuple[History, Mapping[str, list[Entry]]]:
    """As much of the log as decides about all of them, and by id in force what each person did."""
    names = filing.names(rows)
    wanted = dict.fromkeys(
        each for event in events for track in tracks(event) for each in names.all(track)
    )
    if names:
        wanted[RENAMED_TRACK] = None
    entries = filing.unsealed(rows.filed(wanted))
    known = defaultdict[str, list[Entry]](list)
    for entry in entries:
        if entry.event.subject and entry.event.kind != "renamed":
            known[names.now(entry.event.subject)].append(entry)
    return History.of(entries), known


def _entry(number: int, event: Event, at: dt.datetime) -> Entry:
    return Entry(number, at.replace(microsecond=0), event, at.astimezone().date())


def _expect_texts(rows: Rows, events: Iterable[Event]) -> None:
    if any(rows.text(one) is None for one in {one for event in events for one in event.texts}):
        raise ValueError("the log does not have the text that the event names")
