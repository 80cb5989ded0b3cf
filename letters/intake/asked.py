"""Columns that ask whether somebody may be named, in words that no list of phrases foresees.

Forms ask it in their own words. Whoever answered no must not be printed because of them: a question
that speaks of publishing, and is answered by yes and no, is taken for this one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from letters.intake import answers
from letters.intake.worded import data, phrases, unaccented

_MANY = 0.5  # of the answers: some people write a sentence
_SPELLINGS = 1_000  # of known answers, in capitals and with accents and signs
_BESIDE = re.compile(r"[(\[{]|\s[-–—]+\s|[,;/|]")  # Ada Birch (anonymous), Ada Birch – private


def asked(filled: Mapping[str, Sequence[str]], *, is_known: bool) -> list[str]:
    """The columns that ask it: those that speak of a name, else all, unless it ``is_known``.

    ``filled`` has what stands in each column.
    """
    found = [column for column, cells in filled.items() if _asks(column, cells)]
    named = [column for column in found if _has(column, "naming.names")]
    return named if named or is_known else found


def _asks(column: str, cells: Sequence[str]) -> bool:
    if is_told(column):
        return are_answers(cells) or any(unaccented(cell) in _refusals() for cell in cells)
    # “Privacy: public, private”: the answers tell what the question is.
    return are_answers(cells) and any(is_told(cell) or _hides(cell) for cell in cells)


def is_told(column: str) -> bool:
    """Whether a header speaks of publishing or showing something."""
    return _has(column, "naming")


def are_answers(cells: Sequence[str], but: Callable[[str], bool] | None = None) -> bool:
    """Whether most cells say yes or no, or something like it; ``but`` some, which are left out."""
    counted = Counter(cells)
    if len(counted) > (1 - _MANY) * len(cells) + _SPELLINGS:  # names, which nobody has to unfold
        return False
    if but:
        counted = Counter({cell: times for cell, times in counted.items() if not but(cell)})
    said = sum(times for cell, times in counted.items() if unaccented(cell) in _answers())
    return said > 0 and said >= _MANY * counted.total()


def wants_no_name(name: str) -> bool:
    """Whether somebody asks it beside their name: “Ada Birch (anonymous)”."""
    if not _BESIDE.search(name):
        return False
    first, *beside = _BESIDE.split(name)
    return bool(first.strip()) and any(_hides(one) or _refuses(one) for one in beside)


def may_want_no_name(note: str) -> bool:
    """Whether a note may ask it."""
    return _hides(note)


def _refuses(text: str) -> bool:
    return unaccented(text) in _refusals()


def _hides(text: str) -> bool:
    return not _hiding().isdisjoint(unaccented(text).split())


def _has(column: str, key: str) -> bool:
    return any(word.startswith(_stems(key)) for word in unaccented(column).split())


@functools.cache
def _stems(key: str) -> tuple[str, ...]:
    return tuple(unaccented(stem) for stem in phrases(data("headers")[key]))


@functools.cache
def _hiding() -> frozenset[str]:
    return frozenset(_stems("hiding"))


@functools.cache
def _answers() -> frozenset[str]:
    return frozenset(unaccented(word) for word in answers.known())


@functools.cache
def _refusals() -> frozenset[str]:
    """Answers of two letters and more that are no leave to print a name in full."""
    words = (word for word, meant in answers.known().items() if meant != "public")
    return frozenset(plain for word in words if len(plain := unaccented(word)) > 1)
