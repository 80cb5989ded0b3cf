"""JSON as text: every number stays as it was written, and what a web page puts around it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from letters.intake.row import UnreadableError

_ASSIGNED = re.compile(r"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]*\s*=(?!=)\s*")
_DEEPEST = 50


def parse(text: str, name: str) -> Any:
    """The value of a file: “var lords = […];” is one too, and so is a record in each line."""
    assigned = _ASSIGNED.match(text)
    if assigned:
        # Spaces in its place, so that a fault is where it is.
        before = re.sub(r"[^\n]", " ", assigned.group())
        text = before + text[assigned.end() :].rstrip().removesuffix(";")
    try:
        return _shallow(_loads(text, name), name)
    except RecursionError:
        raise UnreadableError(f"{name} is nested too deeply") from None
    except json.JSONDecodeError as error:
        lines = _lines(text, name) if error.msg == "Extra data" else None
        if lines is not None:
            return _shallow(lines, name)
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"{name} is not valid JSON ({where}: {error.msg})") from None


def _loads(text: str, name: str) -> Any:
    try:
        return json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
            object_pairs_hook=_once,
        )
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error.message}", error.hint) from None


def _lines(text: str, name: str) -> list[Any] | None:
    """A record in each line, if it is that."""
    try:
        return [_loads(line, name) for line in text.splitlines() if line.strip()]
    except json.JSONDecodeError:
        return None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """One of two equal keys would be lost; nobody could say which was meant."""
    record = dict(pairs)
    if len(record) < len(pairs):
        raise UnreadableError(
            "a record has the same key twice", "remove one of the two in the source"
        )
    return record


def _shallow(root: Any, name: str) -> Any:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableError(f"{name} is nested deeper than {_DEEPEST} levels")
        level = [
            inner
            for node in level
            if isinstance(node, dict | list)
            for inner in (node.values() if isinstance(node, dict) else node)
        ]
    return root
