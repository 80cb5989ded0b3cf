"""How many of something, and which, as a reader of English expects it."""

from __future__ import annotations

from collections.abc import Sequence

TOLD = 12
"""Names in one sentence."""


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: 1 page, 2 pages; ``many`` is the plural that takes more than an s."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: the first of them, and how many more; they may be thousands."""
    more = f" and {len(names) - TOLD:,} more" if len(names) > TOLD else ""
    return f"{', '.join(names[:TOLD])}{more}"
