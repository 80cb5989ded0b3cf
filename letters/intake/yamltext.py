"""Entries as lines of YAML, in the way in which a person would write them down.

Every value is a text to our reader; quotation marks stand where another reader would take it for
something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Letters first, and nothing behind them that means anything to YAML, in a list neither.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.'’()&/+–@\- ]*[\w.’)])?")
_MEANT = frozenset(("yes", "no", "y", "n", "true", "false", "on", "off", "null", "nan"))


def scalar(text: str) -> str:
    """One text, plain where that is certain."""
    if _PLAIN.fullmatch(text) and text.lower() not in _MEANT:
        return text
    return json.dumps(text, ensure_ascii=False)


def value(what: Any) -> str:
    """A text or a list of texts, in one line."""
    if isinstance(what, list | tuple):
        return f"[{', '.join(map(scalar, what))}]"
    if isinstance(what, dict):
        return "{" + ", ".join(f"{key}: {value(one)}" for key, one in what.items()) + "}"
    return scalar(what)


def lines(values: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """A group of keys, a line each; groups in it are indented."""
    for key, what in values.items():
        if isinstance(what, dict):
            yield f"{indent}{key}:"
            yield from lines(what, f"{indent}  ")
        else:
            yield f"{indent}{key}: {value(what)}"


def entry(identifier: str, values: Mapping[str, Any], indent: str = "") -> str:
    """One entry of a list of people, with its last line’s end."""
    inner = "".join(f"{line}\n" for line in lines(values, f"{indent}  "))
    return f"{indent}- id: {identifier}\n{inner}"


def flow(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Entries for a list that is written in brackets."""
    return ", ".join(value({"id": identifier, **values}) for identifier, values in entries)
