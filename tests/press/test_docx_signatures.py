"""Signatures on a Word page."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from msgspec.structs import replace

from letters.draft.document import Signature, SignatureBlock, SignatureGroup, Value
from letters.press import docx
from letters.press.block_styles.ending import SIGNATURE_PART
from letters.press.css import style_sheet

from .sample import classic_theme, full_letter, picture, small_letter, value
from .word import line, run, set_blocks


def signers(count: int) -> tuple[Signature, ...]:
    return tuple(Signature(Value(f"Person {number}")) for number in range(1, count + 1))


def block(*signatures: Signature, columns: int = 1, ruled: bool = False, label: str = "") -> str:
    return set_blocks(SignatureBlock((SignatureGroup(label, signatures, columns, ruled),)))


def rows(written: str) -> list[list[str]]:
    """The words of each cell, row by row."""
    return [
        [
            " ".join(re.findall(r"<w:t [^>]*>([^<]*)", cell))
            for cell in re.findall(r"<w:tc>(.*?)</w:tc>", row)
        ]
        for row in re.findall(r"<w:tr>(.*?)</w:tr>", written)
    ]


def test_it_fills_columns_row_by_row() -> None:
    written = block(*signers(4), columns=3)
    assert rows(written) == [["Person 1", "Person 2", "Person 3"], ["Person 4", "", ""]]


def test_it_leaves_room_above_a_ruled_name_and_says_the_state_below() -> None:
    signature = Signature(Value("A & B"), (value("Chair"), value("Office")), state="not yet signed")
    written = block(signature, ruled=True)
    keep = "<w:keepNext/>"
    assert (
        line("SignatureSpace")
        + line("SignatureRuled", run("A &amp; B"))
        + line("SignatureDetail", run("Chair"))
        + line("SignatureDetail", run("Office"))
        + line("SignatureState", run("not yet signed"))
    ) in written.replace(keep, "")


def test_it_sets_a_signature_in_the_room_above_the_name() -> None:
    written = block(Signature(Value("A"), image=picture(900, 300, "Signature of A")), ruled=True)
    assert '<w:pStyle w:val="SignatureSpace"/></w:pPr><w:r><w:drawing>' in written
    width, height = (
        int(size) for size in re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"/>', written)[0]
    )
    assert width == pytest.approx(3 * height, abs=3)
    assert height == pytest.approx(classic_theme().signature_space * SIGNATURE_PART * 12700, abs=3)
    in_pdf = f".signers .room img {{ max-height: {SIGNATURE_PART:.0%}; "
    assert in_pdf in style_sheet(small_letter(), classic_theme())


def test_it_never_splits_a_row() -> None:
    written = block(*signers(30), columns=3)
    assert written.count("<w:tr>") == written.count("<w:cantSplit/>") == 10


def test_it_keeps_a_few_signatures_on_one_page_and_lets_many_go_on() -> None:
    few = block(*signers(12), columns=3)
    assert few.count("<w:keepNext/>") == 9  # every row but the last
    assert "<w:keepNext/>" not in block(*signers(13), columns=3)


def test_it_keeps_the_last_row_with_the_remarks() -> None:
    group = SignatureGroup("Authors", signers(2), 2, False)
    written = set_blocks(SignatureBlock((group,), remarks=("First & last.", "Second.")))
    assert written.startswith(line("SignatureLabel", run("Authors")) + "<w:tbl>")
    assert written.count("<w:keepNext/>") == 2
    assert written.endswith(
        "</w:tbl>"
        + line("SignatureRemark", run("First &amp; last."))
        + line("SignatureRemarkEnd", run("Second."))
    )


def test_it_parts_tables_that_word_would_take_for_one() -> None:
    group = SignatureGroup("", signers(1), 1, False)
    assert set_blocks(SignatureBlock((group, group))).count(f"</w:tbl>{line('TableEnd')}") == 2


def test_it_cuts_a_long_list_of_names_into_tables_that_every_reader_lays_out_soon() -> None:
    written = block(*signers(450), columns=1)
    assert [table.count("<w:tr>") for table in written.split("</w:tbl>")] == [200, 200, 50, 0]


def test_it_sets_a_group_without_names_as_its_label() -> None:
    assert block(label="Authors") == line("SignatureLabel", run("Authors")) + line("TableEnd")


def test_a_column_of_names_from_right_to_left_stands_at_the_right() -> None:
    """LibreOffice sets a table that is narrower than the page at its left."""
    letter, group = full_letter("fa"), SignatureGroup("", signers(3), 1, False)
    blocks = (*letter.blocks[:5], SignatureBlock((group,)))
    written = docx.write(replace(letter, blocks=blocks, notes=()), classic_theme())
    table = Document(io.BytesIO(written)).tables[-1]
    names = [[cell.text.strip("\u2066\u2069") for cell in row.cells] for row in table.rows]
    assert names == [[f"Person {number}", ""] for number in (1, 2, 3)]
    widths = [column.width.mm for column in table.columns if column.width]
    assert sum(widths) == pytest.approx(classic_theme().text_width_mm, abs=0.1)
