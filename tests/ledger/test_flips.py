from __future__ import annotations

from pathlib import Path

import pytest

from letters.ledger.verify import verify

from . import flips
from .flips import FORGERIES, Case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return flips.make(tmp_path_factory.mktemp("log"))


def test_no_flipped_byte_goes_unseen(case: Case) -> None:
    found = flips.flipped(case, 0, 1009)
    assert found.tried > 100
    assert found.seen > found.same > 0
    assert found.missed == 0


@pytest.mark.parametrize("what", FORGERIES)
def test_no_perfect_forgery_goes_unseen(case: Case, what: str) -> None:
    found = flips.forged(case, what, 9)
    assert found.seen == found.tried > 20


def test_no_part_of_the_file_passes_for_the_whole(case: Case) -> None:
    found = flips.shortened(case, 6000)
    assert found.seen == found.tried > 20


def test_a_perfect_forgery_is_seen_only_against_the_checkpoint(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    path.write_bytes(case.whole)
    assert flips.read_and_judge(case, path) == flips.Count(1, 0, 1)
    exchanged = flips.rebuilt(case, [2, 1, *range(3, flips.EVENTS + 1)])
    assert verify(exchanged).sound
    assert flips.judge(case, exchanged).seen == 1
