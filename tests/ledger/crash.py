"""Writers that are killed: nothing that was acknowledged may be lost.

The tests run a few rounds; for many, from the project's root:
``python -m tests.ledger.crash FOLDER 1000``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from letters.framed import digest as text_digest
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

TEXT = "Dear Prime Minister,\nwe ask for asylum.\n"
ROUNDS_PER_LOG = 5


@dataclass(frozen=True, slots=True)
class Tally:
    rounds: int
    acknowledged: int
    recorded: int


def write(path: Path, name: str, count: int) -> None:
    """Record ``count`` signatures, saying the number of each entry once it is acknowledged."""
    with Ledger.open(path) as ledger:
        for turn in range(count):
            evidence = Evidence.of_note("killed while writing" * random.randrange(1, 40))
            event = Event("signed", f"{name}-{turn}", text_digest(TEXT), evidence)
            entry = ledger.append(event, at=dt.datetime.now(dt.UTC), text=TEXT)
            os.write(1, f"{entry.number} {entry.event.subject}\n".encode())


def start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A writer in a process of its own; what it acknowledged is read from its stdout."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", __file__, "write", str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def kill_rounds(folder: Path, rounds: int, *, writers: int = 2, seed: int = 0) -> Tally:
    """Start writers, kill -9 them at a random moment, check the log; AssertionError on any loss.

    Every other round waits for the first acknowledgement, the rest may die while the file is made.
    """
    chance = random.Random(seed)
    acknowledged: dict[str, dict[int, str]] = {}
    recorded = 0
    for turn in range(rounds):
        path = folder / f"{turn // ROUNDS_PER_LOG}-{LOG_NAME}"
        acks = acknowledged.setdefault(path.name, {})
        running = [start(path, f"r{turn}w{n}", 1_000_000) for n in range(writers)]
        heard = [
            process.stdout.readline() if turn % 2 else "" for process in running if process.stdout
        ]
        time.sleep(chance.uniform(0, 0.02 if turn % 2 else 0.2))
        for process in running:
            process.kill()
        for process, first in zip(running, heard, strict=True):
            said, _ = process.communicate()
            assert process.returncode == -signal.SIGKILL, "a writer gave up by itself"
            for line in (first + said).splitlines():
                number, subject = line.split()
                assert acks.setdefault(int(number), subject) == subject, "one number given twice"
        recorded += _check(path, acks)
    return Tally(rounds, sum(map(len, acknowledged.values())), recorded)


def _check(path: Path, acknowledged: dict[int, str]) -> int:
    """Read the log as the kill left it, then through recovery; returns how many entries it has."""
    ledger = Ledger.read(path)
    if ledger is None:
        assert not acknowledged
        return 0
    with ledger:
        verdict = verify(ledger.snapshot(), [ledger.checkpoint()])
        assert verdict.sound, verdict.findings
        found = {entry.number: entry.event.subject for entry in ledger.entries()}
    assert acknowledged.items() <= found.items(), "an acknowledged entry is lost"
    return len(found)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        sys.stdout.write(f"{kill_rounds(Path(sys.argv[1]), int(sys.argv[2]))}\n")
