"""Line breaks after instructions, as somebody who writes letters expects them.

Jinja drops the line break after every instruction. That is right for a line that holds nothing
else, and leaves no gap there. After words it would join two paragraphs, so there the break is kept,
by the plus sign that Jinja has for it.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"\{[%#]")


def keep_breaks(text: str) -> str:
    """The template with a plus in each instruction that ends a line with words in it."""
    parts = _split(text)
    words = False
    for number, part in enumerate(parts):
        if number % 2 == 0:
            _, newline, last = part.rpartition("\n")
            words = bool(last.strip()) or (words and not newline)
        elif words and parts[number + 1].startswith("\n") and part[-3] not in "+-":
            parts[number] = f"{part[:-2]}+{part[-2:]}"
    return "".join(parts)


def _split(text: str) -> list[str]:
    """Words and instructions in turn; what is never closed is words, and looked for once."""
    parts, start, unclosed = list[str](), 0, set[str]()
    found = _OPENING.search(text)
    while found:
        at, sign = found.start(), found[0][1]
        end = -1 if sign in unclosed else text.find(f"{sign}}}", found.end())
        if end < 0:
            unclosed.add(sign)
            found = None if len(unclosed) == 2 else _OPENING.search(text, at + 1)
            continue
        parts += [text[start:at], text[at : end + 2]]
        start = end + 2
        found = _OPENING.search(text, start)
    return [*parts, text[start:]]
