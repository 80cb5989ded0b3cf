"""What changed between two texts, by word, as somebody who has to judge it reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.ledger.align import opcodes

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def word_diff(before: str, after: str) -> str:
    """The lines that changed, with [-what went-] and {+what came+}; empty for equal texts.

    Lines are matched first, so that two long texts are compared in a moment.
    """
    return "".join(words for _, words in stretches(before, after))


def stretches(before: str, after: str) -> Iterator[tuple[int, str]]:
    """The same one by one, each with how many lines of the text of now stand before it."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for equal, i1, i2, j1, j2 in opcodes(old, new):
        if not equal:
            words = marked("".join(old[i1:i2]), "".join(new[j1:j2]))
            yield j1, words if words.endswith("\n") else f"{words}\n"


def changes(before: str, after: str) -> Iterator[tuple[bool, str, str]]:
    """Stretches of words in order: whether they are equal, what went, and what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for equal, i1, i2, j1, j2 in opcodes(old, new):
        yield equal, "".join(old[i1:i2]), "".join(new[j1:j2])


def marked(before: str, after: str) -> str:
    """Both texts in one, with [-what went-] and {+what came+}."""
    parts = []
    for equal, went, came in changes(before, after):
        if equal:
            parts.append(went)
            continue
        parts.append(f"[-{went}-]" if went else "")
        parts.append(f"{{+{came}+}}" if came else "")
    return "".join(parts)
