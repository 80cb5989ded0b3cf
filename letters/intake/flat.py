"""The values of an entry as pairs of a dotted key and what stands there, and back.

So two entries are compared key by key, whichever way their groups are written.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from letters.campaign.source_lines import Lined

Value: TypeAlias = "str | tuple[str, ...]"
_ONE_OR_MORE = frozenset(("address.street", "contact.address"))


class Items:
    """The pairs, in order: ``keys``, which nearly all rows of a list share, and what each says."""

    __slots__ = ("keys", "said")

    def __init__(self, keys: Iterable[str] = (), said: Iterable[Value] = ()) -> None:
        self.keys, self.said = _shared(tuple(keys)), tuple(said)

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return zip(self.keys, self.said)  # noqa: B905 - as many of one as of the other

    @property
    def texts(self) -> tuple[str, ...] | None:
        """What each says, where all of it are texts and no group is within another."""
        flat = _is_flat(self.keys) and all(type(one) is str for one in self.said)
        return cast("tuple[str, ...]", self.said) if flat else None

    def get(self, key: str) -> Value | None:
        """What stands at a key; None where nothing does."""
        keys = self.keys
        return self.said[keys.index(key)] if key in keys else None

    def without(self, key: str) -> Items:
        """All but what stands at a key."""
        left = [pair for pair in self if pair[0] != key]
        return Items([key for key, _ in left], [what for _, what in left])


@functools.lru_cache(maxsize=1024)
def _is_flat(keys: tuple[str, ...]) -> bool:
    """Whether no group is within another one, or in two pieces, or has something beside it."""
    groups = [group for group, _ in itertools.groupby(key.partition(".")[0] for key in keys)]
    return (
        len(groups) == len({*groups})
        and all(
            key.count(".") < 2 and not ("." in key and key.partition(".")[0] in keys)
            for key in keys
        )
        and len(keys) == len({*keys})
    )


@functools.lru_cache(maxsize=1024)
def _shared(keys: tuple[str, ...]) -> tuple[str, ...]:
    return keys


NO_ITEMS = Items()


def flatten(values: Mapping[str, Any]) -> Items:
    """The pairs, in order."""
    keys: list[str] = []
    said: list[Value] = []
    _gather(values, "", keys, said)
    return Items(keys, said)


def _gather(values: Mapping[str, Any], group: str, keys: list[str], said: list[Value]) -> None:
    for name, what in values.items():
        key = f"{group}{name}" if group else name
        if isinstance(what, dict):
            _gather(what, f"{key}.", keys, said)
            continue
        keys.append(key)
        if type(what) is str:  # as nearly all are
            said.append(what)
        else:
            said.append(_lines(key, what) if isinstance(what, list | tuple) else str(what))


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
    there: Mapping[str, int | None] = lined[-1].at
    name = key
    while name:
        if (where := there.get(name)) is not None:
            return str(lined[where])
        name = name.rpartition(".")[0]
    if key not in there:
        return None
    begin = f"{key}."
    inner = ((name, n) for name, n in there.items() if name.startswith(begin) and n is not None)
    return "\x1f".join(f"{name.removeprefix(begin)}\x1e{lined[n]}" for name, n in inner)


def _lines(key: str, what: Iterable[Any]) -> Value:
    """A list; one line may be written as a text where several may stand."""
    texts = tuple([str(one).strip() for one in what])
    return texts[0] if len(texts) == 1 and key in _ONE_OR_MORE else texts
