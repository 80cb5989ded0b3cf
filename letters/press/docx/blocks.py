"""Blocks of the letter as lines and tables of a Word page, in the order of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from letters.draft.document import (
    AddressBlock,
    Asks,
    Block,
    Blocks,
    Close,
    Copies,
    DateLine,
    Enclosures,
    Heading,
    Image,
    Inlines,
    Letterhead,
    List,
    Paragraph,
    Parallel,
    Passage,
    Quote,
    Salutation,
    Sheet,
    SignatureBlock,
    Subject,
    Table,
    plain,
)
from letters.press.docx.flow import LINE_BREAK, TAB, Grid, Line, Piece, drawing
from letters.press.docx.numbering import DEEPEST, LIST_STEP, Kind, Numbering, number_of
from letters.press.docx.runs import PLAIN, Marks, Words
from letters.press.docx.signatures import Signatures
from letters.press.docx.styles import text_width
from letters.press.theme import Theme

_LOGO_ROOM = (170.0, 48.0)
_BOLD_LINE = Marks(bold_already=True)
_ITALIC_LINE = Marks(italic_already=True)
_LED_TO = (Asks, List, Table, Close)
"""What must not be parted from the paragraph that leads to it."""

_NARROWEST, _WIDEST = 6, 36
_ALIGN = {"start": "", "center": "center", "end": "right"}


@dataclass(slots=True)
class Setter:
    """Sets the blocks of one letter; what is numbered through the letter is counted here."""

    theme: Theme
    words: Words
    numbering: Numbering
    pictures: int = 0

    def pieces(self, blocks: Blocks, depth: int = 0, style: str = "BodyText") -> list[Piece]:
        """``depth`` counts the lists and quotations around; ``style`` is that of paragraphs."""
        pieces: list[Piece] = []
        for block, following in zip_longest(blocks, blocks[1:]):
            pieces += self._block(block, depth, style, leads=isinstance(following, _LED_TO))
        return pieces

    def picture(self, image: Image, room: tuple[float, float]) -> str:
        """A run with the picture, no larger than ``room`` (points)."""
        self.pictures += 1
        relation = self.words.relations.to_picture(image.png)
        return drawing(image, relation, self.pictures, room)

    def _block(self, block: Block, depth: int, style: str, *, leads: bool) -> Sequence[Piece]:
        runs = self.words.runs
        match block:
            case Letterhead():
                return self._letterhead(block)
            case DateLine(content=content):
                return (Line("Date", runs(content)),)
            case AddressBlock(lines=lines):
                return (Line("InsideAddress", LINE_BREAK.join(runs(line) for line in lines)),)
            case Subject(content=content):
                return (Line("SubjectLine", runs(content, _BOLD_LINE)),)
            case Salutation(content=content):
                return (Line("Salutation", runs(content)),)
            case Paragraph(content=content):
                # The styles carry the first level of indent themselves.
                indent = LIST_STEP * depth if depth > 1 else 0
                return (Line(style, runs(content), indent=indent, keep_next=leads),)
            case Heading(level=1, content=content):
                return (Line("Heading1", runs(content, _BOLD_LINE)),)
            case Heading(content=content):
                return (Line("Heading2", runs(content, _ITALIC_LINE)),)
            case List(ordered=ordered, items=items, start=start):
                kind: Kind = "ListNumber" if ordered else "ListBullet"
                return self._items(kind, items, depth, start)
            case Asks(items=items, start=start):
                return self._items("Ask", items, depth, start)
            case Quote(blocks=blocks):
                return self.pieces(blocks, depth + 1, "Quote")
            case Table():
                return (self._table(block), Line("TableEnd")) if block.align else ()
            case Sheet():
                return self._sheet(block)
            case Passage(blocks=blocks):
                return self.pieces(blocks)
            case Parallel(rows=rows):
                return self.pieces(tuple(b for pair in rows for cell in pair for b in cell))
            case Close(content=content):
                return (Line("Closing", runs(content)),)
            case SignatureBlock():
                return Signatures(self.theme, self.words, self.picture).pieces(block)
            case Enclosures(label=label, items=lines) | Copies(label=label, items=lines):
                return self._attached(label, lines)

    def _sheet(self, block: Sheet) -> list[Piece]:
        """Empty rows to sign in, under the prayer and the head."""
        total = text_width(self.theme)
        widths = tuple(total * share // sum(block.shares) for share in block.shares)
        head = [[Line("TableHeading", self.words.runs(cell, _BOLD_LINE))] for cell in block.head]
        empty = [[Line("TableText")] for _ in block.head]
        grid = Grid("LetterTable", widths, [head, *[empty] * block.rows], self.words.rtl, head=True)
        return [*self.pieces(block.prayer), grid, Line("TableEnd")]

    def _letterhead(self, block: Letterhead) -> list[Line]:
        """Organisation at the start, how to reach it at the end of the same line and below."""
        pieces: list[Line] = []
        if block.logo:
            pieces.append(Line("LetterheadLogo", self.picture(block.logo, _LOGO_ROOM)))
        if not block.lines:
            return pieces
        name, *contact = block.lines
        runs = self.words.runs(name, Marks(style="LetterheadName", bold_already=True))
        for index, line in enumerate(contact):
            shared = index == 0 and self._fit_in_one_line(name, line)
            runs += (TAB if shared else LINE_BREAK + TAB) + self.words.runs(line)
        return [*pieces, Line("Letterhead", runs)]

    def _fit_in_one_line(self, *parts: Inlines) -> bool:
        letters = sum(len(plain(part)) for part in parts)
        return letters * self.theme.label_size * 0.6 < text_width(self.theme) / 20

    def _items(
        self, kind: Kind, items: Sequence[Blocks], depth: int, start: int = 1
    ) -> list[Piece]:
        level = min(depth, DEEPEST)
        number = self.numbering.begin(kind, level, start)
        by_style = level == 0 and number == number_of(kind)
        pieces: list[Piece] = []
        for item in items:
            runs, rest = "", item
            if item and isinstance(item[0], Paragraph):
                runs, rest = self.words.runs(item[0].content), item[1:]
            numbered = None if by_style else (number, level)
            leads = bool(rest) and isinstance(rest[0], _LED_TO)
            pieces.append(Line(kind, runs, number=numbered, keep_next=leads))
            pieces += self.pieces(rest, depth + 1, "ListContinue")
        if pieces and isinstance(pieces[-1], Line):
            pieces[-1] = replace(pieces[-1], after=self.theme.paragraph_space)
        return pieces

    def _attached(self, label: str, items: Sequence[Inlines]) -> list[Line]:
        lines = [
            Line("EnclosuresLabel", self.words.plain(label)),
            *(Line("Enclosures", self.words.runs(item), keep_next=True) for item in items),
        ]
        return [*lines[:-1], replace(lines[-1], keep_next=False)]

    def _table(self, block: Table) -> Grid:
        def row(cells: Sequence[Inlines], style: str, marks: Marks = PLAIN) -> list[list[Line]]:
            return [
                [Line(style, self.words.runs(cell, marks), align=_ALIGN[align])]
                for cell, align in zip(cells, block.align, strict=True)
            ]

        head = row(block.head, "TableHeading", _BOLD_LINE)
        body = [row(cells, "TableText") for cells in block.rows]
        widths = _column_widths(block, text_width(self.theme))
        flush = frozenset(index for index, align in enumerate(block.align) if align == "end")
        return Grid("LetterTable", widths, [head, *body], self.words.rtl, head=True, flush=flush)


def _column_widths(block: Table, total: int) -> tuple[int, ...]:
    """The width shared out by the longest words of each column, so that no reader needs to guess.

    LibreOffice and older readers do not size columns by their content.
    """
    longest = [
        min(
            max(_NARROWEST, *(len(plain(row[index])) for row in (block.head, *block.rows))), _WIDEST
        )
        for index in range(len(block.align))
    ]
    widths = [total * letters // sum(longest) for letters in longest]
    widths[0] += total - sum(widths)
    return tuple(widths)
