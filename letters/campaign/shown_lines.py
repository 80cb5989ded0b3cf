"""The YAML lines of a record as they may be shown: what is protected is dots, line for line.

A change of a file is shown to whoever makes it, on a screen that others may see and in logs of
programs. So only what the person lets be shown stands in it, and never how they can be reached.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import yaml

from letters.campaign.shown import shown_keys
from letters.campaign.yaml_nodes import Node, compose

if TYPE_CHECKING:
    from letters.campaign.neutral import Role
    from letters.campaign.yaml_text import Exchange

_DOTS = "…"
_WRITTEN = re.compile(r"[^\r\n]+")
_KEY = re.compile(r"[A-Za-z_-]{1,32}")  # anything else may be a name in the wrong place
_REMARK = re.compile(r"#[^\r\n]*")
_AROUND = 3  # lines of a record beside those that change


def visible(role: Role, *records: Mapping[str, Any]) -> frozenset[str] | None:
    """The keys that each of the records lets be shown; None for all of them."""
    if role == "recipient":
        return None
    return frozenset.intersection(*(shown_keys(one.get("visibility")) for one in records))


def masked(text: str, shown: Collection[str] | None) -> str:
    """The lines of a record, of which only the keys in ``shown`` are to be seen with their values.

    Remarks are the user's own words of the person, and are hidden where anything of that is.
    """
    if shown is None:
        return text
    try:
        root = compose(text)
    except yaml.YAMLError:
        root = None
    if root is None:
        return _dotted(text)
    record = root if root.is_group else root.items[0] if root.items else root
    whole = "role" in shown  # a name alone is no whole record
    parts, at = [], 0
    for node, hidden, quiet in _leaves(record, shown):
        between, written = text[at : node.start], text[node.start : node.end]
        parts.append(between if whole and not quiet else _REMARK.sub(f"# {_DOTS}", between))
        parts.append(_dotted(written) if hidden else written)
        at = node.end
    rest = text[at:]
    last_is_hidden = bool(record.items) and record.items[-2].said not in shown
    parts.append(rest if whole and not last_is_hidden else _REMARK.sub(f"# {_DOTS}", rest))
    return "".join(parts)


def diff(
    shown_as: str, role: Role, exchanges: Iterable[Exchange], *, is_new: bool, is_gone: bool
) -> Iterator[str]:
    """What changes in one file, as a diff of the lines that may be shown."""
    yield f"--- {'/dev/null' if is_new else shown_as}"
    yield f"+++ {'/dev/null' if is_gone else shown_as}"
    shift = 0
    for one in exchanges:
        keys = visible(role, one.record, one.former)
        before, after = one.before.splitlines(), one.after.splitlines()
        seen = masked(one.before, keys).splitlines(), masked(one.after, keys).splitlines()
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for group in matcher.get_grouped_opcodes(_AROUND):
            (_, start, _, new_start, _), (_, _, end, _, new_end) = group[0], group[-1]
            here, there = one.line + start, one.line + shift + new_start
            yield f"@@ -{here},{end - start} +{there},{new_end - new_start} @@"
            for kind, i, j, k, m in group:
                if kind == "equal":
                    yield from (f" {line}" for line in seen[0][i:j])
                    continue
                yield from (f"-{line}" for line in seen[0][i:j])
                yield from (f"+{line}" for line in seen[1][k:m])
        shift += len(after) - len(before)


def _leaves(record: Node, shown: Collection[str]) -> Iterator[tuple[Node, bool, bool]]:
    """The texts of a record, whether each is hidden, and whether the remark before it is."""
    was_hidden = False
    for key, value in record.pairs:
        yield key, not _KEY.fullmatch(key.said or ""), was_hidden
        hidden = key.said not in shown
        for leaf, is_key in _below(value):
            yield leaf, hidden and not (is_key and _KEY.fullmatch(leaf.said or "")), hidden
        was_hidden = hidden


def _below(node: Node) -> Iterator[tuple[Node, bool]]:
    if node.is_text:
        yield node, False
    for number, item in enumerate(node.items):
        if node.is_group and number % 2 == 0:
            yield item, True
        else:
            yield from _below(item)


def _dotted(text: str) -> str:
    """As many lines, with nothing to be read in them."""
    return _WRITTEN.sub(lambda line: _DOTS if line[0].strip() else line[0], text)
