"""People who may be there twice: told, by kind, and never put together.

All of a list are compared with all others in little more than linear time: what is the same is
found by a key, and what is similar only among neighbours of a sorted list. That is sorted once from
the front and once from the back, so that neither end of a name hides a typing mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from letters.problem import Place

_WINDOW = 3  # neighbours with which each is compared
_MOST = 4  # people of one name who are remembered
_TELLING = 5  # letters of the word that may differ: “Ann” and “Anna” are two people
_ALIKE = 85.0
_DIGIT = re.compile(r"\d")

_Where: TypeAlias = "Callable[[Person], str]"


class Person(NamedTuple):
    """Somebody as compared; ``at`` says where they stand, ``new`` whether they come in now.

    Where is a row’s number, or a place that is looked up once somebody asks.
    """

    at: int | Callable[[], Place]
    name: str
    mailbox: str
    place: str
    new: bool


class Double(Struct, frozen=True):
    """The person at ``index`` may be the one at ``other``, who comes before."""

    index: int
    other: int
    message: str
    is_mailbox: bool = False


def doubles(people: Sequence[Person], noun: str = "person", row: str = "row") -> Iterator[Double]:
    """What may be double, each pair once; pairs of which nobody is new are no news.

    ``row`` is what a number counts.
    """
    said: set[tuple[int, int]] = set()

    def where(one: Person) -> str:
        return f"{row} {one.at}" if isinstance(one.at, int) else str(one.at())

    for double in (*_same(people, noun, where), *_similar(people, noun, where)):
        pair = min(double.index, double.other), max(double.index, double.other)
        if pair not in said:
            said.add(pair)
            yield double


def _same(people: Sequence[Person], noun: str, where: _Where) -> Iterator[Double]:
    boxes: dict[str, int] = {}
    names: dict[str, list[int]] = {}
    for index, each in enumerate(people):
        if each.mailbox:
            first = boxes.setdefault(each.mailbox, index)
            if first != index and (each.new or people[first].new):
                message = f"has the same e-mail address as {where(people[first])}"
                yield Double(index, first, message, is_mailbox=True)
        if not each.name:
            continue
        others = names.setdefault(" ".join(sorted(each.name.split())), [])
        found = next((o for o in others if _together(each, people[o])), None)
        if found is not None and (each.new or people[found].new):
            more = " and place" if each.place and people[found].place else ""
            message = f"may be the same {noun} as {where(people[found])}: the same name{more}"
            yield Double(index, found, message)
        if len(others) < _MOST or found is None:
            others.append(index)


def _together(one: Person, other: Person) -> bool:
    """Whether nothing of where they belong tells them apart."""
    return not one.place or not other.place or one.place == other.place


def _similar(people: Sequence[Person], noun: str, where: _Where) -> Iterator[Double]:
    from rapidfuzz.fuzz import ratio

    # Numbers tell apart, and are no slip of the pen.
    named = [
        (each.name, at)
        for at, each in enumerate(people)
        if each.name and not _DIGIT.search(each.name)
    ]
    for backwards in (False, True):
        keyed = sorted((name[::-1] if backwards else name, at) for name, at in named)
        for away in range(1, _WINDOW + 1):
            for (name, here), (close, there) in zip(keyed, keyed[away:], strict=False):
                # A slip adds or drops one letter at most: most neighbours are told apart by that.
                if not -2 < len(name) - len(close) < 2 or name == close:
                    continue
                if not ratio(name, close, score_cutoff=_ALIKE):
                    continue
                first, last = sorted((here, there))
                one, other = people[last], people[first]
                if (one.new or other.new) and _together(one, other) and _one_slip(one, other):
                    message = f"may be the same {noun} as {where(other)}: a similar name"
                    yield Double(last, first, message)


def _one_slip(one: Person, other: Person) -> bool:
    """Whether the names differ in one word, and there as a typing mistake does."""
    from rapidfuzz.distance import OSA

    words, others = one.name.split(), other.name.split()
    if len(words) != len(others):
        return "".join(words) == "".join(others)
    apart = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    return min(len(a), len(b)) >= _TELLING and OSA.distance(a, b) == 1
