"""The values of an entry as pairs of a dotted key and what stands there, and back.

So two entries are compared key by key, whichever way their groups are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Value: TypeAlias = "str | tuple[str, ...]"
Items: TypeAlias = "tuple[tuple[str, Value], ...]"


def flatten(values: Mapping[str, Any]) -> Items:
    """The pairs, in order."""
    found: list[tuple[str, Value]] = []
    for key, what in values.items():
        if isinstance(what, Mapping):
            found += [(f"{key}.{inner}", one) for inner, one in flatten(what)]
        elif isinstance(what, list | tuple):
            found.append((key, _lines(what)))
        else:
            found.append((key, str(what)))
    return tuple(found)


def nested(items: Iterable[tuple[str, Value]]) -> dict[str, Any]:
    """The groups again."""
    found: dict[str, Any] = {}
    for key, what in items:
        *groups, last = key.split(".")
        node = found
        for group in groups:
            node = node.setdefault(group, {})
        node[last] = list(what) if isinstance(what, tuple) else what
    return found


def at(record: Any, key: str) -> Value | None:
    """What stands in a record at a key; None where nothing does.

    Where something else stands in its place (a name in one piece, a text for each language) that
    is what stands there, as one text.
    """
    node = record
    for step in key.split("."):
        if not isinstance(node, Mapping):
            break
        if step not in node:
            return None
        node = node[step]
    if isinstance(node, Mapping):
        return "\x1f".join(f"{inner}\x1e{one}" for inner, one in flatten(node))
    if isinstance(node, list):
        return _lines(node)
    return None if node is None else str(node).strip()


def _lines(what: Iterable[Any]) -> Value:
    texts = tuple(str(one).strip() for one in what)
    return texts[0] if len(texts) == 1 else texts
