"""As few press as keep up; where nobody does, everybody gets the same share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import pytest

from letters.workshop.turns import Turns

T = TypeVar("T")


class Slow:
    """Takes tasks, and ends none before it is told to."""

    def __init__(self, cost: float | None = 1.0) -> None:
        self.cost = cost
        self.tasks: list[Future[Any]] = []

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        future: Future[T] = Future()
        self.tasks.append(future)
        return future


def test_the_first_gets_all_for_as_long_as_it_keeps_up() -> None:
    first, second = Slow(), Slow()
    turns = Turns([first, second], keeping_up=3)
    for _ in range(9):
        turns.submit(1, print).set_result(None)
    assert (len(first.tasks), len(second.tasks)) == (9, 0)


def test_those_who_are_late_share_with_the_others() -> None:
    slow = [Slow(), Slow(), Slow()]
    turns = Turns(slow, keeping_up=3)
    for _ in range(6):
        turns.submit(1, print)
    assert [len(each.tasks) for each in slow] == [3, 3, 0]
    for _ in range(9):
        turns.submit(1, print)
    assert [len(each.tasks) for each in slow] == [5, 5, 5]


@pytest.mark.parametrize(("cost", "others"), [(0.02, 0), (None, 0), (0.2, 5)])
def test_nobody_begins_for_tasks_that_cost_less_than_beginning(
    cost: float | None, others: int
) -> None:
    first, second = Slow(cost), Slow(cost)
    turns = Turns([first, second], keeping_up=3, beginning=0.5)
    for _ in range(10):
        turns.submit(1, print)
    assert len(second.tasks) == others


def test_a_few_tasks_are_done_side_by_side() -> None:
    slow = [Slow(None), Slow(None)]
    turns = Turns(slow, keeping_up=1, beginning=0)
    for _ in range(2):
        turns.submit(1, print)
    assert [len(each.tasks) for each in slow] == [1, 1]
