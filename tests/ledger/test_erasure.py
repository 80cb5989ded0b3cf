"""Forgetting a person: nothing of them is left in any byte, and every proof still holds."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.framed import digest as text_digest
from letters.ledger import note, receipt, verify_receipt
from letters.ledger.details import Erasure
from letters.ledger.errors import DamagedLogError, LedgerError, RefusedError
from letters.ledger.events import Event
from letters.ledger.store import LOG_NAME, Ledger

from .samples import AT, EVENTS, FIRST, SECOND, THIRD, bytes_of, event, head, judged, record, taken

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECRET = "Zerelda told Quillon on the telephone"


def test_no_byte_is_left_in_the_file_its_free_pages_or_the_wal(path: Path) -> None:
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        for n in range(40):
            record(ledger, event("signed", f"person-{n}", note=f"note of {n} " * 20))
        record(ledger, event("signed", "zerelda", THIRD, note=f"{SECRET} " * 200))
        record(other, event("withdrew", "zerelda", THIRD), event("invited", "zerelda", SECOND))
        assert SECRET.encode() in bytes_of(path.parent)
        assert text_digest(THIRD).encode() in bytes_of(path.parent)
        erased = ledger.erase("zerelda", at=AT, by="desk")
        while_open = bytes_of(path.parent)
    for whole in (while_open, bytes_of(path.parent)):
        for gone in (SECRET, "zerelda", THIRD.strip(), text_digest(THIRD), text_digest(SECOND)):
            assert gone.encode() not in whole, gone
    assert erased.numbers == (41, 42, 43)
    assert erased.texts == 2
    assert judged(path).sound


def test_what_remains_is_counted_and_every_proof_holds(sound: Path, path: Path) -> None:
    path.write_bytes(sound.read_bytes())
    before = head(path)
    with Ledger.open(path) as ledger:
        ledger.add_signer(note.public_bytes(KEY))
        kept = receipt.make(ledger, "ada", KEY)
        signed = note.read(note.sign(ledger.origin(), before, KEY))
        ledger.erase("ada", at=AT)
        left = ledger.entries()
        after = receipt.make(ledger, "bo", KEY)
    assert [entry.number for entry in left] == [3, 4, 5, 7, 9, 10]
    assert left[-1].event.detail == Erasure.of("ada", (1, 2, 6, 8), left[-1].event.detail.salt)  # type: ignore[union-attr]
    verdict = judged(path, before)
    assert verdict.sound
    assert "entries: 10, numbered without a gap, 4 of them erased" in verdict.proved[0]
    assert any("the 4 erased entries" in line for line in verdict.unproved)
    for proof in (kept, after):
        assert receipt.read(proof).note.is_signed_by(note.public_bytes(KEY))
    assert signed.checkpoint == before
    assert len(verify_receipt.proved(json.loads(kept))) == 4


def test_every_person_can_be_erased_and_the_log_goes_on(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, *EVENTS)
        for who in ("ada", "bo", "cy", "dee"):
            ledger.erase(who, at=AT)
        record(ledger, event("signed", "eve"))
        assert [entry.event.kind for entry in ledger.entries()] == ["erased"] * 4 + ["signed"]
        salts = {
            e.event.detail.salt for e in ledger.entries() if isinstance(e.event.detail, Erasure)
        }
        assert len(salts) == 1
        history = ledger.history()
    assert [history.is_erased(who) for who in ("ada", "dee", "eve")] == [True, True, False]
    assert judged(path).sound
    assert len(taken(path).texts) == 1


def test_nobody_is_erased_twice_or_comes_back_under_the_id(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        ledger.erase("ada", at=AT)
        with pytest.raises(RefusedError, match="already erased"):
            ledger.erase("ada", at=AT)
        with pytest.raises(RefusedError, match="was erased"):
            record(ledger, event("signed"))
        assert len(ledger.entries()) == 1


def test_somebody_without_entries_can_be_erased_so_that_nobody_takes_them_up(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.erase("ada", at=AT).numbers == ()
        with pytest.raises(RefusedError, match="was erased"):
            record(ledger, event("invited"))


def test_a_text_that_others_signed_stays(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"), event("signed", "bo"))
        assert ledger.erase("ada", at=AT).texts == 0
        assert ledger.text(text_digest(FIRST)) == FIRST
        assert ledger.erase("bo", at=AT).texts == 1
        assert ledger.text(text_digest(FIRST)) is None


def tampered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def test_an_opening_that_was_deleted_without_an_erasure_is_no_erasure(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, *EVENTS)
        ledger.erase("ada", at=AT)
    tampered(path, "DELETE FROM opening WHERE number = 4")
    verdict = judged(path)
    assert verdict.findings[0] == "entry 4 of the signature log has lost its content"
    reader = Ledger.read(path)
    assert reader is not None
    with reader, pytest.raises(DamagedLogError, match="entry 4"):
        reader.entries()


def test_an_erasure_can_neither_be_deleted_nor_used_to_hide_one_entry_of_many(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, *EVENTS)
        ledger.erase("ada", at=AT)
    whole = path.read_bytes()
    tampered(path, "DELETE FROM opening WHERE number = 10")
    assert [line[:8] for line in judged(path).findings] == [
        f"entry {n} "[:8] for n in (1, 2, 6, 8, 10)
    ]
    path.write_bytes(whole)
    with Ledger.open(path) as ledger, ledger._transaction("IMMEDIATE"):
        # Somebody with the program's own hands hides that dee was invited, and of her only that.
        ledger._append(event("declined", "dee", SECOND), AT, None)
        hiding = Erasure.of("dee", (9,), "5" * 64)
        ledger._append(Event("erased", detail=hiding), AT, None)
        ledger._db.execute("DELETE FROM opening WHERE number = 9")
    assert "an erasure left other entries of the same person in the log" in judged(path).findings


def test_an_entry_that_was_brought_back_is_seen(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, *EVENTS)
    with closing(sqlite3.connect(path)) as db:
        row = db.execute("SELECT * FROM opening WHERE number = 1").fetchone()
    with Ledger.open(path) as ledger:
        ledger.erase("ada", at=AT)
        ledger._db.execute("INSERT INTO opening VALUES (?, ?, ?, ?)", row)
    assert "entry 1 is recorded as erased and still has its content" in judged(path).findings


def test_a_reader_in_the_way_is_named_and_the_second_try_removes_the_traces(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed", "zerelda", note=SECRET), event("signed", "bo"))
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM leaf").fetchall()
            ledger._db.execute("PRAGMA busy_timeout = 50")
            with pytest.raises(LedgerError, match=r"left traces|may have left"):
                ledger.erase("zerelda", at=AT)
        with pytest.raises(RefusedError, match="already erased"):
            ledger.erase("zerelda", at=AT)
        assert SECRET.encode() not in bytes_of(path.parent)


def test_a_log_opened_for_reading_erases_nothing(sound: Path) -> None:
    reader = Ledger.read(sound)
    assert reader is not None
    with reader, pytest.raises(LedgerError, match="can't be opened or written"):
        reader.erase("ada", at=AT)
    assert sound.name == LOG_NAME
    assert len(taken(sound).openings) == 9
