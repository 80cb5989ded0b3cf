"""What is wrong with a file, as a value: how it reads, how it is ordered, what it suggests."""

from __future__ import annotations

import pickle

import pytest

from letters.problem import CampaignError, Place, Problem, did_you_mean, has_errors, in_order

PLACE = Place("letter.yaml", 3, 5, "asks[0].text")


def test_a_place_reads_as_editors_open_it() -> None:
    assert str(PLACE) == "letter.yaml:3:5"
    assert str(Place("letter.yaml")) == "letter.yaml:1:1"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem(PLACE, "is missing"), "letter.yaml:3:5: asks[0].text – is missing"),
        (Problem(PLACE, "is missing", "fill it in"), "letter.yaml:3:5: asks[0].text – is missing (fill it in)"),
        (Problem(Place("a", 1, 2), "is wrong"), "a:1:2: is wrong"),
        (Problem(Place("a", 1, 2), "is odd", "look", severity="warning"), "a:1:2: warning: is odd (look)"),
        (Problem(PLACE, "is long", "at most 2", source="A house"), "letter.yaml:3:5: asks[0].text – is long (at most 2; A house)"),
        (Problem(PLACE, "is long", source="A house"), "letter.yaml:3:5: asks[0].text – is long (A house)"),
    ],
)  # fmt: skip
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_problem_is_flat_for_programs() -> None:
    assert Problem(PLACE, "m", "h", "warning").as_json() == {
        "path": "letter.yaml",
        "line": 3,
        "column": 5,
        "key": "asks[0].text",
        "severity": "warning",
        "message": "m",
        "hint": "h",
        "source": "",
    }


def test_warnings_alone_stop_nothing() -> None:
    warning, error = Problem(PLACE, "m", severity="warning"), Problem(PLACE, "m")
    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, error])


def test_problems_are_in_reading_order_and_said_once() -> None:
    first, second, third = (
        Problem(Place("a", 2, 9), "x"),
        Problem(Place("a", 10, 1), "x"),
        Problem(Place("b", 1, 1), "x"),
    )
    assert in_order([third, second, first, second, third]) == [first, second, third]
    assert in_order([Problem(Place("a"), "y"), Problem(Place("a"), "x")])[0].message == "x"


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("plaec", ["place", "date"], "did you mean “place”?"),
        ("Place", ["place"], "did you mean “place”?"),
        ("zzz", ["b", "a", "b"], "known: a, b"),
        ("zzz", [str(n) for n in range(13)], ""),
        ("zzz", [], ""),
    ],
)
def test_it_names_the_closest_word_or_a_short_choice(
    word: str, known: list[str], hint: str
) -> None:
    assert did_you_mean(word, known) == hint


def test_an_error_of_a_campaign_says_all_its_problems() -> None:
    problems = [Problem(PLACE, "a"), Problem(PLACE, "b", "c")]
    error = CampaignError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == f"{problems[0]}\n{problems[1]}"


def test_it_comes_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(CampaignError([Problem(PLACE, "a", "h", "warning")])))
    assert isinstance(error, CampaignError)
    assert error.problems == (Problem(PLACE, "a", "h", "warning"),)
