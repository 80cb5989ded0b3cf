"""The watch over the outbox: one command at a time, and none on a log that was restored.

Two runs at once, or a run and a person who looks after doubts, would send a letter twice; and so
would a log that has forgotten what went out. The system ends the watch when a process dies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from letters.cli import logbook

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.ledger.store import Ledger
    from letters.post.high_water import Mark

_SUFFIX = "-lock"


@contextmanager
def watched(
    campaign: Campaign, ledger: Ledger, known: Sequence[tuple[int, str]] = ()
) -> Iterator[Mark]:
    """Whoever sends, or records what was sent, does it in here; the marks then keep up.

    Raises RefusedError where another command is at it, or where the log falls short of a mark or
    of a ``known`` checkpoint.
    """
    with watched_log(campaign.root, ledger, known) as reached:
        yield reached


@contextmanager
def watched_log(
    root: Path, ledger: Ledger, known: Sequence[tuple[int, str]] = ()
) -> Iterator[Mark]:
    """The same for a campaign that can't be used as it is."""
    from letters.post import high_water

    log, state = logbook.path_of(root), logbook.state()
    origin = ledger.origin() if state and ledger.checkpoint().size else ""
    marks = high_water.places(log, origin, state or Path())
    with _alone(log.with_name(log.name + _SUFFIX)):
        high_water.check(ledger, marks, known)
        with high_water.keeping(ledger, marks) as reached:
            yield reached


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    import fcntl  # not on Windows, where all else works

    from letters.ledger.errors import RefusedError
    from letters.ledger.keys import no_link
    from letters.reading import odd

    if wrong := odd(path):
        raise wrong
    handle = os.open(no_link(path), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(
                "another “letters” is sending from this campaign, or records what was sent",
                "wait until it has ended, and say this again",
            ) from None
        yield
    finally:
        os.close(handle)
