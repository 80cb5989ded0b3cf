"""What the program itself reads of the people, tried beforehand where it can do no harm.

To show and to change what is written of somebody, the command holds the lists as they stand. So a
list that would fill the memory is first read in a process that the system ends in its place.
"""

from __future__ import annotations

import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import get_args

from letters import limits, reading
from letters.campaign.neutral import Role
from letters.campaign.paths import LETTER_FILE
from letters.campaign.people_edit import People
from letters.campaign.roll import everybody
from letters.problem import Place
from letters.workshop.aside import TooHardError
from letters.workshop.bounded import size_now
from letters.workshop.looking import place_of, yaml_mib
from letters.workshop.workers import Waiting, Worker, Workers

_SIGNS = (b",", b"[", b"{", b":", b"\n")  # one is before each thing that a reader makes of a list
_MOST_FILES = 200_000


def expect_room(root: Path, waiting: Waiting = Future.result) -> None:
    """Raise TooHardError where what is written of people is more than a command can hold."""
    if not _is_heavy(root):
        return
    worker = Worker(_roomy)
    seconds = limits.SECONDS + yaml_mib(root) * limits.SECONDS_A_MIB
    with Workers([worker]):
        try:
            waiting(worker.submit(seconds, _read, root))
        except BrokenProcessPool:
            place = place_of(root, worker.stopped_at) or Place(LETTER_FILE)
            raise TooHardError(
                f"{place.path}: takes too much time or memory to be read, and was stopped",
                "make the list smaller, or divide the campaign",
            ) from None


def _is_heavy(root: Path) -> bool:
    """Whether there may be enough in the lists to weigh: the most are read without another look."""
    signs = size = 0
    for number, path in enumerate(root.rglob("*.[yY]*")):
        with suppress(OSError):
            data = reading.data_of(path, limits.PEOPLE)
            size += len(data)
            signs += sum(data.count(sign) for sign in _SIGNS)
        if signs > limits.LIGHT or size > limits.LIGHT_BYTES or number > _MOST_FILES:
            return True
    return False


def _roomy() -> None:
    """Allow the process so much memory as the program itself may then take."""
    if sys.platform != "win32":
        import resource

        room = size_now() + limits.ROOM
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (room, room))


def _read(root: Path) -> None:
    """All that a command holds at a time: nothing of it travels back."""
    held = [everybody(root), *(People(root, role) for role in get_args(Role))]
    del held
