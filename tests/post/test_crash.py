from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_killed_sender_sends_nothing_twice_and_loses_nothing() -> None:
    """In a process without threads: each sender is a fork of it."""
    words = [sys.executable, "-W", "error", "-m", "tests.post.crash", "15", "24"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    assert tally["kills"] == sum(tally["points"].values()) == 15
    assert (tally["duplicates"], tally["lost"]) == (0, 0)
    assert tally["accepted"] + tally["in_doubt"] == tally["messages"] >= 24
    assert tally["in_doubt"] <= tally["kills"] + sum(tally["faults"].values())
