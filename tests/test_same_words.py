"""PDF, DOCX, HTML and plain text say the same words in the same order, on the same pages."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import reading
import reading_pdf
from press.sample import classic_theme, full_letter
from pypdf import PdfReader
from reading import Margins
from reading_docx import docx as read_docx
from shared import made_once
from signing import copy_of, sign

from letters.press import docx, html, pdf, text

FORMATS = ("pdf", "docx", "html", "txt")
KINDS = {"sample": 2, "carney": 2, "carney-draft": 2, "riverside": 18}
MM = 72 / 25.4
CHANGE = ("many decent people", "many innocent people")


def make(folder: Path) -> None:
    """All letters in all formats, and each .docx as LibreOffice prints it."""
    for name, letter in (("final", full_letter()), ("draft", full_letter(draft=True))):
        theme, target = classic_theme(), str(folder / f"sample.{name}")
        Path(f"{target}.pdf").write_bytes(pdf.write(letter, theme).data)
        Path(f"{target}.docx").write_bytes(docx.write(letter, theme))
        Path(f"{target}.html").write_bytes(html.write(letter, theme))
        Path(f"{target}.txt").write_bytes(text.write(letter))
    for example in ("carney", "riverside"):
        campaign = copy_of(example, folder / "campaigns")
        if example == "carney":
            render(campaign, folder / "campaigns" / "draft")
            gather(folder / "campaigns" / "draft", folder, "carney-draft")
        sign(campaign)
        render(campaign, campaign / "out")
        gather(campaign / "out", folder, example)
    changed = edited((folder / "sample.final.docx").read_bytes(), *CHANGE)
    (folder / "changed.docx").write_bytes(changed)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", "office"]
    files = sorted(file.name for file in folder.glob("*.docx"))
    subprocess.run([*office, *files], cwd=folder, check=True, capture_output=True, timeout=200)


def render(campaign: Path, out: Path) -> None:
    command = [sys.executable, "-m", "letters", "-C", str(campaign), "render", "--out", str(out)]
    subprocess.run([*command, "--format", ",".join(FORMATS)], check=True, capture_output=True)


def gather(out: Path, folder: Path, kind: str) -> None:
    for made in FORMATS:
        for file in out.glob(f"*.{made}"):
            file.rename(folder / f"{kind}.{file.name}")


def edited(data: bytes, old: str, new: str) -> bytes:
    """A .docx with ``old`` replaced in its text, where it must stand exactly once."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            member = before.read(name)
            if name == "word/document.xml":
                assert member.count(old.encode()) == 1
                member = member.replace(old.encode(), new.encode())
            after.writestr(name, member)
    return stream.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "same-words", make)


@pytest.fixture(scope="module")
def page() -> Margins:
    """The page of the classic theme, in which all of these letters are set."""
    theme = classic_theme()
    width, height = theme.page_mm
    margin = theme.margin_mm
    return Margins(width * MM, height * MM, margin.top * MM, margin.bottom * MM)


def of(made: Path, kind: str) -> list[str]:
    names = [file.name.removesuffix(".html") for file in made.glob(f"{kind}.*.html")]
    assert len(names) == KINDS[kind]
    return sorted(names)


@pytest.mark.parametrize("kind", KINDS)
def test_word_and_other_programs_read_what_the_web_page_says(made: Path, kind: str) -> None:
    for name in of(made, kind):
        page = reading.html((made / f"{name}.html").read_bytes())
        data = (made / f"{name}.docx").read_bytes()
        word, other = read_docx(data), read_docx(data, in_word=False)
        assert (name, word.body) == (name, page.body)
        assert other == word
        assert word.first_head == page.first_head
        assert word.foot.startswith(page.foot)


@pytest.mark.parametrize("kind", KINDS)
def test_plain_text_says_what_the_web_page_says(made: Path, kind: str) -> None:
    for name in of(made, kind):
        page = reading.html((made / f"{name}.html").read_bytes())
        written = (made / f"{name}.txt").read_bytes()
        assert (name, reading.text(written, page.first_head, page.foot)) == (name, page.body)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_reads_aloud_what_the_web_page_says(made: Path, kind: str) -> None:
    for name in of(made, kind):
        body = reading.html((made / f"{name}.html").read_bytes()).body
        tagged = reading_pdf.read((made / f"{name}.pdf").read_bytes())
        pieces = list(tagged.tree.pieces())
        assert (name, same(pieces, body)) == (name, reading.left_to_right(body))
        assert reading.turned(" ".join(pieces)) == reading.turned(body)
        # What is drawn beside it is what the Word file has at head and foot of each page.
        edges = read_docx((made / f"{name}.docx").read_bytes()).edges(len(tagged.edges))
        assert (name, [sorted(each.split()) for each in tagged.edges]) == (name, edges)


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_prints_what_the_pdf_says_on_as_many_pages(
    made: Path, kind: str, page: Margins
) -> None:
    for name in of(made, kind):
        body = reading.html((made / f"{name}.html").read_bytes()).body
        printed = reading.printed(made / "office" / f"{name}.pdf", page)
        assert (name, same(printed.lines, body)) == (name, reading.left_to_right(body))
        assert reading.turned(" ".join(printed.lines)) == reading.turned(body)
        pages = len(PdfReader(made / f"{name}.pdf").pages)
        edges = read_docx((made / f"{name}.docx").read_bytes()).edges(pages)
        assert (name, printed.edges) == (name, edges)


def test_a_program_that_knows_no_tags_shows_the_same_letters(made: Path, page: Margins) -> None:
    for name in (*of(made, "sample"), *of(made, "carney")):
        body = reading.html((made / f"{name}.html").read_bytes()).body
        drawn = reading.printed(made / f"{name}.pdf", page)
        assert (name, letters_of("".join(drawn.lines))) == (name, letters_of(body))


def test_one_changed_word_is_seen_in_every_reading(made: Path, page: Margins) -> None:
    body = reading.html((made / "sample.final.html").read_bytes()).body
    changed = body.replace(*CHANGE)
    assert body.count(CHANGE[0]) == 1
    data = (made / "changed.docx").read_bytes()
    for in_word in (True, False):
        assert read_docx(data, in_word=in_word).body == changed
    printed = reading.printed(made / "office" / "changed.pdf", page).lines
    assert same(printed, body) != reading.left_to_right(body)
    assert same(printed, changed) == reading.left_to_right(changed)
    pieces = list(reading_pdf.read((made / "sample.final.pdf").read_bytes()).tree.pieces())
    assert same(pieces, changed) != reading.left_to_right(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the third step;", "the third step"),
        ("asked for protection.", "asked for protec tion."),
        ('<w:endnoteReference w:id="2"/>', '<w:endnoteReference w:id="1"/>'),
    ],
)
def test_a_small_difference_is_seen(made: Path, old: str, new: str) -> None:
    body = reading.html((made / "sample.final.html").read_bytes()).body
    data = edited((made / "sample.final.docx").read_bytes(), old, new)
    assert read_docx(data).body != body


def same(pieces: list[str], body: str) -> str:
    """The pieces as one text, joined as the words of ``body`` are."""
    wanted = reading.left_to_right(body)
    return reading.joined([reading.left_to_right(piece) for piece in pieces], wanted)


def letters_of(written: str) -> Counter[str]:
    return Counter(reading.left_to_right(written).replace(" ", "")) + reading.turned(written)
