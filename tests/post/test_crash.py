from __future__ import annotations

from . import crash


def test_a_killed_sender_sends_nothing_twice_and_loses_nothing() -> None:
    tally = crash.rounds(12, 24, seed=1)
    assert tally.kills >= 12
    assert tally.duplicates == 0
    assert tally.lost == 0
    assert tally.accepted + tally.in_doubt == tally.messages
    assert tally.in_doubt <= tally.kills
