"""Processor time, wall-clock time and memory of whole commands, with all their processes."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "bin" / "python"
LETTERS = ROOT / ".venv" / "bin" / "letters"


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time and of the clock; ``megabytes`` is the most that one process had."""

    cpu: float
    wall: float
    megabytes: float


def used(command: Command, environment: Mapping[str, str] | None = None) -> Used:
    """Run to the end; what goes wrong is shown, and ends the bench."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd="/"
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, took = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        shown = said.decode(errors="replace")
        sys.exit(f"bench: {' '.join(map(str, command))} failed\n{shown}")
    # The largest of all processes that were waited for: Linux counts in KiB.
    megabytes = took.ru_maxrss * 1024 / 1e6
    return Used(took.ru_utime + took.ru_stime, time.perf_counter() - begun, megabytes)


def turn_by_turn(commands: Sequence[Command], turns: int, again: Callable[[], None]) -> list[Used]:
    """The medians of several commands, run in turns after one that isn't measured.

    So all of them meet the same warm caches and the same noise; ``again`` is called before each
    run, to take away what the last one has left.
    """
    rounds: list[list[Used]] = []
    for _ in range(turns + 1):
        measured = []
        for command in commands:
            again()
            measured.append(used(command))
        rounds.append(measured)
    return [median(column) for column in zip(*rounds[1:], strict=True)]


def put_aside(folder: Path) -> None:
    """Take a folder out of the way, if it is there, without removing its files.

    For five seconds after thousands of files were removed, ext4 looks at each of their places
    before it makes another file, which took up to a fifth of a run.
    """
    if folder.exists():
        folder.rename(tempfile.mkdtemp(prefix="aside-", dir=folder.parent))


def median(several: Sequence[Used]) -> Used:
    """Each figure's own median."""
    return Used(
        statistics.median(one.cpu for one in several),
        statistics.median(one.wall for one in several),
        statistics.median(one.megabytes for one in several),
    )


def exponent(few: float, many: float, times: float) -> float:
    """How the cost grows with the number, where ``many`` are for so many times as many."""
    return math.log(many / few) / math.log(times)
