"""The values of an entry as pairs of a dotted key and what stands there, and back.

So two entries are compared key by key, whichever way their groups are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from letters.campaign.source_lines import Lined

Value: TypeAlias = "str | tuple[str, ...]"
_ONE_OR_MORE = frozenset(("address.street", "contact.address"))

Items: TypeAlias = "tuple[tuple[str, Value], ...]"


def flatten(values: Mapping[str, Any], group: str = "") -> Items:
    """The pairs, in order."""
    found: list[tuple[str, Value]] = []
    for name, what in values.items():
        key = f"{group}{name}" if group else name
        if type(what) is str:
            found.append((key, what))
        elif isinstance(what, dict):
            found += flatten(what, f"{key}.")
        elif isinstance(what, list | tuple):
            found.append((key, _lines(key, what)))
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
        if not isinstance(node, dict):
            break
        if step not in node:
            return None
        node = node[step]
    if isinstance(node, dict):
        return "\x1f".join(f"{inner}\x1e{one}" for inner, one in flatten(node))
    if isinstance(node, list):
        return _lines(key, node)
    return None if node is None else str(node).strip()


def at_lines(lined: Lined, key: str) -> Value | None:
    """The same for a record that was read by its lines: each key has a word, or a group of some."""
    shape, words = lined
    group, _, rest = key.partition(".")
    for name in (key, group):
        if (where := shape.at.get(name)) is not None:
            return words[where]
    if rest or group not in shape.at:
        return None
    begin = f"{group}."
    inner = ((name, n) for name, n in shape.at.items() if name.startswith(begin))
    return "\x1f".join(f"{name[len(begin):]}\x1e{words[n]}" for name, n in inner if n is not None)


def _lines(key: str, what: Iterable[Any]) -> Value:
    """A list; one line may be written as a text where several may stand."""
    texts = tuple([str(one).strip() for one in what])
    return texts[0] if len(texts) == 1 and key in _ONE_OR_MORE else texts
