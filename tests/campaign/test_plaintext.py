"""Bytes that are text, and characters that no letter can hold."""

from __future__ import annotations

import pytest

from letters.campaign.plaintext import decode, place_in, unusable
from letters.problem import Place


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é\r\nü\n".encode(), "é\nü\n"),
        ("\ufeffé".encode(), "é"),
        (b"", ""),
        (b"a\rb", "a\rb"),
    ],
)
def test_it_reads_utf_8_as_editors_write_it(data: bytes, text: str) -> None:
    assert decode(data, "x") == (text, None)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xe9", Place("x", 1, 1)),
        ("é\n  éé".encode() + b"\xff", Place("x", 2, 5)),
        ("\ufeffé".encode() + b"\xff", Place("x", 1, 2)),
        ("ab".encode("utf-16"), Place("x", 1, 1)),
        (b"a\xed\xa0\x80", Place("x", 1, 2)),  # half of a surrogate pair
    ],
)
def test_it_places_what_is_not_utf_8(data: bytes, place: Place) -> None:
    text, problem = decode(data, "x")
    assert text == ""
    assert problem is not None
    assert problem.place == place


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x0b", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029",
     "\u200b", "\u2060", "\u2062", "\u206a", "\u180e", "\u200d", "\u200c", "\ufeff", "\ufffe", "\uffff", "\ue000", "\uf8ff", "\U000e0001", "\U0010fffd", "\u0378",
     "\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4", "\u17b5", "\ufe0f", "\ufe00", "\u180b"],
)  # fmt: skip
def test_it_finds_what_nobody_can_see(character: str) -> None:
    assert unusable(f"a{character}b") == character


@pytest.mark.parametrize(
    "text", ["a \u200cb", "a\u200d b", "a (\u200cb)", "a\u200d\u200d. b", "1\u200c2"]
)
def test_a_joiner_that_joins_nothing_is_found(text: str) -> None:
    assert unusable(text) in ("\u200c", "\u200d")


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc",
        "\u200c\u200d",
        "\u200e\u200f",
        "\xa0\u202f",
        "é字🌀",
        "می\u200cخواهم",
        "PDF\u200cها",
        "क्\u200dष",
        "👩\u200d🚀",
        "❤\ufe0f 葛\ufe00 ᠠ\u180b",
        "ខ្មែរ\u200bភាសា",
    ],
)
def test_it_lets_through_what_text_needs(text: str) -> None:
    assert unusable(text) == ""


def test_it_counts_lines_and_columns_from_one() -> None:
    assert place_in("ab\ncd", 4, "x") == Place("x", 2, 2)
    assert place_in("ab", 0, "x") == Place("x", 1, 1)
