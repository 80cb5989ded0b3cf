"""An annex of names as PDF: painted as the full engine lays it out, tagged, valid, and bounded."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import reading_pdf
from msgspec.structs import replace
from pypdf import PdfReader
from verapdf import verify

from letters.draft.annex import NameSection
from letters.press import rendering as presses
from letters.press.names import pdf
from letters.press.names.batch import BatchFace
from letters.press.names.engine import Engine, OtherFormError

from .annex_sample import annex, people
from .sample import classic_theme

if TYPE_CHECKING:
    from pathlib import Path

    from letters.draft.annex import Annex
    from letters.press.theme import Theme

KINDS: dict[str, dict[str, Any]] = {
    "one": {"columns": 1},
    "three": {"columns": 3},
    "four": {"columns": 4},
    "table": {"table": True},
    "hebrew": {"columns": 2, "language": "he"},
}


def both(what: Annex, theme: Theme) -> tuple[bytes, bytes]:
    """The annex painted, and laid out by WeasyPrint as a whole."""
    with presses.at_work(what.date) as (render, remarks):
        painted, pages = pdf._Work(what, theme, Engine(render)).painted()
        whole, number = pdf._Work(what, theme, Engine(render)).laid_out()
    assert remarks == []
    assert pages == number
    return painted, whole


@cache
def made(kind: str) -> tuple[bytes, bytes]:
    return both(annex(people(170), **KINDS[kind]), classic_theme())


def shown(data: bytes, path: Path, *command: str) -> bytes:
    path.write_bytes(data)
    done = subprocess.run([*command, str(path)], capture_output=True, check=True)
    return done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_painted_pages_are_those_of_the_full_engine(kind: str, tmp_path: Path) -> None:
    painted, whole = made(kind)
    file = tmp_path / "annex.pdf"
    pictures = [shown(data, file, "pdftoppm", "-r", "60", "-gray") for data in (painted, whole)]
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) > 100_000
    file.write_bytes(painted)
    texts = []
    for data in (painted, whole):
        file.write_bytes(data)
        command = ["pdftotext", "-layout", str(file), "-"]
        texts.append(subprocess.run(command, capture_output=True, check=True).stdout)
    assert texts[0] == texts[1]
    assert b"Kowalczyk" in texts[0]


def spoken(data: bytes) -> list[tuple[str, str]]:
    """What is said to be in another language, by the innermost element that says so."""
    found: list[tuple[str, str]] = []

    def look(tag: reading_pdf.Tag) -> bool:
        inner = [look(part) for part in tag.content if isinstance(part, reading_pdf.Tag)]
        said = tag.attributes.get("/Lang")
        if said and not any(inner):
            found.append((str(said), tag.text()))
        return bool(said) or any(inner)

    for part in reading_pdf.read(data).tree.content:
        if isinstance(part, reading_pdf.Tag):
            look(part)
    return found


FOREIGN = ("Анна Коваль", "Їжакевич Ёлка", "محمد علی‌زاده", "נועה לוי", "Άννα Ζωή")


@pytest.mark.parametrize("kind", ["three", "table", "hebrew"])
def test_a_name_in_another_script_says_its_language_in_both_ways(kind: str, tmp_path: Path) -> None:
    what = annex([*people(60), *FOREIGN], **KINDS[kind])
    data = both(what, classic_theme())
    painted, whole = map(spoken, data)
    assert painted == whole
    own = {"he": "נועה לוי"} if kind != "hebrew" else {}
    expected = {"und-Cyrl": FOREIGN[0], "uk": FOREIGN[1], "fa": FOREIGN[2], "el": FOREIGN[4]}
    assert {tag for tag, _ in painted} == {*expected, *own}
    (tmp_path / "annex.pdf").write_bytes(data[0])
    assert [one.broken for one in verify([tmp_path / "annex.pdf"])] == [(), ()]


def test_a_day_has_its_ordinal_raised_in_both_ways(tmp_path: Path) -> None:
    one = annex(people(60), table=True, language="fr")
    said = ("1er mai 2026", "2 mai 2026", "31 mai 2026")
    rows = "".join(f"{name}\tjuriste\t{said[n % 3]}\n" for n, name in enumerate(people(60)))
    days = replace(one.groups[1], sections=(NameSection("", rows),))
    painted, whole = both(replace(one, groups=(days,)), classic_theme())
    file = tmp_path / "annex.pdf"
    pictures = [shown(data, file, "pdftoppm", "-r", "60", "-gray") for data in (painted, whole)]
    assert pictures[0] == pictures[1]
    document = pypdfium2.PdfDocument(painted)
    sizes: dict[str, set[float]] = {}
    for page in document:
        for each in page.get_objects(filter=[1], textpage=page.get_textpage()):
            text = each.extract().strip()
            sizes.setdefault(text, set()).add(round(each.get_font_size(), 2))
    document.close()
    assert max(sizes["er"]) < min(sizes["2 mai 2026"])


def test_both_ways_give_valid_files(tmp_path: Path) -> None:
    files = []
    for kind in KINDS:
        for way, data in zip(("painted", "whole"), made(kind), strict=True):
            files.append(tmp_path / f"{kind}-{way}.pdf")
            files[-1].write_bytes(data)
    assert [(one.file.name, one.broken) for one in verify(files) if not one.passed] == []


def test_each_name_is_an_entry_of_a_list_under_its_letter() -> None:
    what = annex(people(170))
    read = reading_pdf.read(made("three")[0])
    entries = [entry.text() for entry in read.tree.every("LI")]
    assert len(entries) == what.count
    assert entries[:3] == ["The Union", "Free Readers", "Ada AVALON 0"]
    assert [tag.text() for tag in read.tree.every("H3")] == ["A", "B"]
    assert [tag.text() for tag in read.tree.every("H2")] == ["Organisations", "Individuals"]
    assert [tag.text() for tag in read.tree.every("H1")] == [what.title]


@pytest.mark.parametrize("kind", KINDS)
def test_the_outline_is_that_of_the_full_engine(kind: str) -> None:
    painted, whole = (reading_pdf.outline(data) for data in made(kind))
    assert painted == whole
    assert [(level, title) for level, title, _ in painted] == [
        (1, "Annex: signatures"),
        (2, "Organisations"),
        (2, "Individuals"),
        (3, "A"),
        (3, "B"),
    ]


def test_a_table_has_its_head_on_every_page_with_its_scope() -> None:
    read = reading_pdf.read(made("table")[0])
    tables = list(read.tree.every("Table"))
    assert len(tables) == len(read.reader.pages)
    for table in tables:
        head, *rows = table.every("TR")
        assert [cell.text() for cell in head.every("TH")] == ["Name", "Role", "Affiliation"]
        assert {cell.attributes["/A"]["/Scope"] for cell in head.every("TH")} == {"/Column"}
        for row in rows:
            first, *others = row.content
            assert not isinstance(first, str)
            assert first.kind == "TH"
            assert first.attributes["/A"]["/Scope"] == "/Row"
            assert len(others) == (0 if first.text() in ("A", "B") else 2)


def test_every_page_but_the_first_has_its_running_head_and_each_its_number() -> None:
    read = reading_pdf.read(made("table")[0])
    total = len(read.reader.pages)
    for number, page in enumerate(read.reader.pages, 1):
        text = page.extract_text()
        assert f"Page {number} of {total}" in text
        assert text.count("Annex: signatures") == text.count("3 September 2025") == 1
        assert ("to the letter" in text) == (number == 1)


@pytest.mark.parametrize("count", [1, 170])
def test_the_last_page_alone_says_by_which_text_it_is(count: int) -> None:
    what = annex(people(count))
    data = made("three")[0] if count > 1 else pdf.write(what, classic_theme()).data
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert (count == 1) == (len(pages) == 1)
    assert [what.version in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_the_same_annex_gives_the_same_bytes() -> None:
    what = annex(people(80), table=True)
    first, second = (pdf.write(what, classic_theme()).data for _ in range(2))
    assert first == second
    assert pdf.write(replace(what, of="another"), classic_theme()).data != first
    identity = re.search(rb"/ID\[<([0-9a-f]{32})>", first)
    assert identity


@pytest.mark.parametrize(
    "css",
    [
        ".names li { text-transform: uppercase }",
        ".names li { letter-spacing: 1pt }",
        ".names li { font-size: 9pt }",
        ".names li { color: #123456; font-weight: bold }",
    ],
)
def test_a_theme_that_sets_names_in_another_way_is_heeded(css: str, tmp_path: Path) -> None:
    painted, whole = both(annex(people(40)), replace(classic_theme(), css=css))
    file = tmp_path / "annex.pdf"
    pictures = [shown(data, file, "pdftoppm", "-r", "60", "-gray") for data in (painted, whole)]
    assert pictures[0] == pictures[1]
    plain = both(annex(people(40)), classic_theme())[0]
    assert pictures[0] != shown(plain, file, "pdftoppm", "-r", "60", "-gray")


@pytest.mark.parametrize(
    "css",
    [
        ".names li { text-decoration: underline }",
        "@page { @top-center { content: counter(page) } }",
        "@page :left { margin-left: 50mm }",
        '@page { @bottom-right { content: "seite " counter(page) } }',
    ],
)
def test_what_cannot_be_painted_is_laid_out_as_a_whole(css: str, tmp_path: Path) -> None:
    theme, what = replace(classic_theme(), css=css), annex(people(120))
    with presses.at_work(what.date) as (render, _), pytest.raises(OtherFormError):
        pdf._Work(what, theme, Engine(render)).painted()
    printed = pdf.write(what, theme)
    file = tmp_path / "annex.pdf"
    file.write_bytes(printed.data)
    assert [one.broken for one in verify([file])] == [(), ()]
    assert printed.pages == len(reading_pdf.read(printed.data).reader.pages) > 1


def test_many_lines_together_come_out_as_each_alone() -> None:
    what = annex(people(200))
    with presses.at_work(what.date) as (render, _):
        work = pdf._Work(what, classic_theme(), Engine(render))
        [cell] = work._measured()[1].entries[0].cells
        face, alone = BatchFace.of(cell.style), BatchFace.of(cell.style)
    assert face is not None
    assert alone is not None
    lines = [name for group in what.groups for s in group.sections for (name,) in s.rows()]
    found = dict(face.shape_all([*lines, "Ш", "γ", "fi AVA", "1 2"]))
    for line, together in found.items():
        one = alone.shape(line)
        assert (together is None) == (one is None), line
        if one and together:
            clusters = tuple(cluster - together.clusters[0] for cluster in together.clusters)
            assert (together.glyphs, together.advances, clusters) == (
                one.glyphs,
                one.advances,
                one.clusters,
            )
    assert sum(one is not None for one in found.values()) > 100


def test_one_name_and_one_page_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "annex.pdf"
    printed = pdf.write(annex(["Ada Birch", "Bo Lind"]), classic_theme())
    file.write_bytes(printed.data)
    assert printed.pages == 1
    assert [one.broken for one in verify([file])] == [(), ()]
