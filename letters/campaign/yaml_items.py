"""Entries of a list in a YAML file are left out, or change places; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from letters.campaign.word_changes import NoPlaceError
from letters.campaign.yaml_nodes import Node, Plain, compose, way

_SIGN = re.compile(r"[ \t]*-[ \t]+")
_REMARK = re.compile(r"[ \t]*#")


def length(text: str, key: str) -> int:
    """How many entries the list under that key has. Raises NoPlaceError."""
    return len(_list(text, key).items)


def rearranged(text: str, key: str, order: Sequence[int]) -> str:
    """The text whose list under ``key`` has the entries that are in ``order``, by position.

    Raises NoPlaceError.
    """
    node = _list(text, key)
    if not order:
        raise NoPlaceError(f"nothing would be left of {key}: take it out of the file yourself")
    every = node.items
    wanted = [every[number].plain for number in order]
    if node.style:
        if list(order) != sorted(order):
            raise NoPlaceError("the list is written within brackets: change its order yourself")
        after = _cut_within(text, every, set(order))
    else:
        after = _filled(text, [_lines(text, one) for one in every], order)
    if _said(after, key) != (wanted, _said(text, key)[1]):
        raise NoPlaceError("the list can’t be changed without changing something else")
    return after


def _said(text: str, key: str) -> tuple[list[Plain], Plain]:
    """The entries of the list, and the file without them. Raises NoPlaceError."""
    try:
        root = compose(text)
    except yaml.YAMLError:
        raise NoPlaceError("the file can’t be read any more") from None
    found = _list_in(root, key)
    items = [one.plain for one in found.items]
    found.items = []
    return items, root.plain if root else None


def _list(text: str, key: str) -> Node:
    try:
        return _list_in(compose(text), key)
    except yaml.YAMLError:
        raise NoPlaceError("the file can’t be read any more") from None


def _list_in(root: Node | None, key: str) -> Node:
    node = next(reversed(way(root, key)), None)
    if node is None or node.is_group or node.is_text:
        raise NoPlaceError(f"{key} is no list any more")
    return node


def _lines(text: str, node: Node) -> tuple[int, int]:
    """From where to where the lines of an entry go."""
    start = text.rfind("\n", 0, node.start) + 1
    if not _SIGN.fullmatch(text[start : node.start]):
        raise NoPlaceError("the list is written in another way than line by line")
    end = text.find("\n", node.end)
    return start, len(text) if end < 0 else end + 1


def _cut_within(text: str, items: Sequence[Node], stays: set[int]) -> str:
    for number in reversed(range(len(items))):
        if number not in stays:
            # With the comma that is between it and what stays.
            if any(each < number for each in stays):
                start, end = items[number - 1].end, items[number].end
            else:
                start, end = items[number].start, items[number + 1].start
            text = text[:start] + text[end:]
    return text


def _filled(text: str, lines: Sequence[tuple[int, int]], order: Sequence[int]) -> str:
    """The places of the entries that stay with these entries in their new order."""
    parts: list[str] = []
    newline = "\r\n" if "\r\n" in text else "\n"
    at = 0
    slots = iter(zip(sorted(order), order, strict=True))
    for number, (start, end) in enumerate(lines):
        parts.append(text[at:start])
        at = end
        if number in order:
            _, own = next(slots)
            moved = text[slice(*lines[own])]
            if own != number and _has_remark(text, lines[own][0]):
                raise NoPlaceError("a remark stands above an entry of the list: move both yourself")
            parts.append(moved if moved.endswith("\n") else f"{moved}{newline}")
    after = "".join((*parts, text[at:]))
    return after if text.endswith("\n") else after.removesuffix(newline)


def _has_remark(text: str, start: int) -> bool:
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    return bool(_REMARK.match(text[above:start]))
