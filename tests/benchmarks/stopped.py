"""A run that is killed: how much of what it had finished the next one need not make again."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from . import campaigns
from .measuring import LETTERS, Command, Used, put_aside, used
from .report import Row

_MEMBERS = 2_000
_AFTER = (0.25, 0.5, 0.9)
"""Parts of the files after which it is killed."""


def stopped(work: Path, turns: int) -> Iterator[Row]:
    """Killed without a warning at several moments, each time from nothing."""
    del turns
    root, out = campaigns.members(work / "members", _MEMBERS), work / "out"
    render: Command = [LETTERS, "-C", root, "render", "--draft", "--format", "pdf", "--out", out]
    least, cost = 1.0, Used(0, 0, 0)
    for part in _AFTER:
        put_aside(out)
        finished = _killed(render, out, round(part * _MEMBERS))
        cost = used(render)
        listed = json.loads((out / "manifest.json").read_bytes())["files"]
        if len(listed) != _MEMBERS:
            raise SystemExit("bench: the run after a killed one did not make all letters")
        kept = sum((out / name).stat().st_mtime_ns == at for name, at in finished.items())
        least = min(least, kept / len(finished))
    yield Row(
        "2,000 letters after a killed run, which had 90 %", cost, 1, {}, "keeps 95 %",
        f"kept {least:.1%} at the least",
    )  # fmt: skip


def _killed(command: Command, out: Path, after: int) -> dict[str, int]:
    """Kill it once it has finished so many files: these, with their times."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None and len(_files(out)) < after:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
    time.sleep(1)  # its workers see that it is gone
    return _files(out)


def _files(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
