"""Whose turn it is to press: as few as keep up with what is drafted.

What a process keeps from one letter to the next (fonts, style sheets, plates) is made once in each
that presses. Where letters are quick to press, one of them is enough, and the others do not begin.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from letters.workshop.presser import Presser

T = TypeVar("T")

KEEPING_UP = 24
"""Tasks that one presser may have before the next gets some."""


class Turns:
    """Hands tasks to pressers, of which the first are preferred."""

    def __init__(self, pressers: Sequence[Presser], keeping_up: int = KEEPING_UP) -> None:
        """With more than ``keeping_up`` tasks each, whoever has the fewest is next."""
        self._most = keeping_up
        self._pressers = pressers
        self._given: list[deque[Future[Any]]] = [deque() for _ in pressers]

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task with whoever is next."""
        for given in self._given:
            while given and given[0].done():
                given.popleft()
        number = min(range(len(self._given)), key=self._load)
        future = self._pressers[number].submit(seconds, task, *args)
        self._given[number].append(future)
        return future

    def _load(self, number: int) -> tuple[int, int]:
        """How late it is for one more task."""
        return max(0, len(self._given[number]) - self._most + 1), number
