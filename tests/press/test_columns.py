"""Two editions side by side: how they stand on the pages."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from letters.draft import document as d
from letters.press import pdf

from .sample import classic_theme

TONGUES = d.Tongue("en", "ltr"), d.Tongue("fr", "ltr")


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
    for words in (f"Paragraph {paragraphs - 1},", "Yours sincerely,", "Salutations,", "Rosa Hale"):
        assert words in last


def test_some_of_these_letters_have_two_pages() -> None:
    pages = {pdf.write(letter(count), classic_theme()).pages for count in (14, 21)}
    assert pages == {1, 2}
