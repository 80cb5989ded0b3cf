from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from letters.digests import FileDigest, ManifestDigest, TextDigest
from letters.framed import digest as text_digest
from letters.ledger import sqlite
from letters.ledger.details import Change, Mailing
from letters.ledger.errors import DamagedLogError, LedgerError, RefusedError
from letters.ledger.events import Entry, Event, Evidence
from letters.ledger.merkle import Checkpoint
from letters.ledger.store import Ledger

from .samples import AT, FIRST, SECOND, event, judged, record


def test_it_gives_back_what_was_recorded_in_order(path: Path) -> None:
    told = [event("invited"), event("signed"), event("invited", "bo"), event("withdrew")]
    with Ledger.open(path) as ledger:
        record(ledger, *told)
        expected = tuple(
            Entry(n + 1, AT + dt.timedelta(hours=n), one) for n, one in enumerate(told)
        )
        assert ledger.entries() == expected
    again = Ledger.read(path)
    assert again is not None
    with again:
        assert again.entries() == expected


def test_a_text_is_kept_once_and_found_by_its_digest(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("invited"), event("signed"), event("signed", text=SECOND))
        assert ledger.text(text_digest(FIRST)) == FIRST
        assert ledger.text(text_digest(SECOND)) == SECOND
        assert ledger.text(TextDigest("0" * 64)) is None
        assert len(ledger.snapshot().texts) == 2


def test_it_never_records_a_digest_whose_text_it_does_not_have(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with pytest.raises(ValueError, match="does not have the text"):
            ledger.append(event("signed"), at=AT)
        with pytest.raises(ValueError, match="not the one"):
            ledger.append(event("signed"), at=AT, text=SECOND)
        assert ledger.entries() == ()
        record(ledger, event("invited"))
        ledger.append(event("signed"), at=AT)
        ledger.append(event("withdrew", text=""), at=AT)
        assert len(ledger.entries()) == 3


def test_what_is_refused_leaves_no_trace(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        before = ledger.snapshot()
        with pytest.raises(RefusedError, match="already signed"):
            ledger.append(event("signed"), at=AT, text=FIRST)
        with pytest.raises(RefusedError, match="can't decline"):
            ledger.append(event("declined", text=SECOND), at=AT, text=SECOND)
        assert ledger.snapshot() == before
        record(ledger, event("signed", "bo"))
        assert [entry.number for entry in ledger.entries()] == [1, 2]


def test_words_that_cannot_be_written_are_refused_whole(path: Path) -> None:
    with Ledger.open(path) as ledger:
        bad = Event("declined", "ada", channel="\ud800")
        with pytest.raises(ValueError, match="surrogates"):
            ledger.append(bad, at=AT)
        assert ledger.entries() == ()


def test_times_are_kept_to_the_second_and_must_be_utc(path: Path) -> None:
    with Ledger.open(path) as ledger:
        entry = ledger.append(event("declined"), at=AT.replace(microsecond=987_654), text=FIRST)
        assert entry.at == AT
        with pytest.raises(ValueError, match="UTC"):
            ledger.append(event("declined", "bo"), at=AT.replace(tzinfo=None), text=FIRST)
        assert len(ledger.entries()) == 1


def test_the_checkpoint_covers_every_entry(path: Path) -> None:
    with Ledger.open(path) as ledger:
        roots = [ledger.checkpoint()]
        for n in range(9):
            record(ledger, event("signed", f"person-{n}"))
            roots.append(ledger.checkpoint())
    assert [root.size for root in roots] == list(range(10))
    assert len({root.root for root in roots}) == 10
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert roots[0] == Checkpoint(0, empty)
    again = Ledger.read(path)
    assert again is not None
    with again:
        assert again.checkpoint() == roots[-1]


def test_equal_events_in_two_logs_share_no_commitment(tmp_path: Path) -> None:
    commitments = set()
    for name in ("a.db", "b.db"):
        with Ledger.open(tmp_path / name) as ledger:
            record(ledger, event("signed"))
            commitments.add(ledger.snapshot().leaves[0][1])
    assert len(commitments) == 2


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        ("UPDATE opening SET body = replace(body, 'signed', 'invited')", "changed"),
        ("UPDATE opening SET body = CAST(x'ff' AS TEXT) WHERE number = 2", "changed"),
        ("UPDATE opening SET salt = zeroblob(32) WHERE number = 2", "changed"),
        ("UPDATE leaf SET commitment = zeroblob(32) WHERE number = 2", "changed"),
        ("DELETE FROM opening WHERE number = 2", "lost"),
        ("DELETE FROM leaf WHERE number = 2", "missing"),
    ],
)
def test_a_tampered_entry_is_never_shown_as_an_entry(path: Path, tamper: str, message: str) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("invited"), event("signed"), event("signed", "bo"))
        ledger._db.execute("PRAGMA foreign_keys = OFF")
        ledger._db.execute(tamper)
    again = Ledger.read(path)
    assert again is not None
    with again, pytest.raises(DamagedLogError, match=message):
        again.entries()


