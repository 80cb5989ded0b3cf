"""An annex of names in Word, on a screen and as plain text: the same words in the same order."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from letters.draft.annex import Annex, NameGroup, NameSection
from letters.press import annex_html, annex_text
from letters.press.docx import annex as docx
from letters.press.docx.annex import MOST_ROWS

from .annex_sample import annex, people
from .sample import classic_theme

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(data: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read("word/document.xml"))


def words_of(root: ET.Element) -> list[str]:
    """Each paragraph that has words; a head that a later table repeats counts once."""
    found: list[str] = []
    heads: set[tuple[str, ...]] = set()

    def said(node: ET.Element) -> list[str]:
        lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in node.iter(f"{W}p"))
        # What keeps a name of the other direction in order is no word.
        return [re.sub("[\u2066-\u2069]", "", line) for line in lines if line]

    for block in next(iter(root)):
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                own = said(row)
                if row.find(f".//{W}tblHeader") is not None:
                    if tuple(own) in heads:
                        continue
                    heads.add(tuple(own))
                found += own
        elif block.tag == f"{W}p":
            found += said(block)
    return found


def expected(what: Annex) -> list[str]:
    """All words of the annex in their order."""
    found = [what.title, what.of, *what.remarks]
    for group in what.groups:
        found += [group.label, *group.head]
        for section in group.sections:
            found += [section.letter] if section.letter else []
            found += [cell for cells in section.rows() for cell in cells if cell]
    return found


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("table", [False, True])
def test_word_has_the_same_words_in_order_and_no_fault(
    language: str, table: bool, tmp_path: Path
) -> None:
    what = annex(people(MOST_ROWS + 60), table=table, language=language, columns=2)
    data = docx.write(what, classic_theme())
    assert words_of(document(data)) == expected(what)
    file = tmp_path / "annex.docx"
    file.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(file)
    assert result.errors == []
    assert docx.write(what, classic_theme()) == data


@pytest.mark.parametrize("table", [False, True])
def test_a_name_in_another_script_says_its_language(table: bool) -> None:
    names = ("Ada Birch", "Їжакевич Ёлка", "محمد علی‌زاده", "Άννα Ζωή")
    what = annex(names, table=table)
    told = {"Їжакевич Ёлка": "uk", "محمد علی‌زاده": "fa", "Άννα Ζωή": "el"}
    runs = document(docx.write(what, classic_theme())).iter(f"{W}r")
    found = {}
    for run in runs:
        for kind in ("val", "bidi"):
            spoken = run.find(f"{W}rPr/{W}lang[@{W}{kind}]")
            if spoken is not None:
                words = re.sub("[\u2066-\u2069]", "", "".join(run.itertext()))
                found[words] = str(spoken.get(f"{W}{kind}"))
    assert {name: tag.partition("-")[0] for name, tag in found.items()} == told
    page = annex_html.write(what, classic_theme()).decode()
    spans = re.findall(r'<(?:span|bdi) lang="([^"]+)"[^>]*>([^<]+)<', page)
    said = {name: tag for tag, name in spans}
    assert said == told


def test_french_days_have_their_ordinals_raised() -> None:
    what = annex(["Ada Birch"], table=True, language="fr")
    group = replace(what.groups[1], sections=(NameSection("", "Ada\tjuriste\t1er mai 2026\n"),))
    what = replace(what, groups=(group,))
    raised = [
        "".join(run.itertext())
        for run in document(docx.write(what, classic_theme())).iter(f"{W}r")
        if run.find(f"{W}rPr/{W}rStyle[@{W}val='Ordinal']") is not None
    ]
    assert raised == ["er"]
    assert '1<sup class="ordinal">er</sup>' in annex_html.write(what, classic_theme()).decode()


def test_tables_are_short_and_repeat_their_head() -> None:
    what = annex(people(2 * MOST_ROWS + 60), table=True)
    tables = list(document(docx.write(what, classic_theme())).iter(f"{W}tbl"))
    rows = [len(list(table.iter(f"{W}tr"))) for table in tables]
    assert len(tables) == 3
    assert max(rows) <= MOST_ROWS + 3  # its head, and letters of the index
    for table in tables:
        first, *others = table.iter(f"{W}tr")
        assert first.find(f".//{W}tblHeader") is not None
        assert all(row.find(f".//{W}tblHeader") is None for row in others)


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_columns_are_those_of_a_section(columns: int) -> None:
    what = annex(people(30), columns=columns)
    root = document(docx.write(what, classic_theme()))
    set_in = [cols.get(f"{W}num", "1") for cols in root.iter(f"{W}cols")]
    assert set_in == [*["1", str(columns)] * len(what.groups), "1"]
    heads = [section.findall(f"{W}headerReference") for section in root.iter(f"{W}sectPr")]
    assert [len(own) for own in heads] == [2, *[0] * (len(heads) - 1)]
    kinds = [section.find(f"{W}type") for section in root.iter(f"{W}sectPr")]
    assert [k.get(f"{W}val") for k in kinds if k is not None] == ["continuous"] * (len(heads) - 1)


@pytest.mark.parametrize("table", [True, False])
def test_a_name_of_two_lines_is_seen_to_be_one(table: bool) -> None:
    """Its second line stands further in, as in the PDF; those of heads and remarks do not."""
    what = annex(people(30), table=table)
    root = document(docx.write(what, classic_theme()))
    hung = {
        "".join(t.text or "" for t in line.iter(f"{W}t")).strip("\u2066\u2069")
        for line in root.iter(f"{W}p")
        if line.find(f"{W}pPr/{W}ind") is not None
    }
    names = {row[0] for group in what.groups for part in group.sections for row in part.rows()}
    assert names <= hung
    assert not hung & {*what.remarks, *(group.label for group in what.groups)}


def test_the_running_head_and_the_page_are_words_own() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(annex(people(9)), classic_theme()))) as archive:
        foot, head = (archive.read(f"word/{name}.xml").decode() for name in ("footer2", "header2"))
    assert " PAGE " in foot
    assert " NUMPAGES " in foot
    assert "3 September 2025" in head


def test_words_text_is_never_whole_in_memory() -> None:
    lines = "".join(f"Ada Birch {n}\tnurse\tMillbrook School {n}\n" for n in range(20_000))
    group = NameGroup("Individuals", ("Name", "Role", "Affiliation"), (NameSection("", lines),))
    what = replace(annex(["Ada Birch", "Bo Lind"]), groups=(group,))
    with zipfile.ZipFile(io.BytesIO(docx.write(what, classic_theme()))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    tracemalloc.start()
    docx.write(what, classic_theme())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 8_000_000
    assert most < size / 2


@pytest.mark.parametrize("table", [False, True])
def test_the_page_and_the_plain_text_have_the_same_words(table: bool) -> None:
    what = annex(people(90), table=table)
    page = annex_html.write(what, classic_theme()).decode()
    body = page.partition("<body>")[2]
    said = [
        unescape(re.sub(r"<[^>]*>", "", part)) for part in re.split(r"</(?:p|h\d|li|t[hd])>", body)
    ]
    assert [line.strip() for line in said if line.strip()] == [
        line.strip() for line in (*expected(what), what.foot)
    ]
    text = annex_text.write(what).decode()
    at = 0
    for line in expected(what):
        assert (at := text.find(line, at)) >= 0, line
    assert f"\n{what.foot}\n" in text


def test_no_name_becomes_markup() -> None:
    what = annex(["<b>Ada</b> & {{ 7*7 }}", "Bo"])
    page = annex_html.write(what, classic_theme()).decode()
    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; {{ 7*7 }}" in page
    assert "<b>" not in page
    assert "<b>Ada</b> & {{ 7*7 }}" in words_of(document(docx.write(what, classic_theme())))
