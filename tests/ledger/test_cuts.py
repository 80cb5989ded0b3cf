"""A kept file that shows several people gives way to a copy, and verification says what that is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from letters.digests import FileDigest
from letters.framed import digest as text_digest
from letters.ledger import evidence
from letters.ledger.details import Cut, Erasure
from letters.ledger.errors import RefusedError
from letters.ledger.events import Entry, Event, Evidence, decode, encode
from letters.ledger.history import History
from letters.ledger.store import Ledger
from letters.ledger.verify import Verification, verify

from .samples import AT, FIRST, record, taken

A, B, C = (FileDigest(hashlib.sha256(one).hexdigest()) for one in (b"one", b"two", b"three"))
SALT = "5" * 64
GONE = Event("erased", detail=Erasure.of("ada", (), SALT))


def cut(before: FileDigest, after: FileDigest, erasure: int = 1) -> Event:
    return Event("evidence-cut", detail=Cut(before, after, erasure))


def refused(*events: Event) -> str:
    *before, last = [Entry(n, AT, one) for n, one in enumerate(events, start=1)]
    found = History.of(before).refusal(last.event, last.number)
    return found.message if found else ""


def test_a_cut_reads_back_as_it_was_written() -> None:
    entry = Entry(2, AT, cut(A, B))
    assert decode(2, encode(entry)) == entry
    assert entry.event.track == "/evidence"


@pytest.mark.parametrize("detail", [(A, "x", 1), ("x", A, 1), (A, B, 0)])
def test_a_cut_has_its_shape(detail: tuple[FileDigest, FileDigest, int]) -> None:
    with pytest.raises(ValueError, match="wrong shape"):
        Cut(*detail)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([GONE, cut(A, B)], ""),
        ([GONE, cut(A, B), cut(B, C)], ""),
        ([GONE, cut(A, C), cut(B, C)], ""),
        ([cut(A, B)], "erased before"),
        ([GONE, cut(A, B, 2)], "erased before"),
        ([GONE, cut(A, A)], "already cut"),
        ([GONE, cut(A, B), cut(A, C)], "already cut"),
        ([GONE, cut(A, B), cut(B, A)], "already cut"),
        ([GONE, cut(A, B), cut(B, C), cut(C, A)], "already cut"),
    ],
)
def test_what_may_follow(events: list[Event], reason: str) -> None:
    said = refused(*events)
    assert reason in said if reason else not said


def signed(who: str, data: bytes) -> Event:
    return Event("signed", who, text_digest(FIRST), Evidence.of_file(data, kept=True))


def judged(path: Path) -> Verification:
    return verify(taken(path), evidence=lambda digest: evidence.read(path.parent, digest))


def test_verification_tells_a_copy_from_the_file_that_was_recorded(path: Path) -> None:
    folder = path.parent
    with Ledger.open(path) as ledger:
        record(ledger, signed("ada", b"one"), signed("bo", b"one"), signed("cy", b"three"))
        for data in (b"one", b"two", b"three"):
            evidence.keep(folder, data)
        ledger.erase("ada", at=AT, cuts=[(A, B)])
        needed = evidence.needed(ledger.entries(), ledger.history())
        assert {digest: [e.number for e in of] for digest, of in needed.items()} == {B: [2], C: [3]}
        for gone in evidence.unneeded(folder, needed.__contains__):
            gone.unlink()
    verdict = judged(path)
    assert verdict.sound
    assert "kept evidence: 1 intact" in verdict.proved
    assert "cut evidence: 1, each copy as it was made" in verdict.proved
    assert any(
        "a copy is what the original said of the others" in line for line in verdict.unproved
    )
    copy = folder / "evidence" / B
    copy.write_bytes(b"something else")
    assert judged(path).findings == ("a kept file of evidence was altered",)
    copy.unlink()
    verdict = judged(path)
    assert verdict.sound
    assert "kept evidence: 1 not beside the log" in verdict.unproved


def test_the_file_that_was_cut_is_not_kept_again(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, signed("ada", b"one"), signed("bo", b"one"))
        ledger.erase("ada", at=AT, cuts=[(A, B)])
        with (
            pytest.raises(RefusedError, match="was cut for that"),
            evidence.kept(ledger, path.parent, b"one"),
        ):
            pass
    assert evidence.read(path.parent, A) is None


def test_all_of_it_or_nothing_is_recorded(path: Path) -> None:
    with Ledger.open(path) as ledger:
        record(ledger, signed("ada", b"one"), signed("bo", b"one"))
        with pytest.raises(RefusedError, match="already cut"):
            ledger.erase("ada", at=AT, cuts=[(A, B), (A, C)])
        assert [entry.event.kind for entry in ledger.entries()] == ["signed", "signed"]
