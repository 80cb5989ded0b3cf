"""Signatories of the common kind, typed without a look at all that a record might hold.

Of a hundred thousand people nearly all have a name, perhaps an affiliation and an address. Such a
record is the very same `Signatory` that validation makes of it, in half the time and with half the
memory; at the first thing that is not plain, nothing is made, and validation says what is wrong.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar, get_args

from pydantic import BaseModel

from letters.campaign.localtext import LANGUAGE_TAG, LocalText
from letters.campaign.people import Name
from letters.campaign.signatory import Contact, Signatory
from letters.campaign.source_lines import Lined, Shape
from letters.campaign.types import IDENTIFIER, Gender, Visibility

M = TypeVar("M", bound=BaseModel)

_MOST_TEXTS = 5_000  # that are remembered, because many people may share one
_put = object.__setattr__
_texts: dict[str, LocalText] = {}
_WORD = re.compile(r"\S")
_ALL: dict[type[BaseModel], dict[str, Any]] = {
    model: {name: field.default for name, field in model.model_fields.items()}
    for model in (Signatory, Name, Contact)
}
_PARTS = frozenset(("given", "particle", "family", "patronymic", "suffix", "native"))
_NEEDED = frozenset(("given", "family"))
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


class _Maker(Generic[M]):
    """Makes models of values for some of their fields, as validation builds them."""

    def __init__(self, model: type[M], keys: tuple[str, ...]) -> None:
        self._model = model
        self._names = tuple(_ALL[model])
        self._defaults = tuple(_ALL[model].values())
        at = {key: len(self._names) + number for number, key in enumerate(keys)}
        self._in_order = itemgetter(*(at.get(key, n) for n, key in enumerate(self._names)))
        self._written = set(keys)
        # The first one says which keys the others share.
        first = model.__new__(model)
        for name in self._names:
            _put(first, name, None)

    def __call__(self, values: Iterable[Any]) -> M:
        """The model with these values for the keys."""
        made = self._model.__new__(self._model)
        # One by one, so that all of them share their keys; a dict of its own takes four times as
        # much.
        own = made.__dict__
        for name, value in zip(self._names, self._in_order((*self._defaults, *values))):  # noqa: B905 - as many
            own[name] = value
        _put(made, "__pydantic_fields_set__", self._written)
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made


@functools.lru_cache(maxsize=256)
def _maker(model: type[M], keys: tuple[str, ...]) -> _Maker[M]:
    return _Maker(model, keys)


def _made(model: type[M], values: Mapping[str, Any]) -> M:
    maker: _Maker[M] = _maker(model, tuple(values))
    return maker(values.values())


def of_lines(lined: Lined) -> Signatory | None:
    """The signatory of a record that was read by its lines; see `read`."""
    plan = _plan(lined[-1])
    if plan is None:
        return None
    maker, fields = plan
    try:
        return maker([field(lined) for field in fields])
    except (_OtherError, KeyError):
        return None


_Field: TypeAlias = Callable[[Lined], Any]


@functools.lru_cache(maxsize=64)
def _plan(shape: Shape) -> tuple[_Maker[Signatory], tuple[_Field, ...]] | None:
    """How records of that shape become signatories; None where validation has to look."""
    fields: list[_Field] = []
    at = 0
    for key, inner in shape.keys:
        if not inner and key in _FIELDS:
            fields.append(_word(_FIELDS[key], at))
        elif key == "name" and _PARTS.issuperset(inner) and not _NEEDED.isdisjoint(inner):
            fields.append(_group(_maker(Name, inner), at, at + len(inner)))
        elif key == "contact" and _WAYS.issuperset(inner):
            fields.append(_group(_maker(Contact, inner), at, at + len(inner)))
        else:
            return None
        at += len(inner) or 1
    keys = tuple(key for key, _ in shape.keys)
    return (_maker(Signatory, keys), tuple(fields)) if {"id", "name"} <= {*keys} else None


def _word(read_as: Callable[[Any], Any], at: int) -> _Field:
    return lambda lined: read_as(lined[at])


def _group(maker: Callable[[tuple[str, ...]], Any], begin: int, end: int) -> _Field:
    # Words are read from lines without the spaces around them, and none is empty: so none has to
    # be looked at as a text that may be blank.
    return lambda lined: maker(lined[begin:end])


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
