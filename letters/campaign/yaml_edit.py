"""One word of a YAML file is written anew where it stands; every other byte stays as it is."""

from __future__ import annotations

import re
from typing import Any

import yaml

from letters.campaign.source import Mark

_BOM = b"\xef\xbb\xbf"


def reworded(data: bytes, mark: Mark, old: str, new: str) -> bytes:
    """The file with ``new`` in place of the text ``old`` that begins at ``mark``.

    Line ends, quotes, comments and spaces are kept. Raises ValueError where no such text stands
    there, or where it is written in a way that leaves no place for another one.
    """
    head = _BOM if data.startswith(_BOM) else b""
    text = data.removeprefix(_BOM).decode("utf-8")
    texts = _texts(text)
    for number, (value, at, start, end) in enumerate(texts):
        if at != mark or value.strip() != old:
            continue
        wanted = [said for said, *_ in texts]
        wanted[number] = value.replace(old, new)
        for edited in _candidates(text, start, end, old, new):
            if [said for said, *_ in _texts(edited)] == wanted:
                return head + edited.encode()
    raise ValueError("no such text stands there")


def _candidates(text: str, start: int, end: int, old: str, new: str) -> list[str]:
    """The word itself is replaced; where it is written with escapes, all between the quotes."""
    token = text[start:end]
    found = [
        text[: start + one.start()] + new + text[start + one.end() :]
        for one in re.finditer(re.escape(old), token)
    ]
    if token[:1] == '"':
        found.append(f'{text[: start + 1]}{new}"{text[end:]}')
    return found


def _texts(text: str) -> list[tuple[str, Mark, int, int]]:
    """Every text of the file: what it says, its mark, where it begins and ends."""
    found = []
    first: Any
    last: Any
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                first, last = event.start_mark, event.end_mark
                mark = (first.line + 1, first.column + 1)
                found.append((event.value, mark, first.index, last.index))
    except yaml.YAMLError:
        return []
    return found
