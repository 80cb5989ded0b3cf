"""What entries say of the computer's clock: nobody can prove a time, but a jump can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from letters.counting import listed
from letters.ledger.events import Entry, stamp

_SLACK = dt.timedelta(minutes=1)  # clocks that are set by the network move a little


def went_back(before: Entry, after: Entry) -> bool:
    """Whether the later entry says a time that is earlier by more than a clock's own slack."""
    return after.at < before.at - _SLACK


def remarks(entries: Iterable[Entry], now: dt.datetime | None = None) -> list[str]:
    """What can't be right about the times, in sentences; ``now`` is that of whoever looks."""
    known = list(entries)
    back = [str(after.number) for before, after in pairwise(known) if went_back(before, after)]
    found = []
    if back:
        found.append(
            f"when these were recorded: {listed(back)}; each says an earlier time than the entry"
            " before it (the clock was set back, or had been ahead)"
        )
    ahead = [each for each in known if now and each.at > now + _SLACK]
    if ahead:
        latest = max(ahead, key=lambda each: each.at)
        found.append(
            f"when entry {latest.number} was recorded: {stamp(latest.at)} has yet to come (the"
            " clock was ahead then, or is behind now)"
        )
    return found
