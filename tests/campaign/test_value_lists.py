"""The items of a list among a letter's values, written together or one by one."""

from __future__ import annotations

from collections.abc import Iterator

from letters.campaign import value_lists


class Counted(dict[str, str]):
    """Values that count how often they are gone through."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()


def test_the_items_of_a_list_stand_in_the_order_of_their_numbers() -> None:
    values = {
        "whereas_10": "c",
        "whereas_2": "b",
        "other_1": "x",
        "whereas_1": "a",
        "whereas_01": "y",
    }
    found = value_lists.items(values, "whereas")
    assert found == [(("whereas_1",), "a"), (("whereas_2",), "b"), (("whereas_10",), "c")]
    assert value_lists.items(values, "nothing") == []


def test_thousands_of_lists_go_through_the_values_once() -> None:
    values = Counted({f"list{n}_1": "x" for n in range(2000)})
    for n in range(2000):
        assert value_lists.items(values, f"list{n}") == [((f"list{n}_1",), "x")]
    assert values.times == 1
