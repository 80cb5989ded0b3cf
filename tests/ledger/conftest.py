from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.ledger.store import LOG_NAME, Ledger

from .samples import EVENTS, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a log may be made."""
    return tmp_path / LOG_NAME


@pytest.fixture(scope="session")
def sound() -> Iterator[Path]:
    """A sound log of nine entries, to copy from."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LOG_NAME
        with Ledger.open(path) as ledger:
            record(ledger, *EVENTS)
        yield path
