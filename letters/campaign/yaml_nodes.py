"""Where each key and each value of a YAML text begins and ends, so that one can be exchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from msgspec import Struct, field

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""What a node says, without its places; None where nothing is written."""

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_STARTS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))


class Node(Struct):
    """A text, a list or a group of keys: ``text[start:end]`` is how it is written.

    ``style`` is the quotation mark or the sign of a block for a text, “{” or “[” for what is
    written within brackets, and empty for all else. The ``items`` of a group are its keys and
    values by turns.
    """

    start: int
    end: int
    style: str
    said: str | None = None
    items: list[Node] = field(default_factory=list)
    is_group: bool = False

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """The keys of a group with their values."""
        return zip(self.items[::2], self.items[1::2], strict=False)

    @property
    def is_text(self) -> bool:
        """Whether it is neither a list nor a group."""
        return not self.is_group and self.style != "[" and not self.items

    def value_of(self, key: str) -> Node | None:
        """The value of a group's key, if the key stands there."""
        return next((value for name, value in self.pairs if name.said == key), None)

    @property
    def plain(self) -> Plain:
        """What it says."""
        if self.is_group:
            return {key.said or "": value.plain for key, value in self.pairs}
        return self.said if self.is_text else [item.plain for item in self.items]


def way(root: Node | None, key: str) -> list[Node]:
    """From the ``root`` to what stands under a key such as “asks[0].text”; empty if none does."""
    found = [root] if root else []
    for number, name in _STEP.findall(key):
        if not found:
            break
        node, below = found[-1], None
        if name:
            below = node.value_of(name) if node.is_group else None
        elif not node.is_group and int(number) < len(node.items):
            below = node.items[int(number)]
        found = [*found, below] if below else []
    return found


def compose(text: str) -> Node | None:
    """The whole text as a node; None where nothing stands in it. Raises yaml.YAMLError."""
    root: Node | None = None
    open_: list[Node] = []
    event: Any  # whose marks are always there, whatever the types say
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind in _ENDS:
            done = open_.pop()
            # In brackets it ends with the bracket, elsewhere where the last thing in it does.
            done.end = event.end_mark.index if done.style else _end_of(done)
            continue
        if kind is yaml.ScalarEvent:
            node = _text(text, event)
        elif kind in _STARTS:
            start, is_group = event.start_mark.index, kind is yaml.MappingStartEvent
            style = ("{" if is_group else "[") if event.flow_style else ""
            node = Node(start, start, style, is_group=is_group)
        elif kind is yaml.DocumentEndEvent:
            break  # what stands behind it belongs to the next entry of a list
        else:
            continue
        if open_:
            open_[-1].items.append(node)
        else:
            root = node
        if kind in _STARTS:
            open_.append(node)
    return root


def _text(text: str, event: Any) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    style = event.style or ""
    if style in ("|", ">"):  # whose end is where the next thing begins
        end = start + len(text[start:end].rstrip())
    is_nothing = event.implicit[0] and event.value in ("", "~")
    said = None if is_nothing else unicodedata.normalize("NFC", event.value)
    return Node(start, end, style, said)


def _end_of(node: Node) -> int:
    return node.items[-1].end if node.items else node.start
