"""Whoever runs the pure functions of the press: a worker, a cluster, or anything like them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Presser(Protocol):
    """Whoever runs pure functions: a worker, or anything else that gives Futures for them."""

    @property
    def cost(self) -> float | None:
        """The seconds of processor time that a task takes, as far as that is known."""
        ...

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task for that much processor time."""
        ...


class Elsewhere(Presser, Protocol):
    """Whoever presses in place of the workers, ``at_once`` as many letters as are worth it."""

    @property
    def at_once(self) -> int: ...
