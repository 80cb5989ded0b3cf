"""What a task costs is what most of them cost."""

from __future__ import annotations

import pytest

from letters.workshop.costs import Costs


@pytest.mark.parametrize(
    ("groups", "each"),
    [
        ([], None),
        ([(0.5, 1), (0.3, 1), (0.1, 2)], None),
        ([(0.008, 8)], None),
        ([(0.008, 8), (0.16, 16)], 0.001),
        ([(0.1, 8), (0.016, 16)], 0.001),
        ([(0.016, 16), (0.1, 8), (0.032, 16)], 0.002),
        ([(0.016, 16), (0.8, 8), (1.6, 16)], 0.1),
    ],
    ids=["none", "too small", "one", "cheaper", "first compared", "later compared", "all slow"],
)
def test_a_group_with_a_dear_task_tells_nothing_of_the_others(
    groups: list[tuple[float, int]], each: float | None
) -> None:
    costs = Costs(4)
    for seconds, tasks in groups:
        costs.tell(seconds, tasks)
    assert costs.each == (pytest.approx(each) if each is not None else None)
