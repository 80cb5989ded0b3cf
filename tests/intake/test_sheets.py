"""Spreadsheets: the sheet that is meant, cells as they are shown, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.intake import sheets
from letters.intake.row import UnreadableError
from letters.intake.sheets import SeveralSheetsError

from .sheetfiles import Cell, ods, packed, xlsx

ROWS: list[list[Cell]] = [["Name", "Role"], ["Ada Birch", "Teacher"], ["Åsa, two\nlines", ""]]


def cells(file: Path, wanted: str = "") -> list[list[Cell]]:
    table = sheets.read(file, wanted)
    found: list[list[Cell]] = [list(table.columns)]
    return found + [[*row.cells.values()] for row in table.rows]


def written(folder: Path, data: bytes, name: str = "list.xlsx") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_both_kinds_say_the_same(tmp_path: Path) -> None:
    assert cells(written(tmp_path, xlsx({"One": ROWS}))) == ROWS
    assert cells(written(tmp_path, ods(ROWS), "list.ods")) == ROWS


def test_cells_are_texts_and_rows_have_the_numbers_of_the_sheet(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [],
        [None, "A list"],
        [None, "Name", "Code", "Share"],
        [],
        [None, "Ada", 12345678901, 0.5],
    ]
    table = sheets.read(written(tmp_path, xlsx({"One": rows})))
    [row] = table.rows
    assert (row.number, row.cells) == (5, {"Name": "Ada", "Code": "12345678901", "Share": "0.5"})
    assert table.remarks == ("row 2 and what is above it is no row of headers, and left out",)


def test_the_only_sheet_that_can_be_seen_and_holds_anything_is_taken(tmp_path: Path) -> None:
    data = xlsx({"Notes": [], "Old": ROWS, "List": ROWS}, hidden=["Old"])
    assert sheets.read(written(tmp_path, data)).sheet == "List"


def test_of_several_the_one_that_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, xlsx({"One": ROWS, "Two": [["Name"], ["Bo"]]}))
    with pytest.raises(SeveralSheetsError, match="has several sheets: “One”, “Two”") as several:
        sheets.read(file)
    assert several.value.sheets == ("One", "Two")
    assert cells(file, "Two") == [["Name"], ["Bo"]]
    with pytest.raises(UnreadableError, match="has no sheet “Tow”") as none:
        sheets.read(file, "Tow")
    assert none.value.hint == "did you mean “Two”?"


BOMB: dict[str, str | bytes] = {"[Content_Types].xml": "", "xl/workbook.xml": b"\0" * (3 * 2**20)}
REFUSED = {
    "nothing": (b"", "is no spreadsheet, or a broken one"),
    "cut": (xlsx({"One": ROWS})[:-100], "is no spreadsheet, or a broken one"),
    "noise": (b"PK\x03\x04" + b"\xff" * 500, "is no spreadsheet, or a broken one"),
    "a Word file": (packed({"word/document.xml": "<w/>"}), "is no spreadsheet that can be read"),
    "of another program": (packed({"Index/Document.iwa": b"x"}), "is no spreadsheet that can be"),
    "wide": (xlsx({"One": [["Name"] * 10_000]}), "row 1: has 10000 columns, and at most 2,000"),
    "headless": (xlsx({"One": [["ada@example.org", "Ada"]]}), "looks like a person"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_list_is_refused(tmp_path: Path, kind: str) -> None:
    data, said = REFUSED[kind]
    with pytest.raises(UnreadableError) as refused:
        list(sheets.read(written(tmp_path, data)).rows)
    assert said in str(refused.value)


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_MOST_UNPACKED", 2 * 2**20)
    file = written(tmp_path, packed(BOMB))
    assert file.stat().st_size < 2**16
    with pytest.raises(UnreadableError, match="would take more than 2 MiB"):
        sheets.read(file)


def test_a_cell_far_away_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_CELLS", 10_000)
    rows: list[list[Cell]] = [["Name"], *[[]] * 998, [*[None] * 29, "x"]]
    with pytest.raises(UnreadableError, match="has 1,000 rows and 30 columns"):
        sheets.read(written(tmp_path, xlsx({"One": rows})))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_locked_one_is_called_so(tmp_path: Path, kind: str) -> None:
    plain = written(tmp_path, xlsx({"One": ROWS}), "plain.xlsx")
    if kind == "xlsx":
        # The head of an OLE file, and the name of the stream that holds what is encrypted.
        data = sheets.OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    else:
        data = ods(ROWS)
        flags = data.index(b"PK\x01\x02") + 8
        data = data[:flags] + b"\x01" + data[flags + 1 :]
    locked = written(tmp_path, data, f"locked.{kind}")
    assert cells(plain) == ROWS
    with pytest.raises(UnreadableError, match="is locked with a password") as refused:
        sheets.read(locked)
    assert refused.value.hint == "save it without one, and import that"
