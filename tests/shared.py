"""What is slow to make is made once; and a look at processes that are under way."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

PATIENCE = 300.0


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process to ask for ``name`` fills with ``make``; the others wait."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = root / name, root / f"{name}.made"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < deadline, f"{name} was begun elsewhere and never finished"
            time.sleep(0.05)
    else:
        make(folder)
        done.touch()
    return folder


def staged(out: Path) -> Path:
    """The folder in which a running render collects its files, as soon as it holds one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for stage in out.glob(".letters-*"):
            if any(stage.iterdir()):
                return stage
        time.sleep(0.01)
    raise AssertionError("the render never began to write")


def children(process: int) -> list[int]:
    """The processes that it started and that are alive."""
    done = subprocess.run(["pgrep", "-P", str(process)], check=True, capture_output=True, text=True)
    return [int(line) for line in done.stdout.split()]
