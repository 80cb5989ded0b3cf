"""How many of something, as a reader of English expects it."""

from __future__ import annotations


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: 1 page, 2 pages; ``many`` is the plural that takes more than an s."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"
