"""Each element that speaks another language than the letter says so in the PDF's tags."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import verapdf

from letters.draft import document as d
from letters.press import name_language, pdf
from letters.press.docx.runs import Relations, RunWriter

from .sample import classic_theme, small_letter, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FR, FA = d.TextLanguage("fr", "ltr"), d.TextLanguage("fa", "rtl")


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
def test_a_passage_a_column_and_a_note_say_their_language(tmp_path: Path) -> None:
    said: d.Matters = (d.Paragraph(words("Une phrase.")),)
    quoted = d.Spoken(d.TextLanguage("es", "ltr"), words("Basta ya"))
    name, turned = d.Value("Анна Фішер"), d.Spoken(d.TextLanguage("he", "rtl"), words("די"))
    inside = d.Text("One."), d.NoteMark(1), d.NoteMark(2), quoted, name, turned
    noted = d.Paragraph(inside)
    blocks = (noted, d.Passage(FR, said), d.Parallel((FR, FA), ((said, said),)))
    notes = (d.Note(1, words("Ein Satz."), d.TextLanguage("de", "ltr")), d.Note(2, words("One.")))
    letter = replace(small_letter(), blocks=blocks, notes=notes)
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf.write(letter, classic_theme()).data)
    with pikepdf.open(file) as opened:
        assert str(opened.Root.Lang) == "en"
        found = dict(_spoken(opened.Root.StructTreeRoot.K))
    assert {*found} == {"fr", "fa", "de", "es", "uk", "he"}
    assert found["es"] == found["uk"] == "/Span"
    assert all(verdict.passed for verdict in verapdf.verify([file]))


def _spoken(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _spoken(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if "/Lang" in node:
            yield str(node.Lang), str(node.S)
        yield from _spoken(node.get("/K"))


def test_word_is_told_of_the_same_languages() -> None:
    quoted = d.Spoken(d.TextLanguage("es", "ltr"), words("Basta ya"))
    turned = d.Spoken(d.TextLanguage("he", "rtl"), words("די"))
    runs = RunWriter(d.TextLanguage("en", "ltr"), Relations()).runs(
        (quoted, d.Value("Анна Фішер"), d.Value("Анна"), turned)
    )
    assert [*dict.fromkeys(re.findall(r"<w:lang ([^/]*)/>", runs))] == [
        'w:val="es-ES" w:eastAsia="es-ES"', 'w:val="uk-UA" w:eastAsia="uk-UA"', 'w:bidi="he-IL"',
    ]  # fmt: skip
    assert "\u2067די\u2069" in re.sub("<[^>]*>", "", runs)


@pytest.mark.parametrize(
    ("name", "around", "tag"),
    [
        ("Анна Фішер", "en", "uk"),
        ("Анна Рыбак", "fr", "ru"),
        ("Анна Бондар", "de", "und-Cyrl"),
        ("Анна Фішер", "ru", ""),
        ("Ἀθηνᾶ", "en", ""),
        ("Αθηνά", "en", "el"),
        ("山田 さくら", "en", "ja"),
        ("王明", "en", "und-Hani"),
        ("王明", "zh-Hant", ""),
        ("پروین", "en", "fa"),
        ("سمير", "fa", ""),
        ("José Núñez", "en", ""),
        ("Anna (Анна)", "en", ""),
        ("2026", "en", ""),
    ],
)
def test_a_name_in_another_script_tells_its_language_as_far_as_its_letters_do(
    name: str, around: str, tag: str
) -> None:
    assert name_language.by_letters(name, around) == tag
