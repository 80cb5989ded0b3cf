"""The canonical text of an edition, and the text digest that signatures are bound to.

The canonical text holds every word that a signatory answers for and nothing of how it looks. The
recipient's own slots stand in it by name, so that one digest serves the whole mailing; signatures,
page numbers, the draft mark, the letter's own day and the number of rows to sign in are no part of
it. docs/text-digest.md describes the format for a second implementation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import assert_never

from letters.draft import document as d

# Which space stands between two words is for typography, and changes with its tools.
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ROWS = re.compile(r"^( *\[sheet) \d+\]", re.MULTILINE)
_ESCAPES = str.maketrans({"\\": "\\\\", "{": "\\{", "}": "\\}", "|": "\\|", "\n": "\\n"})


def canonical(
    blocks: d.Matters, notes: tuple[d.Note, ...], notice: str, recipient: str = ""
) -> str:
    """The canonical text of one edition: a line a block, each with its kind in front.

    ``recipient`` is the id of the one for whom alone it is signed, if it is.
    """
    return both(blocks, notes, notice, recipient, "")[0]


def both(
    blocks: d.Matters, notes: tuple[d.Note, ...], notice: str, recipient: str, day: str
) -> tuple[str, str]:
    """The canonical text, and the same words in the format before: with the day and the rows.

    A signature to that one still is to these words.
    """
    lines = [f"[recipient] {recipient}"] if recipient else []
    lines += _lines(blocks, "")
    lines += [f"[note {note.number}] {_words(note.content)}" for note in notes]
    if notice:
        lines.append(f"[notice] {_words((d.Text(notice),))}")
    text = unicodedata.normalize("NFC", "".join(f"{line}\n" for line in lines))
    printed = unicodedata.normalize("NFC", _words((d.Text(day),)))
    return _ROWS.sub(r"\1]", text), text.replace(_words((OWN_DAY,)), printed)


def slot(name: str) -> d.Text:
    """What stands in a canonical text for the recipient's own value."""
    return d.Text(f"\x00{name}\x01")


OWN_DAY = slot("date")
"""What stands for the letter's own day in its date line."""


def _lines(blocks: d.Matters, depth: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case d.Letterhead(lines=lines):
                yield from (f"{depth}[letterhead] {_words(line)}" for line in lines)
            case d.AddressBlock(lines=lines):
                yield from (f"{depth}[address] {_words(line)}" for line in lines)
            case d.Enclosures(items=items):
                yield from (f"{depth}[enclosure] {_words(item)}" for item in items)
            case d.Copies(items=items):
                yield from (f"{depth}[copy] {_words(item)}" for item in items)
            case d.Asks(items=items):
                yield from _items(items, depth, "ask", 1)
            case d.List(ordered=ordered, items=items, start=start):
                yield from _items(items, depth, "number" if ordered else "item", start)
            case d.Quote(blocks=inner):
                yield f"{depth}[quote]"
                yield from _lines(inner, depth + "  ")
            case d.Table(head=head, rows=rows, caption=caption):
                if caption:
                    yield f"{depth}[caption] {_words(caption)}"
                yield f"{depth}[head] " + " | ".join(_words(cell) for cell in head)
                for row in rows:
                    yield f"{depth}[row] " + " | ".join(_words(cell) for cell in row)
            case d.Sheet(prayer=prayer, head=head, rows=count):
                yield f"{depth}[sheet {count}] " + " | ".join(_words(cell) for cell in head)
                yield from _lines(prayer, depth + "  ")
            case d.Figure(alt=alt, caption=caption, file=file):
                yield f"{depth}[figure] {_words(alt)}{{file {file}}}"
                if caption:
                    yield f"{depth}  [caption] {_words(caption)}"
            case d.SignatureBlock():
                yield f"{depth}[signatures]"
            case d.Divider():
                pass  # it has no words
            case d.Heading(level=level):
                yield f"{depth}[{block.kind} {level}] {_words(block.content)}"
            case d.Worded():
                yield f"{depth}[{block.kind}] {_words(block.content)}"
            case _:
                assert_never(block)


def _items(items: tuple[d.Matters, ...], depth: str, kind: str, start: int) -> Iterator[str]:
    for number, item in enumerate(items, start):
        yield f"{depth}[{kind}]" if kind == "item" else f"{depth}[{kind} {number}]"
        yield from _lines(item, depth + "  ")


def _words(content: d.Inlines) -> str:
    parts: list[str] = []
    for node in content:
        match node:
            case d.Text(text=text) | d.Value(text=text):
                parts.append(_escaped(text))
            case d.Link(href=href, content=inner):
                parts.append(f"{_words(inner)}{{link {_escaped(href)}}}")
            case d.Strong(content=inner) | d.Emphasis(content=inner) | d.Spoken(content=inner):
                parts.append(_words(inner))
            case d.Break():
                parts.append("\\n")
            case d.NoteMark(number=number):
                parts.append(f"{{note {number}}}")
            case _:
                assert_never(node)
    return _SPACES.sub(" ", "".join(parts)).strip(" ")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES).replace("\x00", "{").replace("\x01", "}")
