"""Languages of a campaign's own: ``languages/el.yaml``, with the toolkit's words in that language.

A file is checked like a form. One for a language that the toolkit knows has only what differs; one
for another language has it all, and what is said to anybody, as ``forms/neutral.yaml`` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct, field
from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign import forms
from letters.campaign.form_wording import Wording
from letters.campaign.language_labels import (
    BARE,
    COUNTED,
    IN_ANNEX,
    PLURALS,
    LanguageLabels,
    counted_forms,
)
from letters.campaign.localtext import LANGUAGE_TAG
from letters.campaign.own_file import read_own
from letters.campaign.source import Source
from letters.campaign.types import Model, Truth
from letters.campaign.validate import validate
from letters.problem import Place, Problem

FOLDER = "languages"

_SPACES = ("full", "narrow", "none")
_DIGITS = "0123456789"
_UNLESS_SAID: dict[str, Any] = {
    "direction": "ltr",
    "digits": _DIGITS,
    "numbering": "latn",
    "group_from": "1000",
    "hyphenate": "no",
    "comma": ", ",
    "no_break_before": {},
    "no_break_after": "",
    "no_break_after_words": [],
    "ordinals": {"other": "{n}."},
}
_NEEDED = ("quotes", "labels", "anybody")


def _lines(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != 4 or not all(isinstance(v, str) for v in value):
        message = "must be four marks: those that open and close a quotation, and those within one"
        raise PydanticCustomError("quotes", message)
    return tuple(value)


def _digits(value: Any) -> str:
    if not isinstance(value, str) or len(value) != len(_DIGITS) or not value.isdigit():
        raise PydanticCustomError("digits", "must be the ten digits, from zero")
    return value


def _spaces(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= set(_SPACES):
        message = "must be a group of marks by the space before them: full, narrow or none"
        raise PydanticCustomError("spaces", message)
    return {key: str(marks) for key, marks in value.items()}


def _number(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{1,6}", value):
        raise PydanticCustomError("group_from", "must be a number such as 1000 or 10000")
    return value


_GROUP = WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}})
_Plurals = Annotated[dict[str, str] | None, PlainValidator(counted_forms), _GROUP]


class LanguageFile(Model):
    """The whole of a language's file."""

    locale: str | None = Field(None, description="The locale of Babel with its dates; el for el")
    direction: Literal["ltr", "rtl"] | None = Field(None, description="Which way it is written")
    digits: Annotated[str | None, PlainValidator(_digits), WithJsonSchema({"type": "string"})] = (
        Field(None, description="The ten digits, from zero")
    )
    numbering: str | None = Field(None, description="CLDR’s name of these digits")
    group_from: Annotated[
        str | None, PlainValidator(_number), WithJsonSchema({"type": ["string", "integer"]})
    ] = Field(None, description="From which number on thousands stand apart")
    hyphenate: Truth | None = Field(None, description="Whether words may be divided")
    quotes: Annotated[
        tuple[str, ...] | None,
        PlainValidator(_lines),
        WithJsonSchema({"type": "array", "items": {"type": "string"}}),
    ] = Field(None, description="Quotation marks: outer, then inner")
    comma: str | None = Field(None, description="Between the parts of a line, with its space")
    no_break_before: Annotated[dict[str, str] | None, PlainValidator(_spaces), _GROUP] = Field(
        None, description="Marks before which a space doesn’t break, by its width"
    )
    no_break_after: str | None = Field(None, description="Marks behind which a space doesn’t break")
    no_break_after_words: tuple[str, ...] | None = Field(
        None, description="Words that don’t stand at the end of a line"
    )
    ordinals: _Plurals = Field(None, description="1st, 2nd, by CLDR’s forms")
    labels: LanguageLabels | None = None
    anybody: Wording | None = Field(None, description="Salutation and close, as neutral has them")


class OwnLanguages(Struct, frozen=True):
    """By tag: what the files say as the toolkit's own data do, and what is said to anybody."""

    data: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, Wording] = field(default_factory=dict)


