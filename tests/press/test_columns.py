"""Two editions side by side: how they stand on the pages."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pypdfium2
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from letters.draft import document as d
from letters.press import docx, html, pdf, text

from .sample import classic_theme, picture, small_letter, words

TONGUES = d.TextLanguage("en", "ltr"), d.TextLanguage("fr", "ltr")


def paragraph(text: str) -> d.Matters:
    return (d.Paragraph((d.Text(text),)),)


def letter(paragraphs: int) -> d.Letter:
    rows = [
        (paragraph(f"Paragraph {n}, which goes on for a while."), paragraph(f"Alinéa {n}, bref."))
        for n in range(paragraphs)
    ]
    close = (d.Close((d.Text("Yours sincerely,"),)),), (d.Close((d.Text("Salutations,"),)),)
    signed = d.Signature(d.Value("Rosa Hale"), ((d.Text("Chair"),),))
    group = d.SignatureGroup("", (signed,), 1, ruled=True)
    return d.Letter(
        language="en",
        direction="ltr",
        title="Columns",
        author="Somebody",
        date=dt.date(2026, 1, 2),
        blocks=(d.Parallel(TONGUES, (*rows, close)), d.SignatureBlock((group,))),
    )


@pytest.mark.parametrize("paragraphs", range(14, 22))
def test_both_closes_and_the_last_pair_stay_with_the_signatures(paragraphs: int) -> None:
    data = pdf.write(letter(paragraphs), classic_theme()).data
    *_, last = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    for phrase in (f"Paragraph {paragraphs - 1},", "Yours sincerely,", "Salutations,", "Rosa Hale"):
        assert phrase in last


def test_some_of_these_letters_have_two_pages() -> None:
    pages = {pdf.write(letter(count), classic_theme()).pages for count in (14, 21)}
    assert pages == {1, 2}


def test_each_edition_is_numbered_in_its_own_digits() -> None:
    languages = d.TextLanguage("en", "ltr"), d.TextLanguage("fa", "rtl", "۰۱۲۳۴۵۶۷۸۹")
    first, second = (
        (d.Asks(((d.Paragraph((d.Text(said), d.NoteMark(number))),),)),)
        for number, said in enumerate(("to answer", "پاسخ"), 1)
    )
    notes = tuple(
        d.Note(number, (d.Text("Report"),), language)
        for number, language in enumerate(languages, 1)
    )
    both = replace(letter(0), blocks=(d.Parallel(languages, ((first, second),)),), notes=notes)
    said = text.write(both).decode()
    assert "1 to answer[1]\n" in said
    assert "۱ پاسخ[۲]\n" in said
    assert "۲ Report\n" in said
    page = html.page(both, classic_theme())
    assert '<span class="number">1</span>' in page
    assert '<span class="number">۱</span>' in page
    assert ">۲</a></sup>" in page
    assert 'role="doc-backlink" aria-label=' in page


def test_a_remark_keeps_its_own_direction_below_both_editions() -> None:
    group = d.SignatureGroup("", (d.Signature(d.Value("רוזה"), ()),), 1, ruled=True)
    said = "1 further signatory, whose name is withheld."
    signed = d.SignatureBlock((group,), ("חתימה אחת נוספת.", said))
    page = html.page(replace(letter(0), direction="rtl", blocks=(signed,)), classic_theme())
    assert f'<p class="remark"><bdi dir="ltr">{said}</bdi></p>' in page
    assert '<p class="remark">חתימה אחת נוספת.</p>' in page


def test_a_picture_takes_no_more_than_its_column_in_both_formats() -> None:
    wide = d.Figure("", words("A lamp"), words("Dark"), image=picture(1500, 600, "A lamp"))
    parallel = d.Parallel(TONGUES, (((wide,), (wide,)),))
    letter = replace(small_letter(), blocks=(*small_letter().blocks[:5], parallel), notes=())
    theme = classic_theme()
    margins = theme.margin_mm
    column = (theme.page_mm[0] - margins.left - margins.right) / 2
    document = pypdfium2.PdfDocument(pdf.write(letter, theme).data)
    boxes = [each.get_bounds() for each in document[0].get_objects(filter=[3], max_depth=4)]
    document.close()
    in_pdf = [(right - left) / 72 * 25.4 for left, _, right, _ in boxes]
    with zipfile.ZipFile(io.BytesIO(docx.write(letter, theme))) as file:
        written = file.read("word/document.xml").decode()
    in_word = [int(width) / 36000 for width in re.findall('wp:extent cx="([0-9]+)"', written)]
    assert len(in_pdf) == len(in_word) == 2
    for one, other in zip(in_pdf, in_word, strict=True):
        assert column * 0.85 < one < column
        assert abs(one - other) < 0.2
