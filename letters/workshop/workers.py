"""Workers: child processes with bounds on time and memory, in which everything risky is done.

A template may come from a stranger, and no sandbox stops a loop that never ends. So what runs a
template runs in a process that the system itself ends; the parent only reads and writes files.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from letters.error import remember_place

T = TypeVar("T")

SECONDS = 60.0
MEMORY = 4 * 1024**3


class Waiting(Protocol):
    """Waits for what a worker does, and gives its result."""

    def __call__(self, future: Future[T], /) -> T: ...


class Worker:
    """One process that does one task after the other.

    A task that takes more processor time than it was given, or 4 GiB, takes the process with it:
    its future and all later ones then raise BrokenProcessPool.
    """

    def __init__(self, prepare: Callable[..., None], *arguments: Any) -> None:
        """``prepare(*arguments)`` runs in the process before its first task."""
        # A fork shares what the parent has loaded; elsewhere (macOS) it is sent over.
        method = "fork" if sys.platform == "linux" else "spawn"
        self._pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context(method),
            initializer=_start,
            initargs=(prepare, arguments),
        )

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task for that much processor time; the process must be able to import it."""
        bounded: Callable[..., T] = _bounded
        try:
            return self._pool.submit(bounded, seconds, task, *args)
        except BrokenProcessPool as error:
            lost: Future[T] = Future()
            lost.set_exception(error)
            return lost

    def close(self) -> None:
        """Wait for the task in hand, drop what is queued, and end the process."""
        self._pool.shutdown(cancel_futures=True)


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


def _start(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    threading.Thread(target=_follow, daemon=True).start()
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what the parent has loaded stays, and need not be looked through again
    prepare(*arguments)


def _follow() -> None:
    """End with the parent: one that was killed could not say that there is no more to do."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _bounded(seconds: float, task: Callable[..., T], *args: object) -> T:
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends the process
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return task(*args)
    except MemoryError:
        os._exit(1)
    except Exception as error:
        remember_place(error)  # the traceback stays in this process
        raise
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0)
