"""What is wrong with a user's file, as a value.

Loaders and checkers collect problems and return them with whatever could be read; only the front
door prints them and chooses the exit status. A problem never quotes the value it complains about
unless that value comes from a fixed vocabulary: a withheld name must not reach a terminal or a
bug report through an error message.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from letters.error import LettersError, Status

_LETTER = "letter.yaml"
_SOURCE = re.compile(r"^(sources\.)[^.]+")

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a user's file: ``path`` relative to the campaign, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1
    key: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
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


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or the whole choice when it is short."""
    choices = sorted(set(known))
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"known: {', '.join(choices)}" if 0 < len(choices) <= 12 else ""
