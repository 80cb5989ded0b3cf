"""Figures of one column stand by their decimal sign."""

from __future__ import annotations

import importlib
import io
import re
import subprocess
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import docx, fontfiles, html, pdf
from letters.press.decimals import DIGITS, DecimalRoom, rooms

from .sample import classic_theme, full_letter, small_letter, words


def column(*cells: str, align: d.Alignment = "end") -> d.Table:
    return d.Table((align,), (words("n"),), tuple((words(cell),) for cell in cells))


@pytest.mark.parametrize(
    ("cells", "decimal", "found"),
    [
        (("1,250", "3.5", "0.25"), ".", [2.5, 1, None]),
        (("1 250", "3,5", "–0,25"), ",", [2.5, 1, None]),
        (("1.250", "3,5"), ",", [1.5, None]),
        (("12.5 %", "3 %"), ".", [None, 1.5]),
        (("$1.5", "$20.25", ""), ".", [1, None, None]),
        (("1,250", "35"), ".", [None, None]),  # there are no decimals
        (("1.5 %", "3 km"), ".", [None, None]),
        (("1.5", "many"), ".", [None, None]),
        (("3 March 2026", "1.5"), ".", [None, None]),
        (("۱٫۵", "۲"), "٫", [None, 1.5]),
    ],
)
def test_room_is_left_behind_figures_with_fewer_decimals(
    cells: tuple[str, ...], decimal: str, found: list[float | None]
) -> None:
    expected = tuple((DecimalRoom(each) if each else None,) for each in found)
    assert rooms(column(*cells), decimal) == expected


@pytest.mark.parametrize(
    ("cells", "decimal", "found"),
    [
        (("1,250.5", "3.75", "20"), ".", [None, 3.5, 2.5]),
        (("1,250", "35", ""), ".", [None, 2.5, None]),  # whole numbers begin at that edge, too
        (("-1.5", "20.25", "−3"), ".", [0.45, 0.1, None]),
        (("12.5%", "3%"), ".", [None, 1]),
        (("₪12.5", "₪3"), ".", [None, 1]),
        (("₪ 12.5", "₪ 3"), ".", [None, None]),  # stands on the other side
        (("12.5 ₪", "3 ₪"), ".", [None, 1]),
        (("1.5", "many"), ".", [None, None]),
    ],
)
def test_from_right_to_left_it_is_that_of_missing_whole_digits(
    cells: tuple[str, ...], decimal: str, found: list[float | None]
) -> None:
    expected = tuple((DecimalRoom(each) if each else None,) for each in found)
    assert rooms(column(*cells), decimal, rtl=True) == expected


def test_figures_of_the_arabic_script_have_their_own_width() -> None:
    for cells in (("۲۰٫۵", "۳"), ("٢٠٫٥", "٣")):
        assert rooms(column(*cells), "٫", rtl=True) == ((None,), (DecimalRoom(1, native=True),))
    # Unicode puts the sign of an Arabic figure on its right.
    assert rooms(column("-٢٠٫٥", "٣"), "٫", rtl=True) == ((None,), (None,))


@pytest.mark.parametrize("family", [*DIGITS, "Liberation Serif"])
def test_widths_of_figures_are_those_of_the_fonts(family: str) -> None:
    """Of those that are installed."""
    library = importlib.import_module("fontTools.ttLib")
    for file in fontfiles.files_of(family):
        with library.TTFont(file, lazy=True, fontNumber=0) as font:
            if font["name"].getDebugName(2) != "Regular":
                continue
            codes, em = font.getBestCmap(), font["head"].unitsPerEm
            widths = {font["hmtx"][codes[ord(digit)]][0] / em for digit in "0123456789"}
        assert [*widths] == [pytest.approx(DecimalRoom(1).of_size(family), abs=0.001)]


