"""Events of thousands of people in one go, each with evidence of their own.

They are recorded a thousand at a time: the evidence first, then the entries in one transaction. A
run that is interrupted, at whatever moment, has recorded each thousand whole or not at all. The
same run, begun anew, passes over what is recorded and goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from letters.ledger import evidence
from letters.ledger.events import Entry, Event
from letters.ledger.store import Ledger

A_TRANSACTION = 1000
_OCTETS = 64 << 20  # of evidence that is held in memory: more begins the next transaction


class Recording(Struct, frozen=True):
    """One event to be recorded, and the file of which a copy is kept as its evidence."""

    event: Event
    data: bytes | None = None


class Counts(Struct, frozen=True):
    """What came of it. ``first`` and ``last`` are the numbers of the new entries, 0 for none."""

    recorded: int = 0
    known: int = 0
    first: int = 0
    last: int = 0

    @property
    def done(self) -> int:
        """How many were gone through."""
        return self.recorded + self.known

    def with_more(self, entries: Sequence[Entry | None]) -> Counts:
        """Together with those that one more transaction made."""
        new = [entry.number for entry in entries if entry]
        return Counts(
            self.recorded + len(new),
            self.known + len(entries) - len(new),
            self.first or next(iter(new), 0),
            new[-1] if new else self.last,
        )


def record_many(
    ledger: Ledger,
    campaign: Path,
    recordings: Iterable[Recording],
    *,
    now: Callable[[], dt.datetime],
    texts: Sequence[str] = (),
    returning: bool = False,
    tell: Callable[[Counts], None] = lambda _: None,
) -> Counts:
    """Record them in order; ``tell`` hears how far it has come once a thousand are on the disk.

    ``texts`` are the canonical texts that the events name, where the log may not have them. What
    is recorded already is left out and counted as known. So is a signature by the same evidence of
    somebody who has withdrawn since, unless they are ``returning``.

    Raises RefusedError, which names the id, where an event may not follow what is recorded; of that
    thousand nothing is then recorded, while those before it are. Raises OSError.
    """
    counts = Counts()
    for some in _together(recordings):
        with evidence.all_kept(
            ledger, campaign, [one.data for one in some if one.data is not None]
        ):
            events = [one.event for one in some]
            entries = ledger.append_all(events, at=now(), texts=texts, returning=returning)
        counts = counts.with_more(entries)
        tell(counts)
    return counts


def _together(recordings: Iterable[Recording]) -> Iterator[list[Recording]]:
    """Those of each transaction."""
    some, octets = list[Recording](), 0
    for one in recordings:
        some.append(one)
        octets += len(one.data or b"")
        if len(some) >= A_TRANSACTION or octets >= _OCTETS:
            yield some
            some, octets = [], 0
    if some:
        yield some
