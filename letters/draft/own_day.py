"""The letter's own day, where it is printed as the date line: that is no part of what is signed.

A day inside a sentence is. So it is told by where it stands: in the block of the date, or as a line
of nothing but the place and the day, also at the beginning of a paragraph in bold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from letters.draft import digest
from letters.draft import document as d
from letters.draft.values import Sealed

_LETTERS = 5  # of words that stand between place and day, such as “le” or “den”


def without_day(blocks: d.Matters, values: Sequence[Sealed]) -> d.Matters:
    """The blocks of a skeleton, with a slot for the day; ``values`` are those of its holes."""

    def own(node: d.Inline) -> bool:
        value = values[node.hole] if isinstance(node, d.Value) else None
        return value is not None and value.name == "date" and isinstance(value.raw, dt.date)

    def swapped(content: d.Inlines) -> d.Inlines:
        return tuple(
            digest.OWN_DAY
            if own(node)
            else replace(node, content=swapped(node.content))
            if isinstance(node, d.Strong | d.Emphasis | d.Spoken)
            else node
            for node in content
        )

    def is_line(content: d.Inlines) -> bool:
        """Whether it has the day, and beside it the place and next to no words."""
        letters = 0
        for node in content:
            if isinstance(node, d.Text):
                letters += sum(map(str.isalpha, node.text))
            elif isinstance(node, d.Value):
                if not own(node) and values[node.hole].name.partition(".")[0] != "place":
                    return False
            elif not isinstance(node, d.Break):
                return False
        return letters <= _LETTERS and any(map(own, content))

    def line(content: d.Inlines) -> d.Inlines:
        if is_line(content):
            return swapped(content)
        first = content[0] if content else None
        if isinstance(first, d.Strong | d.Emphasis) and is_line(first.content):
            return (*swapped((first,)), *content[1:])
        return content

    def changed(block: d.Matter) -> d.Matter:
        match block:
            case d.DateLine(content=content):
                return d.DateLine(swapped(content))
            case d.Paragraph(content=content):
                return d.Paragraph(line(content))
            case d.Letterhead(lines=lines):
                return replace(block, lines=tuple(map(line, lines)))
        return block

    return tuple(map(changed, blocks))
