"""What is wrong with a user's file, as a value.

Loaders and checkers collect problems and return them with whatever could be read; only the front
door prints them and chooses the exit status. A problem never quotes the value it complains about
unless that value comes from a fixed vocabulary: a withheld name must not reach a terminal or a
bug report through an error message.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from letters.error import LettersError, Status

_LETTER = "letter.yaml"
_FEW = 12  # words that are all told
_LONGEST = 48  # letters of a word that is taken for a slip of the pen
_ALL, _BESIDE = 200, 50  # known words that are all compared; else those on each side of it
_MOST_PAIRS = 12_000_000  # of letters that are compared for the mistakes of one run: a second
_GIVEN_UP = "from here on no near word is sought: there are too many such mistakes"
_SOURCE = re.compile(r"^(sources\.)[^.]+")

Severity = Literal["error", "warning"]


class Place(Struct, frozen=True, order=True):
    """A point in a user's file: ``path`` relative to the campaign, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1
    key: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(Struct, frozen=True):
    """One finding, printed as ``path:line:column: key – message (hint)``.

    ``source`` names who published the rule that is broken, where it is not the toolkit’s own.
    """

    place: Place
    message: str
    hint: str = ""
    severity: Severity = field(default="error")
    source: str = ""

    @property
    def key(self) -> str:
        """The key as anybody may read it: what a source is called may say whom it is about."""
        if self.place.path != _LETTER:
            return self.place.key
        return _SOURCE.sub(r"\1…", self.place.key)

    def __str__(self) -> str:
        key = f"{self.key} – " if self.key else ""
        told = "; ".join(part for part in (self.hint, self.source) if part)
        hint = f" ({told})" if told else ""
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {mark}{key}{self.message}{hint}"

    def as_json(self) -> dict[str, str | int]:
        """The same as a flat object, for programs that read ``--json``."""
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "key": self.key,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
            "source": self.source,
        }


class CampaignError(LettersError):
    """The user's files can't be used as they are; carries every problem that was found."""

    status = Status.PROBLEMS

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[CampaignError], tuple[tuple[Problem, ...]]]:
        """Problems are found in other processes too, and must arrive whole."""
        return type(self), (self.problems,)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops the work; warnings alone do not."""
    return any(problem.severity == "error" for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in reading order, each said once."""

    def position(problem: Problem) -> tuple[str, int, int, str]:
        place = problem.place
        return place.path, place.line, place.column, problem.message

    return sorted(dict.fromkeys(problems), key=position)


class KnownWords:
    """Words of which somebody may have meant another one; both may be a stranger’s, and thousands.

    Of many words those are compared that begin or end like the one that was written. What has been
    compared is counted, and each word sought once; where that is too much, `given_up` says so.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._left = _MOST_PAIRS
        self._found: dict[tuple[str, float], str] = {}
        self._is_silent = True

    def near(self, word: str, cutoff: float = 0.6) -> str:
        """The closest one; "" where none is close."""
        if not 0 < len(word) <= _LONGEST or self._left < 0:
            return self._found.get((word, cutoff), "")
        if (word, cutoff) not in self._found:
            candidates = self._candidates(word)
            self._left -= len(word) * sum(map(len, candidates))
            if self._left < 0:
                return ""
            close = difflib.get_close_matches(word, candidates, n=1, cutoff=cutoff)
            self._found[word, cutoff] = close[0] if close else ""
        return self._found[word, cutoff]

    @property
    def given_up(self) -> str:
        """Said once, where no more words are sought; "" otherwise."""
        said = _GIVEN_UP if self._left < 0 and self._is_silent else ""
        self._is_silent = self._is_silent and not said
        return said

    def _candidates(self, word: str) -> list[str]:
        if len(self.words) <= _ALL:
            found = self.words
        else:
            found = _around(self.words, word)
            found += (each[::-1] for each in _around(self._backwards, word[::-1]))
        return [each for each in found if len(each) <= 2 * _LONGEST]

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(each[::-1] for each in self.words)


def did_you_mean(word: str, known: Iterable[str] | KnownWords) -> str:
    """A hint that names the closest known word, or the whole choice when it is short.

    Whoever asks for many words gives them as one `KnownWords`.
    """
    known = known if isinstance(known, KnownWords) else KnownWords(known)
    if close := known.near(word):
        return f"did you mean “{close}”?"
    if 0 < len(known.words) <= _FEW:
        return f"known: {', '.join(known.words)}"
    return known.given_up


def _around(words: list[str], word: str) -> list[str]:
    """Those that stand beside a word in their order: they begin like it."""
    at = bisect_left(words, word)
    return words[max(0, at - _BESIDE) : at + _BESIDE]
