"""What stays in one line on paper: dates, numbers with units, names, and the last words.

A reader stumbles over “3 / September”, “T. / Eliot” and a paragraph whose last line is one word. So
the press joins them by spaces and hyphens at which no line breaks. That is a matter of the page and
not of the words: the letter, its digests and its plain text know nothing of it, and from the PDF
plain spaces and hyphens are copied (`letters.press.pdf_fonts`).

No joint makes a piece of more than ``_LONGEST`` characters, or the right edge would be torn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.press.inseparable import EDGE, HYPHEN, SPACE, belongs, can_join, with_hyphens

_JOINER, _BREAK = "\u2060", "\u200b"
"""What is not drawn: it keeps a plain hyphen from ending a line, or lets a long address end one."""

_LAST_LEFT_TO_RIGHT = "\u058f"
_LONGEST, _IN_COLUMN = 30, 18
_LEAST_AT_END = 10  # characters of the last line: more would leave the line above it short
_ONE_LINE, _ONE_LINE_IN_COLUMN = 50, 20  # what is shorter has no last line

_ADDRESS = re.compile(r"(?<!\S)[^\s]{24,}")
_KOREAN = re.compile(r"(?=[A-Za-z0-9]{0,12}[가-힣])[A-Za-z0-9가-힣]{2,15}(?![A-Za-z0-9가-힣])")
_BREAKS = frozenset("/._-?&=@")


def joined(letter: d.Letter, *, drawn: bool = False) -> d.Letter:
    """The letter as it goes to paper; ``drawn`` is that of which glyphs alone remain, as in a PDF.

    There a joint may be of signs without a glyph, and long addresses get places to break.
    """
    across = _Measure(_LONGEST, _ONE_LINE, drawn, rtl=_has_right_to_left(letter))
    return replace(
        letter,
        blocks=_blocks(letter.blocks, across),
        notes=tuple(replace(note, content=across.words(note.content)) for note in letter.notes),
    )


class _Written:
    """What is to stand there, with an entry for each character that stood there before."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters, self._at = characters, 0

    def taken(self, count: int) -> str:
        """The next ones, in one piece."""
        start = self._at
        self._at += count
        return "".join(self._characters[start : self._at])

    def pass_edge(self) -> None:
        """Leave out the next one."""
        self._at += 1


class _Measure(Struct, frozen=True):
    """How long joined words may be, and from which length on there is a last line; 0 for never."""

    longest: int
    one_line: int
    drawn: bool
    rtl: bool

    def words(self, content: d.Inlines) -> d.Inlines:
        """The content with its joints."""
        text = "".join(self._said(content))
        if "  " in text:
            return content
        plain = text if len(text) <= self.one_line else self._joined(text)
        set_now: Sequence[str] = _breakable(plain) if self.drawn else plain
        return content if "".join(set_now) == text else self._cut(content, _Written(set_now))

    def name(self, value: d.Value) -> d.Value:
        """A name in a column, where one that is too long must be divided somewhere."""
        if any(len(word) > _IN_COLUMN for word in value.text.split()):
            return value
        text = with_hyphens(value.text)
        return replace(value, text="".join(_breakable(text)) if self.drawn else text)

    def _said(self, content: d.Inlines) -> Iterator[str]:
        """The words of the content, with the edges of tags; the end of a line is one character."""
        for node in content:
            match node:
                case d.Value(text=text) if self._is_turned(text):
                    yield f"{EDGE}{text}{EDGE}"
                case d.Text(text=text) | d.Value(text=text):
                    yield text
                case d.Around(content=inner):
                    yield EDGE
                    yield from self._said(inner)
                    yield EDGE
                case d.Break():
                    yield "\n"
                case d.NoteMark():
                    yield EDGE
                case _:
                    assert_never(node)

    def _is_turned(self, text: str) -> bool:
        """Whether the direction of a value may be said by a tag."""
        return self.rtl or (bool(text) and max(text) > _LAST_LEFT_TO_RIGHT)

    def _cut(self, content: d.Inlines, written: _Written) -> d.Inlines:
        """The same nodes, with as much of what is ``written`` as `_said` tells of them."""
        out: list[d.Inline] = []
        for node in content:
            match node:
                case d.Value(text=text) if self._is_turned(text):
                    written.pass_edge()
                    out.append(replace(node, text=written.taken(len(text))))
                    written.pass_edge()
                case d.Text(text=text) | d.Value(text=text):
                    out.append(replace(node, text=written.taken(len(text))))
                case d.Around(content=inner):
                    written.pass_edge()
                    out.append(replace(node, content=self._cut(inner, written)))
                    written.pass_edge()
                case d.Break() | d.NoteMark():
                    written.pass_edge()
                    out.append(node)
                case _:
                    assert_never(node)
        return tuple(out)

    def column(self, *, closes: bool) -> _Measure:
        """The same in the half of a page, or in a table, where nothing ``closes``."""
        return replace(self, longest=_IN_COLUMN, one_line=_ONE_LINE_IN_COLUMN if closes else 0)

    def _joined(self, text: str) -> str:
        words = with_hyphens(text).split(" ")
        joints: list[str] = []
        starts = 0  # the length of what the last word is already joined to
        for place in range(len(words) - 1):
            length = starts + len(words[place])
            kept = belongs(words, place, joined_before=starts > 0)
            kept = kept and length + 1 + len(words[place + 1]) <= self.longest
            joints.append(SPACE if kept else " ")
            starts = length + 1 if kept else 0
        if self.one_line:
            self._close(words, joints)
        joints.append("")
        return "".join(word + joint for word, joint in zip(words, joints, strict=True))

    def _close(self, words: list[str], joints: list[str]) -> None:
        """Join the last words, so that the last line is no single one."""
        place, length = len(words) - 1, len(words[-1])
        while place > 0 and length <= self.longest:
            before = words[place - 1]
            enough = length >= _LEAST_AT_END and place < len(words) - 1
            if joints[place - 1] != SPACE:
                grown = length + 1 + len(before)
                if enough or grown > self.longest or not can_join(before, words[place]):
                    return
                joints[place - 1] = SPACE
            length += 1 + len(before)
            place -= 1


