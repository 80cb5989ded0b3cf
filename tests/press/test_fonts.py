"""Which fonts a letter is set in, and which stand in for those that the theme's fonts lack."""

from __future__ import annotations

import re
import subprocess

import pytest
from msgspec.structs import replace

from letters.draft.document import (
    Image,
    Letter,
    Link,
    Paragraph,
    Parallel,
    Text,
    TextLanguage,
    Value,
)
from letters.press import css, fonts, scripts
from letters.press.theme import Font

from .sample import classic_theme, full_letter, small_letter

BUILT_IN = ("Liberation Serif", "Liberation Sans", "Carlito", "Source Serif 4")


def saying(*words: str) -> Letter:
    return replace(small_letter(), blocks=tuple(Paragraph((Value(text),)) for text in words))


@pytest.mark.parametrize("family", BUILT_IN)
def test_what_is_taken_for_granted_is_in_every_font_of_the_built_in_themes(family: str) -> None:
    every = {chr(code) for code in range(0x20, 0x3000)}
    ordinary = sorted(every - fonts.unusual("".join(every)))
    assert len(ordinary) > 400
    assert [c for c in ordinary if fonts.drawn(c) and not fonts.covered(c, (family,))] == []


def test_an_ordinary_letter_needs_no_other_fonts_and_no_look_at_them() -> None:
    text, label = fonts.stacks(small_letter(), classic_theme())
    assert text == ("Liberation Serif", "Times New Roman", "Carlito")
    assert label == ("Carlito", "Calibri", "Liberation Serif")
    assert fonts.scripts(saying("Zażółć gęślą jaźń – Щастя ґанок № 5 “so” €")) == ()


@pytest.mark.parametrize(
    ("words", "script"),
    [
        ("سلام", "Arabic"),
        ("شالوم", "Arabic"),
        ("שלום", "Hebrew"),
        ("नमस्ते", "Devanagari"),
        ("გამარჯობა", "Georgian"),
        ("Բարեւ", "Armenian"),
        ("สวัสดี", "Thai"),
        ("你好", "Han"),
        ("こんにちは", "Han"),
        ("안녕", "Hangul"),
        ("నమస్కారం", "Telugu"),
        ("ನಮಸ್ಕಾರ", "Kannada"),
        ("നമസ്കാരം", "Malayalam"),
        ("નમસ્તે", "Gujarati"),
        ("ਸਤ ਸ੍ਰੀ ਅਕਾਲ", "Gurmukhi"),
        ("ନମସ୍କାର", "Odia"),
        ("ສະບາຍດີ", "Lao"),
        ("ᐃᓄᒃᑎᑐᑦ", "Canadian Aboriginal"),
        ("ᏣᎳᎩ", "Cherokee"),
        ("ދިވެހި", "Thaana"),
        ("ꯃꯩꯇꯩ", "Meetei Mayek"),
        ("😀☂", "emoji"),
    ],
)
def test_each_script_has_fonts_of_its_own(words: str, script: str) -> None:
    letter = saying("Hello", words)
    assert [one.name for one in fonts.scripts(letter)] == [script]
    text, label = fonts.stacks(letter, classic_theme())
    needed = fonts.scripts(letter)[0]
    assert set(needed.serif) <= set(text)
    assert set(needed.sans) <= set(label)
    assert text[0] == "Liberation Serif"


def test_serifs_go_with_serifs() -> None:
    theme = replace(classic_theme(), text_font=Font("Liberation Sans", "Arial"))
    text, _ = fonts.stacks(saying("שלום"), theme)
    assert text == ("Liberation Sans", "Arial", "Noto Sans Hebrew", "Carlito")


def test_word_gets_fonts_for_the_script_that_is_used_most() -> None:
    theme = fonts.for_word(saying("שלום", "سلام و درود", "你好"), classic_theme())
    assert theme.text_font == Font("Liberation Serif", "Times New Roman", "Amiri", "SimSun")
    assert theme.label_font == Font("Carlito", "Calibri", "Amiri", "Microsoft YaHei")
    hebrew = fonts.for_word(saying("שלום"), classic_theme())
    assert (hebrew.text_font.complex, hebrew.label_font.complex) == ("Times New Roman", "Arial")
    assert fonts.for_word(small_letter(), classic_theme()) == classic_theme()
    assert (fonts.instead("Amiri"), fonts.instead("SimSun")) == ("Times New Roman", "")


