"""No regular expression takes the time of a text's square: each is tried with texts of its own.

What is compared is processor time for a text and for one eight times as long. It is eight times as
much where a pattern is linear, sixty-four times where it is not: the bound lies far from both, and
what is too quick to be measured counts for nothing.
"""

from __future__ import annotations

import time
from typing import Any

import patterns
import pytest

SHORT, LONG = 400, 3_200
MOST = 28  # times as long, for a text that is eight times as long
LEAST = 0.003  # seconds: below that a clock tells nothing

# Those whose texts are short, or can't be such: each with what keeps them so.
BOUNDED = {
    "letters.draft.paragraphs._APART": "canonical text, in which each brace that opens is closed",
    "letters.draft.paragraphs._BY_NAME": "the same",
    "letters.draft.paragraphs._LINK": "the same",
    "letters.draft.paragraphs._VALUE": "the same",
    "letters.intake.": "a cell has at most 1,000 characters: letters.intake.filling",
}


def seconds(one: patterns.Found, text: Any) -> float:
    """The least processor time of a few tries."""
    methods = one.methods & {"match", "fullmatch"}
    if one.methods - patterns.ANCHORED:
        methods |= {"finditer"}
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        for name in methods:
            found = getattr(one.pattern, name)(text)
            if name == "finditer":
                for _each in found:
                    pass
        best = min(best, time.process_time() - start)
        if best < LEAST:
            break
    return best


def slow(one: patterns.Found) -> str:
    """A text, in short, that takes too long; "" for none."""
    for short, long in zip(
        patterns.attacks(one.pattern, SHORT), patterns.attacks(one.pattern, LONG), strict=True
    ):
        whole = seconds(one, long)
        if whole < LEAST or whole < MOST * seconds(one, short):
            continue
        # Once more, and longer: a busy computer is no pattern's fault.
        if seconds(one, long) > MOST * seconds(one, short):
            return repr(long[:40])
    return ""


@pytest.mark.parametrize("part", range(8))
def test_every_pattern_is_linear(part: int) -> None:
    found = [
        one
        for one in patterns.everything()[part::8]
        if not any(one.where.startswith(name) for name in BOUNDED)
    ]
    told = {one.where: text for one in found if (text := slow(one))}
    assert told == {}


def test_a_pattern_that_is_not_linear_is_found() -> None:
    import re

    for written in (r"<[^>]*>x", r"\s+$", r"(a+)b\1", r"start(.*?)end"):
        one = patterns.Found("here", re.compile(written, re.DOTALL), {"search"})
        assert slow(one), written
    for written in (r"<[^<>]*>", r"a+b", r"\d{1,9}"):
        one = patterns.Found("here", re.compile(written), {"match"})
        assert not slow(one), written


def test_all_patterns_are_looked_at() -> None:
    places = {one.where for one in patterns.everything()}
    assert len(places) > 200
    assert "letters.draft.breaks._OPENING" in places
