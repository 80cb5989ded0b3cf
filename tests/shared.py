"""What is slow to make is made once; and a look at processes that are under way."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from letters.press import unlisted

if TYPE_CHECKING:
    import pytest

PATIENCE = 600.0
SOAK = os.environ.get("LETTERS_SOAK") == "1"
"""Whether there is time for the whole of what the tests else take a part of: see script/soak."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process to ask for ``name`` fills with ``make``; the others wait."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done, lost = root / name, root / f"{name}.made", root / f"{name}.lost"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists():
            assert not lost.exists(), f"{name} was begun elsewhere, and failed there"
            assert time.monotonic() < deadline, f"{name} was begun elsewhere and never finished"
            time.sleep(0.05)
    else:
        try:
            make(folder)
        except BaseException:
            lost.touch()
            raise
        done.touch()
    return folder


def staged(out: Path) -> Path:
    """The folder through which a running render’s files come, as soon as one has."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for stage in out.glob(".letters-*"):
            if stage.is_dir() and (out / unlisted.NAME).exists():
                return stage
        time.sleep(0.01)
    raise AssertionError("the render never began to write")


def children(process: int) -> list[int]:
    """The processes that it started and that are alive."""
    return [number for number, parent in _alive().items() if parent == process]


def is_alive(process: int) -> bool:
    """Whether it runs; one that has ended and waits to be collected does not."""
    return process in _alive()


def _alive() -> dict[int, int]:
    """Every process and its parent."""
    if not Path("/proc/self/stat").exists():
        done = subprocess.run(
            ["ps", "-A", "-o", "stat=,pid=,ppid="], check=True, capture_output=True
        )
        rows = [line.split() for line in done.stdout.decode().splitlines()]
    else:
        rows = []
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                number, _, rest = file.read_text().rpartition(")")
                rows.append([rest.split()[0], number.split()[0], rest.split()[1]])
    return {int(number): int(parent) for state, number, parent in rows if state[0] not in "ZX"}
