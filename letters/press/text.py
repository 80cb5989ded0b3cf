"""The letter as plain text, for an e-mail's body, a form on a web page, or a screen reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from letters.draft import document as d

WIDTH = 72


def write(letter: d.Letter) -> bytes:
    """UTF-8, lines of at most 72 characters where words allow it."""
    parts = [letter.draft_mark] if letter.draft_mark else []
    parts += ["\n".join(lines) for block in letter.blocks if (lines := list(_block(block)))]
    if letter.notes:
        parts.append("\n".join(_hung(f"{n.number} ", _words(n.content)) for n in letter.notes))
    if letter.notice:
        parts.append(_wrapped(letter.notice))
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: d.Block) -> Iterator[str]:
    match block:
        case d.Letterhead(lines=lines) | d.AddressBlock(lines=lines):
            yield from (_words(line) for line in lines)
        case d.Asks(items=items):
            yield from (_hung(f"{n} ", _item(item)) for n, item in enumerate(items, 1))
        case d.List(ordered=ordered, items=items, start=start):
            for number, item in enumerate(items, start):
                yield _hung(f"{number}. " if ordered else "- ", _item(item))
        case d.Quote(blocks=blocks):
            yield "\n\n".join(textwrap.indent("\n".join(_block(inner)), "    ") for inner in blocks)
        case d.Table(head=head, rows=rows):
            for row in (head, *rows):
                yield " | ".join(_words(cell) for cell in row)
        case d.SignatureBlock(groups=groups, remarks=remarks):
            yield "\n\n".join([*map(_group, groups), *map(_wrapped, remarks)])
        case d.Enclosures(label=label, items=items) | d.Copies(label=label, items=items):
            yield label
            yield from (_hung("  ", _words(item)) for item in items)
        case _:
            yield _wrapped(_words(block.content))


def _group(group: d.SignatureGroup) -> str:
    people = [
        "\n".join(
            part
            for part in (
                signature.name.text,
                *(_words(line) for line in signature.details),
                signature.state,
            )
            if part
        )
        for signature in group.signatures
    ]
    label = [group.label] if group.label else []
    return "\n".join([*label, *people])


def _item(blocks: d.Blocks) -> str:
    return "\n".join("\n".join(_block(block)) for block in blocks)


def _words(content: d.Inlines) -> str:
    parts: list[str] = []
    for node in content:
        match node:
            case d.Text(text=text) | d.Value(text=text):
                parts.append(text)
            case d.Strong(content=inner) | d.Emphasis(content=inner) | d.Link(content=inner):
                parts.append(_words(inner))
            case d.Break():
                parts.append("\n")
            case d.NoteMark(number=number):
                parts.append(f"[{number}]")
    return "".join(parts)


def _wrapped(text: str, width: int = WIDTH) -> str:
    """Lines broken at ordinary spaces only, so that no-break spaces hold."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return "\n".join(lines)


def _hung(mark: str, text: str) -> str:
    indent = " " * len(mark)
    return mark + textwrap.indent(_wrapped(text, WIDTH - len(mark)), indent).removeprefix(indent)
