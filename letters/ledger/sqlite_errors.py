"""What the errors of SQLite and of the disk mean for whoever keeps a log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letters.ledger.errors import DamagedLogError, LedgerError

# SQLite's own message may quote bytes of a damaged file that are no longer text.
FROM_SQLITE = (sqlite3.Error, UnicodeDecodeError)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what the system or SQLite says into a LedgerError with a sentence a user can act on."""
    try:
        yield
    except OSError as error:
        raise LedgerError(f"{path.name} can't be opened: {error.strerror}") from error
    except MemoryError:
        raise DamagedLogError(f"{path.name} takes too much memory to be read") from None
    except FROM_SQLITE as error:
        raise _explanation(getattr(error, "sqlite_errorname", ""), path.name) from error


def _explanation(code: str, name: str) -> LedgerError:
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
    return DamagedLogError(f"{name} is damaged")
