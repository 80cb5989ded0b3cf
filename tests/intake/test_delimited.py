"""Tables of text: any delimiter, quoting, encoding and line end; what is none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.intake import delimited
from letters.intake.row import UnreadableError
from letters.reading import OddFileError

HEAD = ["Name", "Role"]
ROWS = [["Ada Birch, PhD", 'says "yes"; or no'], ["Åsa\nof two lines", ""], ["Bo|Cole\tx", "a\\b"]]


def cells(file: Path, **said: str) -> list[list[str]]:
    table = delimited.read(file, **said)
    return [list(table.columns), *([*row.cells.values()] for row in table.rows)]


def quoted(rows: list[list[str]], sign: str, end: str) -> str:
    return "".join(
        sign.join('"' + cell.replace('"', '""') + '"' for cell in row) + end for row in rows
    )


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "^", "~", ":"])
def test_any_delimiter_line_end_and_form_of_unicode(
    tmp_path: Path, sign: str, end: str, codec: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(quoted([HEAD, *ROWS], sign, end).encode(codec))
    assert cells(file) == [HEAD, *ROWS]


PAGES = {
    "cp1252": ["Jörg Müller", "René Séguin", "Peña Ångström", "Ødegård", "Françoise Brûlé"],
    "cp1250": ["Jiří Dvořák", "Zdeněk Šťastný", "Černý Němec", "Růžena Žáková"],
    "cp1251": ["Семён Щукин", "Анна Иванова", "Пётр Мельник"],
    "cp1253": ["Νίκος Παπαδόπουλος", "Μαρία Αγγελοπούλου"],
    "cp1254": ["Gökçe Şahin", "Işık Yağmur", "Çağlar Öztürk"],
    "cp1255": ["דוד לוי", "שרה כהן"],
    "cp1256": ["محمد علي", "فاطمة حسن"],
    "koi8_r": ["Семён Щукин", "Анна Иванова"],
    "cp866": ["Семён Щукин", "Анна Иванова"],
    "mac_roman": ["José Peña", "François Brûlé", "Jörg Müller"],
    "cp850": ["José Peña", "François Brûlé", "Jörg Müller"],
}


@pytest.mark.parametrize("page", PAGES)
def test_the_code_page_that_fits_best_is_taken_and_said(tmp_path: Path, page: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("\r\n".join(["Name;City", *(f"{n};Ort" for n in PAGES[page])]).encode(page))
    assert [row[0] for row in cells(file)[1:]] == PAGES[page]
    assert any("it is not UTF-8, and read as " in said for said in delimited.read(file).remarks)


def test_the_user_knows_the_encoding_better(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Name;Ort\nMøller;x\n".encode("cp865"))
    assert cells(file, encoding="cp865")[1] == ["Møller", "x"]
    assert delimited.read(file, "cp865").remarks == ()
    with pytest.raises(UnreadableError, match="no such encoding"):
        delimited.read(file, "klingon")


READ = {
    "sep=;\nName;Role\nAda, B;x\n": [["Name", "Role"], ["Ada, B", "x"]],
    "'Name','Role'\n'Birch, Ada','x'\n": [["Name", "Role"], ["Birch, Ada", "x"]],
    'Name,Role\n"Ada \\"A\\" B",x\n': [["Name", "Role"], ['Ada "A" B', "x"]],
    "Name\nAda Birch\nBo Cole, PhD\n": [["Name"], ["Ada Birch"], ["Bo Cole, PhD"]],
    "List of 2026\n\nName,Role\nAda,x\nBo,y\n": [["Name", "Role"], ["Ada", "x"], ["Bo", "y"]],
    "Name,Role,\n\n,,\nAda,x\n": [["Name", "Role"], ["Ada", "x"]],
    "Name,Name,,Role\nAda,B,c,x\n": [["Name", "Name (2)", "column 3", "Role"], ["Ada", "B", "c", "x"]],
    "Name,Role\nAda\nBo,x\n": [["Name", "Role"], ["Ada", ""], ["Bo", "x"]],
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_what_programs_do_with_tables(tmp_path: Path, text: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    assert cells(file) == READ[text]


def test_rows_are_numbered_as_an_editor_numbers_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('Name,Role\n"Ada\nB",x\n\nBo,y\n', encoding="utf-8")
    assert [row.number for row in delimited.read(file).rows] == [2, 5]


REFUSED = {
    b"": "is empty",
    b'Name,Role\nAda,"x\nBo,y\n': "line 2: a quotation mark opens here that is not closed",
    b'Name,Role\n"Ada "A" B",x\n': "line 2: a quotation mark stands inside of a cell",
    b"ada@example.org,Ada\nbo@example.org,Bo\n": "line 1: looks like a person and not like headers",
    b"Name," * 10_000: "line 1: has 10000 columns, and at most 2,000 are read",
    b"Name,Role\n" + b"a" * 2**20: "line 2 has more than 1,048,576 characters",
    "Name\nJosé\n".encode()
    + "José\n".encode("cp1252")
    + "Ångström\n".encode(): "line 3 is not UTF-8",
    b"\xff\xfeN\x00a\x00m\x00e\x00\n\x00\x00\xd8\n\x00": "is no text of that encoding",
}


@pytest.mark.parametrize("data", REFUSED, ids=[*map(str, range(len(REFUSED)))])
def test_what_is_no_table_is_refused_with_its_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    with pytest.raises(UnreadableError) as refused:
        list(delimited.read(file).rows)
    assert REFUSED[data] in str(refused.value)
    assert refused.value.hint


def test_a_file_of_a_gigabyte_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with file.open("wb") as stream:
        stream.truncate(2**30)
    with pytest.raises(OddFileError, match="larger than 256 MiB"):
        delimited.read(file)
