"""PDF, DOCX, HTML and plain text say the same words in the same order, on the same pages."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path

import pytest
import reading
import reading_pdf
from conftest import BODY_EN, LETTER, RECIPIENTS, SIGNATORIES, TEMPLATE
from pages import DOCS
from press.sample import classic_theme, full_letter
from pypdf import PdfReader
from reading import Margins
from reading_docx import docx as read_docx
from shared import made_once
from signing import copy_of, sign

from letters.press import docx, html, pdf, text

FORMATS = ("pdf", "docx", "html", "txt")
KINDS = {
    "sample": 2,
    "carney": 2,
    "carney-draft": 2,
    "riverside": 18,
    "columns": 2,
    "sequence": 2,
    "persian-columns": 2,
    "persian-sequence": 2,
}
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
    for layout in ("columns", "sequence"):
        bilingual(DOCS / "example", folder, layout, layout)
        bilingual(persian(folder / "campaigns" / "persian"), folder, layout, f"persian-{layout}")
    changed = edited((folder / "sample.final.docx").read_bytes(), *CHANGE)
    (folder / "changed.docx").write_bytes(changed)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", "office"]
    files = sorted(file.name for file in folder.glob("*.docx"))
    subprocess.run([*office, *files], cwd=folder, check=True, capture_output=True, timeout=200)


def render(campaign: Path, out: Path, *words: str) -> None:
    command = [
        sys.executable,
        "-m",
        "letters",
        "-C",
        str(campaign),
        "render",
        "--out",
        str(out),
        "--all-languages",
    ]
    made = ["--format", ",".join(FORMATS), *words]
    subprocess.run([*command, *made], check=True, capture_output=True)


def bilingual(campaign: Path, folder: Path, layout: str, kind: str) -> None:
    out = folder / "campaigns" / f"{kind}-out"
    render(campaign, out, "--draft", "--bilingual", layout)
    gather(out, folder, kind)


def persian(folder: Path) -> Path:
    """The campaign of the other tests, in English and in Persian that says nothing much."""
    words = cycle(["آب", "باد", "خاک", "کتاب", "درخت", "پنجره", "دریا", "کوه", "راه", "شهر"])

    def translated(written: str) -> str:
        french = 'fr: ("[^"]*"|[^,}\n]*)'
        made = re.sub(french, lambda _: f"fa: {next(words)} {next(words)}", written)
        return made.replace("[en, fr]", "[en, fa]")

    (folder / "templates/note").mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("letter.yaml", LETTER), ("signatories.yaml", SIGNATORIES), ("recipients.yaml", RECIPIENTS),
        ("templates/note/template.yaml", TEMPLATE), ("templates/note/letter.en.md", BODY_EN),
    ):  # fmt: skip
        (folder / name).write_text(translated(content), encoding="utf-8")
    body = BODY_EN.replace("We are", "ما هستیم").replace("We ask you:", "از شما می‌خواهیم:")
    body = body.replace("Please answer by", "لطفاً پاسخ دهید تا")
    (folder / "templates/note/letter.fa.md").write_text(body, encoding="utf-8")
    return folder


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
                member = member.replace("\u00a0".encode(), b" ")  # the last words of a paragraph
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
        assert (name, counted(kind, word.body)) == (name, counted(kind, page.body))
        assert other == word
        assert word.first_head == page.first_head
        foot = word.whole_foot.replace(" · ", " ")
        assert foot.startswith(page.foot.replace(" · ", " "))


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
        assert (name, seen(kind, same(pieces, body))) == (
            name,
            seen(kind, reading.left_to_right(body)),
        )
        assert reading.turned(" ".join(pieces)) == reading.turned(body)
        # What is drawn beside it is what the Word file has at head and foot of each page.
        edges = read_docx((made / f"{name}.docx").read_bytes()).edges(len(tagged.edges))
        assert (name, at_edges(each.split() for each in tagged.edges)) == (name, at_edges(edges))


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_prints_what_the_pdf_says_on_as_many_pages(
    made: Path, kind: str, page: Margins
) -> None:
    for name in of(made, kind):
        body = reading.html((made / f"{name}.html").read_bytes()).body
        printed = reading.printed(made / "office" / f"{name}.pdf", page)
        assert (name, seen(kind, counted(kind, same(printed.lines, body)))) == (
            name,
            seen(kind, counted(kind, reading.left_to_right(body))),
        )
        assert reading.turned(" ".join(printed.lines)) == reading.turned(body)
        pages = len(PdfReader(made / f"{name}.pdf").pages)
        edges = read_docx((made / f"{name}.docx").read_bytes(), in_word=False).edges(pages)
        assert (name, at_edges(printed.edges)) == (name, at_edges(edges))


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


def seen(kind: str, words: str) -> str:
    """In a line of both directions each program has an order of its own: only the letters count."""
    return "".join(sorted(words.replace(" ", ""))) if kind.startswith("persian") else words


def counted(kind: str, words: str) -> str:
    """Word numbers asks and notes itself, in digits of its reader's choice: their value counts."""
    if not kind.startswith("persian"):
        return words
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in words)


def at_edges(pages: Iterable[Iterable[str]]) -> list[tuple[list[str], Counter[str]]]:
    """The words at the edges of each page, and the letters that are written from the right."""
    joined = [" ".join(words) for words in pages]
    return [(sorted(reading.left_to_right(p).split()), reading.turned(p)) for p in joined]


def letters_of(written: str) -> Counter[str]:
    return Counter(reading.left_to_right(written).replace(" ", "")) + reading.turned(written)
