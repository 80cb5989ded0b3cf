"""A template's values of the type ``list``: any number of texts under one key.

Where a template had ``whereas_1`` to ``whereas_4`` before, campaigns still have these:
they are the list's items, in the order of their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from letters.alike import Alike
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.schema import ValueRule

_NUMBERED = re.compile(r"([a-z][a-z0-9_]*)_([1-9][0-9]{0,3})")


def items(values: Mapping[str, Any], key: str) -> list[tuple[tuple[str | int, ...], Any]]:
    """The items of a list with the steps that lead to each, below ``values``."""
    written = values.get(key)
    if written is None:
        return [((name,), values[name]) for name in _numbered(values, key)]
    if isinstance(written, list):
        return [((key, index), item) for index, item in enumerate(written)]
    return [((key,), written)]


def list_of(name: str, rules: Mapping[str, ValueRule]) -> str | None:
    """The list of which a key such as ``whereas_5`` is an item, where the template has it."""
    found = _NUMBERED.fullmatch(name)
    rule = rules.get(found[1]) if found else None
    return found[1] if found and rule and rule.type == "list" and name not in rules else None


def written_twice(campaign: Campaign) -> Iterator[Problem]:
    """A list that stands there whole, and item by item as well: one of them would be lost."""
    values = campaign.letter.values
    for key, rule in campaign.declared.values.items():
        if rule.type == "list" and key in values:
            for name in _numbered(values, key):
                place = campaign.letter_place.place("values", name)
                message = f"stands beside “{key}”, which is the whole list"
                yield Problem(place, message, f"make it an item of “{key}”")


def _numbered(values: Mapping[str, Any], key: str) -> list[str]:
    return _by_list(values).get(key, [])


def _in_order(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """The numbered keys of each list, found in one go: a template may have thousands of lists."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in values:
        if match := _NUMBERED.fullmatch(name):
            found.setdefault(match[1], []).append((int(match[2]), name))
    return {key: [name for _, name in sorted(numbered)] for key, numbered in found.items()}


_by_list = Alike(_in_order)  # what a letter gives never changes once it is read
