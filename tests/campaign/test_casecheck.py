"""People whom a letter is about: named with their consent, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from letters.campaign.casecheck import check_cases
from letters.campaign.model import Located
from letters.campaign.schema import LetterFile
from letters.campaign.source import Source


def said(**case: Any) -> list[tuple[str, str]]:
    letter = LetterFile.model_validate(
        {
            "title": "T", "template": "note", "languages": ["en"], "date": "2025-09-03",
            "subject": "S", "from": {"organisation": "O"}, "cases": [{"id": "a"} | case],
        }
    )  # fmt: skip
    found = check_cases(letter, Located(Source("letter.yaml", None)))
    return [(problem.severity, problem.message) for problem in found]


PUBLISHED = [{"text": "Ada waits.", "source": "report"}]


@pytest.mark.parametrize(
    ("case", "fine"),
    [
        ({"consent": {"given": "yes"}}, True),
        ({"facts": PUBLISHED}, True),
        ({"consent": {"given": "no"}, "facts": PUBLISHED}, True),
        ({}, False),
        ({"facts": [*PUBLISHED, {"text": "And hopes."}]}, False),
    ],
)
@pytest.mark.parametrize("visibility", ["public", "name-only"])
def test_naming_somebody_takes_their_consent_or_a_publication(
    case: dict[str, Any], fine: bool, visibility: str
) -> None:
    found = said(person="Ada Example", visibility=visibility, **case)
    assert found == ([] if fine else [("error", "names a person who has not agreed to it")])


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        ("A journalist waits.", []),
        ("Ada Example waits.", [("error", "names the person whom the case keeps unnamed")]),
        ("Example waits.", [("warning", "may name the person whom the case keeps unnamed")]),
        ("ADA EXAMPLE waits.", [("error", "names the person whom the case keeps unnamed")]),
        ("Counterexamples wait.", []),
    ],
)
def test_a_fact_must_not_say_what_its_case_keeps(fact: str, found: list[tuple[str, str]]) -> None:
    case = {"person": "Ada Example", "visibility": "role-only", "description": "a journalist"}
    assert said(**case, facts=[{"text": fact}]) == found


@pytest.mark.parametrize("field", ["description", "said_by"])
def test_nor_must_anything_else_that_is_printed(field: str) -> None:
    case: dict[str, Any] = {"person": "Ada Example", "visibility": "role-only", "description": "x"}
    if field == "description":
        case["description"] = "Ada Example, a journalist"
    else:
        case["facts"] = [{"text": "One waits.", "said_by": "Ada Example"}]
    assert said(**case) == [("error", "names the person whom the case keeps unnamed")]


def test_a_case_that_says_nothing_is_withheld_with_a_warning() -> None:
    assert [severity for severity, _ in said(person="Ada Example")] == ["warning"]
    assert said(person="Ada Example", visibility="withheld") == []
