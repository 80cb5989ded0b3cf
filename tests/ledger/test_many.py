"""Thousands of signatures in one go: each with its evidence, nothing twice, nothing lost."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from letters.framed import digest as text_digest
from letters.ledger import evidence, many
from letters.ledger.bound_form import Form
from letters.ledger.errors import RefusedError
from letters.ledger.events import Event, Evidence
from letters.ledger.many import Counts, Recording, record_many
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from .crash_many import TEXT, recordings
from .samples import AT, FIRST, SECOND, event

ROOT = Path(__file__).parents[2]


def run(ledger: Ledger, wanted: list[Recording], *, days: int = 0, again: bool = False) -> Counts:
    return record_many(
        ledger,
        Path(ledger._path).parent,
        wanted,
        now=lambda: AT + dt.timedelta(days=days),
        texts=[FIRST, SECOND],
        returning=again,
    )


def of(*events: Event) -> list[Recording]:
    return [Recording(one) for one in events]


def test_it_goes_on_after_any_of_many_kills(tmp_path: Path) -> None:
    words = [sys.executable, "-W", "error", "-m", "tests.ledger.crash_many"]
    done = subprocess.run(
        [*words, str(tmp_path), "40", "600", "20"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "kills=40" in done.stdout


def test_each_keeps_their_own_row_and_can_be_erased_without_the_others(path: Path) -> None:
    wanted = recordings(2_500)
    told = list[Counts]()
    with Ledger.open(path) as ledger:
        counts = record_many(
            ledger, path.parent, wanted, now=lambda: AT, texts=[TEXT], tell=told.append
        )
        assert counts == Counts(2500, 0, 1, 2500)
        assert [one.done for one in told] == [1000, 2000, 2500]
        assert verify(ledger.snapshot()).sound
        assert ledger.erase("person-1200", at=AT).numbers == (1201,)
        needed = evidence.needed(ledger.entries(), ledger.history())
        [gone] = evidence.unneeded(path.parent, needed.__contains__)
        assert gone.read_bytes() == wanted[1200].data
        assert len(needed) == 2499
        refused = Recording(wanted[1200].event)
        with pytest.raises(RefusedError, match="person-1200: this signatory was erased"):
            run(ledger, [refused])


def test_what_is_recorded_already_is_passed_over_and_counted(path: Path) -> None:
    wanted = of(*(event("signed", name) for name in ("ada", "bo", "cy")))
    with Ledger.open(path) as ledger:
        assert run(ledger, wanted[:2]) == Counts(2, 0, 1, 2)
        assert run(ledger, wanted, days=3) == Counts(1, 2, 3, 3)
        assert run(ledger, [*wanted, *wanted], days=4) == Counts(0, 6)
        assert len(ledger.entries()) == 3


def test_the_same_evidence_never_signs_for_who_has_withdrawn_since(path: Path) -> None:
    signed, asked = event("signed"), event("invited", "bo")
    with Ledger.open(path) as ledger:
        run(ledger, of(signed, event("withdrew"), asked, event("declined", "bo")))
        assert run(ledger, of(signed, asked)) == Counts(0, 2)
        assert ledger.history().people["ada"].position == "withdrew"
        # A refusal always counts, and so does a person who is to return.
        assert run(ledger, of(signed), again=True) == Counts(1, 0, 5, 5)
        assert run(ledger, of(event("withdrew"))) == Counts(1, 0, 6, 6)
        other = event("signed", note="asked again, and agreed")
        assert run(ledger, of(other)) == Counts(1, 0, 7, 7)


def test_a_file_shows_no_signature_to_a_text_of_later(path: Path) -> None:
    shown = Evidence.of_file(b"her mail", kept=True)
    first, second = (
        [Recording(Event("signed", "ada", text_digest(text), shown), b"her mail")]
        for text in (FIRST, SECOND)
    )
    with Ledger.open(path) as ledger:
        assert run(ledger, first) == Counts(1, 0, 1, 1)
        assert run(ledger, second) == Counts(0, 1)
        assert run(ledger, second, again=True) == Counts(1, 0, 2, 2)


def test_who_stands_there_already_is_passed_over_whatever_shows_it(path: Path) -> None:
    with Ledger.open(path) as ledger:
        run(ledger, of(event("signed"), event("declined", "bo"), event("invited", "cy")))
        more = [event("signed", note="by post"), event("declined", "bo"), event("invited", "cy")]
        assert run(ledger, of(*more)) == Counts(0, 3)
        with pytest.raises(RefusedError, match="ada: this signatory has already signed"):
            run(ledger, of(more[0]), again=True)


def test_somebody_with_another_id_is_still_known(path: Path) -> None:
    from letters.ledger.details import Renaming

    with Ledger.open(path) as ledger:
        run(ledger, of(event("signed")))
        ledger.append(Event("renamed", "ada-b", detail=Renaming("ada")), at=AT)
        assert run(ledger, of(event("signed", "ada-b"))) == Counts(0, 1)


def test_another_day_is_another_reminder(path: Path) -> None:
    reminded = of(event("reminded"))
    with Ledger.open(path) as ledger:
        run(ledger, of(event("invited")))
        assert run(ledger, reminded) == Counts(1, 0, 2, 2)
        assert run(ledger, reminded) == Counts(0, 1)
        assert run(ledger, reminded, days=2) == Counts(1, 0, 3, 3)


def test_standing_by_another_printed_form_is_no_repetition(path: Path) -> None:
    def said(*changed: str) -> Event:
        form, note = Form.of({"name": '"Ada"'}, changed), Evidence.of_note("by telephone")
        return Event("reaffirmed", "ada", text_digest(FIRST), note, detail=form)

    with Ledger.open(path) as ledger:
        run(ledger, of(event("signed", text=SECOND), said()))
        assert run(ledger, of(said())) == Counts(0, 1)
        assert run(ledger, of(said("name"))) == Counts(1, 0, 3, 3)


def test_what_is_refused_takes_its_thousand_with_it_and_no_evidence_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "A_TRANSACTION", 2)
    wanted = recordings(5)
    wanted.insert(3, Recording(event("withdrew", "zoe"), b"her mail"))
    with Ledger.open(path) as ledger:
        with pytest.raises(RefusedError, match="zoe: this signatory has no signature"):
            record_many(ledger, path.parent, wanted, now=lambda: AT, texts=[TEXT, FIRST])
        assert [one.event.subject for one in ledger.entries()] == ["person-0", "person-1"]
        kept = {one.name for one in (path.parent / "evidence").iterdir()} - {".gitignore"}
        assert kept == {one.event.evidence.digest for one in ledger.entries()}


def test_half_a_file_that_an_interruption_left_is_written_anew(path: Path) -> None:
    [wanted] = recordings(1)
    evidence.keep(path.parent, b"")
    (path.parent / "evidence" / wanted.event.evidence.digest).write_bytes(b"id,e-")
    with Ledger.open(path) as ledger:
        record_many(ledger, path.parent, [wanted], now=lambda: AT, texts=[TEXT])
    assert evidence.read(path.parent, wanted.event.evidence.digest) == wanted.data


def test_a_text_that_the_log_does_not_have_is_no_mistake_of_a_user(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with pytest.raises(ValueError, match="does not have the text"):
            record_many(ledger, path.parent, of(event("signed")), now=lambda: AT)
        assert ledger.entries() == ()


def test_a_new_log_is_like_one_that_was_filled_one_by_one(path: Path, tmp_path: Path) -> None:
    events = [event("signed", f"p{n}") for n in range(40)]
    with Ledger.open(path) as ledger, Ledger.open(tmp_path / f"other-{LOG_NAME}") as other:
        run(ledger, of(*events))
        for one in events:
            other.append(one, at=AT, text=FIRST)
        assert ledger.entries() == other.entries()
        assert verify(ledger.snapshot()).sound
