"""What changed between two texts, by word, as somebody who has to judge it reads it."""

from __future__ import annotations

import re

from letters.ledger.align import opcodes

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def word_diff(before: str, after: str) -> str:
    """The lines that changed, with [-what went-] and {+what came+}; empty for equal texts.

    Lines are matched first, so that two long texts are compared in a moment.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts = []
    for equal, i1, i2, j1, j2 in opcodes(old, new):
        if not equal:
            parts.append(_marked("".join(old[i1:i2]), "".join(new[j1:j2])))
    return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def _marked(before: str, after: str) -> str:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts = []
    for equal, i1, i2, j1, j2 in opcodes(old, new):
        went, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        if equal:
            parts.append(went)
            continue
        parts.append(f"[-{went}-]" if went else "")
        parts.append(f"{{+{came}+}}" if came else "")
    return "".join(parts)
