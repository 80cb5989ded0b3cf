"""Words as runs: exact, marked, linked, and in their own direction."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.draft.document import (
    Break,
    Emphasis,
    Inlines,
    Link,
    NoteMark,
    Paragraph,
    Strong,
    Text,
    TextLanguage,
    Value,
)
from letters.press.direction import by_direction
from letters.press.docx.ooxml import part
from letters.press.docx.runs import Relations, RunWriter

from .sample import HOSTILE, words
from .word import run, set_blocks, words_of

NAME = "محمد علی\u200cزاده"
EN, FA, FR, HE = (
    TextLanguage("en", "ltr"),
    TextLanguage("fa", "rtl"),
    TextLanguage("fr", "ltr"),
    TextLanguage("he", "rtl"),
)
PERSIAN = '<w:lang w:bidi="fa-IR"/>'


def runs(
    *content: Text | Value | Strong | Emphasis | Link | Break | NoteMark, rtl: bool = False
) -> str:
    return RunWriter(FA if rtl else EN, Relations()).runs(content)


def survives(text: str) -> bool:
    """Whether XML can hold the whole of ``text``."""
    return all(
        c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        for c in text
    )


@given(st.text())
def test_it_prints_any_text_exactly(text: str) -> None:
    body = ET.fromstring(part("body", set_blocks(Paragraph((Value(text),)))))
    text = re.sub("[\u2066-\u2069]", "", text)  # which Word is told besides
    expected = text if survives(text) else "".join(c if survives(c) else "\ufffd" for c in text)
    assert words_of(body) == f"{expected}\n"


@pytest.mark.parametrize("text", ["\x00", "\x1b[1m", "\ud800", "\ufffe", "\uffff"])
def test_it_shows_that_a_character_was_lost_where_xml_has_no_way_to_hold_it(text: str) -> None:
    assert "\ufffd" in runs(Value(text))


def test_it_keeps_spaces_at_the_edges_of_a_run() -> None:
    assert runs(Text("a "), Strong(words(" ")), Text(" b")) == (
        run("a ") + run(" ", '<w:rStyle w:val="Strong"/>') + run(" b")
    )


def test_it_marks_words_by_one_style() -> None:
    both = Strong((Text("a"), Emphasis(words("b"))))
    strong = '<w:rStyle w:val="Strong"/>'
    assert runs(both) == run("a", strong) + run("b", '<w:rStyle w:val="EmphasisStrong"/>')


def test_it_links_to_the_address_of_a_relation() -> None:
    relations = Relations()
    content: Inlines = (Link("https://example.org/?a=1&b=2", (Strong(words("list")),)),)
    inner = run("list", '<w:rStyle w:val="HyperlinkStrong"/>')
    assert RunWriter(EN, relations).runs(content * 2) == (
        f'<w:hyperlink r:id="rIdLink1" w:history="1">{inner}</w:hyperlink>' * 2
    )
    assert relations.addresses == {"https://example.org/?a=1&b=2": "rIdLink1"}


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://bücher.example/ä%20", "https://bücher.example/ä%20"),
        ("mailto:a@example.org?subject=A%20b", "mailto:a@example.org?subject=A%20b"),
    ],
)
def test_it_writes_addresses_so_that_word_does_not_call_the_file_damaged(
    href: str, target: str
) -> None:
    relations = Relations()
    RunWriter(EN, relations).runs((Link(href, words("x")),))
    assert list(relations.addresses) == [target]


@pytest.mark.parametrize(
    "href",
    ["http://[::1", "http://a b/", "https://", "javascript:x()", "mailto:", "http://x/\ud800"],
)
def test_it_prints_the_words_alone_where_an_address_can_not_be_trusted(href: str) -> None:
    assert runs(Link(href, words("x"))) == run("x")


def test_it_prints_the_number_of_a_note_that_the_letter_does_not_have() -> None:
    style = '<w:rStyle w:val="EndnoteReference"/>'
    assert runs(NoteMark(7)) == f"<w:r><w:rPr>{style}</w:rPr><w:t>7</w:t></w:r>"


_APART = [(f"{NAME} ", True), ("1,250.5", False), (" ", True)]


@pytest.mark.parametrize(
    ("text", "rtl", "pieces"),
    [
        ("", False, []),
        ("plain 1", False, [("plain 1", False)]),
        (NAME, False, [(NAME, True)]),
        (f"by {NAME}, Chair", False, [("by ", False), (NAME, True), (", Chair", False)]),
        (f"{NAME} (47)", False, [(NAME, True), (" (47)", False)]),
        (f"{NAME} (47)", True, [(f"{NAME} (", True), ("47", False), (")", True)]),
        (f"{NAME}: A 1 b.", True, [(f"{NAME}: ", True), ("A 1 b", False), (".", True)]),
        ("47", True, [("47", False)]),
        ("۴۷", True, [("۴۷", True)]),
        ("40 Elm", True, [("40", False), (" ", True), ("Elm", False)]),
        ("2nd", True, [("2nd", False)]),
        (f"{NAME} 1,250.5 10-12", True, [*_APART, ("10", False), ("-", True), ("12", False)]),
        ("ב־10-12 10%", True, [("ב־", True), ("10-12", False), (" ", True), ("10%", False)]),
    ],
)
def test_it_cuts_words_where_their_direction_changes(
    text: str, rtl: bool, pieces: list[tuple[str, bool]]
) -> None:
    assert by_direction(text, rtl) == pieces


@given(st.text(st.sampled_from("a1 .,\u0301\u200cمע٣ٌ")), st.booleans())
def test_it_loses_no_character_to_a_change_of_direction(text: str, rtl: bool) -> None:
    assert "".join(piece for piece, _ in by_direction(text, rtl)) == text


def test_it_marks_a_name_from_right_to_left_in_a_letter_from_left_to_right() -> None:
    assert runs(Value(HOSTILE[5])) == run(f"\u2067{HOSTILE[5]}\u2069", f"<w:rtl/>{PERSIAN}")


@pytest.mark.parametrize(
    ("home", "language", "text", "properties"),
    [
        (EN, None, "Words", ""),
        (EN, EN, "Words", ""),
        (EN, FR, "Mots", '<w:lang w:val="fr-CA" w:eastAsia="fr-CA"/>'),
        (EN, None, "שרה", '<w:rtl/><w:lang w:bidi="he-IL"/>'),
        (EN, None, "محمد", "<w:rtl/>"),
        (EN, None, "پرویز", f"<w:rtl/>{PERSIAN}"),
        (EN, FA, "سلام", f"<w:rtl/>{PERSIAN}"),
        (FA, None, "سلام", "<w:rtl/>"),
        (FA, None, "שרה", '<w:rtl/><w:lang w:bidi="he-IL"/>'),
        (FA, EN, "Words", '<w:lang w:val="en-CA" w:eastAsia="en-CA"/>'),
        (HE, None, "47", ""),
    ],
)
def test_it_says_the_language_of_a_run_where_it_is_not_the_letters_own(
    home: TextLanguage, language: TextLanguage | None, text: str, properties: str
) -> None:
    words = RunWriter(home, Relations()).speaking(language)
    assert words.runs((Text(text),)) == run(text, properties)


STREET, DAY = "40 Elm Street", "15 ינואר 2026"


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (Value(STREET), f"\u2066{STREET}\u2069"),
        (Text("+1 (613) 555-0134"), "\u2066+1 (613) 555-0134\u2069"),
        (Text("2026-01-15"), "\u20662026-01-15\u2069"),
        (Text("-1,250.5"), "\u2066-1,250.5\u2069"),
        (Text("−3%"), "\u2066−3%\u2069"),
    ],
)
def test_it_sets_apart_what_would_be_torn_between_words_from_right_to_left(
    content: Text | Value, held: str
) -> None:
    words = RunWriter(HE, Relations())
    assert words.runs((Text("ב "), content)) == run("ב ", "<w:rtl/>") + run(held)


def test_a_day_is_held_together_with_each_number_in_the_font_of_the_text() -> None:
    pieces = run("\u2067", "<w:rtl/>") + run("15") + run(" ינואר ", "<w:rtl/>") + run("2026")
    assert RunWriter(HE, Relations()).runs((Value(DAY),)) == pieces + run("\u2069", "<w:rtl/>")


def test_a_line_is_written_in_its_own_direction_and_a_cell_where_it_has_one_alone() -> None:
    writer, mixed = RunWriter(HE, Relations()), words(f"{STREET}, ב")
    assert "\u2066" in writer.line(mixed)
    assert "\u2066" not in writer.cell(mixed)
    assert writer.cell(words(STREET)) == run("\u2066") + run(STREET) + run("\u2069")
    assert RunWriter(EN, Relations()).line(words(STREET)) == run(STREET)


def test_where_word_does_not_count_notes_their_numbers_have_the_digits_of_the_language() -> None:
    writer = RunWriter(TextLanguage("fa", "rtl", "۰۱۲۳۴۵۶۷۸۹"), Relations(), frozenset({12}))
    assert writer.runs((NoteMark(12),)).count("<w:t>۱۲</w:t>") == 1
