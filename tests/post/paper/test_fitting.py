"""Addresses as large as their room allows, broken between words, and never cut off."""

from __future__ import annotations

import datetime as dt

import pytest

from letters.post.paper.fitting import Fitted, fitted, width_by, widths
from letters.post.paper.stationery import POINT, Room

ROOM = Room(0, 0, 60, 20, 12, 7)


def width(text: str) -> float:
    return len(text) / 2


def most(size: float) -> int:
    """How many characters of that width fit into the room."""
    return int(60 / POINT / size / 1.01 * 2)


@pytest.mark.parametrize(
    ("lines", "size", "rows"),
    [
        (["Short"], 12, ("Short",)),
        (["x" * most(12)], 12, ("x" * most(12),)),
        (["x" * most(10)], 10, ("x" * most(10),)),
        (["x" * most(7)], 7, ("x" * most(7),)),
        (["x" * 10] * 6, 7.5, ("x" * 10,) * 6),
        ([f"{'x' * 20} {'y' * 20}"], 12, ("x" * 20, "y" * 20)),
        (["OTTAWA ON  K1A 0A6"], 12, ("OTTAWA ON  K1A 0A6",)),
        (["x" * 20 + "  " + "y" * 20], 12, ("x" * 20, "y" * 20)),
    ],
)
def test_it_is_as_large_as_can_be(lines: list[str], size: float, rows: tuple[str, ...]) -> None:
    assert fitted(lines, ROOM, width) == Fitted(size, rows)


@pytest.mark.parametrize("lines", [["x" * (most(7) + 1)], ["x"] * 7, ["word " * 80]])
def test_what_does_not_fit_is_not_printed_at_all(lines: list[str]) -> None:
    assert fitted(lines, ROOM, width) is None


def test_it_is_measured_in_the_fonts_that_print_it() -> None:
    texts = ["iiii", "MMMM", "وزارت امور", "two  spaces", "a long line of many words"]
    found = widths(texts, ["Carlito", "Amiri"], dt.date(2026, 1, 1), narrowest=6)
    by = width_by(found)
    assert by("iiii") < by("MMMM") / 3
    assert by("وزارت امور") > 2
    assert by("a long line") == pytest.approx(by("a long line of many words") * 0.43, abs=1)
    assert "words" in found
    assert "spaces" not in found
