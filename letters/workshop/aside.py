"""What has nothing to do with a campaign’s letters, and was written by strangers all the same.

Mails, notices, lists and files of evidence are taken apart in a process with bounds, too; the
parent only gets what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Self, TypeVar

from letters import limits
from letters.error import LettersError, Status
from letters.workshop.workers import Waiting, Worker, Workers

T = TypeVar("T")


class TooHardError(LettersError):
    """Something took more time or memory than it may."""

    status = Status.PROBLEMS


class Aside:
    """A process for readings, begun with the first one and anew after one that was stopped.

    Use it in a ``with`` block.
    """

    def __init__(self, waiting: Waiting = Future.result) -> None:
        """``waiting`` waits for each reading."""
        self._waited = waiting
        self._workers: Workers | None = None
        self._worker: Worker | None = None

    def read(self, what: str, size: int, task: Callable[..., T], *args: Any) -> T:
        """What a task gives that reads so many bytes. Raises TooHardError, which names ``what``."""
        if self._worker is None:
            self._worker = Worker(_nothing)
            self._workers = Workers([self._worker])
        seconds = limits.SECONDS + size / limits.MIB * limits.SECONDS_A_MIB
        try:
            return self._waited(self._worker.submit(seconds, task, *args))
        except BrokenProcessPool:
            self.__exit__(None, None, None)
            raise TooHardError(
                f"{what}: takes too much time or memory to be read, and was stopped",
                f"{seconds:.0f} s of processor time are allowed for it",
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._workers is not None:
            self._workers.__exit__(kind, error, trace)
        self._workers = self._worker = None


def aside(
    what: str, size: int, task: Callable[..., T], *args: Any, waiting: Waiting = Future.result
) -> T:
    """One reading alone; see `Aside`."""
    with Aside(waiting) as bounded:
        return bounded.read(what, size, task, *args)


def _nothing() -> None:
    """Nothing has to be ready for a reading."""
