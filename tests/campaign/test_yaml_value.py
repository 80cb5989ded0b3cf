"""One text of a YAML file gets other words, and every other byte stays."""

from __future__ import annotations

import pytest

from letters.campaign.word_changes import NoPlaceError, WordChange
from letters.campaign.yaml_value import reworded

PRINTED = "one two three"
TWO = WordChange(3, 6, "deux")


def at_two(came: str) -> WordChange:
    return WordChange(3, 6, came)


@pytest.mark.parametrize(
    ("before", "key", "came", "after"),
    [
        ("a: one two three # r\n", "a", "deux", "a: one deux three # r\n"),
        ("a: one two three\n", "a", "x: # y", 'a: "one x: # y three"\n'),
        ("a: 'one two three'\n", "a", "l'un", "a: 'one l''un three'\n"),
        ('a: "one two three"\n', "a", 'a "b"', 'a: "one a \\"b\\" three"\n'),
        (
            "a: >-\n  one\n  two\n  three\nb: c\n",
            "a",
            "deux",
            "a: >-\n  one\n  deux\n  three\nb: c\n",
        ),
        ("a: |\n  one two three\n", "a", "x: # y", "a: |\n  one x: # y three\n"),
        ("a: one\n  two\n  three\r\n", "a", "deux", "a: one\n  deux\n  three\r\n"),
        ("- {b: one two three, c: d}\n", "[0].b", "deux", "- {b: one deux three, c: d}\n"),
        ("- {b: one two three, c: d}\n", "[0].b", "x, y", '- {b: "one x, y three", c: d}\n'),
        ("a:\n  - b\n  - one two three\n", "a[1]", "deux", "a:\n  - b\n  - one deux three\n"),
        ("a: [b, one two three]\n", "a[1]", "x]", 'a: [b, "one x] three"]\n'),
        (
            "a:\n  b.c: d\n  e: {en: one two three}\n",
            "a.e.en",
            "deux",
            "a:\n  b.c: d\n  e: {en: one deux three}\n",
        ),
    ],
)
def test_it_changes_the_words_and_nothing_else(
    before: str, key: str, came: str, after: str
) -> None:
    assert reworded(before, key, [(PRINTED, at_two(came))]) == after


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("a: 2026-01-01\n", "a", "another form"),
        ("a: one two three one two three\n", "a", "another form"),
        ("a: {b: c}\n", "a", "no field of its own"),
        ("a: b\n", "c", "no field of its own"),
        ("a: [\n", "a", "can’t be read"),
    ],
)
def test_what_is_not_there_is_refused(text: str, key: str, message: str) -> None:
    with pytest.raises(NoPlaceError, match=message):
        reworded(text, key, [(PRINTED, TWO)])


def test_two_changes_of_one_place_are_refused_and_the_same_one_is_made_once() -> None:
    assert reworded(f"a: {PRINTED}\n", "a", [(PRINTED, TWO)] * 2) == "a: one deux three\n"
    with pytest.raises(NoPlaceError, match="different ways"):
        reworded(f"a: {PRINTED}\n", "a", [(PRINTED, TWO), (PRINTED, at_two("zwei"))])


def test_a_line_of_a_value_is_found_in_it() -> None:
    text = "a: |\n  first line\n  second line\n"
    change = WordChange(0, 6, "last")
    assert reworded(text, "a", [("second line", change)]) == text.replace("second", "last")
