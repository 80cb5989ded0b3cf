"""``letters check``, whole: what is wrong with a campaign, found in a process with bounds.

Everything that a stranger may have written is read in that process: the YAML files, the pictures,
the templates, the rules. The system ends it when it takes too long, and the command still answers.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from letters.campaign.load import LETTER_FILE
from letters.check import tasks
from letters.press.lanes import SECONDS, Lane, Lanes
from letters.problem import Place, Problem, has_errors

T = TypeVar("T")

_SECONDS_A_RECIPIENT = 0.2
_SECONDS_A_FILE = 5.0


@dataclass(frozen=True, slots=True)
class Report:
    """All problems, and what nobody but a person can check."""

    problems: tuple[Problem, ...]
    reminders: tuple[str, ...] = ()


class Inspection(Lanes):
    """One look at the campaign in ``root``; use it in a ``with`` block.

    ``seconds`` of processor time are allowed for each step.
    """

    def __init__(self, root: Path, *, seconds: float = SECONDS) -> None:
        self._root, self._seconds = root, seconds
        self._lane = Lane(tasks.nothing)
        super().__init__([self._lane])
        self._readable = False

    def look(self) -> Report:
        """Read the campaign and judge it; a step that never ends is a problem like others."""
        problems: list[Problem] = []
        at = Place(LETTER_FILE)
        try:
            step, hint = "reading the files of the campaign", "make them smaller"
            found = self._in_lane(0, tasks.read, self._root)
            problems += found.problems
            if not found.usable:
                return Report(tuple(problems))
            at, self._readable = found.place, True
            step, hint = "reading the pictures", "make them smaller"
            problems += self._in_lane(0, tasks.look_at_pictures)
            step = "reading the enclosures"
            problems += self._in_lane(found.recipients, tasks.look_at_enclosures)
            step = "the template"
            hint = f"a letter may take {self._seconds:g} s of processor time: look at its loops"
            problems += self._in_lane(found.recipients, tasks.draft)
            step = "comparing the editions"
            problems += self._in_lane(found.recipients, tasks.compare, not has_errors(problems))
            step, hint = "laying the letter out and comparing it with the rules", "make it shorter"
            told, reminders = self._in_lane(found.recipients, tasks.judge, not has_errors(problems))
            return Report((*problems, *told), reminders)
        except BrokenProcessPool:
            self._readable = False
            message = f"{step} takes too much time or memory and was stopped"
            return Report((*problems, Problem(at, message, hint)))

    def privacy(self, folder: Path) -> tuple[int, list[Problem]] | None:
        """How many strings are protected, and which enclosures and files in ``folder`` hold one.

        None where the campaign could not be read.
        """
        if not self._readable:
            return None
        files = sum(path.is_file() for path in folder.rglob("*"))
        seconds = self._seconds + files * _SECONDS_A_FILE
        try:
            return self._lane.submit(seconds, tasks.search, folder).result()
        except BrokenProcessPool:
            message = "searching these files takes too much time or memory and was stopped"
            return 0, [Problem(Place(folder.name), message, "remove what letters didn’t make")]

    def _in_lane(self, recipients: int, task: Callable[..., T], *args: object) -> T:
        seconds = self._seconds + recipients * _SECONDS_A_RECIPIENT
        return self._lane.submit(seconds, task, *args).result()
