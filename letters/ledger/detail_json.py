"""The details of events as JSON: an entry is read back only in the form it was written in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from letters.ledger.bound_form import Form, checked
from letters.ledger.details import DETAILS_OF, Change, Detail, Sending

_quoted = json.encoder.encode_basestring
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(detail: Detail) -> str:
    """The canonical JSON: sorted keys, no spaces.

    That of a printed form, of which there is one for each who signed, is put together by hand.
    """
    if type(detail) is not Form:
        return _JSON.encode(as_json(detail))
    changed = ",".join(map(_quoted, detail.changed))
    fields = ",".join([f'{_quoted(name)}:"{digest}"' for name, digest in detail.fields])
    return f'{{"changed":[{changed}],"fields":{{{fields}}},"salt":"{detail.salt}"}}'


def _optional(detail: type[Detail]) -> dict[str, str]:
    """The keys that are written where they say something."""
    return detail.OPTIONAL if detail is Change else {}


def as_json(detail: Detail) -> dict[str, Any]:
    """The members of the JSON object, in no particular order."""
    values = {key: getattr(detail, name) for name, key in detail.KEYS.items()}
    if isinstance(detail, Sending):
        values["to"] = dict(detail.to)
    if isinstance(detail, Form):
        values["fields"] = dict(detail.fields)
    more = {key: getattr(detail, name) for name, key in _optional(type(detail)).items()}
    return values | {key: value for key, value in more.items() if value}


def from_json(kind: str, said: dict[str, Any] | None) -> Detail | None:
    """The detail of an event of that kind; ValueError where it doesn't fit."""
    if said is None or kind not in DETAILS_OF:
        return None
    for wanted in DETAILS_OF[kind]:
        if _WANTED[wanted] <= said.keys():
            found = {name: _read(name, said[key]) for name, key in wanted.KEYS.items()}
            more = ((name, key) for name, key in _optional(wanted).items() if key in said)
            return wanted(**found, **{name: _read(name, said[key]) for name, key in more})
    raise ValueError("the event has no detail of its kind")


def _read(name: str, value: Any) -> Any:
    read = _READ.get(name)
    return read(value) if read else _text(value)


def _text(value: Any) -> str:
    checked(type(value) is str)
    return str(value)


def _number(value: Any) -> int:
    checked(type(value) is int)
    return int(value)


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(map(_number, value))


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, value))


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    checked({*map(type, value.values())} <= {str})  # its keys are texts in any JSON
    return tuple(sorted(value.items()))


_WANTED = {each: frozenset(each.KEYS.values()) for kind in DETAILS_OF.values() for each in kind}
# How fields are read that are no texts.
_READ: dict[str, Callable[[Any], Any]] = {
    "number": _number,
    "numbers": _numbers,
    "erasure": _number,
    "valid": _number,
    "invalid": _number,
    "to": _pairs,
    "fields": _pairs,
    "changed": _texts,
}
