"""Words in another language than those around them."""

from __future__ import annotations

import pytest

from letters.draft import digest
from letters.draft import document as d
from letters.draft.language import language
from letters.draft.markdown import parse
from letters.draft.spoken import tongue


def content(markdown: str, tag: str = "en") -> d.Inlines:
    parsed = parse(markdown, language(tag))
    assert parsed.faults == ()
    [block] = parsed.skeleton.blocks
    assert isinstance(block, d.Paragraph)
    return block.content


def faults(markdown: str) -> list[str]:
    return [fault.message for fault in parse(markdown, language("en")).faults]


def test_words_in_brackets_speak_the_language_behind_them() -> None:
    before, spoken, after = content("As she wrote, [la liberté : *toujours*]{lang=fr}, in May.")
    assert isinstance(spoken, d.Spoken)
    assert spoken.language == d.TextLanguage("fr", "ltr")
    # Its spaces are those of its own language.
    assert spoken.content == (d.Text("la liberté\u00a0: "), d.Emphasis((d.Text("toujours"),)))
    assert (before, after) == (d.Text("As she wrote, "), d.Text(", in May."))


def test_links_notes_and_values_may_stand_in_them() -> None:
    [spoken] = content("[a [b](https://example.org) [c]]{lang=de}")
    assert isinstance(spoken, d.Spoken)
    assert [type(node) for node in spoken.content] == [d.Text, d.Link, d.Text]


def test_the_same_language_says_nothing() -> None:
    assert content("[mot]{lang=fr}", "fr") == (d.Text("mot"),)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("he", d.TextLanguage("he", "rtl")),
        ("fr-CA", d.TextLanguage("fr-CA", "ltr")),
        ("zh-Hant", d.TextLanguage("zh-Hant", "ltr")),
        ("ps", d.TextLanguage("ps", "rtl")),
        ("klingon", None),
        ("xx", None),
    ],
)
def test_a_language_is_known_by_its_code(tag: str, found: d.TextLanguage | None) -> None:
    assert tongue(tag) == found


def test_a_language_that_is_none_is_told() -> None:
    assert faults("Say [oui]{lang=frrench}.") == ["“frrench” is no language"]
    assert faults("Say oui{lang=fr}.") == ["this language would be printed"]
    assert faults("Say [oui] {lang=fr}.") == ["this language would be printed"]


def test_who_signed_the_words_signed_them_in_any_voice() -> None:
    marked, plain = (
        digest.canonical((d.Paragraph(content(text)),), (), "")
        for text in ("We said [la paix]{lang=fr}.", "We said la paix.")
    )
    assert marked == plain
