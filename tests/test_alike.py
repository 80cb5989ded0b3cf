"""What was found of a node is found once for the very same node, and anew for any other."""

from __future__ import annotations

from letters import alike
from letters.alike import Alike


def test_the_same_node_is_asked_of_once_and_an_equal_one_anew() -> None:
    asked: list[list[int]] = []

    def find(node: list[int]) -> int:
        asked.append(node)
        return sum(node)

    of = Alike(find)
    one, equal = [1, 2], [1, 2]
    assert [of(one), of(one), of(equal)] == [3, 3, 3]
    assert len(asked) == 2
    assert asked[0] is one
    assert asked[1] is equal


def test_it_forgets_and_never_takes_a_later_node_for_one_that_is_gone() -> None:
    of: Alike[list[int], int] = Alike(lambda node: node[0])
    for number in range(3 * alike._REMEMBERED):
        assert of([number]) == number
    assert len(of._known) <= alike._REMEMBERED
