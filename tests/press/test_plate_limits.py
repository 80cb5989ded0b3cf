"""What the guide says of plates is tested under the names that it gives."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs" / "scale.md"


def test_each_limit_that_is_told_has_its_test() -> None:
    table = GUIDE.read_text("utf-8").partition("## What is laid out once")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    tests = "".join(
        (HERE / name).read_text("utf-8") for name in ("test_plate.py", "test_annex_behind.py")
    )
    named = [re.findall(r"`(test_\w+)`", row) for row in rows]
    assert len(named) >= 10
    for own in named:
        assert [f"def {name}(" in tests for name in own] == [True]
