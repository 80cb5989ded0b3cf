"""How many of something, and which."""

from __future__ import annotations

import pytest

from letters.counting import counted, listed


def test_a_number_has_its_noun() -> None:
    assert [counted(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
    assert counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "0"), (2, "0, 1"), (13, " 11 and 1 more"), (9_012, " and 9,000 more")]
)
def test_of_thousands_the_first_are_named(number: int, said: str) -> None:
    told = listed([str(each) for each in range(number)])
    assert told.endswith(said)
    assert len(told) < 80
