"""YAML of other projects, by the toolkit's own reader: every scalar stays the text it was."""

from __future__ import annotations

from typing import Any

from letters.campaign import source
from letters.campaign.source import Source
from letters.intake.row import UnreadableError


def parse(text: str, name: str) -> tuple[Any, list[int]]:
    """What the file holds, and the lines from which unusable characters were taken out."""
    # A single document may begin and end with its marks; empty ones are none.
    found, problems = source.parse(text.removesuffix("...\n").encode(), name)
    if found.root is None and problems:
        problem = problems[-1]
        raise UnreadableError(str(problem), problem.hint)
    twice = [each for each in problems if "twice" in each.message]
    if twice:
        raise UnreadableError(str(twice[0]))
    return found.root, [problem.place.line for problem in problems]
