"""Figures of one column stand by their decimal sign."""

from __future__ import annotations

import io

import pytest
from docx import Document
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, html
from letters.press.decimals import DecimalRoom, rooms

from .sample import classic_theme, small_letter, words


def column(*cells: str, align: d.Alignment = "end") -> d.Table:
    return d.Table((align,), (words("n"),), tuple((words(cell),) for cell in cells))


@pytest.mark.parametrize(
    ("cells", "decimal", "found"),
    [
        (("1,250", "3.5", "0.25"), ".", [(2, 0.25), (1, 0), None]),
        (("1 250", "3,5", "–0,25"), ",", [(2, 0.25), (1, 0), None]),
        (("1.250", "3,5"), ",", [(1, 0.25), None]),
        (("12.5 %", "3 %"), ".", [None, (1, 0.25)]),
        (("$1.5", "$20.25", ""), ".", [(1, 0), None, None]),
        (("1,250", "35"), ".", [None, None]),  # there are no decimals
        (("1.5 %", "3 km"), ".", [None, None]),
        (("1.5", "many"), ".", [None, None]),
        (("3 March 2026", "1.5"), ".", [None, None]),
        (("۱٫۵", "۲"), "٫", [None, (1, 0.25)]),
        (("1.5", "2"), "", [None, None]),  # from right to left
    ],
)
def test_room_is_left_behind_figures_with_fewer_decimals(
    cells: tuple[str, ...], decimal: str, found: list[tuple[int, float] | None]
) -> None:
    expected = tuple((DecimalRoom(*each) if each else None,) for each in found)
    assert rooms(column(*cells), decimal) == expected


def test_only_columns_that_end_at_one_edge_are_set_so() -> None:
    assert rooms(column("1.5", "2", align="start"), ".") == ((None,), (None,))
    assert rooms(d.Table((), (), ((), ())), ".") == ((), ())


def test_both_formats_leave_the_same_room_and_write_nothing() -> None:
    letter = replace(small_letter(), blocks=(column("1.5", "20.25", "3"),), notes=())
    page = html.write(letter, classic_theme()).decode()
    assert '<td class="end" style="padding-inline-end: calc(1ch + 0em)">1.5</td>' in page
    assert '<td class="end" style="padding-inline-end: calc(2ch + 0.25em)">3</td>' in page
    [table] = Document(io.BytesIO(docx.write(letter, classic_theme()))).tables
    cells = [row.cells[0].paragraphs[0] for row in table.rows[1:]]
    assert [cell.text for cell in cells] == ["1.5", "20.25", "3"]
    size = classic_theme().text_size - 1
    rooms_in_word = [cell.paragraph_format.right_indent for cell in cells]
    assert [each and each.pt for each in rooms_in_word] == [size / 2, None, size * 1.25]


def test_a_caption_stands_above_and_belongs_to_its_table() -> None:
    table = replace(column("1"), caption=words("What is spent"))
    letter = replace(small_letter(), blocks=(table,), notes=())
    page = html.write(letter, classic_theme()).decode()
    assert "<table><caption>What is spent</caption><thead>" in page
    document = Document(io.BytesIO(docx.write(letter, classic_theme())))
    [caption] = [p for p in document.paragraphs if p.text == "What is spent"]
    assert caption.style is not None
    assert (caption.style.name, caption.style.paragraph_format.keep_with_next) == (
        "Table Caption",
        True,
    )
