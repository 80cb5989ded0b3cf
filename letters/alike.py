"""What was found of a node, for the very same node in the next letter.

The letters of one mailing have most of their blocks in common. They are drafted as the same
objects, and arrive as such in a process that presses a group of them; to compare them by their
words would take longer than to look at them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_REMEMBERED = 256


class Alike(Generic[K, V]):
    """Asks ``find`` of each node once, as long as the node is remembered; a node never changes."""

    def __init__(self, find: Callable[[K], V]) -> None:
        self._find = find
        self._known: dict[int, tuple[K, V]] = {}

    def __call__(self, node: K) -> V:
        known = self._known.get(id(node))  # what is remembered is held, so its id is its own
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[id(node)] = node, self._find(node)
        return known[1]
