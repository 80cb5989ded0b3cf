"""A log of each earlier version is read as it lies, and brought up to date when it is written."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from letters.ledger import note
from letters.ledger.keys import signing_key
from letters.ledger.merkle import Checkpoint
from letters.ledger.schema import SCHEMA_VERSION
from letters.ledger.store import Ledger

from .samples import AT, EVENTS, SECOND, event, judged, taken

# Made by the first version of the log with the nine events of the samples, and never made again.
FROZEN = Path(__file__).parent / "frozen"
HEAD = Checkpoint(9, "f3799c0257ece0edb4d1a0690d142202f0b9cafcc56c000d363350af54a705cb")


@pytest.fixture
def v1(path: Path) -> Path:
    shutil.copy(FROZEN / "v1.sqlite", path)
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_the_first_version_is_read_and_left_as_it_is(v1: Path) -> None:
    before = v1.read_bytes()
    assert judged(v1, HEAD).sound
    ledger = Ledger.read(v1)
    assert ledger is not None
    with ledger:
        assert [entry.event for entry in ledger.entries()] == EVENTS
        assert ledger.checkpoint() == HEAD
        assert ledger.signers() == ()
    assert v1.read_bytes() == before
    assert version(v1) == 1


def test_writing_brings_it_up_to_date_and_keeps_every_proof(v1: Path) -> None:
    old = taken(v1)
    with Ledger.open(v1) as ledger:
        assert version(v1) == SCHEMA_VERSION == 3
        assert [entry.event for entry in ledger.entries()] == EVENTS
        assert ledger.checkpoint() == HEAD
        assert ledger.snapshot() == old
        key = note.public_bytes(signing_key(v1.parent))
        ledger.add_signer(key)
        ledger.add_signer(key)
        assert ledger.signers() == (key,)
        ledger.append(event("withdrew", "cy", SECOND), at=AT)
        ledger.erase("ada", at=AT)
    assert judged(v1, HEAD).sound
