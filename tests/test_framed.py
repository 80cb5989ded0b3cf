"""A text in several languages is told apart into its editions, and nothing else passes for one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.framed import FORMAT, FORMER, combined, digest, editions, only

PARTS = [("en", "a\n"), ("en", "b\n"), ("fr", "[paragraph] é\n"), ("zh-Hant", "")]


@pytest.mark.parametrize("form", [FORMAT, FORMER])
def test_an_edition_has_the_digest_of_the_frame_with_it_alone(form: str) -> None:
    text = combined(PARTS, form)
    assert text == (f"{form}\n== en 2\na\n== en 2\nb\n== fr 15\n[paragraph] é\n== zh-Hant 0\n")
    english = f"{form}\n== en 2\na\n== en 2\nb\n"
    assert only(text, ["en"]) == english
    assert editions(text)["en"] == hashlib.sha256(english.encode()).hexdigest()
    assert list(editions(text)) == ["en", "fr", "zh-Hant"]
    assert only(text, ["en", "fr", "zh-Hant"]) == text
    assert only(text, ["de"]) == f"{form}\n"


def test_an_edition_is_another_in_another_format_or_language() -> None:
    texts = [combined([(tag, "a\n")], form) for tag in ("en", "fr") for form in (FORMAT, FORMER)]
    assert len({digest(text) for text in texts}) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Prime Minister,\nwe ask.\n",
        "letters-text-3\n== en 2\na\n",
        "letters-text-2\n== en 3\na\n",
        "letters-text-2\n== en 1\na\n",
        "letters-text-2\n== en 02\na\n",
        "letters-text-2\n== en -2\na\n",
        "letters-text-2\n== en ٢\na\n",
        "letters-text-2\n== en 99999999999999999999\na\n",
        "letters-text-2\n=  en 2\na\n",
        "letters-text-2\n== fr 2\na\n== en 2\na\n",
        "letters-text-2\n== en 2\na\n== en 2\na\n",
        "letters-text-2\n== en 1\né\n",
        "letters-text-2",
    ],
)
def test_what_is_not_exactly_framed_has_no_editions(text: str) -> None:
    assert editions(text) == {}


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["en", "fr", "de-CH"]), words), max_size=5))
def test_whatever_stands_in_an_edition_it_is_found_again(parts: list[tuple[str, str]]) -> None:
    text = combined(parts)
    found = editions(text)
    assert found == {
        tag: digest(combined([part for part in parts if part[0] == tag]))
        for tag in sorted({tag for tag, _ in parts})
    }


@given(words)
def test_any_text_can_be_asked(text: str) -> None:
    assert editions(text) == {} or combined([]) != text
