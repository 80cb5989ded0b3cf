"""Nested records (JSON, YAML, XML) as rows: every text gets the path that leads to it as a column.

``terms[-1].type`` is the type of the last term, ``offices[classification=capitol].address`` the
address of the first office of that kind. A list is told by its first five items and its last one;
a list of words is one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letters.intake.row import UnreadableError

MOST_COLUMNS = 2_000
_ITEMS = 5
_STEP = re.compile(r"\.?([^.\[\]]+)|\[([^\[\]]*)\]")


def flatten(record: Any) -> dict[str, str]:
    """The texts of a record by their paths."""
    cells: dict[str, str] = {}
    for path, text in _texts(record, ""):
        cells[path] = text
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError(f"a record holds more than {MOST_COLUMNS} values")
    return cells


def find(record: Any, path: str) -> str:
    """The text at ``path``, or "" where there is none."""
    node = at(record, path)
    return "" if isinstance(node, Mapping) else _text(node)


def at(record: Any, path: str) -> Any:
    """Whatever stands at ``path``; None where nothing does."""
    node = record
    for name, item in _STEP.findall(path):
        if name:
            node = node.get(name) if isinstance(node, Mapping) else None
        elif isinstance(node, Sequence) and not isinstance(node, str):
            node = _item(node, item)
        elif item not in ("0", "-1"):  # one thing is its own first and last: XML can't tell
            node = node if _is_such(node, item) else None
        if node is None:
            return None
    return node


def is_path(column: str) -> bool:
    """Whether a column leads into a record and is not the heading of a table."""
    return "[" in column or "." in column


def _item(items: Sequence[Any], wanted: str) -> Any:
    if re.fullmatch(r"-?\d{1,4}", wanted):
        number = int(wanted)
        return items[number] if -len(items) <= number < len(items) else None
    return next((each for each in items if _is_such(each, wanted)), None)


def _is_such(node: Any, wanted: str) -> bool:
    key, _, value = wanted.partition("=")
    return isinstance(node, Mapping) and _text(node.get(key)) == value


def _texts(node: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, Sequence) and not isinstance(node, str) and not _is_plain(node):
        for number, item in enumerate(node[:_ITEMS]):
            yield from _texts(item, f"{path}[{number}]")
        if node:
            yield from _texts(node[-1], f"{path}[-1]")
    else:
        yield path or "value", _text(node)


def _is_plain(items: Sequence[Any]) -> bool:
    return not any(isinstance(item, Mapping | list) for item in items)


def _text(node: Any) -> str:
    if node is None:
        return ""
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, Sequence) and not isinstance(node, str):
        return "; ".join(filter(None, map(_text, node))) if _is_plain(node) else ""
    return str(node)
