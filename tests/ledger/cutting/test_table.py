"""Tables of text lose one row, and not one byte of the others."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger.cutting import table
from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.opened import opened
from letters.ledger.cutting.parts import WholeError

ADA = Identifiers.of(["Ada@example.org"], ["Ada Birch"])

HEAD = ["time", "name", "mail", "what they say"]
PEOPLE = [
    ["1", "Bo Cedar", "bo@example.org", "I sign"],
    ["2", "Ada Birch", "ada@example.org", "Yes; I, too, | sign\tand\nso\r\non ”it”"],
    ["3", "Cy “Dee” Elm", "cy@example.org", 'he said "no" first'],
]


def written(delimiter: str, end: str, *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(  # type: ignore[arg-type]
        [HEAD, *PEOPLE]
    )
    return out.getvalue()


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_row_goes_and_the_rest_stays_to_the_byte(
    delimiter: str, end: str, quoting: int, encoding: str
) -> None:
    text = written(delimiter, end, quoting=quoting)
    data = text.encode(encoding)
    file = opened(data)
    assert file.kind == "table of text"
    assert [ADA.in_cells(part.cells) for part in file.parts] == [
        (), (), ("e-mail address", "name"), (),
    ]  # fmt: skip
    assert [part.label for part in file.parts][2] == "line 3"
    cut = file.without({2}, ADA)
    [start, end_] = [text.index(row) for row in _starts(text, delimiter, quoting)]
    assert cut == (text[:start] + text[end_:]).encode(encoding)
    kept = list(csv.reader(io.StringIO(cut.decode(encoding), newline=""), delimiter=delimiter))
    assert [row[1] for row in kept if len(row) > 1] == ["name", "Bo Cedar", "Cy “Dee” Elm"]


def _starts(text: str, delimiter: str, quoting: int) -> list[str]:
    mark = '"' if quoting == csv.QUOTE_ALL else ""
    return [f"{mark}{n}{mark}{delimiter}{mark}{name}" for n, name in ((2, "Ada"), (3, "Cy"))]


@pytest.mark.parametrize(
    "data",
    [
        b"mail\nbo@example.org\nada@example.org\ncy@example.org\n",
        b"sep=:\na:b\nbo:1\nada@example.org:2\n",
        b"a:b\nbo:1\nada@example.org:2\n",
        "name;mail\nJosé;j@example.org\nAda;ada@example.org\n".encode("latin-1"),
        b"name,mail\n\nbo,bo@example.org\n\nada,ADA@EXAMPLE.ORG\n\n",
        b"a,b\nbo,x\n,<ada@example.org>",
        b"a,b\nbo,x\n,mailto:ada@example.org\n",
        b"a;b\nx;y\nBirch;Ada\n",
        b"a;b\nx;y\nADA  BIRCH;\n",
        b'a,b\nx,5" pipe\n"Birch, Ada",z\n',
        b"a,b,c\nx,y,z\nada@example.org,1\np,q,r\nx,y,z\n",
    ],
)
def test_each_shape_of_a_table_is_read(data: bytes) -> None:
    file = opened(data)
    [number] = [n for n, part in enumerate(file.parts) if ADA.in_cells(part.cells)]
    cut = file.without({number}, ADA)
    [row] = {*data.splitlines(keepends=True)} - {*cut.splitlines(keepends=True)}
    assert data.replace(row, b"", 1) == cut


def test_accents_and_other_forms_of_letters_are_no_hindrance() -> None:
    marks = Identifiers.of([], ["Åsa Lindqvist", "Cher", "Юлия Навальная"])
    assert marks.in_cells(["Lindqvist", "ASA"]) == ("name",)
    assert marks.in_cells(["A\u030asa  Lindqvist, Dr."]) == ("name",)
    assert marks.in_cells(["НАВАЛЬНАЯ ЮЛИЯ"]) == ("name",)
    assert marks.in_cells(["cher"]) == ("name",)
    assert marks.in_cells(["Cher and others"]) == ()
    assert marks.in_cells(["Lindqvist"]) == ()
    assert Identifiers.of(["a@x.org"], []).in_cells(["aa@x.org", "a@x.org.uk", "b-a@x.org"]) == ()
    assert Identifiers.of(["a@x.org"], []).in_cells(["write to a@x.org."]) == ("e-mail address",)
    assert Identifiers.of([], [], ["  Ticket  17 "]).in_cells(["my ticket 17!"]) == (
        "the given text",
    )
    assert not Identifiers.of(["none"], ["", "–"], [" "])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "text without rows"),
        (b"I sign. Ada Birch\n", "text without rows"),
        (b"Dear all,\nI sign, and so does my wife.\nAda\n", "text without rows"),
        (b"From: Ada <ada@example.org>\nTo: b@example.org\nSubject: yes\n\nI sign.\n", "text without rows"),
        (b"\x00\x01\x02", "neither a table nor a mailbox"),
        (b"\xef\xbb\xbfa,b\n\xff,c\n", "not in the encoding"),
        (b"%PDF-1.7 \n", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted, or of an old Office"),
        (b"-----BEGIN PGP MESSAGE-----\n", "encrypted"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b'a,b\n"x,y\nz,w\n', "text without rows"),
    ],
)  # fmt: skip
def test_what_has_no_rows_is_left_alone(data: bytes, why: str) -> None:
    with pytest.raises(WholeError, match=why):
        opened(data)


CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from('\n\r";,\t'), max_size=8)  # fmt: skip


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=8),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_whatever_stands_in_the_cells(
    rows: list[tuple[str, ...]], delimiter: str, end: str, chance: st.DataObject
) -> None:
    lines = []
    for row in rows:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerow(
            row
        )
        lines.append(out.getvalue())
    data = "".join(lines).encode()
    try:
        file = table.read(data)
    except WholeError:
        return
    numbers = chance.draw(st.sets(st.integers(0, len(file.rows) - 1)))
    cut = file.without(numbers, ADA)
    kept = [file.text[r.start : r.end] for n, r in enumerate(file.rows) if n not in numbers]
    assert "".join(file.text[r.start : r.end] for r in file.rows) == file.text
    assert cut == file.mark + "".join(kept).encode(file.encoding)
    if len(file.rows) == len(rows):
        assert cut == "".join(one for n, one in enumerate(lines) if n not in numbers).encode()
