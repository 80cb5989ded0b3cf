"""One record of a YAML file is made to say something else; what stays as it was stays untouched.

Only the stretches that must change are exchanged, so that every other byte is kept: remarks, blank
lines, the order, quotation marks, line ends. A library that reads the file and writes it anew does
not do that: ruamel.yaml, of version 0.19, takes away with a key the remark above the next one, puts
a new key below the remark that belongs to the next person, and needs 2.5 ms for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct, field

from letters.campaign.yaml_nodes import Node, Plain
from letters.campaign.yaml_words import in_line, lines, quoted_like

Splice: TypeAlias = tuple[int, int, str]
_BREAK = re.compile(r"\r\n?|\n")
_INDENT = re.compile(r"(?:[ ]*(?:\r\n?|\n))*([ ]*)")
_DASH = re.compile(r"^[ ]*-", re.MULTILINE)
_REMARK = re.compile(r"[ \t]+#[^\r\n]*")


def rewritten(text: str, node: Node, wanted: Mapping[str, Plain], newline: str) -> str:
    """``text``, in which ``node`` is a group of keys, with that group saying what is ``wanted``."""
    edit = _Edit(text, newline)
    edit.group(node, wanted)
    return edit.result()


def reworded(text: str, root: Node, wanted: Mapping[tuple[str | int, ...], str]) -> str:
    """``text``, whose node is ``root``, with other words at those places, each of which is a text.

    Raises LookupError for a place that is none.
    """
    edit = _Edit(text, "")
    for location, words in wanted.items():
        node, within = root, False
        for step in location:
            within = within or node.style in ("{", "[")
            below = node.value_of(step) if isinstance(step, str) else node.items[step]
            if below is None:
                raise LookupError
            node = below
        if not node.is_text:
            raise LookupError
        edit.text_of(node, words, within=within)
    return edit.result()


def retold(text: str, node: Node, wanted: str, newline: str, *, within: bool) -> str:
    """``text``, in which ``node`` is a text, with that one saying what is ``wanted``."""
    edit = _Edit(text, newline)
    edit.text_of(node, wanted, within=within)
    return edit.result()


def same(one: Plain, other: Plain) -> bool:
    """Whether two values say the same; a key with nothing behind it says nothing."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {k for k, v in one.items() if v is not None}
        return keys == {k for k, v in other.items() if v is not None} and all(
            same(one[key], other[key]) for key in keys
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one is None and other is None


class _Edit(Struct):
    """The stretches of ``text`` to be exchanged, which never overlap."""

    text: str
    newline: str
    splices: list[Splice] = field(default_factory=list)

    def result(self) -> str:
        """The text with all of them exchanged."""
        parts, at = [], 0
        # Of two at one place, what is deeper was found first, and stays first.
        for start, end, new in sorted(self.splices, key=lambda one: one[:2]):
            parts += [self.text[at:start], new]
            at = end
        return "".join((*parts, self.text[at:]))

    def group(self, node: Node, wanted: Mapping[str, Plain], *, within: bool = False) -> None:
        """Let a group of keys have those that are wanted, each with its value."""
        within = within or node.style == "{"
        pairs = list(node.pairs)
        # A key with nothing behind it says nothing, and is left to whoever wrote it.
        stays = [key.said in wanted or value.plain is None for key, value in pairs]
        known = {key.said for key, _ in pairs}
        fresh = {key: value for key, value in wanted.items() if key not in known}
        for first, last in _runs(stays):
            if within:
                self._cut_within(pairs, first, last)
            else:
                self._cut_lines(pairs, first, last)
        met = set[str]()
        for key, value in pairs:
            name = key.said or ""
            if name in wanted and name not in met:  # of two, the first one is read
                met.add(name)
                self._value(key, value, wanted[name], within=within)
        if fresh:
            self._add(node, [pair for pair, stay in zip(pairs, stays, strict=True) if stay], fresh)

    def _value(self, key: Node, node: Node, wanted: Plain, *, within: bool) -> None:
        if same(node.plain, wanted):
            return
        if node.is_group and isinstance(wanted, dict) and _shares(node, wanted):
            self.group(node, wanted, within=within)
        elif node.is_text and isinstance(wanted, str):
            self.text_of(node, wanted, within=within)
        elif isinstance(wanted, list) and self._is_exchanged(node, wanted, within=within):
            return
        elif node.is_text or node.style:
            self._put(node.start, node.end, in_line(wanted))
        else:
            # The lines of a block; a remark behind its key stays there.
            start = self.text.index(":", key.end) + 1
            remark = _REMARK.match(self.text, start)
            self._put(start, node.end, f" {in_line(wanted)}{remark[0].rstrip() if remark else ''}")

    def _is_exchanged(self, node: Node, wanted: list[Plain], *, within: bool) -> bool:
        """Whether the entries of a list could be changed one by one, as they have been then."""
        pairs = None if node.is_group else _paired(node, wanted)
        dashes = [] if node.style else list(self._dashes(node))
        clear = all(at is not None and self._begins_line(at) for at in dashes)
        if pairs is None or not (clear or len(wanted) == len(node.items)):
            return False
        within = within or node.style == "["
        stays = [position in pairs for position in range(len(node.items))]
        for first, last in _runs(stays):
            if node.style:
                self._cut_within([(one, one) for one in node.items], first, last)
            else:
                self._cut_entries(dashes[first] or 0, node.items[last].end)
        for position, one in pairs.items():
            self._value(node.items[position], node.items[position], one, within=within)
        for one in wanted[len(pairs) :]:
            self._append(node, one)
        return True

    def _cut_entries(self, dash: int, end: int) -> None:
        """Take the lines of entries out, with the break behind them, or the one before the last."""
        start, end = self._line_start(dash), self._line_end(end)
        if found := _BREAK.match(self.text, end):
            end = found.end()
        else:
            start = len(self.text[:start].rstrip("\r\n"))
        self.splices.append((start, end, ""))

    def _begins_line(self, at: int) -> bool:
        return not self.text[self._line_start(at) : at].strip()

    def _dashes(self, node: Node) -> Iterator[int | None]:
        """Where the sign before each entry of a block stands, if that is clear."""
        yield node.start
        for before, item in pairwise(node.items):
            found = _DASH.search(self.text, before.end, item.start)
            yield found.end() - 1 if found else None

    def _append(self, node: Node, wanted: Plain) -> None:
        """Put an entry behind the last one of a list."""
        if node.style:
            at = node.items[-1].end
            self.splices.append((at, at, f", {in_line(wanted)}"))
            return
        indent = " " * (node.start - self._line_start(node.start))
        below = lines(wanted, f"{indent}  ") if isinstance(wanted, dict) else [in_line(wanted)]
        first, *rest = below
        at = self._line_end(node.items[-1].end)
        new = "".join(f"{self.newline}{line}" for line in (f"{indent}- {first.lstrip()}", *rest))
        self.splices.append((at, at, new))

    def text_of(self, node: Node, wanted: str, *, within: bool) -> None:
        """Let a text say what is wanted, written as it was."""
        header = _BREAK.search(self.text, node.start, node.end)
        if node.style in ("|", ">") and header and "\n" not in wanted and wanted == wanted.strip():
            # The sign of the block stays, and what is behind it.
            indent = _INDENT.match(self.text, header.end())
            self._put(header.end(), node.end, (indent[1] if indent else "") + wanted)
            return
        self._put(node.start, node.end, quoted_like(wanted, node.style, within=within))

    def _put(self, start: int, end: int, new: str) -> None:
        empty = start == end and self.text[start - 1 : start] == ":"
        self.splices.append((start, end, f" {new}" if empty else new))

    def _cut_within(self, pairs: list[tuple[Node, Node]], first: int, last: int) -> None:
        """Take pairs out of brackets, with the comma that is between them and what stays."""
        start, end = pairs[first][0].start, pairs[last][1].end
        if last + 1 < len(pairs):
            end = pairs[last + 1][0].start
        elif first:
            start = pairs[first - 1][1].end
        self.splices.append((start, end, ""))

    def _cut_lines(self, pairs: list[tuple[Node, Node]], first: int, last: int) -> None:
        """Take the lines of pairs out; the sign of a list before the first one stays."""
        joined = -1  # where something moved up behind that sign
        for key, value in pairs[first : last + 1]:
            line, end = self._line_start(key.start), self._line_end(value.end)
            if found := _BREAK.match(self.text, end):
                end = found.end()
            if key.start == joined or self.text[line : key.start].strip():
                joined = end + len(self.text[end:]) - len(self.text[end:].lstrip())
                self.splices.append((key.start, joined, ""))
            else:
                self.splices.append((line, end, ""))

    def _add(self, node: Node, kept: list[tuple[Node, Node]], fresh: Mapping[str, Plain]) -> None:
        """Put new keys behind the last one that stays."""
        if node.style == "{":
            new = in_line(dict(fresh))[1:-1]
            at = kept[-1][1].end if kept else node.start + 1
            self.splices.append((at, at, f", {new}" if kept else new))
            return
        first = node.items[0].start
        indent = " " * (first - self._line_start(first))
        at = self._line_end(kept[-1][1].end)
        new = "".join(f"{self.newline}{line}" for line in lines(fresh, indent))
        self.splices.append((at, at, new))

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)


