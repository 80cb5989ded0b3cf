from __future__ import annotations

import random
from pathlib import Path

import pytest

from letters.ledger import sqlite
from letters.ledger.store import LOG_NAME, Ledger

from . import disk
from .disk import Step
from .samples import AT, FIRST, event, record


def test_a_power_cut_after_any_write_loses_nothing_that_was_acknowledged() -> None:
    tally = disk.crash_everywhere(18, 1)
    assert tally.acknowledged == 18
    assert tally.syncs > 18
    assert tally.crashes > 400


def test_what_was_erased_does_not_come_back_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite._sync
    with disk.recorded() as steps, Ledger.open(tmp_path / LOG_NAME) as ledger:

        def synced(path: Path) -> None:
            real(path)
            steps.append(Step("sync", path.name))

        monkeypatch.setattr(sqlite, "_sync", synced)
        record(ledger, *(event("signed", f"person-{n}") for n in range(5)))
        record(ledger, event("signed", "zerelda"))
        assert b"zerelda" in b"".join(disk.left(steps, None).values())
        ledger.erase("zerelda", at=AT)
    after = len(steps)
    chance = random.Random(3)
    for luck in (None, *[chance] * 20):
        assert b"zerelda" not in b"".join(disk.left(steps[:after], luck).values())


def test_the_harness_sees_a_log_that_does_not_sync(tmp_path: Path) -> None:
    with disk.recorded() as steps, Ledger.open(tmp_path / LOG_NAME) as ledger:
        ledger._db.execute("PRAGMA synchronous = OFF")
        entry = ledger.append(event("signed"), at=AT, text=FIRST)
        lost = disk.left(steps, None)
    with pytest.raises(AssertionError, match="1 acknowledged entries are lost"):
        disk.check(lost, entry.number)
