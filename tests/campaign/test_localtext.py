"""Text in one language or several: which one is taken, and which mistakes are refused."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from letters.campaign.localtext import LocalText

ADAPTER: TypeAdapter[LocalText] = TypeAdapter(LocalText)


def test_a_plain_text_is_for_every_language() -> None:
    text = ADAPTER.validate_python("Ottawa")
    assert text.get("en") == text.get("fr-CA") == "Ottawa"
    assert text.tag_for("en") == ""


@pytest.mark.parametrize(
    ("written", "asked", "given"),
    [
        ({"en": "a", "fr": "b"}, "fr", "b"),
        ({"en": "a", "fr": "b"}, "fr-CA", "b"),
        ({"fr": "b", "fr-CA": "c"}, "fr-CA", "c"),
        ({"fr": "b", "fr-CA": "c"}, "fr", "b"),
        ({"fr-CA": "c"}, "fr", None),
        ({"en": "a"}, "fr", None),
        ({"en": "a"}, "enm", None),
    ],
)
def test_a_regional_language_falls_back_to_its_base_and_never_to_another(
    written: dict[str, str], asked: str, given: str | None
) -> None:
    assert ADAPTER.validate_python(written).get(asked) == given


def test_the_words_stay_as_they_were_written() -> None:
    assert ADAPTER.validate_python({"en": " a  b "}).get("en") == " a  b "


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"english": "x"}, "is not a language tag such as en or fr-CA"),
        ({"": "x", "en": ""}, "leave it away where there is no text"),
        ({"en": ["x"]}, "must be a text"),
        ({"en": "  "}, "has only spaces"),
        (" \t ", "has only spaces"),
        ({}, "must be a text, or one text per language"),
        (["x"], "must be a text, or one text per language"),
        (None, "must be a text, or one text per language"),
    ],
)
def test_it_refuses_what_is_no_text(written: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ADAPTER.validate_python(written)


def test_it_does_not_quote_a_key_which_may_be_a_name_in_the_wrong_place() -> None:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python({"Withheld Person": "x"})
    [error] = caught.value.errors(include_input=False)
    assert "Withheld" not in error["msg"]
    assert error["ctx"] == {"key": "Withheld Person"}
