"""Some records of a file of people, as they were written: comments, order and spelling kept.

What is written anew from what was read would lose the notes that people keep beside a record. So
the other records are cut out of the text, by their positions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import yaml
from msgspec import Struct, field

from letters.campaign.plaintext import decode

_VALUES, _THREAD = "values", "thread"
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_HEAD = (yaml.StreamStartEvent, yaml.DocumentStartEvent)

_Edit: TypeAlias = tuple[int, int, str]


class _Node(Struct):
    """A part of the file: where it begins and ends, counted in characters."""

    start: int
    end: int
    text: str = ""
    flow: bool = False
    items: list[_Node] = field(default_factory=list)
    pairs: list[tuple[_Node, _Node]] = field(default_factory=list)

    def of(self, key: str) -> tuple[_Node, _Node] | None:
        """A key of a mapping, and its value."""
        return next((pair for pair in self.pairs if pair[0].text == key), None)


def excerpt(
    data: bytes,
    alone: str,
    kept: Mapping[str, Mapping[str, str]],
    threads: Mapping[str, Sequence[str]] | None = None,
) -> bytes | None:
    """The file with the records in ``kept`` only; None where it has none of them.

    ``kept`` maps ids to what stands under ``values`` of that record from now on, in place of what
    stood there; ``threads`` do the same for ``thread``, for those ids that they have. ``alone`` is
    the id of a record that is the whole file and doesn't say its own. The file is one that was read
    as people before.
    """
    text = decode(data, "")[0].replace("\r", "\n")
    root = _tree(text)
    # A record may be the whole file.
    records = [(record, _id(record)) for record in root.items] or [(root, _id(root) or alone)]
    wanted = [number for number, (_, name) in enumerate(records) if name in kept]
    if not wanted:
        return None
    edits = list[_Edit]()
    for record, name in (records[number] for number in wanted):
        values, thread = kept[name], (threads or {}).get(name, ())
        said = ", ".join(f"{key}: {value}" for key, value in values.items())
        edits += _edit(text, record, _VALUES, f"{{{said}}}", needed=bool(values))
        quoted = ", ".join(map(json.dumps, thread))
        if thread:
            edits += _edit(text, record, _THREAD, f"[{quoted}]", needed=True)
    if len(wanted) < len(records):
        edits += _between_commas(root, wanted) if root.flow else _by_lines(text, root, {*wanted})
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode()


def _id(record: _Node) -> str:
    found = record.of("id")
    return found[1].text if found else ""


def _edit(text: str, record: _Node, key: str, value: str, *, needed: bool) -> Iterator[_Edit]:
    """What to write where, so that the record says this; nothing if it says nothing, and may."""
    there, said = record.of(key), f"{key}: {value}"
    if there:
        yield there[0].start, there[1].end, said
    elif needed and record.flow:
        yield record.start + 1, record.start + 1, f"{said}, "
    elif needed:
        first, end = record.pairs[0][0].start, _line_end(text, record.end)
        yield end, end, f"\n{' ' * _column(text, first)}{said}"


def _by_lines(text: str, root: _Node, wanted: set[int]) -> Iterator[_Edit]:
    """Each record that isn't wanted: its lines, and the comment that stands right above it."""
    column = _column(text, root.start)
    for number, item in enumerate(root.items):
        if number in wanted:
            continue
        start = _line_start(text, item.start)
        while start and text[start : start + column + 1] != " " * column + "-":
            start = _line_start(text, start - 1)
        start = _with_remarks(text, start, column)
        end = _line_end(text, item.end) + 1
        while end < len(text):  # what is said about it further in, and the empty lines after it
            line = text[end : _line_end(text, end) + 1]
            if line.strip() and _remark(line) <= column:
                break
            end += len(line)
        yield start, min(end, len(text)), ""


def _with_remarks(text: str, start: int, column: int) -> int:
    """Where the comment right above a record begins; what begins the file is not about it."""
    above = start
    while above and 0 <= _remark(text[_line_start(text, above - 1) : above]) <= column:
        above = _line_start(text, above - 1)
    return above or start


def _remark(line: str) -> int:
    """The column of a line that is a comment only; -1 for another line."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.startswith("#") else -1


def _between_commas(root: _Node, wanted: list[int]) -> Iterator[_Edit]:
    """The same in brackets: from one record that stays to the next."""
    last = -1
    for number in wanted:
        start = root.items[last].end if last >= 0 else root.items[0].start
        if number > last + 1:
            yield start, root.items[number].start, ", " if last >= 0 else ""
        last = number
    if last < len(root.items) - 1:
        yield root.items[last].end, root.items[-1].end, ""


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _tree(text: str) -> _Node:
    events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
    return _node(text, events, next(event for event in events if not isinstance(event, _HEAD)))


def _node(text: str, events: Iterator[Any], event: Any) -> _Node:
    node = _Node(event.start_mark.index, event.end_mark.index)
    if isinstance(event, yaml.ScalarEvent):
        node.text = event.value
        node.end = max(node.start, len(text[: node.end].rstrip()))  # a “|” goes on to what follows
        return node
    node.flow, parts = bool(event.flow_style), list[_Node]()
    while type(inner := next(events)) not in _ENDS:
        parts.append(_node(text, events, inner))
    # Without brackets the parser lets a group end where the next thing begins.
    node.end = inner.end_mark.index if node.flow else parts[-1].end
    if isinstance(event, yaml.MappingStartEvent):
        node.pairs = list(zip(parts[::2], parts[1::2], strict=True))
    else:
        node.items = parts
    return node