@pytest.mark.parametrize("forged", ["'Dear thief'", "CAST(x'ff' AS TEXT)", "''"])
def test_a_tampered_text_is_never_shown_as_a_text(path: Path, forged: str) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        ledger._db.execute(f"UPDATE text SET body = {forged}")
        with pytest.raises(DamagedLogError, match="text"):
            ledger.text(text_digest(FIRST))


def test_a_tampered_history_stops_what_would_build_on_it(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        ledger._db.execute("UPDATE opening SET body = '{}'")
        with pytest.raises(DamagedLogError, match="entry 1"):
            ledger.append(event("withdrew"), at=AT, text=FIRST)
        ledger._db.execute("DELETE FROM opening")
        ledger._db.execute("INSERT INTO opening VALUES (1, zeroblob(32), '', 'nobody')")
        ledger._db.execute("DELETE FROM node")
        record(ledger, event("signed", "bo"))
        ledger._db.execute("DELETE FROM node")
        with pytest.raises(DamagedLogError, match="tree"):
            ledger.checkpoint()


def test_a_full_disk_records_nothing_and_says_so(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
        before = ledger.entries()
        (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
        ledger._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="disk is full: nothing was recorded"):
            ledger.append(event("signed", "bo", note="long " * 9999), at=AT, text=FIRST)
        assert ledger.entries() == before
        ledger._db.execute(f"PRAGMA max_page_count = {pages + 99}")
        record(ledger, event("signed", "bo"))
        assert [entry.number for entry in ledger.entries()] == [1, 2]


def test_it_waits_for_another_writer_but_not_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with Ledger.open(path) as other, Ledger.open(path) as ledger:
        other._db.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another program"):
            ledger.append(event("signed"), at=AT, text=FIRST)
        other._db.execute("ROLLBACK")
        record(ledger, event("signed"))
        assert len(other.entries()) == 1


def test_a_log_that_was_opened_for_reading_takes_nothing(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, event("signed"))
    reader = Ledger.read(path)
    assert reader is not None
    with reader:
        with pytest.raises(LedgerError, match="can't be opened or written"):
            reader.append(event("withdrew"), at=AT, text=FIRST)
        assert len(reader.entries()) == 1


def test_making_letters_is_recorded_once_and_moves_no_checkpoint_of_signatures(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.checkpoint_of_signatures().size == 0
        record(ledger, event("signed"), event("signed", "bo"))
        before, digest = ledger.checkpoint(), text_digest(FIRST)
        assert ledger.checkpoint_of_signatures() == before
        first = ledger.append_rendered(digest, ManifestDigest("1" * 64), at=AT)
        assert first is not None
        assert first.event.kind == "rendered"
        assert ledger.append_rendered(digest, ManifestDigest("1" * 64), at=AT) is None
        assert ledger.append_rendered(digest, ManifestDigest("2" * 64), at=AT) is not None
        post = Event("sent", text_digest=digest, detail=Mailing("minister", FileDigest("3" * 64)))
        ledger.append(post, at=AT)
        ledger.append(Event("reported", evidence=Evidence.of_note("in the paper")), at=AT)
        assert ledger.checkpoint().size == 6
        assert ledger.checkpoint_of_signatures() == before
        record(ledger, event("withdrew"))
        assert ledger.checkpoint_of_signatures() == ledger.checkpoint()
        with pytest.raises(ValueError, match="does not have the text"):
            ledger.append_rendered(TextDigest("4" * 64), ManifestDigest("1" * 64), at=AT)
        ledger.erase("bo", at=AT)
        ledger.append_rendered(digest, ManifestDigest("5" * 64), at=AT)
        assert ledger.checkpoint_of_signatures().size == 8
    assert judged(path).sound


def test_what_an_approval_compares_has_to_be_in_the_log(path: Path) -> None:
    change = Change("editorial", text_digest(FIRST), "a comma", "")
    approval = Event("edit-approved", "", text_digest(SECOND), recorded_by="Ed", detail=change)
    with Ledger.open(path) as ledger:
        with pytest.raises(ValueError, match="does not have the text"):
            ledger.append(approval, at=AT, text=SECOND)
        record(ledger, event("signed"))
        ledger.append(approval, at=AT, text=SECOND)
    assert judged(path).sound


def test_a_log_has_a_name_that_comes_from_its_first_entry(tmp_path: Path) -> None:
    names = set()
    for name in ("a.db", "b.db"):
        with Ledger.open(tmp_path / name) as ledger:
            record(ledger, event("signed"))
            names.add(ledger.origin())
            record(ledger, event("withdrew"))
            names.add(ledger.origin())
    assert len(names) == 2
    assert all(re.fullmatch(r"letters-log/[0-9a-f]{32}", name) for name in names)
