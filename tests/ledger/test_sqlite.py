"""The file itself: how it is made and read, and what happens where it can't be."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from letters.ledger import schema, sqlite
from letters.ledger.errors import DamagedLogError, LedgerError
from letters.ledger.store import LOG_NAME, Ledger

from .samples import event, record

NOBODY = 65534


def logged(path: Path) -> Path:
    with Ledger.open(path) as ledger:
        record(ledger, event("invited"), event("signed"), event("signed", "bo"))
    return path


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def look(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in folder.iterdir()}


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """A folder where this process can read but not write; root has to become somebody else."""
    if os.geteuid() == 0:
        folder.chmod(0o755)
        for one in folder.iterdir():
            os.chown(one, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    else:
        folder.chmod(0o555)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody else can reach, too."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_the_log_is_for_its_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        with Ledger.open(path) as ledger:
            record(ledger, event("signed"))
            modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {LOG_NAME + end: 0o600 for end in ("", "-wal", "-shm")}


def test_a_log_at_rest_is_one_file(path: Path) -> None:
    logged(path)
    assert names(path.parent) == [LOG_NAME]


def test_what_is_acknowledged_is_on_the_disk_and_what_is_erased_is_overwritten(path: Path) -> None:
    with Ledger.open(path) as ledger:
        settings = {
            name: ledger._db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "secure_delete",
                "foreign_keys",
                "temp_store",
                "trusted_schema",
            )
        }
        tables = ledger._db.execute("PRAGMA table_list").fetchall()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
        "trusted_schema": 0,
    }
    strict = {name: strict for _, name, _, _, _, strict in tables if not name.startswith("sqlite_")}
    assert strict == dict.fromkeys(
        ["leaf", "node", "opening", "outgoing", "pulse", "signer", "text"], 1
    )


def test_a_schema_is_never_changed_again() -> None:
    frozen = {
        1: "131770bbb9d9705e7d2ce7261ec3dc38664776c419d9529707b595c514fb268b",
        2: "a31573eb777aef33a248d3a97b78c42b703c53e6234d0a29e77685505e51d395",
        3: "ca6605d61ffac6204e1f84103faefbceac0ba92a4c685154ae79823019eb5def",
    }
    found = {}
    for version in range(1, schema.SCHEMA_VERSION + 1):
        with closing(sqlite3.connect(":memory:")) as db:
            for statements in schema._MIGRATIONS[:version]:
                for statement in statements:
                    db.execute(statement)
            rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql != '' ORDER BY name")
            text = "\n".join(f"{name}: {sql}" for name, sql in rows)
            found[version] = hashlib.sha256(text.encode()).hexdigest()
    assert found == frozen


def test_reading_where_there_is_no_log_makes_none(path: Path) -> None:
    assert Ledger.read(path) is None
    assert Ledger.read(path.parent / "no" / "such" / LOG_NAME) is None
    assert names(path.parent) == []


def test_a_file_that_was_made_and_never_written_is_no_log_yet(path: Path) -> None:
    path.touch()
    assert Ledger.read(path) is None
    assert look(path.parent)[LOG_NAME][0] == b""
    logged(path)
    ledger = Ledger.read(path)
    assert ledger is not None
    ledger.close()


@pytest.mark.parametrize("name", ["letters.db", "what? 100% #1.db", "журнал.db"])
def test_reading_leaves_everything_as_it_was(tmp_path: Path, name: str) -> None:
    logged(tmp_path / name)
    before = look(tmp_path)
    for _ in range(2):
        ledger = Ledger.read(tmp_path / name)
        assert ledger is not None
        with ledger:
            assert len(ledger.entries()) == 3
            assert ledger.snapshot().faults == ()
    assert look(tmp_path) == before


def test_it_reads_in_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    path = logged(open_folder / LOG_NAME)
    with unwritable(open_folder):
        ledger = Ledger.read(path)
        assert ledger is not None
        with ledger:
            assert len(ledger.entries()) == 3
    assert names(open_folder) == [LOG_NAME]


def test_it_says_that_a_folder_cannot_be_written(open_folder: Path) -> None:
    path = open_folder / LOG_NAME
    with unwritable(open_folder), pytest.raises(LedgerError, match="Permission denied"):
        Ledger.open(path)
    logged(path)
    with unwritable(open_folder), pytest.raises(LedgerError, match="can't be opened or written"):
        Ledger.open(path)
    assert names(open_folder) == [LOG_NAME]


def test_it_says_that_a_folder_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="No such file or directory"):
        Ledger.open(tmp_path / "nowhere" / LOG_NAME)


def test_a_reader_sees_what_a_writer_that_is_still_open_has_recorded(path: Path) -> None:
    with Ledger.open(path) as writer:
        record(writer, event("invited"))
        first = Ledger.read(path)
        assert first is not None
        record(writer, event("signed"))
        second = Ledger.read(path)
        assert second is not None
        with first, second:
            assert len(first.entries()) == 1
            assert len(second.entries()) == 2
            assert second.checkpoint() == writer.checkpoint()


def test_a_reader_throws_away_what_it_read_while_a_writer_came_by(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(path)
    real = sqlite._copy
    tries: list[bool] = []

    def disturbed(path: Path, *, at_rest: bool) -> sqlite3.Connection:
        copy = real(path, at_rest=at_rest)
        if not tries:
            with Ledger.open(path) as writer:
                record(writer, event("withdrew"))
        tries.append(at_rest)
        return copy

    monkeypatch.setattr(sqlite, "_copy", disturbed)
    ledger = Ledger.read(path)
    assert ledger is not None
    with ledger:
        assert len(ledger.entries()) == 4
    assert tries == [True, True]


def make_text(path: Path) -> None:
    path.write_bytes(b"signed: everyone\n" * 99)


def make_truncated(path: Path) -> None:
    whole = logged(path).read_bytes()
    path.write_bytes(whole[:6000])


def make_overwritten(path: Path) -> None:
    whole = bytearray(logged(path).read_bytes())
    whole[100:9000] = bytes(8900)
    path.write_bytes(whole)


def make_other(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE contacts (name TEXT)")


def make_folder(path: Path) -> None:
    path.mkdir()


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(logged(path))) as db:
        db.execute("PRAGMA user_version = 99")


def make_long(path: Path) -> None:
    with closing(sqlite3.connect(logged(path))) as db:
        db.execute("INSERT INTO leaf VALUES (100, randomblob(32))")
        long = "printf('%.*c', 33 << 20, 'a')"
        db.execute(f"INSERT INTO opening VALUES (100, randomblob(32), {long}, 'a')")
        db.commit()


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (make_long, DamagedLogError, "an entry of letters.db is larger than 32 MiB"),
        (make_text, DamagedLogError, "letters.db is not a signature log"),
        (make_truncated, DamagedLogError, "letters.db is damaged"),
        (make_overwritten, DamagedLogError, "letters.db is damaged"),
        (make_other, DamagedLogError, "letters.db is a database, but not a signature log"),
        (make_folder, LedgerError, "letters.db is a folder, and no file"),
        (make_newer, LedgerError, "letters.db was written by a newer version of letters"),
    ],
)
def test_it_names_what_it_cannot_use_and_leaves_it_alone(
    path: Path, make: object, kind: type[LedgerError], message: str
) -> None:
    assert callable(make)
    make(path)
    before = b"" if path.is_dir() else path.read_bytes()
    with pytest.raises(kind, match=message):
        use(Ledger.read(path))
    with pytest.raises(kind, match=message):
        use(Ledger.open(path))
    assert (b"" if path.is_dir() else path.read_bytes()) == before


def use(ledger: Ledger | None) -> None:
    assert ledger is not None
    with ledger:
        ledger.entries()
