"""Signatories of the common kind, typed without a look at all that a record might hold.

Of a hundred thousand people nearly all have a name, perhaps an affiliation and an address. Such a
record is the very same `Signatory` that validation makes of it, in half the time and with half the
memory; at the first thing that is not plain, nothing is made, and validation says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from letters.campaign.localtext import LANGUAGE_TAG, LocalText
from letters.campaign.people import Name
from letters.campaign.signatory import Contact, Signatory
from letters.campaign.types import IDENTIFIER, Gender, Visibility

M = TypeVar("M", bound=BaseModel)

_MOST_TEXTS = 5_000  # that are remembered, because many people may share one
_put = object.__setattr__
_sets: dict[tuple[str, ...], set[str]] = {}
_texts: dict[str, LocalText] = {}
_WORD = re.compile(r"\S")
_ALL: dict[type[BaseModel], dict[str, Any]] = {
    model: {name: field.default for name, field in model.model_fields.items()}
    for model in (Signatory, Name, Contact)
}
_PARTS = frozenset(("given", "particle", "family", "patronymic", "suffix", "native"))
_WAYS = frozenset(("email", "phone", "note"))


class _OtherError(Exception):
    """Not plain."""


def read(record: Any) -> Signatory | None:
    """The signatory, if the record is plain and nothing is wrong with it."""
    if not isinstance(record, dict) or "id" not in record or "name" not in record:
        return None
    try:
        return _made(Signatory, {key: _FIELDS[key](value) for key, value in record.items()})
    except (_OtherError, KeyError):
        return None


def _made(model: type[M], values: Mapping[str, Any]) -> M:
    """The model with its values, as validation builds it."""
    made = model.__new__(model)
    # One by one, so that all of them share their keys; a dict of its own takes four times as much.
    for name, value in {**_ALL[model], **values}.items():
        _put(made, name, value)
    keys = tuple(values)
    _put(made, "__pydantic_fields_set__", _sets.setdefault(keys, set(keys)))
    _put(made, "__pydantic_extra__", None)
    _put(made, "__pydantic_private__", None)
    return made


def _identifier(value: Any) -> str:
    if type(value) is str and IDENTIFIER.fullmatch(value):
        return value
    raise _OtherError


def _local(value: Any) -> LocalText:
    if type(value) is not str or not _WORD.search(value):
        raise _OtherError
    if (known := _texts.get(value)) is not None:
        return known
    made = LocalText({"": value})
    if len(_texts) < _MOST_TEXTS:
        _texts[value] = made
    return made


def _text(value: Any) -> str:
    if type(value) is str:
        return value.strip()
    raise _OtherError


def _name(value: Any) -> Name:
    if type(value) is str:
        return _made(Name, {"display": _local(value)})
    if not isinstance(value, dict) or not value.keys() <= _PARTS:
        raise _OtherError
    parts = {key: _text(part) for key, part in value.items()}
    if not (parts.get("given") or parts.get("family")):
        raise _OtherError
    return _made(Name, parts)


def _contact(value: Any) -> Contact:
    if not isinstance(value, dict) or not value.keys() <= _WAYS:
        raise _OtherError
    return _made(Contact, {key: _text(way) for key, way in value.items()})


def _languages(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(type(t) is str and LANGUAGE_TAG.fullmatch(t) for t in value):
        return tuple(value)
    raise _OtherError


def _one_of(*words: str) -> Callable[[Any], str]:
    known = {word: word for word in words}

    def chosen(value: Any) -> str:
        if type(value) is str and value in known:
            return known[value]
        raise _OtherError

    return chosen


_FIELDS: dict[str, Callable[[Any], Any]] = {
    "id": _identifier,
    "name": _name,
    "kind": _one_of("person", "organisation"),
    "tier": _one_of("author", "organisation", "individual"),
    "visibility": _one_of(*get_args(Visibility)),
    "gender": _one_of(*get_args(Gender)),
    "role": _local,
    "affiliation": _local,
    "place": _local,
    "description": _local,
    "languages": _languages,
    "contact": _contact,
}
