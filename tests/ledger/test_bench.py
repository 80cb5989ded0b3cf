from __future__ import annotations

import time
from pathlib import Path

from . import bench


def test_a_small_log_keeps_what_the_large_one_promises(tmp_path: Path) -> None:
    # By processor time, and with bounds that are wide for a fiftieth of the events.
    found = bench.measure(tmp_path, 2000, time.process_time)
    assert found["append without waiting for the disk"] < bench.PROMISED["append"]
    assert found["receipt"] < bench.PROMISED["receipt"]
    assert found["verify, work alone"] < bench.PROMISED["verify"] / 10