def _shares(node: Node, wanted: Mapping[str, Plain]) -> bool:
    """Whether anything of a group stays, so that it is not to be written anew."""
    return any(key.said in wanted for key, _ in node.pairs)


def _paired(node: Node, wanted: list[Plain]) -> dict[int, Plain] | None:
    """By position what the entries of a list are to say that stay; None where that isn't clear.

    Of a list that gets shorter the others stay as they are; what is more comes behind the last.
    """
    items = node.items
    if not wanted or len(wanted) >= len(items):
        pairs = dict(enumerate(wanted[: len(items)]))
    else:
        pairs, rest = {}, list(wanted)
        for position, item in enumerate(items):
            if rest and same(item.plain, rest[0]):
                pairs[position] = rest.pop(0)
        if rest:
            return None
    return pairs if pairs and all(_fits(items[at], one) for at, one in pairs.items()) else None


def _fits(node: Node, wanted: Plain) -> bool:
    """Whether an entry can be changed where it stands."""
    if isinstance(wanted, dict):
        return node.is_group and _shares(node, wanted)
    return same(node.plain, wanted) or (node.is_text and isinstance(wanted, str))


def _runs(stays: list[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last position of each run of those that don't stay."""
    first = None
    for position, stay in enumerate([*stays, True]):
        if not stay and first is None:
            first = position
        elif stay and first is not None:
            yield first, position - 1
            first = None
