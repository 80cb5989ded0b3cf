"""Whole paragraphs of a template go out of its file, come into it, or move in it.

A paragraph is the lines between two empty ones, or an entry of a list. Where instructions stand
among these lines, or something else is printed by them, it is for a person to change them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from letters.campaign.word_changes import NoPlaceError

Splice: TypeAlias = tuple[int, int, str]

_ENTRY = re.compile(r"([-*+]|\d{1,9}[.)])[ ]+(?=\S)")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_FENCE = re.compile(r" {0,3}:::")
_NAMED = re.compile(r"\s*\{[^{}%#]+\}\s*")
_INSTRUCTION = re.compile(r"\s*\{[%#][^{}]*[%#]\}\s*")
_NOTE = re.compile(r" {0,3}\[\^")
_INDENTED = re.compile(r"[ \t]+\S")
_AMONG = "an instruction of the template stands there"


class TemplateParagraph(Struct, frozen=True):
    """From its ``first`` to its ``last`` line; ``marker`` is how an entry of a list begins."""

    first: int
    last: int
    marker: str = ""

    @property
    def lines(self) -> range:
        """All of its lines."""
        return range(self.first, self.last + 1)


class TemplateText:
    """The text of one file, by lines that are counted from 1."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._newline = "\r\n" if "\r\n" in source else "\n"

    def paragraph(self, own: Collection[int], others: Collection[int]) -> TemplateParagraph:
        """The paragraph with these ``own`` lines; ``others`` print something else.

        Raises NoPlaceError.
        """
        first, last = min(own), max(own)
        if last > len(self._lines):
            raise NoPlaceError("the template has changed in the meantime")
        if any(self._is_edge(line) for line in range(first, last + 1)):
            raise NoPlaceError("the template puts it together from several places")
        while first > 1 and not self._begins(first) and not self._ends(first - 1):
            first -= 1
        while last < len(self._lines) and not self._ends(last) and not self._begins(last + 1):
            last += 1
        entry = _ENTRY.match(self._line(first))
        if not entry and first > 1 and _NAMED.fullmatch(self._line(first - 1)):
            first -= 1
        found = TemplateParagraph(first, last, entry[0] if entry else "")
        text = "".join(self._lines[first - 1 : last])
        if (
            "{%" in text
            or text.count("{{") != text.count("}}")
            or text.count("{#") != text.count("#}")
        ):
            raise NoPlaceError("an instruction of the template stands among its lines")
        if not set(found.lines).isdisjoint(others) or any(
            self._line(line).lstrip().startswith(">") for line in found.lines
        ):
            raise NoPlaceError("the same lines of the template print other words, too")
        return found

    def is_row(self, line: int) -> bool:
        """Whether a row of a table stands in that line."""
        return self._line(line).lstrip().startswith("|")

    def span(self, one: TemplateParagraph) -> tuple[int, int]:
        """From where to where its lines go."""
        return self._starts[one.first - 1], self._starts[one.last]

    def cut(self, one: TemplateParagraph) -> tuple[int, int]:
        """From where to where it goes. Raises NoPlaceError."""
        start, end = self.span(one)
        following = one.last + 1
        while following <= len(self._lines) and not self._line(following).strip():
            following += 1
        rest = self._line(following)
        if one.marker:
            if rest and _INDENTED.match(rest):
                raise NoPlaceError("more of this entry of the list stands below it")
            before = _ENTRY.match(self._line(one.first - 1))
            after = _ENTRY.match(rest)
            if one.marker[0].isdigit() and not before and after and after[0] != one.marker:
                raise NoPlaceError("the numbers of the list would begin with another one")
            return start, end
        if _INDENTED.match(self._line(one.first)):
            raise NoPlaceError("it stands within an entry of a list")
        if rest:
            return start, self._starts[following - 1]
        return len(self.source[:start].rstrip()) + len(self._newline), len(self.source)

    def place(
        self,
        after: TemplateParagraph | None,
        before: TemplateParagraph | None,
        gone: Iterable[TemplateParagraph],
    ) -> int:
        """Where something can stand between two paragraphs, or next to one; ``gone`` count not.

        Raises NoPlaceError.
        """
        left = {line for one in gone for line in one.lines}
        if before is None:
            assert after is not None  # noqa: S101 - there is one of the two
            at = last = after.last
            while at < len(self._lines) and (at + 1 in left or not self._line(at + 1).strip()):
                at += 1
                last = at if at in left else last
            if _INSTRUCTION.fullmatch(self._line(at + 1)):
                raise NoPlaceError(_AMONG)
            return self._starts[last]
        at = before.first
        while at > 1 and (at - 1 in left or not self._line(at - 1).strip()):
            at -= 1
        if after is not None and at - 1 > after.last:
            raise NoPlaceError(_AMONG)
        if after is None and at > 1 and _INSTRUCTION.fullmatch(self._line(at - 1)):
            raise NoPlaceError(_AMONG)
        return self._starts[before.first - 1]

    def set_in(self, at: int, text: str, *, entry: bool) -> str:
        """The ``text`` of a paragraph as it is put in there, with the empty lines around it."""
        nl = self._newline
        head, tail = self.source[:at], self.source[at:]
        opened = nl if head and not head.endswith("\n") else ""
        if entry:
            return f"{opened}{text}{nl}"
        if head and not head.endswith(("\n\n", "\n\r\n")):
            opened += nl
        closed = nl if tail and not tail.startswith(("\n", "\r\n")) else ""
        return f"{opened}{text}{nl}{closed}"

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def _is_edge(self, number: int) -> bool:
        """Whether a line is none of a paragraph."""
        line = self._line(number)
        return not line.strip() or bool(_FENCE.match(line) or _INSTRUCTION.fullmatch(line))

    def _begins(self, number: int) -> bool:
        """Whether a paragraph begins with that line, or none is there."""
        line = self._line(number)
        return self._is_edge(number) or any(each.match(line) for each in (_ENTRY, _HEADING, _NOTE))

    def _ends(self, number: int) -> bool:
        """Whether what stands in that line does not go on in the next one."""
        return self._is_edge(number) or bool(_HEADING.match(self._line(number)))


def rearranged(
    source: str,
    words: Sequence[Splice],
    cuts: Sequence[tuple[int, int]],
    put: Sequence[tuple[int, str]],
) -> str:
    """The source with ``words`` exchanged, stretches ``cut`` out, and more ``put`` in."""
    splices = [one for one in words if not any(a <= one[0] and one[1] <= b for a, b in cuts)]
    splices += [(start, end, "") for start, end in sorted(set(cuts))]
    return spliced(source, [*splices, *((at, at, text) for at, text in put)])


def spliced(source: str, splices: Sequence[Splice]) -> str:
    """The source with all stretches exchanged; of two at one place the first stays first.

    Raises NoPlaceError where they overlap.
    """
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda one: one[:2]):
        if start < at:
            raise NoPlaceError("two changes of the template overlap there")
        parts += [source[at:start], new]
        at = end
    return "".join((*parts, source[at:]))