def load_languages(root: Path) -> tuple[OwnLanguages, list[Problem]]:
    """The campaign's own languages, and everything that is wrong with them."""
    data: dict[str, Mapping[str, Any]] = {}
    words: dict[str, Wording] = {}
    problems: list[Problem] = []
    folder = root / FOLDER
    files = (
        sorted(p for p in folder.iterdir() if p.suffix == ".yaml" or not p.is_dir())
        if folder.is_dir()
        else []
    )
    tags = {file.stem for file in files}
    for file in (each for each in files if not each.name.startswith(".")):
        shown = f"{FOLDER}/{file.name}"
        if file.suffix != ".yaml":
            message, hint = "is not read", f"a language’s file is called like {FOLDER}/el.yaml"
            problems.append(Problem(Place(shown), message, hint, severity="warning"))
            continue
        wrong = "a language’s file must be called by its tag", f"like {FOLDER}/el.yaml"
        source, found = read_own(root, file, LANGUAGE_TAG, wrong)
        problems += found
        if source is None:
            continue
        typed, found = validate(LanguageFile, source)
        if typed is not None:
            found += _judged(file.stem, typed, source, tags)
        problems += found
        if typed is not None and not found:
            data[file.stem] = _data(file.stem, typed, tags)
            if typed.anybody:
                words[file.stem] = typed.anybody
    return OwnLanguages(data, words), problems


def _is_new(tag: str, tags: set[str]) -> bool:
    """Whether neither the toolkit knows the language nor another file has its words."""
    base = tag.partition("-")[0]
    return base not in forms.shipped(forms.NEUTRAL).languages and not (base != tag and base in tags)


def _judged(tag: str, typed: LanguageFile, source: Source, tags: set[str]) -> Iterator[Problem]:
    if _is_new(tag, tags):
        yield from _missing(typed, source)
    locale = _locale(typed.locale or tag)
    if locale is None and (typed.locale or _is_new(tag, tags)):
        place = source.place(("locale",)) if typed.locale else source.place(())
        message = "Babel knows no dates of this language"
        yield Problem(place, message, "write “locale:” with one that it knows, such as el")
        return
    if locale is None:
        return
    forms_of = set(locale.plural_form.tags) | {"other"}
    for key in COUNTED:
        written = getattr(typed.labels, key) if typed.labels else None
        lacking = sorted(forms_of - set(written), key=PLURALS.index) if written else []
        if lacking:
            message = f"lacks the plural {', '.join(lacking)}, which the language tells apart"
            yield Problem(source.place(("labels", key)), message)


def _missing(typed: LanguageFile, source: Source) -> Iterator[Problem]:
    """A language that is new to the toolkit needs all that can't be known."""
    hint = "docs/languages.md shows a whole file"
    for key in _NEEDED:
        if getattr(typed, key) is None:
            yield Problem(source.place(()), f"lacks “{key}”, which a new language needs", hint)
    if typed.labels:
        needed = [key for key in LanguageLabels.model_fields if key not in (*IN_ANNEX, *BARE)]
        lacking = [key for key in needed if getattr(typed.labels, key) is None]
        if lacking:
            yield Problem(source.place(("labels",)), f"lacks {', '.join(lacking)}", hint)
    if typed.anybody:
        keys = ("salutation", "addressed", "close")
        lacking = [key for key in keys if getattr(typed.anybody, key) is None]
        if lacking:
            yield Problem(source.place(("anybody",)), f"lacks {', '.join(lacking)}", hint)


def _locale(written: str) -> Any:
    from babel import Locale, UnknownLocaleError

    with suppress(UnknownLocaleError, ValueError):
        return Locale.parse(written.replace("-", "_"))
    return None


def _data(tag: str, typed: LanguageFile, tags: set[str]) -> dict[str, Any]:
    """What is written, in the shape of the toolkit's own data, where every scalar is a text."""
    said: dict[str, Any] = {
        key: value
        for key in LanguageFile.model_fields
        if key not in ("labels", "anybody") and (value := getattr(typed, key)) is not None
    }
    if typed.hyphenate is not None:
        said["hyphenate"] = "yes" if typed.hyphenate else "no"
    if typed.labels:
        labels = ((key, getattr(typed.labels, key)) for key in LanguageLabels.model_fields)
        said["labels"] = {key: value for key, value in labels if value is not None}
    unless_said = {"locale": tag.replace("-", "_"), **_UNLESS_SAID} if _is_new(tag, tags) else {}
    return unless_said | said
