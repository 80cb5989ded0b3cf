"""Entries of a list in YAML go and change places, and every other byte stays."""

from __future__ import annotations

import pytest

from letters.campaign.word_changes import NoPlaceError
from letters.campaign.yaml_items import length, rearranged

TEXT = """\
asks:
  # what we ask
  - text: one
    limits: few   # a remark

  - text: two
  - three
within: [a, b, {c: d}]
deep:
  - list: [x, y]
    more:
    - p
    - q
"""


@pytest.mark.parametrize(
    ("key", "order", "old", "new"),
    [
        ("asks", [0, 2], "  - text: two\n", ""),
        ("asks", [1, 2], "  - text: one\n    limits: few   # a remark\n", ""),
        ("asks", [0, 2, 1], "  - text: two\n  - three\n", "  - three\n  - text: two\n"),
        ("within", [0, 2], "[a, b, {c: d}]", "[a, {c: d}]"),
        ("within", [1, 2], "[a, b, {c: d}]", "[b, {c: d}]"),
        ("within", [2], "[a, b, {c: d}]", "[{c: d}]"),
        ("deep[0].list", [1], "[x, y]", "[y]"),
        ("deep[0].more", [1, 0], "    - p\n    - q\n", "    - q\n    - p\n"),
    ],
)
def test_entries_go_and_move(key: str, order: list[int], old: str, new: str) -> None:
    assert rearranged(TEXT, key, order) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "key", "order", "message"),
    [
        (TEXT, "asks", [], "nothing would be left of asks"),
        (TEXT, "asks", [2, 0, 1], "a remark stands above"),
        (TEXT, "within", [1, 0], "within brackets"),
        (TEXT, "elsewhere", [0], "no list any more"),
        ("a: b\n", "a", [0], "no list any more"),
        ("a:\n- - x\n  - y\n", "a[0]", [1], "in another way than line by line"),
        ("a: [", "a", [0], "can’t be read"),
    ],
)
def test_what_can_not_be_done_is_said(text: str, key: str, order: list[int], message: str) -> None:
    with pytest.raises(NoPlaceError, match=message):
        rearranged(text, key, order)


def test_line_ends_stay_as_they_are() -> None:
    text = "a:\r\n- x\r\n- y\r\n- z"
    assert rearranged(text, "a", [0, 2]) == "a:\r\n- x\r\n- z"
    assert rearranged("a:\n- x\n- y", "a", [1, 0]) == "a:\n- y\n- x"
    assert length(text, "a") == 3
