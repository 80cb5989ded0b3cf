"""The letter as plain text, for an e-mail's body, a form on a web page, or a screen reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import annex_text

WIDTH = 72
_UNBROKEN = 1_000_000
_QUOTED = " " * 4
_DIVIDER = "* * *"


def write(letter: d.Letter) -> bytes:
    """UTF-8, lines of at most 72 characters where words allow it; what is a line stays one.

    What is pasted into a form has no such lines and no notice: the form breaks lines itself, and
    everything in the text would be published.
    """
    parts = [letter.draft_mark] if letter.draft_mark else []
    writer = _Writer(letter.digits, _UNBROKEN if letter.pasted else WIDTH)
    parts += ["\n".join(lines) for block in letter.blocks if (lines := list(writer.block(block)))]
    if letter.notes:
        parts.append("\n".join(map(writer.note, letter.notes)))
    if letter.annex:
        parts.append(annex_text.names(letter.annex))
    if letter.foot and not letter.pasted:
        parts.append(_wrapped(letter.foot, WIDTH))
    return ("\n\n".join(parts) + "\n").encode()


class _Writer(Struct, frozen=True):
    """Writes blocks as lines of that ``width``, with numbers in the language's ``digits``."""

    digits: str
    width: int

    def block(self, block: d.Block) -> Iterator[str]:
        return self._block(block, self.width)

    def note(self, note: d.Note) -> str:
        if note.language:
            return self._turned(note.language).note(replace(note, language=None))
        return self._marked(f"{self._numeral(note.number)} ", note.content)

    def _turned(self, language: d.TextLanguage) -> _Writer:
        return replace(self, digits=language.digits)

    def _numeral(self, number: int) -> str:
        return "".join(self.digits[int(digit)] for digit in str(number))

    def _block(self, block: d.Block, width: int) -> Iterator[str]:
        match block:
            case d.Letterhead(lines=lines) | d.AddressBlock(lines=lines):
                yield from (self._words(line) for line in lines)
            case d.Asks(items=items, start=start):
                yield from (
                    self._item(f"{self._numeral(n)} ", item, width)
                    for n, item in enumerate(items, start)
                )
            case d.List(ordered=ordered, items=items, start=start):
                for number, item in enumerate(items, start):
                    yield self._item(f"{self._numeral(number)}. " if ordered else "- ", item, width)
            case d.Quote(blocks=blocks):
                inner = ("\n".join(self._block(each, width - len(_QUOTED))) for each in blocks)
                yield textwrap.indent("\n\n".join(inner), _QUOTED)
            case d.Table(head=head, rows=rows, caption=caption):
                yield from ([_wrapped(self._words(caption), width)] if caption else [])
                for row in (head, *rows):
                    yield " | ".join(self._words(cell) for cell in row)
            case d.Sheet(prayer=prayer, head=head, rows=count, blank=blank, back=back):
                yield from ((blank, "") if blank else ())
                for each in prayer:
                    yield from (*self._block(each, width), "")
                columns = " | ".join(self._words(cell) for cell in head)
                yield from (columns, *["_" * len(columns)] * count)
                yield from (("", _wrapped(back, width)) if back else ())
            case d.Passage(language=language, blocks=blocks):
                writer = self._turned(language)
                yield "\n\n".join("\n".join(writer.block(each)) for each in blocks)
            case d.Parallel(languages=languages, rows=pairs):
                writers = [self._turned(language) for language in languages]
                cells = (
                    (writer, cell)
                    for pair in pairs
                    for writer, cell in zip(writers, pair, strict=True)
                )
                yield "\n\n".join(
                    "\n".join(writer.block(b)) for writer, cell in cells for b in cell
                )
            case d.SignatureBlock(groups=groups, remarks=remarks):
                written = (_wrapped(remark, width) for remark in remarks)
                yield "\n\n".join([*map(self._group, groups), *written])
            case d.Enclosures(label=label, items=items) | d.Copies(label=label, items=items):
                yield label
                yield from (self._marked("  ", item) for item in items)
            case d.Figure(alt=alt, caption=caption):
                yield _wrapped(f"[{self._words(alt)}]", width)
                yield from ([_wrapped(self._words(caption), width)] if caption else [])
            case d.Divider():
                yield _DIVIDER
            case d.Worded():
                yield _wrapped(self._words(block.printed), width)
            case _:
                assert_never(block)

    def _group(self, group: d.SignatureGroup) -> str:
        people = [
            "\n".join(
                part
                for part in (
                    signature.name.text,
                    *(self._words(line) for line in signature.details),
                    signature.state,
                )
                if part
            )
            for signature in group.signatures
        ]
        # Where people have roles, only an empty line tells who begins where.
        apart = "\n\n" if any("\n" in person for person in people) else "\n"
        return (f"{group.label}\n" if group.label else "") + apart.join(people)

    def _item(self, mark: str, blocks: d.Blocks, width: int) -> str:
        """A list item behind its mark, its lines shorter by the room of the mark."""
        lines = (line for block in blocks for line in self._block(block, width - len(mark)))
        return _hung(mark, "\n".join(lines))

    def _marked(self, mark: str, content: d.Inlines) -> str:
        return _hung(mark, _wrapped(self._words(content), self.width - len(mark)))

    def _words(self, content: d.Inlines) -> str:
        parts: list[str] = []
        for node in content:
            match node:
                case d.Text(text=text) | d.Value(text=text):
                    parts.append(text)
                case d.Around(content=inner):
                    parts.append(self._words(inner))
                case d.Break():
                    parts.append("\n")
                case d.NoteMark(number=number):
                    parts.append(f"[{self._numeral(number)}]")
                case _:
                    assert_never(node)
        return "".join(parts)


def _hung(mark: str, text: str) -> str:
    indent = " " * len(mark)
    return mark + textwrap.indent(text, indent).removeprefix(indent)


def _wrapped(text: str, width: int) -> str:
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
