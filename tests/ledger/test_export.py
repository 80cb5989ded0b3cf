from __future__ import annotations

import csv
import io
import json

import pytest

from letters.digests import FileDigest, ManifestDigest
from letters.framed import digest as text_digest
from letters.ledger.details import Change, Erasure, Mailing, Rendering
from letters.ledger.events import Entry, Event, Evidence
from letters.ledger.export import as_csv, as_jsonl

from .samples import AT, FIRST, SECOND, event

DIGEST = text_digest(FIRST)
CHANGE = Change("editorial", text_digest(SECOND), "=typo", "[-a-]{+b+}\n")


def entries(*events: Event) -> list[Entry]:
    return [Entry(number, AT, one) for number, one in enumerate(events, start=1)]


def table(*events: Event) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(entries(*events)), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    (row,) = table(event("signed", note=f'{start}HYPERLINK("http://evil","x")'))
    assert row["note"].startswith(f"'{start}HYPERLINK")
    assert not any((cell or "").startswith(start) for cell in row.values())


def test_every_kind_has_its_columns() -> None:
    told = (
        event("signed", note='a "quoted", note\nof two lines'),
        Event("edit-approved", "", DIGEST, recorded_by="Ed", detail=CHANGE),
        Event("rendered", "", DIGEST, detail=Rendering(ManifestDigest("1" * 64))),
        Event(
            "sent", "", DIGEST, channel="e-mail", detail=Mailing("minister", FileDigest("2" * 64))
        ),
        Event("erased", detail=Erasure.of("ada", (1, 7), "3" * 64)),
    )
    rows = table(*told)
    assert [row["event"] for row in rows] == [one.kind for one in told]
    assert rows[0]["note"] == 'a "quoted", note\nof two lines'
    assert (rows[1]["class"], rows[1]["from"]) == ("editorial", text_digest(SECOND))
    assert (rows[1]["why"], rows[1]["diff"]) == ("'=typo", "[-a-]{+b+}\n")
    assert rows[2]["manifest"] == "1" * 64
    assert (rows[3]["recipient"], rows[3]["file"]) == ("minister", "2" * 64)
    assert rows[4]["numbers"] == "1 7"
    lines = [json.loads(line) for line in as_jsonl(entries(*told)).splitlines()]
    assert [line["event"] for line in lines] == [one.kind for one in told]
    assert lines[4]["numbers"] == [1, 7]
    assert "mark" not in lines[4]
    assert set().union(*lines) <= set(rows[0])


def test_lines_hold_nothing_that_a_terminal_or_a_parser_could_take_for_more() -> None:
    written = as_jsonl(entries(event("signed", note="\x1b[31m\u2028\u202e\n")))
    assert written.isascii()
    assert written.count("\n") == 1
    assert Evidence.of_note("\x1b[31m\u2028\u202e\n").note == json.loads(written)["note"]
