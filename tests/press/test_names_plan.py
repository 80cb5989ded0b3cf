"""Names fill columns from top to bottom, page by page, and are lost nowhere."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.press.names.plan import ROUNDING, Above, Band, Paginator, PlacedEntry

LINE, HEIGHT = 10.0, 100.0


def bands(
    groups: list[list[tuple[int, bool]]], columns: int, first: float = 30.0
) -> list[Band[int]]:
    paginator: Paginator[int] = Paginator(HEIGHT, first, LINE)
    found: list[Band[int]] = []
    for number, group in enumerate(groups):
        placed = (PlacedEntry(at, lines, heading) for at, (lines, heading) in enumerate(group))
        found += paginator.group(number, columns, placed, Above(20.0, 0.0))
    return found


def entries(band: Band[int]) -> list[int]:
    return [one.entry for column in band.columns for one in column]


def test_columns_are_filled_down_and_the_last_ones_are_equal() -> None:
    first, second = bands([[(1, False)] * 30], 3)
    assert [len(column) for column in first.columns] == [5, 5, 5]
    assert entries(first) == list(range(15))
    assert (first.page, first.top, first.labelled) == (0, 30.0, True)
    assert (second.page, second.top, second.labelled) == (1, 0.0, False)
    assert [len(column) for column in second.columns] == [5, 5, 5]
    [short] = bands([[(1, False)] * 7], 3)
    assert [len(column) for column in short.columns] == [3, 3, 1]


def test_the_next_group_follows_on_the_same_page_where_it_has_room() -> None:
    [first, second] = bands([[(1, False)] * 3, [(1, False)] * 6], 3, first=0.0)
    assert [(band.group, band.page, band.top) for band in (first, second)] == [
        (0, 0, 0.0),
        (1, 0, 30.0),
    ]
    [first, second] = bands([[(1, False)] * 9, [(1, False)] * 6], 3, first=30.0)
    assert [(band.page, band.top) for band in (first, second)] == [(0, 30.0), (1, 0.0)]


def test_a_letter_is_never_parted_from_the_first_of_its_names() -> None:
    group = [(1, False)] * 4 + [(1, True)] + [(1, False)] * 9
    for band in bands([group], 2):
        for column in band.columns:
            assert not (column and column[-1].heading)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=80),
        min_size=1,
        max_size=3,
    ),
    st.integers(1, 4),
    st.floats(0, HEIGHT),
)
@example([[(1, False)], [(2, False), (3, False)]], 1, 0.0078125)
def test_everybody_stands_once_in_order_and_within_the_page(
    groups: list[list[tuple[int, bool]]], columns: int, first: float
) -> None:
    found = bands(groups, columns, first)
    for number, group in enumerate(groups):
        own = [entry for band in found if band.group == number for entry in entries(band)]
        assert own == list(range(len(group)))
    places = [(band.page, band.top) for band in found]
    assert places == sorted(places)
    for band in found:
        above = 20.0 if band.labelled else 0.0
        assert band.top + above + band.lines * LINE <= HEIGHT + 2 * ROUNDING


def test_an_entry_of_many_lines_goes_to_a_page_that_has_room_for_it() -> None:
    [short, tall] = bands([[(1, False), (5, False)]], 1, first=40.0)
    assert (entries(short), short.page) == ([0], 0)
    assert (entries(tall), tall.page, tall.top) == ([1], 1, 0.0)
    [alone] = bands([[(6, False)]], 2, first=40.0)
    assert (alone.page, alone.top) == (1, 0.0)
