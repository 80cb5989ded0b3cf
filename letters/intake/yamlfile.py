"""YAML of other projects, by the toolkit's own reader: every scalar stays the text it was."""

from __future__ import annotations

from typing import Any

from letters.campaign import source
from letters.campaign.plaintext import HINT
from letters.intake.row import UnreadableError


def parse(text: str, name: str) -> tuple[Any, list[int]]:
    """What the file holds, and the lines from which unusable characters were taken out."""
    found, problems = source.parse(text.encode(), name)
    # What is left besides are single characters, each in a text that can be read without it.
    fatal = problems[-1:] if found.root is None else [p for p in problems if p.hint != HINT]
    if fatal:
        raise UnreadableError(f"{fatal[0].place}: {fatal[0].message}", fatal[0].hint)
    return found.root, [problem.place.line for problem in problems]
