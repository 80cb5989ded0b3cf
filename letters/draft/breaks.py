"""Line breaks after instructions, as somebody who writes letters expects them.

Jinja drops the line break after every instruction. That is right for a line that holds nothing
else, and leaves no gap there. After words it would join two paragraphs, so there the break is kept,
by the plus sign that Jinja has for it.
"""

from __future__ import annotations

import re

_INSTRUCTION = re.compile(r"(\{%.*?%\}|\{#.*?#\})", re.DOTALL)


def keep_breaks(text: str) -> str:
    """The template with a plus in each instruction that ends a line with words in it."""
    parts = _INSTRUCTION.split(text)
    words = False
    for number, part in enumerate(parts):
        if number % 2 == 0:
            _, newline, last = part.rpartition("\n")
            words = bool(last.strip()) or (words and not newline)
        elif words and parts[number + 1].startswith("\n") and part[-3] not in "+-":
            parts[number] = f"{part[:-2]}+{part[-2:]}"
    return "".join(parts)
