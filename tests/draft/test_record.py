"""Groups of values: what is there, what is there and empty, and what does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import UndefinedError

from letters.draft.record import Absent, Record, Records, Unknown
from letters.problem import Place

from .tree import printed, refusal

if TYPE_CHECKING:
    from conftest import CampaignFolder

GROUP = Record("person", {"name": "Ada", "role": None}, lambda: Place("x.yaml", 3, 5), "name")


def test_a_field_that_is_given_is_given() -> None:
    assert GROUP.get("name") == "Ada"
    assert str(GROUP) == "Ada"
    assert (list(GROUP), len(GROUP)) == (["Ada", None], 2)


def test_an_empty_field_is_false_and_says_where_to_fill_it_in() -> None:
    role = GROUP.get("role")
    assert isinstance(role, Absent)
    assert not role
    with pytest.raises(UndefinedError) as caught:
        str(role)
    assert str(caught.value) == (
        "“person.role” is not given at x.yaml:3:5; fill it in, or ask for it with {% if person.role %}"
    )


def test_a_field_that_does_not_exist_is_an_error_in_a_condition_too() -> None:
    unknown = GROUP.get("rolle")
    assert isinstance(unknown, Unknown)
    for use in (str, bool, len, list):
        with pytest.raises(UndefinedError, match="“person” has no “rolle”; did you mean “role”"):
            use(unknown)


def test_a_group_without_a_main_value_names_what_can_be_printed() -> None:
    with pytest.raises(
        UndefinedError, match="“sender” is a group of values; print one of them: a, b"
    ):
        str(Record("sender", {"a": 1, "b": 2}))


def test_records_are_made_when_they_are_asked_for_and_once() -> None:
    made: list[int] = []

    def make(index: int) -> Record:
        made.append(index)
        return Record(str(index), {})

    records = Records(1_000_000, make)
    assert len(records) == 1_000_000
    assert made == []
    assert records[7] is records[7]
    assert made == [7]
    with pytest.raises(IndexError):
        records[1_000_000]
    assert [record.name for record in Records(3, make)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a{% if values.seen %}b{% endif %}", "a"),
        ("a{% if not values.seen %}b{% endif %}", "ab"),
        ("a{% if values.thanks %}b{% endif %}", "ab"),
        ("{{ values.thanks if values.seen else 'no' }}", "no"),
        ("{{ values.seen or values.thanks }}", "You listened."),
        ("{% if values.seen is defined %}b{% else %}a{% endif %}", "a"),
        ("a{% for ask in asks if ask.limits %}{{ loop.index }}{% endfor %}", "a1"),
        ("{{ authors[0] }}", "Ngozi Okafor"),
        ("{{ figures.applied }}", "1,000"),
        ("{% for figure in figures %}{{ figure.label }}{% endfor %}", "people have applied."),
    ],
)
def test_a_template_can_ask_before_it_prints(
    campaign: CampaignFolder, line: str, text: str
) -> None:
    assert printed(campaign, line) == text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a{% if values.sene %}b{% endif %}", "1:15: “values” has no “sene” (did you mean “seen”?)"),
        ("a{% if sene %}b{% endif %}", "1:8: there is no “sene”"),
        ("{{ values.seen }}", "1:11: “values.seen” is not given at letter.yaml:40:3 (fill it in"),
        ("{{ values.seen.x }}", "1:11: “values.seen” is not given"),
        ("{% for x in values.seen %}{{ x }}{% endfor %}a{{ values.seen ~ '' }}", "1:20: “values.seen” is not given"),
    ],
)  # fmt: skip
def test_what_is_missing_is_never_printed_as_nothing(
    campaign: CampaignFolder, line: str, said: str
) -> None:
    assert refusal(campaign, line).startswith(said)
