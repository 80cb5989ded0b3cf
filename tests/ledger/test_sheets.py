"""Signatures on paper in the log: how many stand on each sheet, once, and for which text."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.framed import digest as text_digest
from letters.ledger import corrections
from letters.ledger.errors import RefusedError
from letters.ledger.events import Entry, Event, Evidence, decode, encode
from letters.ledger.export import as_csv, as_jsonl
from letters.ledger.history import History
from letters.ledger.sheet_count import SheetCorrection, SheetCount
from letters.ledger.sheets import paper
from letters.ledger.status import as_of
from letters.ledger.store import Ledger
from letters.ledger.verify import verify

from .samples import AT, FIRST, SECOND, event, log, refused


def count(sheet: str = "7", valid: int = 24, invalid: int = 1, text: str = FIRST) -> Event:
    scan = Evidence.of_file(f"scan of {sheet}".encode())
    detail = SheetCount(sheet, valid, invalid)
    return Event("sheet-counted", "", text_digest(text), scan, recorded_by="Ada", detail=detail)


def correct(number: int, sheet: str = "7") -> Event:
    detail = SheetCorrection(number, sheet, "counted a column twice")
    return Event("corrected", "", text_digest(FIRST), recorded_by="Ada", detail=detail)


def test_an_entry_is_read_back_as_it_was_written() -> None:
    for one in log(count(), correct(1), count(valid=0, invalid=0)):
        assert decode(one.number, encode(one)) == one
    assert b'"detail":{"invalid":1,"sheet":"7","valid":24}' in encode(log(count())[0])


@pytest.mark.parametrize(("sheet", "valid", "invalid"), [("", 1, 0), ("7", -1, 0), ("7", 0, -1)])
def test_what_can_be_no_count_is_none(sheet: str, valid: int, invalid: int) -> None:
    with pytest.raises(ValueError, match="shape"):
        SheetCount(sheet, valid, invalid)


def test_a_sheet_counts_once_until_it_is_corrected(path: Path) -> None:
    assert "sheet 7 is counted already, by entry 1" in refused(count(), count(valid=3))
    assert refused(count(), count("8")) == ""
    assert refused(count(), correct(1), count(valid=3)) == ""
    assert "corrected already" in refused(count(), correct(1), correct(1))
    assert "no entry 1" in refused(event("signed"), correct(1))
    bare = Event(
        "sheet-counted", "", text_digest(FIRST), recorded_by="A", detail=SheetCount("1", 1, 0)
    )
    assert "with its evidence" in refused(bare)
    with Ledger.open(path) as ledger:
        ledger.append(count(), at=AT, text=FIRST)
        with pytest.raises(RefusedError, match="counted already"):
            ledger.append(count(valid=3), at=AT)
        target = ledger.entries()[0]
        wrong = corrections.of(target, "counted a column twice")
        assert wrong == SheetCorrection(1, "7", "counted a column twice")
        ledger.append(correct(1), at=AT)
        ledger.append(count(valid=3), at=AT)
        assert verify(ledger.snapshot()).findings == ()
        assert [one.number for one in corrections.standing(ledger.entries())] == [3]
        # It bears on signatures: what a letter rests on is the log up to here.
        assert ledger.checkpoint_of_signatures().size == 3


def test_it_adds_up_what_stands_for_the_text(path: Path) -> None:
    entries = log(count(), count("8", 10, 0), count("9", 5, 2, SECOND), event("signed"))
    found = paper(entries, text_digest(FIRST))
    assert (found.valid, found.invalid) == (34, 1)
    assert [sheet.sheet for sheet in found.stale] == ["9"]
    assert not paper(log(event("signed")), text_digest(FIRST))
    assert paper(log(count()), text_digest(FIRST)).sheets[0].entry == 1


def test_the_day_of_a_sheet_is_a_day_of_signatures() -> None:
    first, sheet = log(event("signed"), count())
    assert as_of([first, sheet]) == sheet.told


def test_an_export_has_them_and_one_without_them_is_as_it_was() -> None:
    plain, with_sheets = as_csv(log(event("signed"))), as_csv(log(count(invalid=0)))
    assert "sheet" not in plain
    head, row = with_sheets.splitlines()
    assert head.endswith("translation,sheet,valid,invalid")
    assert row.endswith(",7,24,0")
    assert '"sheet": "7", "valid": 24, "invalid": 0' in as_jsonl(log(count(invalid=0)))


def test_a_log_folds_them_like_all_else() -> None:
    history = History.of(log(count(), count("8"), correct(1)))
    assert history.sheets == {"8": 2}
    assert history.refusal(correct(2, "8"), 4) is None
    assert isinstance(log(count())[0], Entry)
