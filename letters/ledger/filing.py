"""What one decision, or one person, needs of a log, and no more: read by the tracks.

Who had other ids is read under each of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from letters.ledger.details import Cut, Renaming
from letters.ledger.events import (
    ERASED_TRACK,
    EVIDENCE_TRACK,
    RENAMED_TRACK,
    RENDERED_TRACK,
    Entry,
    Event,
    unseal,
)
from letters.ledger.history import History
from letters.ledger.names import Names, tracks_of
from letters.ledger.rows import Row, Rows


def tracks(event: Event) -> tuple[str, ...]:
    """The tracks that decide whether ``event`` may be recorded.

    Of a person who had other ids, those decide as well (see `names`).
    """
    if isinstance(event.detail, Renaming):
        return (*tracks_of(event.detail, event.subject), RENAMED_TRACK, ERASED_TRACK)
    if isinstance(event.detail, Cut):
        return (event.track, ERASED_TRACK)
    if event.subject:
        return (event.track, ERASED_TRACK)
    return (event.track, RENDERED_TRACK) if event.kind == "sent" else (event.track,)


def unsealed(rows: Iterable[Row]) -> list[Entry]:
    """The entries, each one checked against its commitment."""
    return [unseal(*row) for row in rows]


def names(rows: Rows) -> Names:
    """Who had which other ids."""
    return Names.of(unsealed(rows.filed([RENAMED_TRACK])))


def of_one(rows: Rows, track: str) -> list[Row]:
    """What is recorded of one person, or of one recipient, under each of their ids."""
    ids = names(rows).all(track)
    renamed = [
        row for row in rows.filed([RENAMED_TRACK]) if not Names.of(unsealed([row])).isdisjoint(ids)
    ]
    return sorted(rows.filed(ids) + renamed, key=lambda row: row[0])


def history_for(rows: Rows, event: Event) -> History:
    """As much of the log as decides whether ``event`` may be recorded."""
    if isinstance(event.detail, Renaming) and event.detail.recipient:
        # Anybody's signature may be bound to that id; of who was erased there is none.
        return History.of(unsealed(row for row in rows.all() if row[2] is not None))
    known = names(rows)
    wanted = dict.fromkeys(each for track in tracks(event) for each in known.all(track))
    if known:
        wanted[RENAMED_TRACK] = None
    return History.of(unsealed(rows.filed(wanted)))


def cuts(rows: Rows) -> History:
    """What replaced which files of evidence, and nothing else."""
    return History.of(unsealed(rows.filed([EVIDENCE_TRACK])))