@pytest.mark.parametrize(
    ("language", "cells"),
    [
        ("he", ("1,250.50", "20.25", "3.75", "-7.25")),
        ("ar", ("12,500,000", "1,250", "35", "7")),
        ("fa", ("۱٬۲۵۰٫۵۰", "۲۰٫۲۵", "۳٫۷۵", "-۷٫۲۵")),
    ],
)
def test_from_right_to_left_figures_stand_below_each_other_on_the_page(
    tmp_path: Path, language: str, cells: tuple[str, ...]
) -> None:
    """Those with as many decimals end at one place, in the PDF; Word has the same room."""
    decimal = "٫" if language == "fa" else "."
    letter = full_letter(language)
    table = replace(column(*cells), head=(words("—"),))
    letter = replace(letter, blocks=(table,), notes=(), decimal=decimal)
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf.write(letter, classic_theme()).data)
    command = ["pdftotext", "-bbox", str(file), "-"]
    page = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    found = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<', page)
    ends = [float(end) for end, word in found if word.strip("\u2066\u2069") in cells]
    assert len(ends) == len(cells)
    assert max(ends) - min(ends) < 0.75  # points: a sign of another font, and nothing else
    [in_word] = Document(io.BytesIO(docx.write(letter, classic_theme()))).tables
    rooms_in_word = [row.cells[0].paragraphs[0].paragraph_format for row in in_word.rows[1:]]
    found_rooms = rooms(table, decimal, rtl=True)
    size = classic_theme().text_size - 1
    for cell, (room,) in zip(rooms_in_word, found_rooms, strict=True):
        given = cell.right_indent.pt if cell.right_indent else 0
        wanted = room.of_size(classic_theme().text_font.word) * size if room else 0
        assert given == pytest.approx(wanted, abs=0.05)


def test_only_columns_that_end_at_one_edge_are_set_so() -> None:
    assert rooms(column("1.5", "2", align="start"), ".") == ((None,), (None,))
    assert rooms(d.Table((), (), ((), ())), ".") == ((), ())


def test_both_formats_leave_the_same_room_and_write_nothing() -> None:
    letter = replace(small_letter(), blocks=(column("1.5", "20.25", "3"),), notes=())
    page = html.write(letter, classic_theme()).decode()
    assert '<td class="end" style="padding-inline-end: 1ch">1.5</td>' in page
    assert '<td class="end" style="padding-inline-end: 2.5ch">3</td>' in page
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


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("align", ["start", "center", "end"])
def test_figures_keep_away_from_the_next_column(
    language: str, align: d.Alignment, tmp_path: Path
) -> None:
    long = words("Bundesverfassungsgerichtsentscheidung " * 2)
    rows = tuple((long, words(figure), long) for figure in ("1,254.00", "3", "98,765.5"))
    head = (words("Programme"), words("Dollars|||"), words("|||Remarks"))
    table = d.Table(("start", "end", align), head, rows)
    letter = replace(full_letter(language), blocks=(table,), notes=())
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf.write(letter, classic_theme()).data)
    command = ["pdftotext", "-bbox", str(file), "-"]
    page = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    seen = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<'
    found = [(float(a), float(y), float(b), word) for a, y, b, word in re.findall(seen, page)]
    for left, y, right, word in found:
        if not word.strip("\u2066\u2069|").startswith(("1,254", "98,765", "Dollars")):
            continue
        gaps = [
            (left - other[2]) if language == "fa" else (other[0] - right)
            for other in found
            if abs(other[1] - y) < 1
        ]
        assert min(gap for gap in gaps if gap > -1) > 5.5


def test_both_formats_leave_the_same_room_before_the_next_column() -> None:
    cells = (words("1.5"), words("1.5")), (words("20.25"), words("20.25"))
    table = d.Table(("end", "end"), (words("2025"), words("2026")), cells)
    letter = replace(small_letter(), blocks=(table,), notes=())
    page = html.write(letter, classic_theme()).decode()
    [in_word] = Document(io.BytesIO(docx.write(letter, classic_theme()))).tables
    size = classic_theme().text_size - 1
    ends = [
        [
            each and each.pt
            for each in (c.paragraphs[0].paragraph_format.right_indent for c in row.cells)
        ]
        for row in in_word.rows
    ]
    assert ends == [[6, None], [6 + size / 2, size / 2], [6, None]]
    assert '<td class="end" style="padding-inline-end: calc(6pt + 1ch)">1.5</td>' in page
