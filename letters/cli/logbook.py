"""The one door to the signature log: a command that reads or writes it comes in here.

A log that was restored from a copy, or replaced, is shown with a warning; nothing is recorded in
it and nothing is made from it. Whatever was recorded is remembered outside the log on the way out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from letters import reading
from letters.cli.exit import Status, fail, note

if TYPE_CHECKING:
    from letters.ledger.events import Entry
    from letters.ledger.store import Ledger
    from letters.post.remembered_log import Compared


def path_of(root: Path) -> Path:
    """Where the log of the campaign in that folder lies; a link ends the command."""
    from letters.ledger.store import LOG_NAME

    path = reading.real(root) / LOG_NAME
    if path.is_symlink():
        fail(Status.REFUSED, f"{path} is a link: the log must lie in the campaign itself")
    return path


def read(root: Path, *, acting: bool = False) -> Ledger | None:
    """The log as it is at this moment, to read only; None where there is none.

    ``acting``: something is to be made or decided by it. Then RestoredError is raised where it
    falls short of what is remembered of it, or is gone; otherwise there is a warning. Where the
    log never was, a draft may be made.
    """
    path = path_of(root)
    ledger, found = _held_against(path)
    if found.against:
        # Another command may have written, and moved a mark, after the log was copied for reading.
        if ledger is not None:
            ledger.close()
        ledger, found = _held_against(path)
    try:
        _look(found, path.parent, acting=acting and not found.is_elsewhere)
    except BaseException:
        if ledger is not None:
            ledger.close()
        raise
    return ledger


def _held_against(path: Path) -> tuple[Ledger | None, Compared]:
    """A copy of the log, and what it was found to be."""
    from letters.ledger.store import Ledger

    ledger = Ledger.read(path)
    return ledger, compared(ledger, path)


@contextmanager
def opened(root: Path) -> Iterator[Ledger]:
    """The log, to write in; it is made where there is none.

    Raises RestoredError where it falls short of what is remembered of it, or is gone.
    """
    from letters.ledger.store import Ledger

    path = path_of(root)
    found = None if path.exists() else compared(None, path)
    if found and not path.exists():  # nobody else has begun it in the meantime
        _look(found, path.parent, acting=True)
    with Ledger.open(path) as ledger:
        _look(compared(ledger, path), path.parent, acting=True)
        before, last = (ledger.checkpoint(), ledger.pulse()), ledger.last()
        try:
            yield ledger
        finally:
            if _remember(ledger, path, before):
                _watch_clock(last, ledger.last())


def compared(ledger: Ledger | None, path: Path) -> Compared:
    """What the log at that path is, held against what is remembered of it."""
    from letters.post.remembered_log import compare

    return compare(ledger, path, state())


def marks_against(path: Path) -> list[str]:
    """What the marks alone say against the log; the rest is for verification to say."""
    from letters.post import remembered_log

    root = path.parent
    others = (root / "out", root / remembered_log.CHECKPOINTS)
    ledger, found = _held_against(path)
    if ledger is not None:
        ledger.close()
    return [
        f"{remembered_log.shown(file, root)} knows of {what}: the log was restored from a copy"
        for file, what in found.against
        if file.parent not in others
    ]


def come_to(root: Path) -> tuple[int, int, list[Path]]:
    """How many entries there are, how often the outbox has changed, and which files know of it."""
    from letters.ledger.store import Ledger
    from letters.post import high_water

    log, own = path_of(root), state()
    marks, ledger = [high_water.beside(log)], Ledger.read(log)
    if ledger is None:
        return 0, 0, marks
    with ledger:
        size, beat = ledger.checkpoint().size, ledger.pulse()
        if size and own:
            origin = ledger.origin()
            marks += [high_water.of_place(log, origin, own), high_water.of_sending(origin, own)]
    return size, beat, marks


def state() -> Path | None:
    """The user's own folder for what programs remember; None for a user without a home."""
    from letters.post.high_water import state_folder

    try:
        return state_folder(os.environ, Path.home())
    except RuntimeError:
        return None


def _look(found: Compared, root: Path, *, acting: bool) -> None:
    for words in found.warnings(root):
        note(f"warning: {words}")
    error = found.error(root)
    if error and acting:
        raise error
    if error:
        note(f"warning: {error.sentence}")


def _remember(ledger: Ledger, path: Path, before: tuple[object, int]) -> bool:
    """Move the marks on if there is anything new; what can't be written now has to wait."""
    from letters.ledger.errors import LedgerError
    from letters.post import high_water

    with suppress(LedgerError):
        now = ledger.checkpoint()
        if not now.size or (now, ledger.pulse()) == before:
            return False
        own = state()
        elsewhere = [high_water.of_place(path, ledger.origin(), own)] if own else []
        high_water.keep(ledger, [high_water.beside(path), *elsewhere])
        return True
    return False


def _watch_clock(before: Entry | None, after: Entry | None) -> None:
    from letters.ledger import clock
    from letters.ledger.events import stamp

    if before and after and clock.went_back(before, after):
        note(
            f"warning: entry {before.number} says {stamp(before.at)}, and now it is"
            f" {stamp(after.at)}: this computer’s clock was set back, or had been ahead (look at"
            " it: days are counted by it)"
        )
