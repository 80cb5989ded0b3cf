"""What goes on inside a worker: each task within its own bounds of time and memory.

The parent is told what is read or run, so that it can name the place where a worker was ended, and
how far a long step has come.
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
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from msgspec import Struct

from letters import headway, limits, reading, shipped
from letters.error import BugError, LettersError
from letters.headway import Headway

_SOFT = 0.9  # of the seconds: what is left is for the way out
_AGAIN = 0.25  # seconds: Python drops what is raised while it clears something away
_WAY_OUT = 1  # seconds at least for that: Python may be looking for garbage in the meantime
LONGEST = 1024
"""Bytes of a note."""
LONGEST_HEADWAY = 128
"""Bytes of a word about how far a step has come."""
_OURS = (str(Path(__file__).parent.parent), str(shipped.TEMPLATES))


class OutOfTimeError(BaseException):
    """The seconds of a step are over. No reader takes it for one more fault of a broken file."""


class Call(Struct, frozen=True):
    """One task, and within how many seconds of processor time."""

    seconds: float
    task: Callable[..., Any]
    args: tuple[Any, ...]


_notes: list[Any] = []
_headways: list[Any] = []
_taken = [0]


def begin(prepare: Callable[..., None], arguments: tuple[Any, ...], note: Any, come: Any) -> None:
    """Make a child process ready for tasks.

    ``note`` is where it tells what it reads, and ``come`` how far it is.
    """
    _notes[:], _headways[:] = [note], [come]
    reading.listeners[:], headway.listeners[:] = [_tell], [_tell_headway]
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


def answers(calls: Sequence[Call]) -> tuple[list[tuple[Any, Exception | None]], float]:
    """Do all that is asked, each within its own bounds; what each gave or raised, and how long."""
    begun = time.process_time()
    return [_bounded(call) for call in calls], time.process_time() - begun


def _bounded(call: Call) -> tuple[Any, Exception | None]:
    _notes[0].value = b""
    _allow(call.seconds)
    try:
        return call.task(*call.args), None
    except (MemoryError, OutOfTimeError) as error:
        _never_mind()
        _tell_line(error.__traceback__)
        os._exit(1)
    except (LettersError, OSError) as error:
        return None, error
    except Exception as error:  # noqa: BLE001 - its words and its traceback stay in this process
        return None, BugError.of(error)
    finally:
        _never_mind()


def _never_mind() -> None:
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
    signal.setitimer(signal.ITIMER_PROF, seconds * _SOFT, _AGAIN)


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
        _notes[0].value = note if len(note) < LONGEST else b""


def _tell_headway(come: Headway | None) -> None:
    """Note for the parent how far the step is."""
    said = f"{come.done}\n{come.total}\n{come.words}".encode() if come else b""
    _headways[0].value = said if len(said) < LONGEST_HEADWAY else b""


def headway_told(said: bytes) -> Headway | None:
    """How far a child process is that has noted this; None where it counts nothing."""
    try:
        done, total, words = said.decode().split("\n")
        return Headway(int(done), int(total), words)
    except ValueError:  # nothing, or a part of what is being written in this very moment
        return None


def _tell_line(trace: TracebackType | None) -> None:
    """Note the line of the template that was running, if one was."""
    while trace:
        code = trace.tb_frame.f_code.co_filename
        if code.endswith(".md") and trace.tb_lineno:  # none in what has no line of its own
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            line = trace.tb_lineno  # in what Jinja made of the template, where that is known
            _tell(code, template.get_corresponding_lineno(line) if template else line)
        trace = trace.tb_next
