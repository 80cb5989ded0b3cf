"""Workers: child processes with bounds on time and memory, in which everything risky is done.

A template may come from a stranger, and no sandbox stops a loop that never ends. So what runs a
template runs in a process that the system itself ends; the parent only reads and writes files.
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Protocol, Self, TypeVar

from letters import limits, reading, shipped
from letters.error import BugError, LettersError

T = TypeVar("T")

_SOFT = 0.9  # of the seconds: what is left is for the way out
_WAY_OUT = 1  # seconds at least for that: Python may be looking for garbage in the meantime
_LONGEST = 1024  # bytes of a note
_TOGETHER = 16  # tasks at most that travel in one message
_TELLING = 4  # tasks in a message that tell what one costs: the first ones load what all need
_AHEAD = 2  # messages of a worker’s that are under way, so that it never waits for the next
_OURS = (str(Path(__file__).parent.parent), str(shipped.TEMPLATES))


class OutOfTimeError(BaseException):
    """The seconds of a step are over. No reader takes it for one more fault of a broken file."""


class Waiting(Protocol):
    """Waits for what a worker does, and gives its result."""

    def __call__(self, future: Future[T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class _Call:
    """One task, and within how many seconds of processor time."""

    seconds: float
    task: Callable[..., Any]
    args: tuple[Any, ...]


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
        self._note = context.RawArray("c", _LONGEST)
        self._is_stopped = False
        self._guard = threading.RLock()
        self._queued: deque[tuple[Future[Any], _Call]] = deque()
        self._under_way, self._together = 0, 1
        self._cost: float | None = None
        self._pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=context,
            initializer=_start,
            initargs=(prepare, arguments, self._note),
        )

    @property
    def cost(self) -> float | None:
        """The seconds of processor time that one of the latest tasks took, once that is known."""
        return self._cost

    @property
    def stopped_at(self) -> tuple[str, int] | None:
        """The file that was being read when the process was ended, or run, and the line in it."""
        if not self._is_stopped or not self._note.value:
            return None
        path, _, line = self._note.value.decode("utf-8", "replace").rpartition("\n")
        return path, int(line)

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task for that much processor time; the process must be able to import it."""
        found: Future[T] = Future()
        with self._guard:
            self._queued.append((found, _Call(seconds, task, args)))
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
                begun = self._pool.submit(_answers, calls)
            except BrokenProcessPool as error:
                _lose(group, error)
                continue
            self._under_way += 1
            begun.add_done_callback(partial(self._take, group))

    def _take(self, group: Sequence[tuple[Future[Any], _Call]], done: Future[Any]) -> None:
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
        answers, seconds = done.result()
        if len(group) >= _TELLING:
            self._cost = seconds / len(group)
        for (found, _), (value, raised) in zip(group, answers, strict=True):
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


def _lose(group: Iterable[tuple[Future[Any], _Call]], error: BaseException) -> None:
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


_notes: list[Any] = []
_taken = [0]


def _start(prepare: Callable[..., None], arguments: tuple[Any, ...], note: Any) -> None:
    _notes[:] = [note]
    reading.listeners[:] = [_tell]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    sys.unraisablehook = lambda _: None  # Python would print what breaks where memory is at its end
    threading.Thread(target=_follow, daemon=True).start()
    if sys.platform != "win32":
        import resource

        _taken[:] = [size_now()]
        with suppress(ValueError, OSError):
            most = _taken[0] + limits.MOST_MEMORY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what the parent has loaded stays, and need not be looked through again
    prepare(*arguments)


def _follow() -> None:
    """End with the parent: one that was killed could not say that there is no more to do."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _answers(calls: Sequence[_Call]) -> tuple[list[tuple[Any, Exception | None]], float]:
    """Do all that is asked, each within its own bounds; what each gave or raised, and how long."""
    begun = time.process_time()
    return [_bounded(call) for call in calls], time.process_time() - begun


def _bounded(call: _Call) -> tuple[Any, Exception | None]:
    _notes[0].value = b""
    _allow(call.seconds)
    try:
        return call.task(*call.args), None
    except (MemoryError, OutOfTimeError) as error:
        _tell_line(error.__traceback__)
        os._exit(1)
    except (LettersError, OSError) as error:
        return None, error
    except Exception as error:  # noqa: BLE001 - its words and its traceback stay in this process
        return None, BugError.of(error)
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0)


def _allow(seconds: float) -> None:
    """So much time and memory from now on.

    Python is told shortly before the time is over, so that the line of a template can be said that
    was running. What never comes back to Python, such as a library in C, is ended by the system.
    """
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _taken[0] + limits.memory(seconds)
        fits = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (fits, most))
        _, last = resource.getrlimit(resource.RLIMIT_CPU)
        end = math.ceil(time.process_time() + max(seconds, seconds * _SOFT + _WAY_OUT))
        if last == resource.RLIM_INFINITY or end < last:
            resource.setrlimit(resource.RLIMIT_CPU, (end, last))
    signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, seconds * _SOFT)


def size_now() -> int:
    """The memory that the program itself takes, before it reads anything of a stranger’s."""
    import resource

    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return pages * resource.getpagesize()
    return 0


def _out_of_time(_: int, __: FrameType | None) -> None:
    raise OutOfTimeError


def _tell(path: str, line: int = 1) -> None:
    """Note for the parent what is read or run; files of the toolkit itself are nobody's fault."""
    if not path.startswith(_OURS):
        note = f"{path}\n{line}".encode("utf-8", "replace")
        _notes[0].value = note if len(note) < _LONGEST else b""


def _tell_line(trace: TracebackType | None) -> None:
    """Note the line of the template that was running, if one was."""
    while trace:
        code = trace.tb_frame.f_code.co_filename
        if code.endswith(".md") and trace.tb_lineno:  # none in what has no line of its own
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            line = trace.tb_lineno  # in what Jinja made of the template, where that is known
            _tell(code, template.get_corresponding_lineno(line) if template else line)
        trace = trace.tb_next
