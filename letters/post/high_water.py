"""The high-water mark: what the log had reached, kept outside it.

A database that is restored from a copy has forgotten what was sent since, and would send it again.
So small files say how far the log had come: one beside it, and two in the user's own folder, of the
log in this place, and of the log wherever letters were sent from it. They hold numbers and a
digest, nothing that names anybody.

A whole campaign may be copied, to try something out: what is recorded in the copy says nothing
against the log that it was copied from. What is sent from the copy does.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from letters import limits, reading
from letters.counting import counted
from letters.ledger.errors import RefusedError
from letters.ledger.keys import no_link

if TYPE_CHECKING:
    from letters.ledger.store import Ledger

SUFFIX = "-mark"
_FOLDER = "letters"
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)  # not on Windows
_LENGTH = 16 + 1 + 16 + 1 + 64 + 1


class RestoredError(RefusedError):
    """The log is an older copy, or another one than letters were sent from."""


def places(log: Path, origin: str, state: Path) -> tuple[Path, ...]:
    """Where the mark of a log is kept: beside it, and in ``state``, the user's own folder.

    A log without an entry has no ``origin`` that could name a file there.
    """
    return (beside(log), of_sending(origin, state)) if origin else (beside(log),)


def beside(log: Path) -> Path:
    """The mark that lies with the log, and goes along where all of the folder is copied."""
    return log.with_name(log.name + SUFFIX)


def of_sending(origin: str, state: Path) -> Path:
    """The mark of a log wherever it lies: how far it had come when letters were last sent."""
    return state / _FOLDER / f"{Path(origin).name}.mark"


def of_place(log: Path, origin: str, state: Path) -> Path:
    """The mark of a log in this very place, where a copy in another one leaves it alone."""
    place = hashlib.sha256(os.fsencode(log.absolute())).hexdigest()[:16]
    return state / _FOLDER / f"{Path(origin).name}-{place}.mark"


def state_folder(environment: os._Environ[str] | dict[str, str], home: Path) -> Path:
    """The user's own folder for what programs remember."""
    said = environment.get("XDG_STATE_HOME", "")
    return Path(said) if said.startswith("/") else home / ".local" / "state"


def read(path: Path) -> tuple[int, int, str] | None:
    """The outbox's changes, the log's size and its root; None where nothing can be read."""
    try:
        beat, size, root = (
            reading.data_of(path, limits.CHECKPOINT, within=path.parent).decode("ascii").split()
        )
        said = int(beat), int(size), root
    except reading.OddFileError:
        raise
    except (OSError, ValueError):
        return None
    return said if said[1] >= 0 else None


def more_than(ledger: Ledger | None, path: Path) -> str:
    """What the mark knows of that the log (None: there is none) does not; "" for nothing."""
    if (said := read(path)) is None:
        return ""
    beat, size, root = said
    later = beat > (ledger.pulse() if ledger else 0)
    return unknown_to(ledger, size, root) or ("letters that were sent since" if later else "")


def unknown_to(ledger: Ledger | None, size: int, root: str) -> str:
    """What is known of a log that does not begin with these entries; "" where it does."""
    found = ledger.root_at(size) if ledger else None
    if not size or found == root.lower():
        return ""
    entries = counted(size, "entry", "entries")
    return f"another log’s {entries}" if found else entries


def keep(ledger: Ledger, files: Iterable[Path]) -> None:
    """Bring these files up to date."""
    with keeping(ledger, files):
        pass


def check(ledger: Ledger, files: Iterable[Path], known: Iterable[tuple[int, str]] = ()) -> None:
    """Raise RestoredError where the log falls short of a mark, or of a ``known`` checkpoint.

    RefusedError where a mark is a link: it would be written through.
    """
    for path in files:
        if more_than(ledger, no_link(path)):
            raise RestoredError(
                f"the log is older than what {path} remembers: it was restored from a copy, and"
                " letters may have gone out that it doesn’t know of",
                "bring the newest log back; or look into the Sent folder of your provider, and"
                " move that file away once you are sure",
            )
    for size, root in known:
        if unknown_to(ledger, size, root):
            raise RestoredError(
                f"the log does not have the {size} entries that it had when the letters were made:"
                " it was restored from a copy, or replaced",
                "bring the newest log back, or render the letters again",
            )


@contextmanager
def keeping(ledger: Ledger, files: Iterable[Path]) -> Iterator[Mark]:
    """The mark, to be moved on with every step; both files are brought up to date at the end."""
    mark = Mark(ledger)
    try:
        for path in files:
            mark.keep_in(path)
        mark.move()
        yield mark
        mark.arrive()
    finally:
        mark.close()


class Mark:
    """The open files. Not waiting for the disk is on purpose: what a mark is for is no crash."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._handles: list[int] = []
        self._head = ledger.checkpoint()

    def keep_in(self, path: Path) -> None:
        """One more file; a folder that can't be written has none."""
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handles.append(os.open(path, os.O_CREAT | os.O_RDWR | _NO_FOLLOW, 0o600))

    def arrive(self) -> None:
        """Write how far the log has come, its entries included."""
        self._head = self._ledger.checkpoint()
        self.move()

    def move(self) -> None:
        """Write how far the outbox has come: enough in between, and sooner done."""
        head = self._head
        line = f"{self._ledger.pulse():016d} {head.size:016d} {head.root}\n".encode()
        for handle in self._handles:
            with suppress(OSError):
                os.lseek(handle, 0, os.SEEK_SET)
                os.write(handle, line[:_LENGTH])

    def close(self) -> None:
        for handle in self._handles:
            os.close(handle)
        self._handles.clear()