def _has_right_to_left(letter: d.Letter) -> bool:
    said = [letter.direction]
    for block in letter.blocks:
        match block:
            case d.Passage(language=language):
                said.append(language.direction)
            case d.Parallel(languages=languages):
                said += [language.direction for language in languages]
    return "rtl" in said


def _blocks(blocks: tuple[Any, ...], measure: _Measure) -> tuple[Any, ...]:
    return tuple(_block(block, measure) for block in blocks)


@functools.lru_cache(maxsize=512)  # most blocks are the same in every letter
def _block(block: d.Block, measure: _Measure) -> Any:
    match block:
        case d.Worded(content=content):
            return replace(block, content=measure.words(content))
        case d.List() | d.Asks():
            return replace(block, items=tuple(_blocks(item, measure) for item in block.items))
        case d.Sheet(prayer=prayer):
            return replace(block, prayer=_blocks(prayer, measure))
        case d.Quote() | d.Passage():
            return replace(block, blocks=_blocks(block.blocks, measure))
        case d.Parallel(rows=rows):
            beside = measure.column(closes=True)
            return replace(
                block, rows=tuple((_blocks(one, beside), _blocks(two, beside)) for one, two in rows)
            )
        case d.Table(rows=rows, caption=caption):
            cell, said = measure.column(closes=False), measure.words(caption)
            set_now = tuple(tuple(map(cell.words, row)) for row in rows)
            return replace(block, rows=set_now, caption=said)
        case d.Enclosures(items=items) | d.Copies(items=items):
            return replace(block, items=tuple(map(measure.words, items)))
        case d.Figure(caption=caption):
            return replace(block, caption=measure.words(caption))
        case d.SignatureBlock(groups=groups):
            return replace(block, groups=tuple(_group(one, measure) for one in groups))
        case d.Letterhead() | d.AddressBlock() | d.Divider():
            return block
        case _:
            assert_never(block)


def _group(group: d.SignatureGroup, measure: _Measure) -> d.SignatureGroup:
    """Names of signatures share a line: one is divided between its words and not at a hyphen."""
    made = tuple(replace(one, name=measure.name(one.name)) for one in group.signatures)
    return replace(group, signatures=made)


def _breakable(written: Sequence[str]) -> list[str]:
    """The characters, with places to break behind the signs of long addresses and codes.

    A line of Korean ends between words, as Word sets it; Unicode allows it between any syllables.
    """
    out = [f"-{_JOINER}" if sign == HYPHEN else sign for sign in written]
    for found in _KOREAN.finditer("".join(written)):
        for place in range(found.start(), found.end() - 1):
            out[place] += _JOINER
    for found in _ADDRESS.finditer("".join(written)):
        word = found[0]
        if word.isalpha():
            continue
        for place, sign in enumerate(word[:-2], found.start()):
            # Not within “://”, and not before what closes it.
            if sign in _BREAKS and out[place + 1][0].isalnum():
                out[place] += _BREAK
    return out
