"""Columns that ask whether somebody may be named, in words that no list of phrases foresees.

Forms ask it in their own words. Whoever answered no must not be printed because of them: a question
that speaks of publishing, and is answered by yes and no, is taken for this one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from letters.intake import answers
from letters.intake.worded import data, phrases, unaccented

_MANY = 0.5  # of the answers: some people write a sentence


def asked(filled: Mapping[str, Sequence[str]], *, is_known: bool) -> list[str]:
    """The columns that ask it: those that speak of a name, else all, unless it ``is_known``.

    ``filled`` has what stands in each column.
    """
    found = [column for column, cells in filled.items() if is_told(column) and are_answers(cells)]
    named = [column for column in found if _has(column, "naming.names")]
    return named if named or is_known else found


def is_told(column: str) -> bool:
    """Whether a header speaks of publishing or showing something."""
    return _has(column, "naming")


def are_answers(cells: Sequence[str]) -> bool:
    """Whether most cells say yes or no, or something like it."""
    said = sum(1 for cell in cells if unaccented(cell) in _answers())
    return said > 0 and said >= _MANY * len(cells)


def _has(column: str, key: str) -> bool:
    return any(word.startswith(_stems(key)) for word in unaccented(column).split())


@functools.cache
def _stems(key: str) -> tuple[str, ...]:
    return tuple(unaccented(stem) for stem in phrases(data("headers")[key]))


@functools.cache
def _answers() -> frozenset[str]:
    return frozenset(unaccented(word) for word in answers.known())
