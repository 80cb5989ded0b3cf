"""letter.yaml: short forms, and values that are numbers only where they are written as such."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from letters.campaign.case import Case
from letters.campaign.localtext import LocalText
from letters.campaign.schema import Enclosure, Figure, LetterFile, ValueRule

SMALLEST: dict[str, Any] = {
    "title": "T",
    "template": "note",
    "languages": ["en"],
    "date": "2025-09-03",
    "subject": "S",
    "from": {"organisation": "O"},
}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1000", 1000),
        ("2.50", Decimal("2.50")),
        ("01234", LocalText({"": "01234"})),
        ("several hundred", LocalText({"": "several hundred"})),
        ({"en": "1000", "fr": "1 000"}, LocalText({"en": "1000", "fr": "1 000"})),
    ],
)
def test_a_figure_is_a_number_or_a_phrase(written: Any, value: Any) -> None:
    assert Figure.model_validate({"value": written}).value == value


@pytest.mark.parametrize(
    ("written", "title", "confidential"),
    [
        ("A list", LocalText({"": "A list"}), False),
        (
            {"en": "A list", "fr": "Une liste"},
            LocalText({"en": "A list", "fr": "Une liste"}),
            False,
        ),
        ({"title": "A list", "confidential": "yes"}, LocalText({"": "A list"}), True),
    ],
)
def test_an_enclosure_may_be_its_title_alone(
    written: Any, title: LocalText, confidential: bool
) -> None:
    [enclosure] = LetterFile.model_validate(SMALLEST | {"enclosures": [written]}).enclosures
    assert enclosure == Enclosure(title=title, confidential=confidential, file=None)


def test_six_keys_make_a_letter() -> None:
    letter = LetterFile.model_validate(SMALLEST)
    assert (letter.signatories, letter.recipients) == ("signatories.yaml", "recipients.yaml")
    assert (letter.theme, letter.page) == ("classic", None)
    for key in SMALLEST:
        with pytest.raises(ValueError, match=key):
            LetterFile.model_validate({k: v for k, v in SMALLEST.items() if k != key})


def test_a_case_is_withheld_and_not_consented_to_unless_it_says_otherwise() -> None:
    case = Case.model_validate({"id": "a", "person": "A"})
    assert (case.visibility, case.consent.given, case.confidential) == ("withheld", False, False)


def test_a_value_of_a_template_is_a_required_text_unless_it_says_otherwise() -> None:
    rule = ValueRule.model_validate({})
    assert (rule.type, rule.required) == ("text", True)
