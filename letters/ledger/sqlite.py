"""The log's file: how it is made, opened, copied for reading, and what its errors mean.

Two promises are kept here. An acknowledged entry is on the disk (WAL with synchronous=FULL). And
reading leaves no trace: a log at rest is copied into memory without a lock or a side file, which
also works in a read-only folder and keeps a file under examination as it was found.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from letters import limits, reading
from letters.ledger.errors import DamagedLogError, LedgerError
from letters.ledger.schema import APPLICATION_ID, SCHEMA_VERSION, migrate, structure
from letters.ledger.sqlite_errors import FROM_SQLITE, explained

BUSY_SECONDS = 20.0
_OTHER_TABLES = "the tables are not those that this version of letters makes"
_PATIENCE = 0.01  # seconds between two tries
_HEAP = limits.LOG.most + (32 << 20)  # bytes that SQLite itself may take, copies in memory included
_READ_AS = {True: "?immutable=1", False: "?mode=ro"}


def open_file(path: Path) -> sqlite3.Connection:
    """A connection that writes; makes the file, for its owner alone, where there is none."""
    with explained(path):
        _expect_files(path)
        # An existing file is left alone: closing a second handle would drop SQLite's locks.
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        db = _connect(path.absolute().as_uri() + "?mode=rw")
        try:
            version = _recognise(db, path)
            _enter_wal(db, path)
            if version < SCHEMA_VERSION:
                with transaction(db, "IMMEDIATE"):
                    migrate(db, _recognise_here(db, path))
            _expect_tables(db, path, writing=True)
        except BaseException:
            db.close()
            raise
        return db


def _expect_files(path: Path) -> None:
    """Nothing but files where SQLite opens some: it would wait for a pipe, or follow a link."""
    for name in ("", "-wal", "-shm", "-journal"):
        file = path.with_name(path.name + name)
        try:
            found = file.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISLNK(found.st_mode):
            raise LedgerError(f"{file.name} is a link: the log must lie in the campaign itself")
        if wrong := reading.odd(file):
            raise LedgerError(f"{file.name} {wrong.why}", "move it away")
        if found.st_size > limits.LOG.most:
            raise LedgerError(f"{file.name} is larger than {limits.LOG}", "is it a signature log?")


def copy_of(path: Path) -> sqlite3.Connection | None:
    """The log as it is now, in memory and read-only; None where there is no log yet.

    A writer may come in between; what was read is then half of one state and half of another, and
    is thrown away.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    with explained(path):
        _expect_files(path)
        while (before := _fingerprint(path)) is not None:
            try:
                copy = _copy(path, at_rest=before[-1] <= 0)
            except FROM_SQLITE:
                if _fingerprint(path) == before or time.monotonic() > deadline:
                    raise
                continue
            if _fingerprint(path) == before or before[-1] > 0:
                return _for_reading(copy, path)
            copy.close()
            if time.monotonic() > deadline:
                raise LedgerError(f"{path.name} is written to without a pause", "try again later")
        return None


@contextmanager
def transaction(db: sqlite3.Connection, mode: str) -> Iterator[None]:
    """All or nothing; ``mode`` is IMMEDIATE to write, DEFERRED to read one state throughout."""
    db.execute(f"BEGIN {mode}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def scrub(db: sqlite3.Connection, path: Path) -> None:
    """Leave nothing of what was deleted: neither in free pages nor in the WAL."""
    try:
        with explained(path):
            db.execute("VACUUM")
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            _sync(path.with_name(path.name + "-wal"))
    except LedgerError as error:
        raise LedgerError(
            f"what was erased may have left traces in {path.name}: {error}",
            "run the same command again to remove them",
        ) from error
    if busy:
        raise LedgerError(
            f"another program is reading {path.name}, where what was erased left traces",
            "run the same command again when it is done",
        )


def _sync(path: Path) -> None:
    """Make it last that a file was cut short: SQLite does without, as it would lose nothing."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def faults(db: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file itself: pages, indexes, constraints, tables and triggers."""
    found = []
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        found.append("the database file is damaged inside")
    if db.execute("PRAGMA foreign_key_check").fetchone():
        found.append("the log holds the content of an entry that it does not list")
    if structure(db) != _pristine():
        found.append(_OTHER_TABLES)
    return tuple(found)


def _expect_tables(db: sqlite3.Connection, path: Path, *, writing: bool) -> None:
    """Raise DamagedLogError where asking for a row would run what somebody else has written.

    A view, or a table with columns that are worked out, may never end; a trigger, or an index of
    somebody else's, is run by ``writing``. What is merely there besides, or missing, is for
    verification to say.
    """
    known = _pristine()
    ours = {name for _, name, _, _ in known}
    for kind, name, table, _ in structure(db) - known:
        if kind == "view" or name in ours or (writing and table in ours):
            raise DamagedLogError(f"{path.name}: {_OTHER_TABLES}", "ask whoever sent it for a copy")


@functools.cache
def _pristine() -> set[tuple[str, ...]]:
    with closing(_connect(":memory:")) as db:
        migrate(db, 0)
        return structure(db)


def _connect(target: str) -> sqlite3.Connection:
    db = sqlite3.connect(target, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        for setting in (
            "synchronous = FULL",
            "fullfsync = ON",  # macOS: fsync alone stops at the drive's cache
            "secure_delete = ON",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            f"hard_heap_limit = {_HEAP}",
        ):
            db.execute(f"PRAGMA {setting}")
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.LOG_ENTRY)
    except BaseException:
        db.close()
        raise
    return db


def _copy(path: Path, *, at_rest: bool) -> sqlite3.Connection:
    """The pages in memory. At rest the main file holds everything and is read as it lies."""
    copy = _connect(":memory:")
    try:
        with closing(_connect(path.absolute().as_uri() + _READ_AS[at_rest])) as source:
            source.backup(copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _enter_wal(db: sqlite3.Connection, path: Path) -> None:
    """Switches to WAL. SQLite gives up at once where two processes do so together: try again."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(_PATIENCE)
        else:
            if mode != "wal":
                raise LedgerError(f"the file system can't hold {path.name} safely (no WAL)")
            return


def _for_reading(copy: sqlite3.Connection, path: Path) -> sqlite3.Connection | None:
    """Brings the copy of an older log up to date; None for a file that nothing was written to."""
    try:
        version = _recognise(copy, path)
        if version > 0:
            migrate(copy, version)
            _expect_tables(copy, path, writing=False)
            copy.execute("PRAGMA query_only = ON")
            return copy
    except BaseException:
        copy.close()
        raise
    copy.close()
    return None


def _recognise(db: sqlite3.Connection, path: Path) -> int:
    """The schema version, 0 for an empty file; raises for any other file."""
    with transaction(db, "DEFERRED"):
        return _recognise_here(db, path)


def _recognise_here(db: sqlite3.Connection, path: Path) -> int:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID and version > 0:
        if version > SCHEMA_VERSION:
            raise LedgerError(
                f"{path.name} was written by a newer version of letters", "update letters"
            )
        return version
    if version or db.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise DamagedLogError(f"{path.name} is a database, but not a signature log")
    return 0


def _fingerprint(path: Path) -> tuple[int, ...] | None:
    """Changes whenever the main file does; the last number is the size of the WAL, -1 for none."""
    try:
        main = path.stat()
    except FileNotFoundError:
        return None
    wal = -1
    with suppress(FileNotFoundError):
        wal = path.with_name(path.name + "-wal").stat().st_size
    return main.st_ino, main.st_size, main.st_mtime_ns, wal
