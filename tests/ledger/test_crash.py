from __future__ import annotations

from pathlib import Path

from letters.ledger.store import LOG_NAME, Ledger
from letters.ledger.verify import verify

from . import crash


def test_writers_that_make_the_log_together_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / LOG_NAME
    running = [crash.start(path, f"writer{n}", 15) for n in range(4)]
    told: dict[str, str] = {}
    for process in running:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        told |= dict(line.split() for line in said.splitlines())
    with Ledger.open(path) as ledger:
        entries = ledger.entries()
        verdict = verify(ledger.snapshot())
    assert {str(entry.number): entry.event.subject for entry in entries} == told
    assert [entry.number for entry in entries] == list(range(1, 61))
    assert verdict.findings == ()


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    tally = crash.kill_rounds(tmp_path, 20)
    assert tally.rounds == 20
    assert tally.acknowledged >= 20
