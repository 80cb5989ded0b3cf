"""What travels to a worker of a cluster and back: bytes that tell nobody what they are.

A scheduler writes into its log and on its dashboard what it knows of a task: its name and function,
what it was given, and the error that it ended with. Of ours that is a number and “sealed”.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

from letters.press.likeness import likeness

_one_at_a_time = threading.Lock()
"""What lays out pages can’t do two at once in a process."""


class SealedObject:
    """An object on its way; only who opens it sees what it is."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @classmethod
    def of(cls, what: object) -> Self:
        """Seal it."""
        return cls(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))

    def opened(self) -> Any:
        """What it is. Only ever of what a process of ours has sealed."""
        return pickle.loads(self._data)  # noqa: S301 - Dask itself runs what comes from there

    def __reduce__(self) -> tuple[type[Self], tuple[bytes]]:
        return type(self), (self._data,)

    def __sizeof__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return "sealed"


def answered(
    work: SealedObject, families: tuple[str, ...], expected: Mapping[str, str]
) -> SealedObject:
    """Do all that is sealed, each within its bounds, where this machine is as ``expected``.

    Each answer is “done” with the result, “raised” with the error, or “unlike” with what is not as
    it must be. With them come the seconds of processor time that all of them took.
    """
    begun = time.process_time()
    found = likeness(families)
    unlike = [name for name, value in expected.items() if found.get(name) != value]
    calls = work.opened()
    answers = [("unlike", unlike) if unlike else _answer(*call) for call in calls]
    return SealedObject.of((answers, time.process_time() - begun))


def _answer(seconds: float, task: Callable[..., Any], args: tuple[Any, ...]) -> tuple[str, Any]:
    with _one_at_a_time:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, seconds)  # which ends the process
        try:
            return "done", task(*args)
        except MemoryError:
            os._exit(1)
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for it
            return "raised", _portable(error)
        finally:
            if sys.platform != "win32":
                signal.setitimer(signal.ITIMER_PROF, 0)


def _portable(error: Exception) -> Exception:
    """The error; of one that nobody thought of, what may be told of it."""
    from letters.error import BugError, LettersError

    return error if isinstance(error, LettersError | OSError) else BugError.of(error)
