"""From a Source to a typed model, with every problem at its own line.

pydantic finds all mistakes at once but knows neither lines nor the user's words; this module puts
both back. Messages never repeat the value that was wrong: it may be a protected one.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from letters.campaign.record_list import RecordList
from letters.campaign.source import Location, Mapping, Source
from letters.campaign.types import own_words
from letters.problem import Place, Problem, did_you_mean

M = TypeVar("M", bound=BaseModel)

_BOUNDS = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be a text",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a group of “key: value” lines",
    "model_type": "must be a group of “key: value” lines",
    "model_attributes_type": "must be a group of “key: value” lines",
    "too_short": "must have at least one entry",
    "string_pattern_mismatch": "is not in the right form",
    # Whatever was raised where nobody thought of it: its words may be the value.
    "value_error": "is not in the right form",
    "assertion_error": "is not in the right form",
}


def validate(
    model: type[M], source: Source, location: Location = ()
) -> tuple[M | None, list[Problem]]:
    """Type the part of ``source`` at ``location``; None when anything in it is wrong."""
    node = source.root
    for step in location:
        node = node[step]
    if node is None or isinstance(node, str | list):
        problem = Problem(source.place(location), _MESSAGES["model_type"], _example(model))
        return None, [problem]
    try:
        typed, problems = model.model_validate(node), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        typed, problems = None, [_problem(model, source, location, item) for item in found]
    if not (isinstance(source.root, RecordList) and source.root.is_gapless):
        empty = (_gap(model, source, location, steps) for steps in _gaps(node))
        problems += [problem for problem in empty if problem is not None]
    return (None if problems else typed), problems


def _gaps(node: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The keys below ``node`` that were written with nothing behind them."""
    if isinstance(node, Mapping):
        yield from ((*steps, key) for key in node.gaps)
        items: Iterable[tuple[str | int, Any]] = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    else:
        return
    for key, value in items:
        if not isinstance(value, str):
            yield from _gaps(value, (*steps, key))


def _gap(
    model: type[BaseModel], source: Source, base: Location, steps: tuple[str | int, ...]
) -> Problem | None:
    """An empty key is fine where the key is known and may be left out: it means "not given"."""
    known = _keys_at(model, steps[:-1])
    place = source.place((*base, *steps), at_key=True)
    if str(steps[-1]) in known:
        return None
    if known:
        place = _readable(place, model, steps)
        return Problem(place, "is not a known key", did_you_mean(str(steps[-1]), known))
    place = _readable(place, model, steps)
    return Problem(place, "is empty", "fill it in, or delete the key")


def _problem(model: type[BaseModel], source: Source, base: Location, item: Any) -> Problem:
    steps = tuple(step for step in item["loc"] if step != "[key]")
    location = (*base, *_real(source, base, steps))
    kind, context = item["type"], item.get("ctx", {})
    if "[key]" in item["loc"]:
        return Problem(source.place(location, at_key=True), _said(kind, item["msg"]))
    if kind == "extra_forbidden":
        known = _keys_at(model, steps[:-1])
        hint = did_you_mean(str(steps[-1]), known)
        place = _readable(source.place(location, at_key=True), model, steps)
        return Problem(place, "is not a known key", hint)
    if "key" in context:
        place = source.place((*location, context["key"]), at_key=True)
        if context["key"] not in own_words():
            place = _readable(place, model, steps)
        return Problem(place, item["msg"])
    if kind == "missing":
        empty = _written(source, location)
        return Problem(source.place(location), "is empty" if empty else "is missing", "fill it in")
    if kind == "literal_error":
        choice = context["expected"].replace("'", "")
        return Problem(source.place(location), f"must be {choice}")
    if kind == "string_pattern_mismatch" and steps[-1] == "url":
        return Problem(source.place(location), "must be a web address that starts with https://")
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return Problem(source.place(location), f"must be {words} {context[name]}")
    return Problem(source.place(location), _said(kind, item["msg"]))


def _said(kind: str, message: str) -> str:
    """The sentence for a mistake; pydantic’s own are for programmers, and may hold the value."""
    return _MESSAGES.get(kind) or (_MESSAGES["value_error"] if kind in _built_in() else message)


@functools.cache
def _built_in() -> frozenset[str]:
    from pydantic_core.core_schema import ErrorType

    return frozenset(typing.get_args(ErrorType))


def _readable(place: Place, model: type[BaseModel], steps: tuple[Any, ...]) -> Place:
    """The place of a key that nobody knows, without the key where it may be a name."""
    private = any(getattr(each, "is_private", False) for each in _along(model, steps[:-1]))
    return replace(place, key=f"{place.key.rpartition('.')[0]}.…") if private else place


def _written(source: Source, location: Location) -> bool:
    node = source.node(location[:-1])
    return isinstance(node, Mapping) and location[-1] in node.key_marks


def _real(source: Source, base: Location, steps: tuple[Any, ...]) -> tuple[str | int, ...]:
    """The location without the names of union branches, which no user wrote."""
    node = source.root
    for step in base:
        node = node[step]
    real: list[str | int] = []
    for position, step in enumerate(steps):
        there = (isinstance(node, dict) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if there:
            node = node[step]
        elif position < len(steps) - 1 or not isinstance(node, dict):
            continue
        real.append(step)
    return tuple(real)


def _keys_at(model: type[BaseModel], steps: tuple[Any, ...]) -> set[str]:
    """The keys that are known where ``steps`` lead: the aliases of a model's fields."""
    *_, current = _along(model, steps)
    if not _is_model(current):
        return set()
    return {field.alias or name for name, field in current.model_fields.items()}


def _along(model: type[BaseModel], steps: tuple[Any, ...]) -> Iterator[Any]:
    """The types on the way to where ``steps`` lead, the last one among them."""
    current: Any = model
    yield current
    for step in steps:
        if _is_model(current):
            field = _field(current, str(step))
            current = field.annotation if field else None
        else:  # an entry of a list, or of a group that the user names the entries of
            current = typing.get_args(current)[-1 if typing.get_origin(current) is dict else 0]
        current = _inner(current, lambda t: _is_model(t) or typing.get_origin(t) in (tuple, dict))
        yield current


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return field
    return None


def _inner(annotation: Any, wanted: Callable[[Any], bool]) -> Any:
    if wanted(annotation):
        return annotation
    for part in typing.get_args(annotation):
        found = _inner(part, wanted)
        if found is not None:
            return found
    return None


def _example(model: type[BaseModel]) -> str:
    required = [f.alias or name for name, f in model.model_fields.items() if f.is_required()]
    return f"it needs at least: {', '.join(required)}" if required else ""
