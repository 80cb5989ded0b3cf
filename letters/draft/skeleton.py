"""A letter body's tree before its values are put in: the same for every recipient.

The blocks are those of `document`, except that a Value has only its number, and that line blocks
still hold their lines as one run with Breaks, because a value such as an address may bring lines
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.values import expand, split

_HEBREW = re.compile("[א-ת]")
_APART = re.compile(r"(?![\u0590-\u05ff_])\w")
Printed: TypeAlias = Callable[[int], d.Inlines]


class Skeleton(Struct, frozen=True):
    """``notes`` are in order of mention: the key of a source, or the words of a footnote.

    ``ids`` has one entry a block, empty where the template gives none.
    """

    blocks: d.Matters
    notes: tuple[str | d.Inlines, ...]
    ids: tuple[str, ...] = ()


def fill_blocks(blocks: d.Matters, printed: Printed, notes_before: int = 0) -> d.Matters:
    """The blocks with their values; a block that turns out empty is left out.

    Their notes are numbered on from ``notes_before``.
    """
    filled = (_fill(block, printed, notes_before) for block in blocks)
    return tuple(block for block in filled if block is not None)


def holes(block: d.Matter) -> list[int]:
    """The numbers of all values that a block prints, in order."""
    found: list[int] = []

    def look(hole: int) -> d.Inlines:
        found.append(hole)
        return ()

    _fill(block, look, 0)
    return found


def fill(content: d.Inlines, printed: Printed, notes_before: int = 0) -> d.Inlines:
    """Inline content with each value's number replaced by what ``printed`` gives for it.

    Content without any is given back as it is: all letters share it.
    """
    if all(isinstance(node, d.Text | d.Break) for node in content):
        return content
    out: list[d.Inline] = []
    for node in content:
        if isinstance(node, d.Value):
            out.extend(_joined(out[-1] if out else None, printed(node.hole)))
        elif isinstance(node, d.Link):
            href = expand(node.href, lambda hole: d.plain(printed(hole)))
            out.append(d.Link(href, fill(node.content, printed, notes_before)))
        elif isinstance(node, d.Around):
            out.append(replace(node, content=fill(node.content, printed, notes_before)))
        elif isinstance(node, d.NoteMark):
            out.append(d.NoteMark(node.number + notes_before) if notes_before else node)
        else:
            out.append(node)
    return tuple(out)


def _joined(before: d.Inline | None, value: d.Inlines) -> d.Inlines:
    """A value behind what a template joins to it: a Hebrew prefix stands apart from other scripts.

    The maqaf is the value's, as it goes with the value: another one needs none.
    """
    first = value[0] if value else None
    if not isinstance(before, d.Text) or not isinstance(first, d.Text | d.Value):
        return value
    if not _HEBREW.match(before.text[-1:]) or not _APART.match(first.text):
        return value
    return (replace(first, text=f"־{first.text}"), *value[1:])


def words(text: str) -> d.Inlines:
    """Text as the template rendered it: words and the numbers of values."""
    return tuple(
        d.Text(part) if isinstance(part, str) else d.Value("", hole=part) for part in split(text)
    )


def lines_of(content: d.Inlines) -> tuple[d.Inlines, ...]:
    """Content cut at its breaks; lines with nothing in them are left out."""
    lines: list[list[d.Inline]] = [[]]
    for node in content:
        if isinstance(node, d.Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return tuple(trimmed for line in lines if (trimmed := _trimmed(line)))


def _trimmed(line: list[d.Inline]) -> d.Inlines:
    if line and isinstance(line[0], d.Text):
        line[0] = d.Text(line[0].text.lstrip(" "))
    if line and isinstance(line[-1], d.Text):
        line[-1] = d.Text(line[-1].text.rstrip(" "))
    return tuple(node for node in line if not (isinstance(node, d.Text) and not node.text))


def _fill(block: d.Matter, printed: Printed, notes_before: int) -> d.Matter | None:
    def inner(blocks: d.Matters) -> d.Matters:
        return fill_blocks(blocks, printed, notes_before)

    def each(runs: tuple[d.Inlines, ...]) -> tuple[d.Inlines, ...]:
        return tuple(fill(run, printed, notes_before) for run in runs)

    def lines(runs: tuple[d.Inlines, ...]) -> tuple[d.Inlines, ...]:
        return tuple(line for run in each(runs) for line in lines_of(run))

    match block:
        case d.Letterhead() | d.AddressBlock():
            found = lines(block.lines)
            return replace(block, lines=found) if found else None
        case d.Enclosures() | d.Copies():
            found = lines(block.items)
            return replace(block, items=found) if found else None
        case d.List() | d.Asks():
            return replace(block, items=tuple(inner(item) for item in block.items))
        case d.Quote():
            return replace(block, blocks=inner(block.blocks))
        case d.Table():
            head, rows = each(block.head), tuple(map(each, block.rows))
            [caption] = each((block.caption,))
            return replace(block, head=head, rows=rows, caption=caption)
        case d.Sheet():
            return replace(block, prayer=inner(block.prayer), head=each(block.head))
        case d.Figure():
            path = expand(block.path, lambda hole: d.plain(printed(hole)))
            alt, caption = each((block.alt, block.caption))
            return replace(block, path=path, alt=alt, caption=caption)
        case d.SignatureBlock() | d.Divider():
            return block
        case d.Worded():
            content = fill(block.content, printed, notes_before)
            if not d.plain(content).strip():
                return None
            return block if content is block.content else replace(block, content=content)
        case _:
            assert_never(block)
