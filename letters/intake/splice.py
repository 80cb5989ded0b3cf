"""A few values of a YAML file written anew where they stand; every other byte stays as it is.

Each change is read back before it counts: where the result would say anything but what was meant,
the file is left alone and the change is the user’s to make.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from letters.campaign.source import Mark, parse
from letters.intake.flat import Value, nested
from letters.intake.yamltext import lines, value

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class SpliceError(Exception):
    """The text is written in a way in which this can’t be changed."""


def pieces(text: str, marks: Sequence[Mark]) -> tuple[str, list[str]]:
    """A list cut into what stands before its entries, and the lines of each entry."""
    every = _LINE.findall(text)
    starts = [line - 1 for line, _ in marks]
    ends = [*starts[1:], len(every)]
    if any(a >= b for a, b in zip(starts, ends, strict=True)):
        raise SpliceError  # several in a line
    bodies = ["".join(every[a:b]) for a, b in zip(starts, ends, strict=True)]
    return "".join(every[: starts[0]]) if starts else text, bodies


def changed(text: str, changes: Mapping[str, Value]) -> str:
    """The text of one entry, or of a file that is one group, with those keys set."""
    for key, what in changes.items():
        before = _read(text)
        after = _set(text, key.split("."), list(what) if isinstance(what, tuple) else what)
        if _read(after) != _with(before, key, what):
            raise SpliceError
        text = after
    return text


def _read(text: str) -> Any:
    source, problems = parse(text.encode(), "")
    if problems:
        raise SpliceError
    root = source.root
    return root[0] if isinstance(root, list) and len(root) == 1 else root


def _with(record: Any, key: str, what: Value) -> Any:
    def copied(node: Any) -> Any:
        return {k: copied(v) for k, v in node.items()} if isinstance(node, Mapping) else node

    whole = copied(record)
    *groups, last = key.split(".")
    node = whole
    for group in groups:
        node = node.setdefault(group, {})
        if not isinstance(node, dict):
            raise SpliceError
    node[last] = list(what) if isinstance(what, tuple) else what
    return whole


@dataclass(frozen=True, slots=True)
class _Found:
    """How far a path leads: the last group that is there, and what is left of the path."""

    group: yaml.MappingNode
    rest: list[str]
    node: yaml.Node | None


def _set(text: str, path: list[str], what: Any) -> str:
    found = _find(text, path)
    node, group = found.node, found.group
    if node is not None:
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            raise SpliceError
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            raise SpliceError
        new = json.dumps(what, ensure_ascii=False) if group.flow_style else value(what)
        space = " " if start == end else ""  # the key stood there with nothing behind it
        return f"{text[:start]}{space}{new}{text[end:]}"
    added = nested([(".".join(found.rest), what)])
    if group.flow_style:
        end = group.end_mark.index - 1
        inner = ", ".join(f"{key}: {_in_flow(one)}" for key, one in added.items())
        if not group.value:
            return f"{text[:end]}{inner}{text[end:]}"
        head = text[:end].rstrip()
        return (
            f"{head}{'' if head.endswith(',') else ','} {inner}{text[len(head) : end]}{text[end:]}"
        )
    return _added(text, group, added)


def _added(text: str, group: yaml.MappingNode, added: Mapping[str, Any]) -> str:
    """The keys in lines of their own behind the last line of a group."""
    if not group.value:
        raise SpliceError
    indent = " " * group.value[0][0].start_mark.column
    last: yaml.Node = group.value[-1][1]
    while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
        final = last.value[-1]
        last = final[1] if isinstance(final, tuple) else final
    end = last.end_mark.index
    block = isinstance(last, yaml.ScalarNode) and last.style in ("|", ">")
    at = end if block else _line_end(text, end)
    newline = "\r\n" if "\r\n" in text else "\n"
    head = text[:at]
    if head and not head.endswith(("\n", "\r")):
        head += newline
    new = "".join(f"{line}{newline}" for line in lines(added, indent))
    return head + new + text[at:]


def _in_flow(what: Any) -> str:
    return json.dumps(what, ensure_ascii=False)


def _line_end(text: str, index: int) -> int:
    found = re.compile(r"\r\n|\r|\n").search(text, index)
    return found.end() if found else len(text)


def _find(text: str, path: list[str]) -> _Found:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if isinstance(root, yaml.SequenceNode) and len(root.value) == 1:
        root = root.value[0]
    if not isinstance(root, yaml.MappingNode):
        raise SpliceError
    group, rest = root, list(path)
    while True:
        node = next((one for key, one in group.value if key.value == rest[0]), None)
        if node is None or len(rest) == 1:
            return _Found(group, rest, node)
        if not isinstance(node, yaml.MappingNode):
            raise SpliceError
        group, rest = node, rest[1:]


def appended(text: str, entries: Sequence[tuple[str, Mapping[str, Any]]], root: Any) -> str:
    """A list of people with more of them at its end; ``root`` is the list as it was read."""
    from letters.intake.yamltext import entry, flow

    newline = "\r\n" if "\r\n" in text else "\n"
    marks = getattr(root, "marks", None)
    if marks is None and root is not None:
        raise SpliceError
    if marks is not None and _is_flow(text):
        end = text.rindex("]")
        if not marks:
            return appended(text[: text.index("[")] + text[end + 1 :], entries, None)
        head = text[:end].rstrip()
        comma = "" if head.endswith(",") else ","
        return f"{head}{comma} {flow(entries)}{text[len(head) :]}"
    indent = " " * _dash(text, marks[0]) if marks else ""
    head = text if not text or text.endswith(("\n", "\r")) else text + newline
    new = "".join(entry(identifier, values, indent) for identifier, values in entries)
    return head + (new if newline == "\n" else new.replace("\n", newline))


def _dash(text: str, mark: Mark) -> int:
    """In which column the dash of an entry stands."""
    line = _LINE.findall(text)[mark[0] - 1]
    return str(line[: mark[1] - 1]).rindex("-")


def _is_flow(text: str) -> bool:
    node = next(
        event
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        if isinstance(event, yaml.CollectionStartEvent)
    )
    return bool(node.flow_style)
