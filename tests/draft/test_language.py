"""Dates, numbers, lists and quotation marks, as each language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest

from letters.campaign.plaintext import unusable
from letters.draft.language import known, language

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("tag", "day", "written"),
    [
        ("en", dt.date(2025, 9, 1), "1 September 2025"),
        ("en-CA", dt.date(2025, 9, 1), "September 1, 2025"),
        ("en-US", dt.date(2025, 9, 1), "September 1, 2025"),
        ("en-GB", dt.date(2025, 9, 1), "1 September 2025"),
        ("fr", dt.date(2025, 9, 1), "1er septembre 2025"),
        ("fr", dt.date(2025, 9, 11), "11 septembre 2025"),
        ("fr", dt.date(2025, 9, 21), "21 septembre 2025"),
        ("fr-CA", dt.date(2025, 1, 1), "1er janvier 2025"),
        ("fr-CA", dt.date(2025, 12, 31), "31 décembre 2025"),
    ],
)
def test_a_date_is_in_words(tag: str, day: dt.date, written: str) -> None:
    assert language(tag).date(day) == written


@pytest.mark.parametrize(
    ("tag", "names", "written"),
    [
        ("en", ["A"], "A"),
        ("en", ["A", "B"], "A and B"),
        ("en", ["A", "B", "C"], "A, B and C"),
        ("en-CA", ["A", "B", "C"], "A, B and C"),
        ("en-US", ["A", "B", "C"], "A, B, and C"),
        ("fr", ["A", "B", "C"], "A, B et C"),
        ("fr", [], ""),
    ],
)
def test_a_list_is_a_sentence(tag: str, names: list[str], written: str) -> None:
    assert language(tag).items(names) == written


@pytest.mark.parametrize(
    ("tag", "value", "written"),
    [
        ("en", 0, "0"),
        ("en", 1234567, "1,234,567"),
        ("en", Decimal("2.50"), "2.50"),
        ("en", Decimal("3.14159"), "3.14159"),
        ("en", Decimal("-1000.0"), "-1,000.0"),
        ("fr", 1234567, f"1{NNBSP}234{NNBSP}567"),
        ("fr", Decimal("1000.25"), f"1{NNBSP}000,25"),
    ],
)
def test_a_number_keeps_its_digits(tag: str, value: int | Decimal, written: str) -> None:
    assert language(tag).number(value) == written


@pytest.mark.parametrize(
    ("tag", "numbers", "written"),
    [
        ("en", [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111], "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th"),
        ("fr", [1, 2, 11, 21], "1er 2e 11e 21e"),
    ],
)  # fmt: skip
def test_ordinals(tag: str, numbers: list[int], written: str) -> None:
    assert " ".join(map(language(tag).ordinal, numbers)) == written


@pytest.mark.parametrize(
    ("tag", "n", "form"),
    [
        ("en", 0, "several"),
        ("en", 1, "one"),
        ("en", 2, "several"),
        ("en", Decimal("1.5"), "several"),
        ("fr", 0, "one"),
        ("fr", 1, "one"),
        ("fr", Decimal("1.5"), "one"),
        ("fr", 2, "several"),
        ("fr", 1_000_000, "several"),
    ],
)
def test_the_form_agrees_with_the_number(tag: str, n: int | Decimal, form: str) -> None:
    assert language(tag).plural(n, ("one", "several")) == form


def test_counted_labels_agree() -> None:
    en, fr = language("en"), language("fr")
    assert [en.counted("person_count", n) for n in (1, 2, 1234)] == [
        "1 person",
        "2 people",
        "1,234 people",
    ]
    assert [fr.counted("person_count", n) for n in (0, 1, 2)] == [
        "0 personne",
        "1 personne",
        "2 personnes",
    ]


@pytest.mark.parametrize(
    ("tag", "text", "set_"),
    [
        ("fr", "Quoi ?", f"Quoi{NNBSP}?"),
        ("fr", "un : deux ; trois !", f"un{NBSP}: deux{NNBSP}; trois{NNBSP}!"),
        ("fr", "« oui »", f"«{NBSP}oui{NBSP}»"),
        ("fr", "Quoi?", "Quoi?"),  # none is added
        ("fr", "https://x.y", "https://x.y"),
        ("en", "What ? : ;", "What ? : ;"),
    ],
)
def test_spaces_that_were_typed_do_not_break(tag: str, text: str, set_: str) -> None:
    assert language(tag).typeset(text) == set_


def test_quotation_marks() -> None:
    assert language("en").quote("so") == "“so”"
    assert language("fr").quote("so") == f"«{NBSP}so{NBSP}»"


def test_names_are_sorted_as_readers_look_for_them() -> None:
    names = ["Zidane", "Étienne", "Eve", "Łukasz", "Lund", "ähnlich", "Adam", "de Vries", "Öz"]
    assert sorted(names, key=language("en").collation_key) == [
        "Adam", "ähnlich", "de Vries", "Étienne", "Eve", "Łukasz", "Lund", "Öz", "Zidane",
    ]  # fmt: skip


def test_a_region_without_a_file_of_its_own_takes_its_base() -> None:
    assert language("fr-CA").quotes == language("fr").quotes
    assert language("en-AU").label("draft") == "DRAFT"
    assert language("en-XX").date(dt.date(2025, 9, 1)) == "1 September 2025"
    with pytest.raises(KeyError):
        language("de")


def test_a_country_is_named_in_the_language() -> None:
    assert language("en").country("DE") == "Germany"
    assert language("fr").country("DE") == "Allemagne"


def test_all_languages_have_the_same_labels_with_the_same_parts() -> None:
    def parts(form: Any) -> set[str | None]:
        forms = form.values() if isinstance(form, dict) else [form]
        return {name for one in forms for _, name, _, _ in Formatter().parse(one) if name}

    english = language("en").data
    for tag in known():
        data = language(tag).data
        assert set(data["labels"]) == set(english["labels"])
        for key, form in data["labels"].items():
            assert parts(form) == parts(english["labels"][key]), (tag, key)
        assert len(data["quotes"]) == 4
        assert not any(unusable(text) for text in data["quotes"])
