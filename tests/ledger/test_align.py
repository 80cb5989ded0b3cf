"""Long texts are compared in a time that grows with their length, and nothing is left out."""

from __future__ import annotations

import difflib
import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger import align
from letters.ledger.align import opcodes


def whole(old: list[str], new: list[str]) -> list[align.Opcode]:
    """The opcodes, once they have been found to be both sequences and to take turns."""
    found = list(opcodes(old, new))
    i = j = 0
    for equal, i1, i2, j1, j2 in found:
        assert (i1, j1) == (i, j)
        assert not equal or (old[i1:i2] == new[j1:j2] and i2 > i1)
        i, j = i2, j2
    assert (i, j) == (len(old), len(new))
    turns = [equal for equal, *_ in found]
    assert all(a != b for a, b in pairwise(turns))
    return found


sequences = st.lists(st.sampled_from("abcd"), max_size=40)


@given(sequences, sequences)
def test_short_ones_are_compared_as_difflib_does(old: list[str], new: list[str]) -> None:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    known = [(tag == "equal", *at) for tag, *at in matcher.get_opcodes()]
    assert whole(old, new) == known


def written(kind: str, chance: random.Random) -> list[str]:
    """Twenty thousand tokens, every other of them a space, as in a paragraph of 100 kB."""
    words = {
        "many words": [f"w{n}" for n in range(2000)],
        "few words": ["a", "b", "c"],
        "one word": ["a"],
    }[kind]
    return [part for _ in range(10_000) for part in (chance.choice(words), " ")]


@pytest.mark.parametrize("kind", ["many words", "few words", "one word"])
@pytest.mark.parametrize("edits", [0, 2, 200])
def test_long_ones_never_meet_what_is_quadratic(
    monkeypatch: pytest.MonkeyPatch, kind: str, edits: int
) -> None:
    compared = 0
    exact = difflib.SequenceMatcher

    def counted(junk: None, old: list[str], new: list[str], **more: Any) -> Any:
        nonlocal compared
        compared += len(old) * len(new)
        return exact(junk, old, new, **more)

    monkeypatch.setattr(difflib, "SequenceMatcher", counted)
    chance = random.Random(7)
    old = written(kind, chance)
    new = list(old)
    places = chance.sample(range(0, len(old), 2), edits)
    for place in places:
        new[place] = f"X{place}"
    found = whole(old, new)
    assert compared <= 400 * (len(old) + len(new))
    changed = {place for equal, _, _, j1, j2 in found if not equal for place in range(j1, j2)}
    assert set(places) <= changed
    if kind == "many words":  # exactly the words that differ
        assert changed == set(places)


def test_lines_that_are_all_the_same_and_lines_in_another_order_end() -> None:
    rows = ["[row] | |\n"] * 10_000
    whole(rows, [*rows[:5000], "[row] x |\n", *rows[5000:9000]])
    chance = random.Random(7)
    lines = [f"{n}\n" for n in range(3000)]
    whole(lines, chance.sample(lines, len(lines)))
