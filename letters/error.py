"""The family of errors that a person may be told of: one sentence, what to do, and how it ends.

A room raises one where it can't go on, and says with its class what kind of trouble it is; only the
front door prints it and ends the command with its status. An exception that never leaves its room
is none of the family. What is wrong in the user's own files is `letters.problem.CampaignError`.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

_ROOTS = frozenset(("letters", "site-packages"))
_DEEPEST = 40  # frames of a bug that are told: a recursion has a thousand


class Status(IntEnum):
    """What the exit status of each command means."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    REFUSED = 3
    OUTSIDE = 4
    BUG = 70
    STOPPED = 130  # by Ctrl-C; as shells count it


class LettersError(Exception):
    """``message`` is one plain sentence, ``hint`` says what to do next where that can be said.

    Each class has its ``status``. ``prefix`` stands before the sentence where the command ends by
    it, ``particulars`` are lines to be read before that.
    """

    status: Status
    prefix = ""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message, hint)  # both, so that it can travel from another process

    def __str__(self) -> str:
        return self.message

    @property
    def sentence(self) -> str:
        """The message with its hint."""
        return self.message + (f" ({self.hint})" if self.hint else "")

    @property
    def particulars(self) -> tuple[str, ...]:
        return ()


class BugError(Exception):
    """An exception that nobody thought of, on its way from another process.

    It takes along what may be told to anybody, ``kind`` and ``trail``, and none of its words.
    """

    def __init__(self, kind: str, trail: tuple[str, ...]) -> None:
        self.kind, self.trail = kind, trail
        super().__init__(kind, trail)

    @classmethod
    def of(cls, error: BaseException) -> BugError:
        """What of an exception may be told: the names of its class and of lines of code."""
        return error if isinstance(error, cls) else cls(type(error).__name__, _trail(error))


def _trail(error: BaseException) -> tuple[str, ...]:
    """Where the error came about, outermost first, in names of modules and functions alone.

    No line of code is quoted: a template of a stranger is compiled to code, too.
    """
    import traceback

    frames = [
        f"{_module(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return tuple(frames[-_DEEPEST:]) or ("nowhere",)


def _module(filename: str) -> str:
    """A module’s path without the folders that it is installed in; a template’s is not told."""
    path = Path(filename)
    if path.suffix != ".py":
        return "<made>"
    around = [n for n, part in enumerate(path.parts) if part in _ROOTS]
    return "/".join(path.parts[around[-1] :] if around else path.parts[-1:])
