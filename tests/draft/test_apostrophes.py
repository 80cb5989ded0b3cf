"""An apostrophe is no quotation mark, in whichever language and wherever it stands."""

from __future__ import annotations

import pytest

from letters.draft.reader import reader

MARKS = {"en": "“”‘’", "de": "„“‚‘", "sv": "””’’"}


def printed(text: str, language: str = "en") -> str:
    tokens = reader(tuple(MARKS[language])).parse(text)
    return "".join(child.content for token in tokens for child in token.children or ())


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("In the '90s the workers' rights", "In the ’90s the workers’ rights"),
        ("'n' and rock 'n' roll", "’n’ and rock ’n’ roll"),
        ("Die '68er, Hans' Haus", "Die ’68er, Hans’ Haus"),
        ("'Twas so; 'tis so: the class of '05", "’Twas so; ’tis so: the class of ’05"),
        ("l'année '68, d'accord", "l’année ’68, d’accord"),
        ("it's the Smiths'.", "it’s the Smiths’."),
        ("'s ist gut, so 'ne Sache", "’s ist gut, so ’ne Sache"),
    ],
)
@pytest.mark.parametrize("language", MARKS)
def test_it_is_the_same_in_every_language(typed: str, wanted: str, language: str) -> None:
    assert printed(typed, language) == wanted


def test_what_is_quoted_keeps_its_marks() -> None:
    said = "He said 'no', \"yes\" and 'the '90s were good'."
    assert printed(said) == "He said ‘no’, “yes” and ‘the ’90s were good’."
    assert printed(said, "de") == "He said ‚no‘, „yes“ and ‚the ’90s were good‘."


def test_one_of_an_odd_number_is_the_genitive_of_a_name() -> None:
    assert printed("Er sagte 'Hans' Haus brennt'.", "de") == "Er sagte ‚Hans’ Haus brennt‘."
