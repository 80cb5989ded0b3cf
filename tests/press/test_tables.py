"""A table stays on the page, whatever stands in its cells."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import pdf
from letters.press.docx.column_widths import column_widths

from .sample import classic_theme, small_letter, words

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = f"https://transparencyregister.example.eu/consultations/{'unbroken' * 12}?id=1234567890"
LINK: d.Inlines = (d.Link(ADDRESS, (d.Text(ADDRESS),)),)
BOTH = d.Table(("start", "start"), (words("A"), words("B")), ((LINK, LINK), (words("a"), LINK)))
FOUR = d.Table(
    ("start",) * 4,
    (words("Name"),) * 4,
    ((words("A sentence that goes on"), LINK, words("12"), words("15,000")),),
)
EN, FR = d.TextLanguage("en", "ltr"), d.TextLanguage("fr", "ltr")


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
def test_a_long_address_in_two_columns_never_leaves_the_page(tmp_path: Path) -> None:
    blocks: d.Blocks = (BOTH, FOUR, d.Quote((BOTH,)), d.Parallel((EN, FR), (((BOTH,), (BOTH,)),)))
    theme = classic_theme()
    (tmp_path / "a.pdf").write_bytes(pdf.write(replace(small_letter(), blocks=blocks), theme).data)
    command = ["pdftotext", "-bbox", "a.pdf", "-"]
    drawn = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    edges = [float(right) for right in re.findall(r'<word [^>]*xMax="([0-9.]+)"', drawn.stdout)]
    width = (theme.page_mm[0] - theme.margin_mm.right) * 72 / 25.4
    assert max(edges) <= width + 1
    assert "15,000" in drawn.stdout  # no short word is broken for it


def test_a_column_in_word_is_as_wide_as_its_longest_word_while_there_is_room() -> None:
    widths = column_widths(FOUR, 7000)
    assert sum(widths) == 7000
    assert widths[3] >= len("15,000") * 120
    assert widths[1] == max(widths)
    assert sum(column_widths(BOTH, 3000)) == 3000
