"""A workbook loses one row with all that only this row used, or stays as it is."""

from __future__ import annotations

import io
import zipfile

import pytest

from letters.ledger.cutting import workbook as reader
from letters.ledger.cutting.marks import Identifiers
from letters.ledger.cutting.opened import opened
from letters.ledger.cutting.parts import WholeError

from .workbooks import HEAD, MAIN, OFFICE, parts_of, workbook

ADA = Identifiers.of(["ada@example.org"], ["Ada Birch"])
ROWS = [
    ["name", "mail", "word"],
    ["Bo Cedar", "bo@example.org", "yes"],
    ["Ada Birch", "ada@example.org", "yes"],
    ["Cy & <Dee>", "cy@example.org", "no"],
]
SHEET = "xl/worksheets/sheet1.xml"


def found(data: bytes) -> list[int]:
    return [n for n, part in enumerate(opened(data).parts) if ADA.in_cells(part.cells)]


@pytest.mark.parametrize("shared", [True, False])
def test_a_row_goes_with_its_texts_and_the_rest_is_read_as_before(shared: bool) -> None:
    data = workbook(ROWS, {"xl/styles.xml": f"{HEAD}<styleSheet/>"}, shared=shared)
    file = opened(data)
    assert file.kind == "workbook"
    assert found(data) == [2]
    assert file.parts[2].label == "sheet1, row 3"
    cut = file.without({2}, ADA)
    assert [part.cells for part in opened(cut).parts] == [
        tuple(r) for r in (ROWS[0], ROWS[1], ROWS[3])
    ]
    assert [part.label for part in opened(cut).parts][-1] == "sheet1, row 4"
    before, after = parts_of(data), parts_of(cut)
    assert not any(b"Birch" in part or b"ada@" in part for part in after.values())
    assert list(before) == list(after)
    same = {name for name in before if before[name] == after[name]}
    assert before.keys() - same <= {SHEET, "xl/sharedStrings.xml"}
    if shared:
        assert after["xl/sharedStrings.xml"].count(b"<si>") == len({c for r in ROWS for c in r})


def test_links_in_the_row_go_too() -> None:
    links = "".join(
        f'<hyperlink ref="B{n}" r:id="r{n}"/>' for n in (2, 3, 4)
    )  # an address becomes one as soon as it is typed
    data = workbook(ROWS)
    parts = parts_of(data)
    sheet = parts[SHEET].decode().replace("</sheetData>", f"</sheetData><hyperlinks>{links}</hyperlinks>")  # fmt: skip
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/hyperlink" Target="mailto:{ROWS[n - 1][1]}"/>'
        for n in (2, 3, 4)
    )
    listed = "xl/worksheets/_rels/sheet1.xml.rels"
    data = workbook(ROWS, {SHEET: sheet, listed: f"{HEAD}<Relationships>{rels}</Relationships>"})
    cut = parts_of(opened(data).without({2}, ADA))
    assert b"ada@" not in b"".join(cut.values())
    assert cut[SHEET].count(b"<hyperlink ") == 2
    assert b"bo@example.org" in cut[listed]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"><t>Ada Birch called</t></comments>'}, "comments1.xml"),
        ({"docProps/core.xml": f"{HEAD}<p><creator>Ada Birch</creator></p>"}, "docProps/core.xml"),
        ({"xl/pivotCache/pivotCacheRecords1.xml": f'{HEAD}<r><s v="ada@example.org"/></r>'}, "pivotCache"),
    ],
)  # fmt: skip
def test_whoever_stands_elsewhere_in_it_is_not_half_cut(more: dict[str, str], why: str) -> None:
    with pytest.raises(WholeError, match=f"another part of it, .*{why}"):
        opened(workbook(ROWS, more)).without({2}, ADA)


def test_rows_with_formulas_are_cut_by_hand() -> None:
    sheet = parts_of(workbook(ROWS))[SHEET].decode()
    sheet = sheet.replace('<row r="3">', '<row r="3"><c r="D3"><f>A3</f><v>Ada</v></c>')
    with pytest.raises(WholeError, match="formulas"):
        opened(workbook(ROWS, {SHEET: sheet})).without({2}, ADA)


def test_a_phonetic_reading_is_not_a_part_of_the_text() -> None:
    texts = f'{HEAD}<sst xmlns="{MAIN}"><si><r><t>Ada </t></r><r><t>Birch</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>'
    sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>9</v></c></row></sheetData></worksheet>'
    data = workbook([["x"]], {SHEET: sheet, "xl/sharedStrings.xml": texts})
    [part] = opened(data).parts
    assert part.cells == ("Ada Birch",)
    assert part.label == "sheet1, row 1"


def encrypted(data: bytes) -> bytes:
    """The same with the bit that says so, in the list at the end."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (encrypted(workbook(ROWS)), "encrypted"),
        (workbook(ROWS)[:-40], "damaged"),
        (workbook(ROWS, {SHEET: "<worksheet"}), "damaged"),
        (workbook(ROWS, {SHEET: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "not written as"),
    ],
)
def test_what_can_not_be_read_safely_is_left_alone(data: bytes, why: str) -> None:
    with pytest.raises(WholeError, match=why):
        opened(data)


def test_an_archive_that_is_no_workbook_and_one_that_grows_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(WholeError, match="no workbook"):
        opened(out.getvalue())
    monkeypatch.setattr(reader, "_MOST_BYTES", 1 << 10)
    with pytest.raises(WholeError, match="larger than"):
        opened(workbook(ROWS, {"xl/big.xml": "0" * (1 << 20)}))
