"""A log that somebody changed, with and without skill, against a checkpoint kept elsewhere."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.ledger import merkle
from letters.ledger.errors import LedgerError
from letters.ledger.events import commitment
from letters.ledger.rows import Snapshot
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from .samples import AT, SECOND, event, head, judged, taken


def forge(path: Path, *, keep: int, change: Callable[[bytes], bytes] = lambda body: body) -> None:
    """Rewrite the log from its first ``keep`` entries as if nothing had ever been otherwise."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        rows = db.execute("SELECT number, salt, CAST(body AS BLOB) FROM opening ORDER BY number")
        kept = [(number, salt, change(body)) for number, salt, body in rows][:keep]
        leaves = [commitment(salt, body) for _, salt, body in kept]
        levels = merkle.levels(map(merkle.leaf_hash, leaves))
        for table in ("node", "opening", "leaf"):
            db.execute(f"DELETE FROM {table}")
        db.executemany("INSERT INTO leaf VALUES (?, ?)", enumerate(leaves, start=1))
        for number, salt, body in kept:
            subject = body.partition(b'"subject":"')[2].partition(b'"')[0].decode()
            row = (number, salt, body.decode(), subject)
            db.execute("INSERT INTO opening VALUES (?, ?, ?, ?)", row)
        for level, hashes in enumerate(levels[1:], start=1):
            for position, value in enumerate(hashes):
                db.execute("INSERT INTO node VALUES (?, ?, ?)", (level, position, value))


def test_a_perfect_forgery_is_seen_by_whoever_kept_a_checkpoint(sound: Path, path: Path) -> None:
    shutil.copy(sound, path)
    checkpoint = head(path)
    forge(path, keep=9, change=lambda body: body.replace(b"his mind", b"her mind"))
    assert not judged(path).sound  # the note has its own digest
    shutil.copy(sound, path)
    forge(path, keep=9, change=lambda body: body.replace(b"2026-01-02T05", b"2026-01-02T04"))
    assert judged(path).sound
    (finding,) = judged(path, checkpoint).findings
    assert "the entries up to 9 are not those of the checkpoint" in finding


def test_a_cut_off_end_is_seen_by_whoever_kept_a_checkpoint(sound: Path, path: Path) -> None:
    checkpoint = head(sound)
    for keep in range(9):
        shutil.copy(sound, path)
        forge(path, keep=keep)
        assert judged(path).sound
        (finding,) = judged(path, checkpoint).findings
        assert f"the log ends after entry {keep}, but had reached entry 9" in finding


def test_an_older_copy_is_seen_by_whoever_kept_a_checkpoint(sound: Path, path: Path) -> None:
    shutil.copy(sound, path)
    with Ledger.open(path) as ledger:
        ledger.append(event("withdrew", "cy", SECOND), at=AT)
        checkpoint = ledger.checkpoint()
    shutil.copy(sound, path)
    assert judged(path).sound
    assert not judged(path, checkpoint).sound


def test_an_event_that_was_never_allowed_is_found(sound: Path, path: Path) -> None:
    shutil.copy(sound, path)
    forge(path, keep=9, change=lambda body: body.replace(b'"withdrew"', b'"declined"'))
    (finding,) = judged(path).findings
    assert finding.startswith("entry 6 should have been refused: this signatory has signed")


columns = st.sampled_from(
    [
        ("leaf", "number", "commitment"),
        ("opening", "number", "salt"),
        ("opening", "number", "body"),
        ("opening", "number", "subject"),
        ("node", "rank", "hash"),
        ("text", "rowid", "digest"),
        ("text", "rowid", "body"),
    ]
)


@settings(max_examples=150)
@given(
    how=st.sampled_from(["edit", "delete", "swap", "copy", "truncate"]),
    column=columns,
    first=st.integers(0, 8),
    second=st.integers(0, 8),
    at=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_any_edit_deletion_or_reordering_of_rows_is_found(
    sound: Path, how: str, column: tuple[str, str, str], first: int, second: int, at: int, bit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LOG_NAME
        shutil.copy(sound, path)
        before, checkpoint = taken(path), head(path)
        change(path, how, column, first, second, at, bit)
        after = taken(path)
        changed = as_sets(after) != as_sets(before)
        assert verify(after, [checkpoint]).sound != changed


def as_sets(log: Snapshot) -> list[set[object]]:
    return [set(log.leaves), set(log.openings), set(log.nodes), set(log.texts), set(log.faults)]


def change(
    path: Path, how: str, column: tuple[str, str, str], first: int, second: int, at: int, bit: int
) -> None:
    table, key, name = column
    key = "level * 100 + position" if key == "rank" else key
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        rows = db.execute(
            f"SELECT {key}, CAST({name} AS BLOB), typeof({name}) FROM {table} ORDER BY 1"
        ).fetchall()
        one, other = rows[first % len(rows)], rows[second % len(rows)]
        put = f"UPDATE OR REPLACE {table} SET {name} = CAST(? AS {one[2]}) WHERE {key} = ?"
        if how == "delete":
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", (one[0],))
        elif how == "truncate":
            db.execute(f"DELETE FROM {table} WHERE {key} >= ?", (one[0],))
        elif how == "edit":
            value = bytearray(one[1])
            value[at % len(value)] ^= 1 << bit
            db.execute(put, (bytes(value), one[0]))
        elif how == "copy":
            db.execute(put, (other[1], one[0]))
        else:
            # Two rows change places; the first is parked so that no key is there twice.
            db.execute(put, (bytes(len(one[1])), one[0]))
            db.execute(put, (one[1], other[0]))
            db.execute(put, (other[1], one[0]))


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_without_effect(
    sound: Path, path: Path
) -> None:
    whole = sound.read_bytes()
    log, checkpoint = taken(sound), head(sound)
    chance = random.Random(5)
    for at in [*range(100), *chance.sample(range(100, len(whole)), 400)]:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            after = taken(path)
        except LedgerError:
            continue
        except AssertionError:
            pytest.fail(f"byte {at} made the log disappear")
        if verify(after, [checkpoint]).sound:
            assert as_sets(after) == as_sets(log), f"byte {at} changed the log unseen"
