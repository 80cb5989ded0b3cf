"""What the errors of SQLite and of the disk mean for whoever keeps a log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letters.ledger.errors import DamagedLogError, LedgerError, of_sqlite

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
        raise of_sqlite(getattr(error, "sqlite_errorname", ""), path.name) from error
