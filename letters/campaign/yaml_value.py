"""One text of a YAML file gets other words, and every other byte stays: line ends, quotes, remarks.

A long text that goes over many lines keeps them. Whether the file then says what it should, and
nothing else has changed in it, is looked at before it is given back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import yaml

from letters.campaign.word_changes import (
    NoPlaceError,
    WordChange,
    apart,
    sign_places,
    signs,
    spliced,
)
from letters.campaign.yaml_edit import retold
from letters.campaign.yaml_nodes import Node, compose, way

_BREAK = re.compile(r"\r\n?|\n")
_COMPOSED = "letters puts it together from the record, and it stands in no field of its own"


def reworded(text: str, key: str, changes: Sequence[tuple[str, WordChange]]) -> str:
    """``text`` with the value under ``key`` changed.

    Each change is counted in the words that were printed, which it is given with: of a value of
    several lines they are one of these. Raises NoPlaceError.
    """
    try:
        root = compose(text)
    except yaml.YAMLError:
        raise NoPlaceError("the file can’t be read any more") from None
    node, within = _found(root, key)
    said = node.said or ""
    own = signs(said)
    placed: list[WordChange] = []
    for words, change in changes:
        at = own.find(signs(words))
        if at < 0 or own.find(signs(words), at + 1) >= 0:
            message = "it is written in another form than it is printed in (such as a date)"
            raise NoPlaceError(message)
        placed.append(change.moved(at))
    placed = apart(placed)
    wanted = spliced(said, placed, sign_places(said))
    if not signs(wanted):
        raise NoPlaceError("nothing would be left of it: take it out of the file yourself")
    newline = found[0] if (found := _BREAK.search(text)) else "\n"
    for after in (
        _in_place(text, node, placed),
        retold(text, node, wanted, newline, within=within),
    ):
        if after is not None and _says(after, key, wanted, root):
            return after
    raise NoPlaceError("these words can’t be written there without changing something else")


def _found(root: Node | None, key: str) -> tuple[Node, bool]:
    """The text under a key, and whether it stands within brackets."""
    found = way(root, key)
    node = found[-1] if found else None
    if node is None or not node.is_text or not node.said:
        raise NoPlaceError(_COMPOSED)
    return node, any(one.style in ("{", "[") for one in found[:-1])


def _in_place(text: str, node: Node, changes: Sequence[WordChange]) -> str | None:
    """The text with the very signs exchanged; None where they are written in another way."""
    start, end = node.start, node.end
    if node.style in ("|", ">"):
        header = _BREAK.search(text, start, end)
        start = header.end() if header else end
    elif node.style:
        start, end = start + 1, end - 1
    body = text[start:end]
    if signs(body) != signs(node.said or ""):
        return None
    escaped = [
        WordChange(one.start, one.end, _escaped(one.came, node.style), one.after_sign,
                   one.before_sign)
        for one in changes
    ]  # fmt: skip
    return text[:start] + spliced(body, escaped, sign_places(body)) + text[end:]


def _escaped(words: str, style: str) -> str:
    if style == "'":
        return words.replace("'", "''")
    return json.dumps(words, ensure_ascii=False)[1:-1] if style == '"' else words


def _says(text: str, key: str, wanted: str, before: Node | None) -> bool:
    """Whether the text says what is wanted under that key, and elsewhere what it said before."""
    try:
        root = compose(text)
    except yaml.YAMLError:
        return False
    try:
        node, _ = _found(root, key)
        former, _ = _found(before, key)
    except NoPlaceError:
        return False
    if (node.said or "").split() != wanted.split():
        return False
    node.said = former.said
    return root is not None and before is not None and root.plain == before.plain
