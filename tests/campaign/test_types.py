"""What a written text means, and what it is never taken for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from pydantic import TypeAdapter, ValidationError

from letters.campaign import types
from letters.campaign.types import as_date, as_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0),
        ("1000", 1000),
        ("-5", -5),
        ("2.50", Decimal("2.50")),
        ("01234", None),  # a code or a telephone number would lose its zero
        ("1e3", None),
        ("1,000", None),
        ("0x0000ff", None),
        ("٣", None),
        ("１２", None),
        ("several hundred", None),
        ("9" * 16, None),
        ("", None),
    ],
)
def test_it_takes_for_a_number_only_what_is_written_as_one(
    written: str, meant: int | Decimal | None
) -> None:
    assert as_number(written) == meant
    if isinstance(meant, Decimal):
        assert str(as_number(written)) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-09-03", dt.date(2025, 9, 3)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("2025-02-29", None),
        ("2025-13-01", None),
        ("2025-W36-3", None),
        ("20250903", None),
        ("2025-9-3", None),
        ("3 September 2025", None),
        ("٢٠٢٥-٠٩-٠٣", None),
    ],
)
def test_it_takes_for_a_date_only_an_iso_date(written: str, meant: dt.date | None) -> None:
    assert as_date(written) == meant


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (types.Date, ["2025-09-03"], ["1756857600", "2025-02-30", ["2025-09-03"], None]),
        (types.Identifier, ["kara-murza", "0", "a" * 64], ["Kara", "a_b", "-a", "", "a" * 65, {}]),
        (types.Language, ["en", "fr-CA", "zh-Hant", "sr-Latn-RS"], ["EN", "english", "fr_CA", []]),
        (types.Truth, ["yes", "no", "true", "False"], ["1", "on", "y", "", []]),
        (types.Country, ["CA", "GB", "XK"], ["UK", "ca", "CAN", "EU", "ZZ", ["CA"]]),
        (types.InnerPath, ["a/b.yaml", "images/x..png"], ["/etc/passwd", "../a", "a/../../b"]),
        (types.InnerPath, ["a"], ["~/x", "a\\..\\b", "", []]),
        (types.Lines, ["one line", ["two", "lines"]], [{}, [["nested"]]]),
    ],
)
def test_it_accepts_and_refuses(kind: Any, good: list[object], bad: list[object]) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    for value in good:
        adapter.validate_python(value)
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_one_line_may_be_written_without_a_list() -> None:
    adapter: TypeAdapter[tuple[str, ...]] = TypeAdapter(types.Lines)
    assert adapter.validate_python("80 Wellington Street") == ("80 Wellington Street",)


def test_it_knows_the_country_codes_that_have_a_name() -> None:
    named = Locale.parse("en").territories
    assert set(named) >= types.COUNTRIES
    assert len(types.COUNTRIES) == 250
