"""The family of errors that a person may be told of: one sentence, what to do, and how it ends.

A room raises one where it can't go on, and says with its class what kind of trouble it is; only the
front door prints it and ends the command with its status. An exception that never leaves its room
is none of the family. What is wrong in the user's own files is `letters.problem.CampaignError`.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

_PLACE = "place_of_letters_error"


class Status(IntEnum):
    """What the exit status of each command means."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    REFUSED = 3
    OUTSIDE = 4
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


def place_of(error: BaseException) -> str:
    """The module and line where an error was raised: all of a bug that can be told to anybody."""
    import traceback

    kept: str | None = error.__dict__.get(_PLACE)
    if kept:
        return kept
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def remember_place(error: BaseException) -> None:
    """Let the place of an error travel with it to another process; its traceback does not."""
    error.__dict__[_PLACE] = place_of(error)
