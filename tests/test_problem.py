"""What is wrong with a file, as a value: how it reads, how it is ordered, what it suggests."""

from __future__ import annotations

import difflib
import pickle
from collections.abc import Iterator

import pytest

from letters.problem import (
    CampaignError,
    KnownWords,
    Place,
    Problem,
    did_you_mean,
    has_errors,
    in_order,
)

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


THOUSANDS = [f"recipient-{number:05}" for number in range(20_000)]


@pytest.mark.parametrize(
    ("word", "close"),
    [
        ("recipient-12345x", "recipient-12345"),  # it begins like it
        ("rceipient-12345", "recipient-12345"),  # it ends like it
        ("Recipient-12345", "recipient-12345"),
        ("zzz", ""),
        ("", ""),
        ("recipient-12345" * 100, ""),
    ],
)
def test_of_thousands_it_finds_what_begins_or_ends_like_it(word: str, close: str) -> None:
    assert KnownWords(THOUSANDS).near(word) == close


@pytest.mark.parametrize(
    ("mistakes", "known"),
    [
        (THOUSANDS, [f"{each}-b" for each in THOUSANDS]),
        ([f"{'ab' * 20}{n:04}" for n in range(3000)], [f"{'ba' * 20}{n:04}" for n in range(3000)]),
        (["a" * n for n in range(3000)], ["a" * n for n in range(3000, 6000)]),
        (["a" * n for n in range(3000)], ["a" * 500_000]),
    ],
)
def test_what_was_meant_is_not_sought_for_ever(
    monkeypatch: pytest.MonkeyPatch, mistakes: list[str], known: list[str]
) -> None:
    """Counted in pairs of letters that may have been compared."""
    pairs = [0]
    real = difflib.get_close_matches

    def counted(word: str, known: list[str], n: int, cutoff: float) -> list[str]:
        pairs[0] += sum(len(word) * len(each) for each in known)
        return real(word, known, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    read = [0]

    def once() -> Iterator[str]:
        read[0] += 1
        yield from known

    among = KnownWords(once())
    for each in mistakes:
        did_you_mean(each, among)
    assert read == [1]
    assert pairs[0] <= 50 * 200 * 48 * 96


@pytest.mark.parametrize("size", [30, 150, 20_000])
def test_what_was_meant_is_found_whatever_was_asked_before(size: int) -> None:
    known = THOUSANDS[:size]
    among = KnownWords(known)
    for n in range(200):
        assert did_you_mean(f"{n}-zzz-{n}", among) == ""
    for each in known[:100:10]:
        assert did_you_mean(f"{each}x", among) == f"did you mean “{each}”?"


def test_where_no_more_is_sought_it_is_said_once_and_what_was_found_stays() -> None:
    long = ["ab" * 20 + f"{n:06}" for n in range(3000)]
    among = KnownWords(long)
    mistakes = [f"{'ba' * 20}{n:04}" for n in range(3000)]
    first = did_you_mean(f"{long[7]}x", among)
    hints = [did_you_mean(each, among) for each in mistakes]
    assert first == f"did you mean “{long[7]}”?" == did_you_mean(f"{long[7]}x", among)
    given_up = [hint for hint in hints if hint.startswith("from here on no near word is sought")]
    assert len(given_up) == 1
    assert not any(hints[hints.index(given_up[0]) + 1 :])


def test_an_error_of_a_campaign_says_all_its_problems() -> None:
    problems = [Problem(PLACE, "a"), Problem(PLACE, "b", "c")]
    error = CampaignError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == f"{problems[0]}\n{problems[1]}"


def test_it_comes_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(CampaignError([Problem(PLACE, "a", "h", "warning")])))
    assert isinstance(error, CampaignError)
    assert error.problems == (Problem(PLACE, "a", "h", "warning"),)
