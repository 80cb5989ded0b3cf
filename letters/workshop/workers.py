"""Workers: child processes with bounds on time and memory, in which everything risky is done.

A template may come from a stranger, and no sandbox stops a loop that never ends. So what runs a
template runs in a process that the system itself ends; the parent only reads and writes files.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from letters.headway import Headway
from letters.workshop.bounded import (
    LONGEST,
    LONGEST_HEADWAY,
    Call,
    answers,
    begin,
    headway_told,
)
from letters.workshop.costs import Costs

T = TypeVar("T")

_TOGETHER = 16  # tasks at most that travel in one message
_TELLING = 4  # tasks in a message that tell what one costs
_AHEAD = 2  # messages of a worker’s that are under way, so that it never waits for the next


class Waiting(Protocol):
    """Waits for what a worker does, and gives its result."""

    def __call__(self, future: Future[T], /) -> T: ...


class Worker:
    """One process that does one task after the other.

    A task that takes more processor time than it was given, or more memory than goes with that (see
    `letters.limits`), takes the process with it: its future and all later ones then raise
    BrokenProcessPool. ``stopped_at`` then says where that was.

    What is submitted while the process is busy travels in groups: a message costs as much as a
    short task, and what the tasks of a group have in common travels once.
    """

    def __init__(self, prepare: Callable[..., None], *arguments: Any, apart: bool = False) -> None:
        """``prepare(*arguments)`` runs in the process before its first task.

        One that is ``apart`` has nothing of the parent's open, such as connections.
        """
        # A fork shares what the parent has loaded; elsewhere (macOS) it is sent over.
        method = "fork" if sys.platform == "linux" else "spawn"
        if apart and sys.platform != "win32":
            method = "forkserver"
        context = multiprocessing.get_context(method)
        self._note = context.RawArray("c", LONGEST)
        self._come = context.RawArray("c", LONGEST_HEADWAY)
        self._is_stopped = False
        self._guard = threading.RLock()
        self._queued: deque[tuple[Future[Any], Call]] = deque()
        self._under_way, self._together = 0, 1
        self._costs = Costs(_TELLING)
        self._pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=context,
            initializer=begin,
            initargs=(prepare, arguments, self._note, self._come),
        )

    @property
    def cost(self) -> float | None:
        """The seconds of processor time that one of the latest tasks took, once that is known."""
        return self._costs.each

    @property
    def stopped_at(self) -> tuple[str, int] | None:
        """The file that was being read when the process was ended, or run, and the line in it."""
        if not self._is_stopped or not self._note.value:
            return None
        path, _, line = self._note.value.decode("utf-8", "replace").rpartition("\n")
        return path, int(line)

    @property
    def headway(self) -> Headway | None:
        """How far the process is with a long step; None where nobody counts."""
        return headway_told(self._come.value)

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Asked[T]:
        """Queue a task for that much processor time; the process must be able to import it."""
        found: Asked[T] = Asked(self)
        with self._guard:
            self._queued.append((found, Call(seconds, task, args)))
            self._send()
        return found

    def _send(self) -> None:
        """Send what is queued, unless the process has enough to do; the first tasks go alone."""
        while self._queued and self._under_way < _AHEAD:
            count = min(self._together, len(self._queued))
            group = [self._queued.popleft() for _ in range(count)]
            self._together = min(_TOGETHER, 2 * self._together)
            calls = [call for _, call in group]
            try:
                begun = self._pool.submit(answers, calls)
            except BrokenProcessPool as error:
                _lose(group, error)
                continue
            self._under_way += 1
            begun.add_done_callback(partial(self._take, group))

    def _take(self, group: Sequence[tuple[Future[Any], Call]], done: Future[Any]) -> None:
        """Give each one its answer, after the next are sent."""
        error = CancelledError() if done.cancelled() else done.exception()
        with self._guard:
            self._under_way -= 1
            if error is None:
                self._send()
            elif isinstance(error, BrokenProcessPool):
                self._is_stopped = True
                group = [*group, *self._queued]  # no other process begins
                self._queued.clear()
        if error is not None:
            _lose(group, error)
            return
        given, seconds = done.result()
        self._costs.tell(seconds, len(group))
        for (found, _), (value, raised) in zip(group, given, strict=True):
            if raised is None:
                found.set_result(value)
            else:
                found.set_exception(raised)

    def close(self) -> None:
        """Wait for the tasks in hand, drop what is queued, and end the process."""
        with self._guard:
            dropped = [*self._queued]
            self._queued.clear()
        for found, _ in dropped:
            found.cancel()
        self._pool.shutdown(cancel_futures=True)


class Asked(Future[T]):
    """What a worker was asked for, of which it can be asked how far it is."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker

    @property
    def headway(self) -> Headway | None:
        """How far the worker is, with this or with what it does before."""
        return self._worker.headway


def _lose(group: Iterable[tuple[Future[Any], Call]], error: BaseException) -> None:
    for found, _ in group:
        found.set_exception(error)


class Workers:
    """Workers that end with a ``with`` block: at once, where an error leaves it."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        self._workers = list(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for child in multiprocessing.active_children():
                child.kill()
        for worker in self._workers:
            worker.close()
