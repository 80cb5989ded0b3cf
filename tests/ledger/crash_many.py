"""Bulk recordings that are killed and begun anew: nothing acknowledged is lost, nothing is twice.

The tests kill a few dozen; for many, from the project's root, with the thousand a transaction that
people have: ``python -m tests.ledger.crash_many FOLDER 1000``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from letters.framed import digest as text_digest
from letters.ledger import evidence, many
from letters.ledger.events import Event, Evidence
from letters.ledger.many import Counts, Recording
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

TEXT = "Dear Prime Minister,\nwe ask for asylum.\n"
DAY = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class KillTally:
    kills: int
    logs: int
    recorded: int


def recordings(people: int) -> list[Recording]:
    """What a form's export brings: each person with a row of their own."""
    found = []
    for number in range(people):
        row = f"id,e-mail\nperson-{number},p{number}@example.org\n".encode()
        shown = Evidence.of_file(row, kept=True)
        event = Event("signed", f"person-{number}", text_digest(TEXT), shown, "form", "", DAY)
        found.append(Recording(event, row))
    return found


def write(folder: Path, wanted: list[Recording], out: int) -> None:
    """Record them all, and say the number of the last entry after each transaction."""

    def tell(counts: Counts) -> None:
        os.write(out, f"{counts.last}\n".encode())

    with Ledger.open(folder / LOG_NAME) as ledger:
        now = dt.datetime.now
        many.record_many(ledger, folder, wanted, now=lambda: now(dt.UTC), texts=[TEXT], tell=tell)


def attempt(folder: Path, wanted: list[Recording], seconds: float | None) -> tuple[bool, int]:
    """One run, killed after so long; whether it was killed, and what it acknowledged last."""
    heard, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(heard)
            write(folder, wanted, out)
        except BaseException:  # noqa: BLE001 - the parent sees the status
            os._exit(1)
        os._exit(0)
    os.close(out)
    if seconds is not None:
        select.select([heard], [], [], seconds)  # now and then as soon as something is told
        time.sleep(seconds / 4)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(heard, encoding="ascii") as told:
        numbers = [int(line) for line in told]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, -signal.SIGKILL}, "a writer gave up by itself"
    return status != 0, max(numbers, default=0)


def kill_runs(folder: Path, kills: int, *, people: int, seed: int = 0) -> KillTally:
    """Begin, kill, begin again until that many were killed; AssertionError on any loss."""
    chance, wanted = random.Random(seed), recordings(people)
    killed = logs = recorded = 0
    while killed < kills:
        place = folder / str(logs)
        place.mkdir(parents=True)
        logs += 1
        longest = 0.02
        while killed < kills:
            was_killed, acknowledged = attempt(place, wanted, chance.uniform(0, longest))
            recorded = check(place, wanted, acknowledged)
            if not was_killed:
                break
            killed += 1
            longest *= 1.15  # or it would never get beyond what is known
        was_killed, _ = attempt(place, wanted, None)
        assert not was_killed
        recorded = check(place, wanted, people, whole=True)
    return KillTally(killed, logs, recorded)


def check(folder: Path, wanted: list[Recording], acknowledged: int, *, whole: bool = False) -> int:
    """What the log holds: the first of them in order, each once, each with its evidence."""
    ledger = Ledger.read(folder / LOG_NAME)
    if ledger is None:
        assert not acknowledged
        return 0
    with ledger:
        entries = ledger.entries()
        if whole:
            verdict = verify(ledger.snapshot(), [ledger.checkpoint()])
            assert verdict.sound, verdict.findings
    assert len(entries) >= acknowledged, "an acknowledged entry is lost"
    assert [one.event for one in entries] == [one.event for one in wanted[: len(entries)]]
    for one in wanted[: len(entries)] if whole else wanted[: len(entries)][-50:]:
        assert evidence.read(folder, one.event.evidence.digest) == one.data
    assert not whole or len(entries) == len(wanted)
    return len(entries)


if __name__ == "__main__":
    if len(sys.argv) > 3:  # fewer people, and fewer of them a transaction
        many.A_TRANSACTION = int(sys.argv[4])
    everybody = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    sys.stdout.write(f"{kill_runs(Path(sys.argv[1]), int(sys.argv[2]), people=everybody)}\n")
