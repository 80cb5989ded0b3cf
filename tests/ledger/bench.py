"""How long the log takes at 100,000 events, against what was promised.

``python -m tests.ledger.bench [EVENTS]``; exit status 1 where a promise is broken. An append waits
for the disk, so a bare write that waits for the disk is measured beside it.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.framed import digest as text_digest
from letters.ledger import note, receipt
from letters.ledger.events import Event, Evidence
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from .samples import AT, FIRST

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PROMISED = {"append": 1.0, "verify": 5000.0, "receipt": 50.0}  # milliseconds


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds by that clock."""
    start = clock()
    work()
    return (clock() - start) * 1000


def signature(number: int) -> Event:
    evidence = Evidence.of_note(f"told me on the telephone, call {number}")
    day = dt.date(2026, 1, 1)
    return Event("signed", f"person-{number}", text_digest(FIRST), evidence, "e-mail", "desk", day)


def bare_write(folder: Path, tries: int) -> float:
    """The median of appending as many bytes as an entry takes in the WAL, and waiting for them."""
    took = []
    with (folder / "bare").open("wb", buffering=0) as file:
        for _ in range(tries):

            def write() -> None:
                file.write(bytes(5 * 4120))
                os.fdatasync(file.fileno())

            took.append(timed(write))
    return statistics.median(took)


def measure(
    folder: Path, events: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Milliseconds: the median append and receipt, one whole verification, a bare write."""
    path = folder / LOG_NAME
    found = {"bare write": bare_write(folder, min(events, 1000))}
    with Ledger.open(path) as ledger:
        ledger.add_signer(note.public_bytes(KEY))
        ledger.append(signature(0), at=AT, text=FIRST)
        # Most of the log is filled without waiting; the appends that count come last.
        ledger._db.execute("PRAGMA synchronous = OFF")
        counted = min(events // 2, 2000)
        for number in range(1, events - counted):
            ledger.append(signature(number), at=AT)
        ledger._db.execute("PRAGMA synchronous = FULL")
        took = [
            timed(lambda number=number: ledger.append(signature(number), at=AT))  # type: ignore[misc]
            for number in range(events - counted, events)
        ]
        found["append"] = statistics.median(took)
        ledger._db.execute("PRAGMA synchronous = OFF")
        found["append without waiting for the disk"] = statistics.median(
            timed(lambda n=n: ledger.append(signature(events + n), at=AT), clock)  # type: ignore[misc]
            for n in range(min(events, 500))
        )
        found["receipt"] = statistics.median(
            timed(lambda n=n: receipt.make(ledger, f"person-{n * events // 50}", KEY), clock)  # type: ignore[misc]
            for n in range(50)
        )

    def verified() -> None:
        log = Ledger.read(path)
        assert log is not None
        with log:
            assert verify(log.snapshot()).sound

    found["verify"] = timed(verified)
    found["verify, work alone"] = timed(verified, time.process_time)
    return found


def main(events: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), events)
    for name, took in sorted(found.items()):
        limit = f"  (promised: {PROMISED[name]:g} ms)" if name in PROMISED else ""
        sys.stdout.write(f"{name}: {took:.3f} ms{limit}\n")
    return int(any(found[name] > limit for name, limit in PROMISED.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
