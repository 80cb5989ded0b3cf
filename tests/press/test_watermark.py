"""DRAFT in large letters: behind the words of each page, until the letter is signed."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image, ImageChops, ImageOps, ImageStat
from verapdf import verify

from letters import shipped
from letters.campaign.load import load
from letters.draft import page_marks
from letters.draft.language import language
from letters.draft.signatures import Signed
from letters.press import docx, pdf
from letters.press.css import style_sheet
from letters.press.engine import engine
from letters.press.fonts import stacks
from letters.press.watermark import drawing, size

from .sample import small_letter
from .themes import built_in

LETTER = replace(small_letter(), draft_mark="DRAFT – not signed", watermark="DRAFT")
OPEN = Signed({"ada": "pending"}, None, draft=True)


def test_the_pdf_has_it_behind_the_words_of_every_page(tmp_path: Path) -> None:
    made = pdf.write(LETTER, built_in("classic"))
    assert made.remarks == ()
    assert made.pages == pdf.write(replace(LETTER, watermark=""), built_in("classic")).pages
    (tmp_path / "draft.pdf").write_bytes(made.data)
    assert [v.broken for v in verify([tmp_path / "draft.pdf"])] == [(), ()]


def test_behind_a_window_it_stands_with_the_marks_to_fold_at() -> None:
    theme = built_in("classic", window="din5008-b")
    first = style_sheet(LETTER, theme).partition("@page :first { margin-top")[2].partition("\n")[0]
    assert first.count("data:image/svg+xml") == 2
    assert "DRAFT" in first


def test_word_has_its_own_object_for_it_on_every_page(tmp_path: Path) -> None:
    data = docx.write(LETTER, built_in("classic"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        heads = [file.read(f"word/header{n}.xml").decode() for n in (1, 2)]
    assert [head.count('string="DRAFT"') for head in heads] == [1, 1]
    (tmp_path / "draft.docx").write_bytes(data)
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(tmp_path / "draft.docx").errors == []


def test_a_long_word_is_smaller_and_stays_on_the_page() -> None:
    theme = built_in("classic")
    assert size("DRAFT", theme) == 150
    assert size("W" * 40, theme) < 40


@pytest.mark.parametrize(
    ("tag", "word"), [("en", "DRAFT"), ("fr", "PROJET"), ("ru", "ПРОЕКТ"), ("de", "ENTWURF")]
)
def test_it_is_the_first_word_of_the_mark_until_all_have_signed(tag: str, word: str) -> None:
    starter, problems = load(shipped.TEMPLATES / "open-letter" / "starter")
    assert starter is not None, problems
    asked = starter.letter.model_copy(update={"watermark": True})
    wanted = replace(starter, letter=asked)
    signed = Signed({"ada": "signed"}, None, draft=False)
    assert page_marks.watermark(language(tag), OPEN, wanted) == word
    assert page_marks.watermark(language(tag), OPEN, starter) == ""
    assert page_marks.watermark(language(tag), signed, wanted) == ""


def ink(style: str, body: str = "") -> Image.Image:
    """What a page shows, without the white around it."""
    page = f"<style>@page {{ size: 400mm; margin: 0 }} {style}</style><body>{body}"
    made = engine().HTML(string=page).write_pdf()
    shown = subprocess.run(
        ["pdftoppm", "-r", "50", "-gray", "-png", "-singlefile", "-"],
        input=made,
        capture_output=True,
        check=True,
    ).stdout
    picture = Image.open(io.BytesIO(shown)).point(lambda value: 255 * (value < 250))
    return picture.crop(picture.getbbox()).resize((240, 60))


@pytest.mark.parametrize(
    ("tag", "word"),
    [("he", "טיוטה"), ("ar", "مسودة"), ("fa", "نویس"), ("uk", "ПРОЄКТ"), ("en", "DRAFT")],
)
def test_it_is_set_as_words_of_that_script_are(tag: str, word: str) -> None:
    """Hebrew from the right, and Arabic with its letters joined."""
    theme = built_in("classic")
    letter = replace(LETTER, language=tag, watermark=word)
    drawn = drawing(letter, theme).replace("rotate%28-50", "rotate%280")
    families = ", ".join(f'"{family}"' for family in stacks(letter, theme)[1])
    set_in = f"bold {size(word, theme)}pt {families}"
    by_drawing = ink(f"@page {{ background: {drawn} }}")
    by_page = ink(
        f"body {{ margin: 40mm; font: {set_in}; color: #e9e9e9; white-space: nowrap }}", word
    )
    apart, backwards = (
        ImageStat.Stat(ImageChops.difference(one, by_page)).mean[0] / 255
        for one in (by_drawing, ImageOps.mirror(by_drawing))
    )
    assert apart < 0.1
    assert apart < backwards / 2
