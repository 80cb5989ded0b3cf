"""How far a long step has come: told by whoever does it, and heard by whoever waits for it.

What works through thousands of people knows neither of a terminal nor in which process it runs, so
it tells whoever listens. Where nobody does, nothing is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_EACH = 16
"""Items between two words about them: to tell costs as much as a short item."""


class Headway(NamedTuple):
    """``done`` of ``total``; ``words`` say what is done with each, such as “drafting”."""

    done: int
    total: int
    words: str


listeners: list[Callable[[Headway | None], None]] = []
"""Who hears of it; None says that there is nothing to be counted any more."""


def over(items: Iterable[T], total: int, words: str) -> Iterator[T]:
    """Pass the items on, and tell how many of them were."""
    if not listeners:
        yield from items
        return
    try:
        for number, item in enumerate(items):
            if not number % _EACH:
                tell(Headway(number, total, words))
            yield item
    finally:
        tell(None)


def tell(come: Headway | None) -> None:
    """Tell it once, of what is no list of items."""
    for hear in listeners:
        hear(come)
