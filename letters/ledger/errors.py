"""What the log says when it can't or won't do something.

No message quotes an id, a note or other content of the log: names must not leak through errors.
"""

from __future__ import annotations

from letters import limits
from letters.error import LettersError, Status


class LedgerError(LettersError):
    """The log can't be read or written here (disk, rights, another program, an unknown version)."""

    status = Status.OUTSIDE


class DamagedLogError(LedgerError):
    """The file is not a signature log, or no longer says what was once recorded in it."""


class RefusedError(LettersError):
    """The event may not follow what the log already holds; nothing was recorded.

    The message is a sentence about "this signatory", the hint names the event that would fit.
    """

    status = Status.REFUSED
    prefix = "refused: "


def of_sqlite(code: str, name: str) -> LedgerError:
    """What SQLite's name for an error means to whoever keeps the log in the file ``name``."""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerError(f"another program is writing to {name}", "try again when it is done")
    if code.startswith("SQLITE_FULL"):
        return LedgerError(f"the disk is full: nothing was recorded in {name}")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return LedgerError(f"{name} can't be opened or written here", "check the folder's rights")
    if code.startswith("SQLITE_IOERR"):
        return LedgerError(f"the disk failed while {name} was read or written")
    if code == "SQLITE_NOTADB":
        return DamagedLogError(f"{name} is not a signature log")
    if code.startswith("SQLITE_TOOBIG"):
        why = f"a text or an entry of {name} is larger than {limits.LOG_ENTRY >> 20} MiB"
        return DamagedLogError(why, "ask whoever sent it for a copy")
    return DamagedLogError(f"{name} is damaged")
