"""The text of a YAML file of records, with the places of its lines, and what of it is exchanged.

Each record is found by the place that `letters.campaign.source` has for it, so that of a hundred
thousand only those concerned are looked at closely.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from letters.campaign.source import Mapping as Record
from letters.campaign.source import Sequence_, Source
from letters.campaign.yaml_edit import rewritten, same
from letters.campaign.yaml_nodes import Node, Plain, compose
from letters.campaign.yaml_words import in_line, lines
from letters.error import LettersError, Status

_BREAK = re.compile(r"\r\n?|\n")
_DASH = re.compile(r"[ \t]*-(?=\s)")
_END = re.compile(r"^\.\.\.", re.MULTILINE)


class EditError(LettersError):
    """A file can't be changed in the way that was asked for; nothing was written."""

    status = Status.REFUSED


class Exchange(Struct, frozen=True):
    """The lines of one record as they were, from ``line`` on, and as they are to be."""

    line: int
    before: str
    after: str
    record: Mapping[str, Any]
    former: Mapping[str, Any]
    """What it says and what it said; the same where it is new or left out."""


class RecordText:
    """The text with the places of its lines, and what of it is exchanged."""

    def __init__(self, text: str, source: Source) -> None:
        self.exchanges: list[Exchange] = []
        self._text, self._source = text, source
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        first = _BREAK.search(text)
        self._newline = first[0] if first else "\n"
        self._splices: list[tuple[int, int, str]] = []
        self._inline: list[Node] | None = None

    def lines(self, position: int) -> str:
        """One record as it is written."""
        start, end, _ = self._region(position)
        return self._text[start:end]

    def result(self) -> str:
        """The text as it is to be."""
        parts, at = [], 0
        for start, end, new in sorted(self._splices, key=lambda one: one[:2]):
            parts += [self._text[at:start], new]
            at = end
        return "".join((*parts, self._text[at:]))

    def change(self, wanted: Mapping[int, Mapping[str, Plain] | None]) -> None:
        """Change the records, or leave them out."""
        records = records_of(self._source)
        for position, record in sorted(wanted.items()):
            before = records[position]
            if record is not None and same(before, dict(record)):
                continue
            start, end, node = self._region(position)
            written = self._text[start:end]
            after = "" if record is None else rewritten(written, node, record, self._newline)
            line = self._line_of(start)
            self.exchanges.append(Exchange(line, written, after, record or before, before))
            if record is None:
                start, end = self._without(position, start, end)
            self._splices.append((start, end, after))

    def add(self, new: Sequence[Mapping[str, Plain]]) -> None:
        """Write new records at the end."""
        root = self._source.root
        if isinstance(root, Record):
            hint = "put “- ” before it, and two spaces before its other lines"
            raise EditError(f"{self._source.path} holds one record and is no list", hint)
        if isinstance(root, Sequence_) and self._is_inline:
            self._add_inline(root, new)
            return
        column = self._source.start[1] - 1 if root else 0
        blocks = [self._block(record, column) for record in new]
        at = self._end_of_list(root)
        opened = self._text[:at]
        glue = "" if not opened or opened.endswith(("\n", "\r")) else self._newline
        text = self._newline.join(blocks) + self._newline
        self._splices.append((at, at, glue + text))
        line = self._line_of(at) + (1 if glue else 0)
        for record, block in zip(new, blocks, strict=True):
            self.exchanges.append(Exchange(line, "", block, record, record))

    def _block(self, record: Mapping[str, Plain], column: int) -> str:
        written = list(lines(record, " " * (column + 2)))
        first = f"{' ' * column}- {written[0].lstrip()}"
        return self._newline.join((first, *written[1:]))

    @property
    def _is_inline(self) -> bool:
        """Whether the list is written within brackets."""
        return self._text[self._at(self._source.start) :][:1] == "["

    def _add_inline(self, root: Sequence_, new: Sequence[Mapping[str, Plain]]) -> None:
        whole = compose(self._text)
        if whole is None or not root:  # “[]”, which holds nobody yet
            start, end = (whole.start, whole.end) if whole else (0, 0)
            text = self._newline.join(self._block(record, 0) for record in new)
            self._splices.append((start, end, text))
        else:
            at = whole.items[-1].end
            text = "".join(f", {in_line(dict(record))}" for record in new)
            self._splices.append((at, at, text))
        for record in new:
            block = self._block(record, 0)
            self.exchanges.append(Exchange(self._source.start[0], "", block, record, record))

    def _end_of_list(self, root: Any) -> int:
        """Where a new record of a list in lines goes."""
        if not root or not _END.search(self._text):
            return len(self._text)
        _, end, _ = self._region(len(root) - 1)
        found = _BREAK.match(self._text, end)
        return found.end() if found else end

    def _region(self, position: int) -> tuple[int, int, Node]:
        """Where a record begins and ends, and the record as a node of that stretch."""
        root = self._source.root
        if not isinstance(root, Sequence_):
            whole = compose(self._text)
            if whole is None:
                raise LookupError
            return 0, len(self._text), whole
        if self._is_inline:
            if self._inline is None:
                whole = compose(self._text)
                self._inline = whole.items if whole else []
            node = self._inline[position]
            found = compose(self._text[node.start : node.end])
            if found is None:
                raise LookupError
            return node.start, node.end, found
        start = self._dash(position)
        rest = self._dash(position + 1) if position + 1 < len(root) else len(self._text)
        found = compose(self._text[start:rest])
        if found is None or len(found.items) != 1:
            raise LookupError
        node = found.items[0]
        stop = _BREAK.search(self._text, start + node.end)
        return start, stop.start() if stop else len(self._text), node

    def _without(self, position: int, start: int, end: int) -> tuple[int, int]:
        """The stretch of a record that is left out, with what ends it."""
        if self._inline is not None:
            if position + 1 < len(self._inline):
                return start, self._inline[position + 1].start
            return (self._inline[position - 1].end if position else start), end
        column = self._source.start[1] - 1
        own = re.compile(rf"(?:\r\n?|\n)[ \t]{{{column + 1},}}#[^\r\n]*")
        while found := own.match(self._text, end):  # remarks that are indented as its own lines
            end = found.end()
        found = _BREAK.match(self._text, end)
        return start, found.end() if found else end

    def _dash(self, position: int) -> int:
        """The start of the line with the sign that begins a record of a list."""
        line: int = self._source.root.marks[position][0] - 1
        while not _DASH.match(self._text, self._starts[line]):
            line -= 1
        return self._starts[line]

    def _at(self, mark: tuple[int, int]) -> int:
        return self._starts[mark[0] - 1] + mark[1] - 1

    def _line_of(self, at: int) -> int:
        return bisect_right(self._starts, at)


def records_of(source: Source) -> list[Any]:
    """The records of a file in their order."""
    root = source.root
    return list(root) if isinstance(root, list) else [] if root is None else [root]
