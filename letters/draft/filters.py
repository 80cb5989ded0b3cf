"""The filters of letter templates: a short list of those that a letter needs, in its language.

Jinja's own filters that slice, format or build objects are left out: a letter has no use for them,
and a sealed value would not survive them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from jinja2.filters import FILTERS

from letters.campaign.types import as_date, as_number
from letters.draft.language import Language
from letters.draft.record import LISTS, Absent, Record, refuse
from letters.draft.values import Sealed, map_text, shown

_KEPT = (
    "batch", "count", "d", "default", "first", "join", "last", "length", "list", "map",
    "reject", "rejectattr", "select", "selectattr", "slice", "unique",
)  # fmt: skip


def filters(language: Language) -> dict[str, Callable[..., Any]]:
    """All filters that a template in ``language`` may use."""
    return {name: FILTERS[name] for name in _KEPT} | {
        "date": lambda value: _derive(value, language.date(_day(value))),
        "number": lambda value: _derive(value, language.number(_number(value))),
        "ordinal": lambda value: _derive(value, language.ordinal(_whole(value))),
        "names": lambda values: _names(language, list(_several(values))),
        "quote": lambda value: language.quote(str(value)),
        "plural": lambda value, *forms: language.plural(_count(value), _forms(forms)),
        "agree": _agree,
        "cite": _cite,
        "upper": lambda value: map_text(value, str.upper),
        "lower": lambda value: map_text(value, str.lower),
        "capitalize": lambda value: map_text(value, lambda text: text[:1].upper() + text[1:]),
        "trim": lambda value: map_text(value, str.strip),
    }


def _derive(value: Any, text: str) -> Any:
    return value.derived(text) if isinstance(value, Sealed) else text


def _day(value: Any) -> dt.date:
    raw = value.raw if isinstance(value, Sealed) else value
    _given(value)
    day = raw if isinstance(raw, dt.date) else as_date(raw)
    if day is None:
        refuse("this is not a date; dates are written like 2025-09-03")
    return day


def _number(value: Any) -> int | Decimal:
    raw = value.raw if isinstance(value, Sealed) else value
    _given(value)
    if isinstance(raw, str):
        raw = as_number(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        refuse("this is not a number; take “| number” away to print it as it is written")
    return raw


def _whole(value: Any) -> int:
    number = _number(value)
    if not isinstance(number, int):
        refuse("this is not a whole number, so nothing can be counted off by it")
    return number


def _count(value: Any) -> int | Decimal:
    return len(value) if isinstance(value, LISTS) else _number(value)


def _given(value: Any) -> None:
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is missing


def _several(values: Any) -> Iterable[Any]:
    _given(values)
    if isinstance(values, str | Sealed | Record) or not isinstance(values, Iterable):
        refuse("“names” joins a list, such as “authors | names”")
    return values


def _names(language: Language, values: list[Any]) -> str:
    """A list of names; how the last one sounds decides about the "and" before it."""
    last = values[-1].fields.get("name") if values and isinstance(values[-1], Record) else None
    heard = shown(values[-1] if last is None else last) if values else ""
    return language.items([str(value) for value in values], heard)


def _forms(forms: tuple[Any, ...]) -> tuple[str, ...]:
    if not forms:
        refuse("“plural” needs the forms of the word, such as “plural('person', 'people')”")
    return tuple(str(form) for form in forms)


def _agree(person: Any, masculine: str, feminine: str, neutral: str | None = None) -> str:
    """The form that agrees with a person's gender; never a guess where it isn't known."""
    _given(person)
    gender = person.get("gender") if isinstance(person, Record) else str(person)
    if gender == "m":
        return masculine
    if gender == "f":
        return feminine
    if neutral is None:
        refuse("the gender is not known here: give “agree” a third form that fits everybody")
    return neutral


def _cite(source: Any) -> str:
    """The note mark of a source as a template editor would type it; nothing where none is given."""
    if isinstance(source, Absent):
        return ""
    _given(source)
    if isinstance(source, Record):
        source = source.fields.get("key")
    elif isinstance(source, Sealed):
        source = source.raw
    if not isinstance(source, str) or "]" in source:
        refuse("“cite” needs one of the sources, such as “figures.applied.source | cite”")
    return f"[@{source}]"
