"""Records that are written line by line as most are, read by their lines.

Of a hundred thousand records nearly all are a few lines of a key and a plain word, perhaps with one
group in braces. In them nothing can stand for anything but itself: no quotation mark, no colon or
number sign within a word, no line that goes on in the next one. What is written in any other way
is no such record, and libyaml reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R", bound="dict[str, object]")

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
