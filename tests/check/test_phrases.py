"""Words are counted as a house counts them, found as wholes, and told from web addresses."""

from __future__ import annotations

import time

import pytest

from letters.check.phrases import (
    characters_in,
    count_phrase,
    find_phrase,
    web_address,
    words_in,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("  one   two\nthree ", 3),
        ("one – two", 2),
        ("« un mot »", 2),
        ("l’eau well-known (1)", 3),
        ("1\u00a0000 people", 3),
        ("… ... !", 0),
        ("слово и ещё слово", 4),
    ],
)
def test_a_word_stands_between_spaces_and_holds_a_letter_or_digit(text: str, count: int) -> None:
    assert words_in(text) == count


def test_characters_are_counted_with_spaces_or_without() -> None:
    assert characters_in("Ünïcode\n  here ") == 12
    assert characters_in("u\u0308 ") == 1
    assert characters_in("a b  c", spaces=False) == 3


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org", "See http://localhost/x", "look at www.example", "(example.org)",
        "at example.org.", "example.org/petition?x=1", "sub.example.co.uk", "EXAMPLE.ORG", "пример.рф",
        "“example.ca”", "see:example.com", "ftp://files", "Www.Example.Com", "petition-now.eu!",
    ],
)  # fmt: skip
def test_it_finds_a_web_address(text: str) -> None:
    at = web_address(f"Some words, {text}")
    assert at is not None
    assert f"Some words, {text}"[at:].lower()[:3] in (
        "htt",
        "ftp",
        "www",
        "exa",
        "sub",
        "пpи",
        "при",
        "pet",
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "e.g. this, i.e. that", "the U.S. and the U.K.", "at 10.30 p.m. on 3.5.", "name@example.org",
        "Bill C-11.", "No.5", "St.John", "soon.In the end", "and so on...but", "Mr.Smith", "2.6 km",
        "a.ca", "www", "the web", "M.P.", "file.txt",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert web_address(text) is None


def test_it_says_where_the_first_one_begins() -> None:
    assert web_address("ask a@b.org at example.org or https://x.org") == 15
    assert web_address("https://x.org or example.org") == 0


def test_no_text_takes_long() -> None:
    began = time.process_time()
    for text in ("a." * 50_000, "a-" * 50_000, "www " * 20_000, "://" * 30_000, "x" * 100_000):
        web_address(text)
        find_phrase(text, ["a a", "demand that", "x" * 50])
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "phrases", "found"),
    [
        ("We  DEMAND\nthat", ["we demand"], "we demand"),
        ("the demanding work", ["demand"], ""),
        ("on-demand", ["demand"], "demand"),
        ("J’exige que", ["j'exige"], "j'exige"),
        ("wir fordern", ["fordern wir", "wir fordern"], "wir fordern"),
        ("overdemand, then demand", ["demand"], "demand"),
        ("anything", [], ""),
    ],
)
def test_a_phrase_is_found_as_whole_words(text: str, phrases: list[str], found: str) -> None:
    assert find_phrase(text, phrases) == found


def test_phrases_are_counted() -> None:
    assert count_phrase("Ada Birch, Ada  Birch and Ada Birchwood; ADA BIRCH’s", "Ada Birch") == 3
    assert count_phrase("Ada", "") == 0
