"""Somebody changes a log of 200 events in every small way, against a signed checkpoint.

All of it, with figures: ``python -m tests.ledger.flips``; with a number, every n-th byte only.
"""

from __future__ import annotations

import functools
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from letters.ledger import merkle, note
from letters.ledger import verify as verification
from letters.ledger.errors import LedgerError
from letters.ledger.events import commitment
from letters.ledger.rows import Snapshot
from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from .samples import AT, FIRST, event

EVENTS = 200
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@dataclass(frozen=True, slots=True)
class Case:
    """A log as it was, and the checkpoint that somebody else kept."""

    whole: bytes
    log: Snapshot
    kept: note.SignedCheckpoint


@dataclass(frozen=True, slots=True)
class Count:
    """``seen``: refused or found. ``same``: reads as before. ``missed``: neither, which is bad."""

    tried: int = 0
    seen: int = 0
    same: int = 0
    missed: int = 0

    def plus(self, other: Count) -> Count:
        return Count(
            self.tried + other.tried,
            self.seen + other.seen,
            self.same + other.same,
            self.missed + other.missed,
        )


def make(folder: Path) -> Case:
    """A log of 200 signatures, withdrawals and an erasure, at rest."""
    path = folder / LOG_NAME
    with Ledger.open(path) as ledger:
        ledger.add_signer(note.public_bytes(KEY))
        for n in range(EVENTS - 20):
            ledger.append(event("signed", f"person-{n}"), at=AT, text=FIRST)
        for n in range(19):
            ledger.append(event("withdrew", f"person-{n * 7}"), at=AT)
        ledger.erase("person-100", at=AT)
        log = ledger.snapshot()
        kept = note.read(note.sign(ledger.origin(), ledger.checkpoint(), KEY))
    return Case(path.read_bytes(), log, kept)


def contents(log: Snapshot) -> tuple[object, ...]:
    """What is in the log, whatever order the rows lie in."""
    return log.leaves, *map(frozenset, (log.openings, log.nodes, log.texts)), log.signers


def judge(case: Case, log: Snapshot) -> Count:
    if verify(log, (), [case.kept]).sound:
        same = contents(log) == contents(case.log)
        return Count(1, 0, int(same), int(not same))
    return Count(1, 1)


def flipped(case: Case, start: int, step: int) -> Count:
    """Every ``step``-th byte from ``start`` on, each changed by itself to another value."""
    chance = random.Random(start)
    total = Count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LOG_NAME
        for at in range(start, len(case.whole), step):
            changed = bytearray(case.whole)
            changed[at] ^= chance.randrange(1, 256)
            path.write_bytes(changed)
            total = total.plus(read_and_judge(case, path))
    return total


def read_and_judge(case: Case, path: Path) -> Count:
    try:
        ledger = Ledger.read(path)
        if ledger is None:
            return Count(1, 1)
        with ledger:
            log = ledger.snapshot()
    except LedgerError:
        return Count(1, 1)
    if log.faults:
        return Count(1, 1)  # verification reports each of them
    return Count(1, 0, 1) if contents(log) == contents(case.log) else judge(case, log)


def rebuilt(case: Case, order: list[int]) -> Snapshot:
    """A perfect forgery out of the entries at the given places: new numbers, commitments, tree."""
    openings = {number: rest for number, *rest in case.log.openings}
    leaves, forged = [], []
    for number, old in enumerate(order, start=1):
        if old not in openings:
            leaves.append((number, case.log.leaves[old - 1][1]))
            continue
        salt, body, subject = openings[old]
        body = body.replace(b'"number":%d,' % old, b'"number":%d,' % number)
        leaves.append((number, commitment(salt, body)))
        forged.append((number, salt, body, subject))
    levels = merkle.levels(merkle.leaf_hash(leaf) for _, leaf in leaves)
    nodes = tuple(
        (level, place, value)
        for level, row in enumerate(levels[1:], start=1)
        for place, value in enumerate(row)
    )
    old_log = case.log
    return Snapshot(tuple(leaves), tuple(forged), nodes, old_log.texts, old_log.signers, ())


def orders(what: str) -> Iterator[list[int]]:
    """The places of the entries in each forgery of a kind."""
    whole = list(range(1, EVENTS + 1))
    for n in range(EVENTS):
        if what == "one entry deleted":
            yield whole[:n] + whole[n + 1 :]
        elif what == "end cut off, or an older copy":
            yield whole[:n]
        elif n:
            yield [*whole[: n - 1], whole[n], whole[n - 1], *whole[n + 1 :]]


FORGERIES = ("one entry deleted", "end cut off, or an older copy", "two neighbours exchanged")


def forged(case: Case, what: str, step: int = 1) -> Count:
    total = Count()
    for place, order in enumerate(orders(what)):
        if place % step == 0:
            total = total.plus(judge(case, rebuilt(case, order)))
    return total


def shortened(case: Case, step: int) -> Count:
    """The file itself cut off after each ``step``-th byte."""
    total = Count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LOG_NAME
        for size in range(0, len(case.whole), step):
            path.write_bytes(case.whole[:size])
            total = total.plus(read_and_judge(case, path))
    return total


def remember() -> None:
    """Verification opens the same entries again and again: a pure function, so it may be cached."""
    verification.unseal = functools.lru_cache(maxsize=4 * EVENTS)(verification.unseal)  # type: ignore[attr-defined]


def main(step: int) -> int:
    """How many changes nobody noticed."""
    with tempfile.TemporaryDirectory() as folder:
        case = make(Path(folder))
    sys.stdout.write(f"log of {EVENTS} events, {len(case.whole)} bytes\n")
    lanes = 64
    with ProcessPoolExecutor(2, initializer=remember) as pool:
        work = [pool.submit(flipped, case, n * step, lanes * step) for n in range(lanes)]
        total = Count()
        for one in work:
            total = total.plus(one.result())
    sys.stdout.write(f"bytes flipped: {total}\n")
    found = {"file cut off": shortened(case, 64 * step)}
    found |= {what: forged(case, what) for what in FORGERIES}
    for what, count in found.items():
        sys.stdout.write(f"{what}: {count}\n")
    return total.missed + sum(count.missed for count in found.values())


if __name__ == "__main__":
    sys.exit(int(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1) > 0))
