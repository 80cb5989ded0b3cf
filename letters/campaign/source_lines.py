"""Records that are written line by line as most are, read by their lines.

Of a hundred thousand records nearly all are a few lines of a key and a plain word, perhaps with one
group in braces. In them nothing can stand for anything but itself: no quotation mark, no colon or
number sign within a word, no line that goes on in the next one. What is written in any other way
is no such record, and libyaml reads it. And nearly all are written with the same keys as one before
them, in the same order: such a record is one match of a pattern, and stays its words until somebody
asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

R = TypeVar("R", bound="dict[str, object]")

Keys: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""The keys of a record in their order, each with those of the group behind it: none for a word."""

_KEY = "[a-z_]{1,40}"
_WITHIN = r"\-\w .’'()&/+@"
_ENDS = r"\w.’')"
_IN_BRACES = rf"\w(?:[{_WITHIN}]*[{_ENDS}])?"
_ALONE = rf"\w(?:[{_WITHIN},;!]*[{_ENDS},;!])?"
_PAIR = rf"{_KEY}: {_IN_BRACES}"
_REST = r"(?: *(?:#[^\r\n]*)?\n)*"  # blank lines, and remarks
_LINE = re.compile(
    rf"(- |  )({_KEY}): (?:({_ALONE})|\{{({_PAIR}(?:, {_PAIR})*)\}})(?: +#[^\r\n]*)?\n{_REST}"
)
_HEAD = re.compile(_REST)
_START = "\n- "
_MOST = 16  # ways of writing a record that are known at a time


def begin(text: str) -> int:
    """Where the first record begins, after remarks; -1 where there is no list to read by lines."""
    match = _HEAD.match(text)
    at = match.end() if match else 0
    return at if text.startswith("- ", at) else -1


def next_start(text: str, after: int) -> int:
    """Where the record after the one that begins at ``after`` begins, or the text ends."""
    found = text.find(_START, after)
    return len(text) if found < 0 else found + 1


def record(
    text: str, at: int, keys: dict[str, str], group: Callable[[], R]
) -> tuple[R | None, int]:
    """The record that begins at ``at``, and where the next one does; None where it isn’t plain.

    ``keys`` keeps each key once; ``group`` makes the mappings.
    """
    found, line = group(), _LINE.match(text, at)
    if line is None or line[1] != "- ":
        return None, at
    while line is not None:
        _, key, value, inner = line.groups()
        if key in found:
            return None, at
        key = keys.setdefault(key, key)
        if value is not None:
            found[key] = value
        else:
            found[key] = within = group()
            for pair in inner.split(", "):
                part, _, word = pair.partition(": ")
                if part in within:
                    return None, at
                within[keys.setdefault(part, part)] = word
        after = line.end()
        if text.startswith("- ", after) or after == len(text):
            return found, after
        line = _LINE.match(text, after)
        if line is not None and line[1] == "- ":
            break
    return None, at


class Shape(Struct, frozen=True, eq=False):
    """A way in which records are written: its ``keys``, in so many ``lines``."""

    keys: Keys
    pattern: re.Pattern[str]
    lines: int
    at: Mapping[str, int | None]
    """Where among the words that of a dotted key stands; None for a group of words."""

    @classmethod
    def of(cls, record: Mapping[str, object]) -> Shape:
        """That of a record which was read by its lines, if these were without remarks."""
        keys = tuple(
            (key, tuple(value) if isinstance(value, dict) else ()) for key, value in record.items()
        )
        words = [f"{key}.{one}" if one else key for key, inner in keys for one in inner or ("",)]
        at = {key: None for key, inner in keys if inner} | {w: n for n, w in enumerate(words)}
        return cls(keys, re.compile("- " + "  ".join(map(_line, keys))), len(keys), at)

    @staticmethod
    def record(lined: Lined, group: Callable[[], R]) -> R:
        """What `record` makes of a record with these words."""
        found, left = group(), iter(lined)
        for key, inner in lined[-1].keys:
            if inner:
                within = group()
                found[key] = within
                for part in inner:
                    within[part] = next(left)
            else:
                found[key] = next(left)
        return found


Lined: TypeAlias = tuple[Any, ...]
"""A record by its words, and its shape behind them: of a hundred thousand, one tuple each."""


class Shapes:
    """The shapes of a list, as they come: the one that was last seen is tried first."""

    def __init__(self) -> None:
        self._known: list[Shape] = []

    def read(self, text: str, at: int) -> tuple[Lined | None, int]:
        """The record that begins at ``at``, and where the next one does; None for a new shape."""
        for number, shape in enumerate(self._known):
            found = shape.pattern.match(text, at)
            if found is not None:
                after = found.end()
                if text.startswith("- ", after) or after == len(text):
                    if number:
                        self._known.insert(0, self._known.pop(number))
                    return (*found.groups(), shape), after
        return None, at

    def learn(self, record: Mapping[str, object], text: str, at: int, after: int) -> None:
        """Know the shape of a record that was read from ``at`` to ``after``, if it has one."""
        shape = Shape.of(record)
        found = shape.pattern.match(text, at)
        if found is not None and found.end() == after:
            self._known = [shape, *self._known[: _MOST - 1]]


def _line(key: tuple[str, tuple[str, ...]]) -> str:
    name, inner = key
    if not inner:
        return rf"{name}: ({_ALONE})\n"
    return rf"{name}: \{{{', '.join(f'{part}: ({_IN_BRACES})' for part in inner)}\}}\n"