@pytest.mark.parametrize(
    ("language", "words", "family", "for_word"),
    [
        ("ja", "直骨", "Noto Serif CJK JP", "MS Mincho"),
        ("zh", "直骨", "Noto Serif CJK SC", "SimSun"),
        ("zh-Hans", "直骨", "Noto Serif CJK SC", "SimSun"),
        ("zh-Hant", "直骨", "Noto Serif CJK TC", "PMingLiU"),
        ("zh-TW", "直骨", "Noto Serif CJK TC", "PMingLiU"),
        ("zh-HK", "直骨", "Noto Serif CJK HK", "PMingLiU"),
        ("ko", "直骨", "Noto Serif CJK KR", "Batang"),
        ("en", "直骨", "Noto Serif CJK SC", "SimSun"),
        ("en", "直さん", "Noto Serif CJK JP", "MS Mincho"),
        ("zh-TW", "直さん", "Noto Serif CJK TC", "PMingLiU"),
    ],
)
def test_characters_have_the_forms_of_the_language(
    language: str, words: str, family: str, for_word: str
) -> None:
    letter = replace(saying(words), language=language)
    text, _ = fonts.stacks(letter, classic_theme())
    assert next(name for name in text if "CJK" in name) == family
    assert fonts.for_word(letter, classic_theme()).text_font.asian == for_word


def test_a_passage_in_another_language_has_its_own_forms() -> None:
    [said] = saying("直骨").blocks
    assert isinstance(said, Paragraph)
    pair = Parallel((TextLanguage("zh", "ltr"), TextLanguage("ja", "ltr")), (((said,), (said,)),))
    letter = replace(saying(), language="zh", blocks=(pair,))
    sheet = css.style_sheet(letter, classic_theme())
    assert (
        ':lang(ja) { --text-font: "Liberation Serif", "Times New Roman", "Noto Serif CJK JP"'
        in sheet
    )
    assert ":lang(zh)" not in sheet
    alone = css.style_sheet(replace(letter, blocks=(said,)), classic_theme())
    assert ") { --text-font" not in alone


def test_all_that_is_printed_is_looked_at_and_nothing_else() -> None:
    letter = replace(
        full_letter(draft=True),
        blocks=(*full_letter().blocks, Paragraph((Link("https://e.org/☂", (Text("here"),)),))),
        title="☃ is no printed word",
        author="☃",
    )
    said = [text for text, _ in fonts.words(letter)]
    assert not any("☃" in text or "☂" in text for text in said)
    assert {"here", "3 September 2025", "Organisations", letter.notice, letter.draft_mark} <= {
        *said
    }
    assert not any(isinstance(text, Image) for text in said)


def test_the_languages_of_letters_can_be_set_here() -> None:
    for character, family in (("ژ", "Amiri"), ("۴", "Amiri"), ("ש", "Liberation Serif")):
        assert fonts.covered(character, (family,)), f"{family}: run script/bootstrap"


def test_a_family_has_what_fontconfig_says_and_no_more() -> None:
    for character, there in (("a", True), ("ѣ", True), ("☃", False), ("क", False), ("😀", False)):
        command = ["fc-list", f"Carlito:charset={ord(character):x}", "family"]
        listed = subprocess.run(command, capture_output=True, check=True).stdout
        assert bool(listed) == there == fonts.covered(character, ("Carlito",))
    assert not fonts.covered("a", ("No Such Family",))


@pytest.mark.parametrize(
    "character", ["\u200c", "\u200d", "\u00ad", "\ufe0f", "\u2009", "\n", "\u2028"]
)
def test_what_is_drawn_without_a_glyph_is_never_missing(character: str) -> None:
    assert not fonts.drawn(character)
    assert fonts.unusual(f"a{character}b") == frozenset()


def test_the_data_is_complete() -> None:
    names = [script.name for script in scripts.known()]
    assert len(names) == len(set(names))
    for script in scripts.known():
        assert script.serif
        assert script.sans
        assert all(re.fullmatch(r"[a-z0-9 -]+", name) for name in (script.debian, script.brew))
        assert len(script.word) == 2
