from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from letters.ledger.diff import word_diff

BEFORE = "== en\n[paragraph] We ask you to grant asylum.\n[close] Yours\n"


def test_it_shows_the_words_that_changed_and_only_their_lines() -> None:
    after = BEFORE.replace("grant asylum", "grant them asylum now")
    assert word_diff(BEFORE, after) == (
        "[paragraph] We ask you to grant {+them +}asylum{+ now+}.\n"
    )
    assert word_diff(BEFORE, BEFORE.replace("[close] Yours\n", "")) == "[-[close] Yours\n-]\n"
    assert word_diff(BEFORE, BEFORE) == ""


texts = st.lists(st.sampled_from(["a", "b", "not ", ".", " ", "\n", "über"]), max_size=30).map(
    "".join
)


@given(texts, texts)
def test_nothing_that_changed_is_left_out(before: str, after: str) -> None:
    shown = word_diff(before, after)
    assert (shown == "") == (before == after)
    went = "".join(re.findall(r"\[-(.*?)-\]", shown, re.DOTALL))
    came = "".join(re.findall(r"\{\+(.*?)\+\}", shown, re.DOTALL))
    assert len(after) - len(before) == len(came) - len(went)
