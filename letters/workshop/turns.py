"""Whose turn it is to press: as few as keep up with what is drafted.

What a process keeps from one letter to the next (fonts, style sheets, plates) is made once in each
that presses, which costs as much as some hundreds of letters from a plate. So another one begins
only where what waits for the first would take longer than that.
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

BEGINNING = 0.5
"""Seconds of processor time that it costs for one more to begin."""


class Turns:
    """Hands tasks to pressers, of which the first are preferred."""

    def __init__(
        self,
        pressers: Sequence[Presser],
        keeping_up: int = KEEPING_UP,
        beginning: float = BEGINNING,
    ) -> None:
        """With more than ``keeping_up`` tasks each, whoever has the fewest is next.

        One more begins where those tasks cost more than ``beginning``.
        """
        self._most, self._beginning = keeping_up, beginning
        self._pressers = pressers
        self._given: list[deque[Future[Any]]] = [deque() for _ in pressers]
        self._working = 1

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task with whoever is next."""
        for given in self._given:
            while given and given[0].done():
                given.popleft()
        number = min(range(self._working), key=self._load)
        if self._load(number)[0] and self._is_worth_it(number):
            number = self._working
            self._working += 1
        future = self._pressers[number].submit(seconds, task, *args)
        self._given[number].append(future)
        return future

    def _is_worth_it(self, number: int) -> bool:
        """Whether what waits for that one takes longer than it takes one more to begin."""
        if self._working == len(self._pressers):
            return False
        cost = self._pressers[number].cost
        known = cost if cost is not None else 0.0
        return known * len(self._given[number]) >= self._beginning

    def _load(self, number: int) -> tuple[int, int]:
        """How late it is for one more task."""
        return max(0, len(self._given[number]) - self._most + 1), number
