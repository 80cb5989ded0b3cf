"""Words of a text are exchanged by their signs: letters and marks, whatever spaces are between.

What is printed has other spaces than what is written, and other line ends. So a change is counted
in signs, and what surrounds it stays as somebody has written it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from letters.error import LettersError, Status

_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")


class NoPlaceError(LettersError):
    """A change that can't be written where its words come from; the message says why."""

    status = Status.PROBLEMS


class WordChange(Struct, frozen=True, order=True):
    """From the sign ``start`` up to ``end``, ``came`` is to stand.

    ``after_sign`` and ``before_sign`` tell whether there is no space between what is exchanged and
    what stands before and after it.
    """

    start: int
    end: int
    came: str
    after_sign: bool = False
    before_sign: bool = False

    def moved(self, by: int) -> WordChange:
        """The same in a text that has so many signs more before it."""
        return WordChange(
            self.start + by, self.end + by, self.came, self.after_sign, self.before_sign
        )


def sign_places(text: str) -> list[tuple[int, int]]:
    """Where each sign of a text begins and ends."""
    return [(at, at + 1) for at, sign in enumerate(text) if is_sign(sign)]


def is_sign(character: str) -> bool:
    """Whether it is seen."""
    return not character.isspace() and character not in _UNSEEN


def signs(text: str) -> str:
    """The text without its spaces."""
    return "".join(filter(is_sign, text))


def apart(changes: Sequence[WordChange]) -> list[WordChange]:
    """The changes in their order, each once. Raises NoPlaceError where two are of one place."""
    each = {(one.start, one.end, " ".join(one.came.split())): one for one in changes}
    found = sorted(each.values())
    for one, other in pairwise(found):
        if other.start < one.end or (one.start, one.end) == (other.start, other.end):
            message = "it is printed in several places, and was changed in different ways there"
            raise NoPlaceError(message)
    return found


def spliced(text: str, changes: Sequence[WordChange], places: Sequence[tuple[int, int]]) -> str:
    """The text with all changes; ``places`` are those of its signs. Raises NoPlaceError."""
    for change in reversed(apart(changes)):
        start, end = stretch(change, places)
        text = f"{text[:start]}{change.came}{text[end:]}"
    return text


def stretch(change: WordChange, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From where to where in the text the change is."""
    last = len(places)
    if change.start and (change.after_sign or change.start == last):
        start = places[change.start - 1][1]
    else:
        start = places[change.start][0]
    if change.end < last and (change.before_sign or not change.end):
        end = places[change.end][0]
    else:
        end = places[change.end - 1][1]
    return start, max(start, end)
