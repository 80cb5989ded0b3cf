"""Letters pressed by two workers of a Dask cluster, beside two of our own processes."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .environment import bare
from .measuring import Command, Used, median, used
from .pressing import MEMBERS, Mailing
from .report import Row

_ADOPT = 36  # prctl's PR_SET_CHILD_SUBREAPER


def cluster(work: Path, turns: int) -> Iterator[Row]:
    """Whole commands: with a cluster that each of them begins, and with one that runs already."""
    mailing = Mailing(work, MEMBERS)
    own: Command = [*mailing.render("pdf,docx"), "--jobs", "2"]
    ctypes.CDLL(None).prctl(_ADOPT, 1)
    with _running() as (address, runs):
        commands: list[Command] = [[*own, "--cluster", "local"], [*own, "--cluster", address], own]
        rounds = []
        for _ in range(turns + 1):
            measured = []
            for command in commands:
                mailing.begin()
                measured.append(_used(command, runs))
            rounds.append(measured)
    begun, running, pool = (median(column) for column in zip(*rounds[1:], strict=True))
    others, wanted = {"our own pool": pool}, "1.2 of the pool"
    cpu = f"{begun.cpu / pool.cpu:.2f} of its CPU"
    for which, one, more in (
        ("2 workers that it begins", begun, [cpu]),
        ("2 workers that run already, whose CPU is left out", running, []),
    ):
        ratio = ", ".join([*more, f"{one.wall / pool.wall:.2f} of its time"])
        yield Row(f"343 letters, Dask, {which}", one, MEMBERS, others, wanted, ratio)


def _used(command: Command, but: int) -> Used:
    """What it uses, with processes that outlive it for a moment, as the parent of workers does."""
    one = used(command)
    cpu = one.cpu
    while left := _children() - {but}:
        for each in left:
            _, _, took = os.wait4(each, 0)
            cpu += took.ru_utime + took.ru_stime
    return replace(one, cpu=cpu)


def _children() -> set[int]:
    """All processes whose parent this is, or has become."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(each) for each in listed.split()}


@contextmanager
def _running() -> Iterator[tuple[str, int]]:
    """The address and the process of a cluster, as long as it is needed."""
    with subprocess.Popen(
        bare("dask_workers"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.pid
        process.stdin.close()
