"""Blocks of the letter as lines and tables of a Word page, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, zip_longest
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from letters.draft.document import (
    AddressBlock,
    Asks,
    Block,
    Blocks,
    Close,
    Copies,
    Divider,
    Enclosures,
    Figure,
    Heading,
    Image,
    Inlines,
    Letterhead,
    List,
    Paragraph,
    Parallel,
    Passage,
    Quote,
    Sheet,
    SignatureBlock,
    Subject,
    Table,
    TextLanguage,
    Worded,
)
from letters.press.block_styles.lists import CELL_GAP, PICTURE_HEIGHT
from letters.press.block_styles.sheets import PARALLEL_GAP
from letters.press.decimals import DecimalRoom, rooms
from letters.press.docx.column_widths import column_widths, shared
from letters.press.docx.flow import (
    LINE_BREAK,
    TABLE_END,
    FlowRow,
    Grid,
    Line,
    Piece,
    drawing,
    with_the_close,
)
from letters.press.docx.letterhead import letterhead
from letters.press.docx.line_styles import style_of_words
from letters.press.docx.numbering import DEEPEST, Kind, Numbering, number_of
from letters.press.docx.ooxml import twips, twips_from_mm
from letters.press.docx.runs import PLAIN, Marks, RunWriter
from letters.press.docx.signatures import Signatures
from letters.press.docx.styles import text_width
from letters.press.pairs import pairs_with_the_close
from letters.press.sheet_width import outside
from letters.press.theme import Theme
from letters.press.tightness import is_short

_BOLD_LINE = Marks(bold_already=True)
_ITALIC_LINE = Marks(italic_already=True)
_LED_TO = (Asks, List, Table, Close)
"""What must not be parted from the paragraph that leads to it."""

_ENDING = ("ListNumber", "ListBullet", "Ask", "ListContinue")
"""Styles that have another of their own for the last line of a list."""

_TWIPS = 20  # a point
_ALIGN = {"start": "", "center": "Center", "end": "End"}


class Setter(Struct):
    """Sets the blocks of one letter; what is numbered through the letter is counted here."""

    theme: Theme
    words: RunWriter
    numbering: Numbering
    pictures: Iterator[int] = field(default_factory=lambda: count(1))
    width: int = 0

    def __post_init__(self) -> None:
        """Set across the page unless told otherwise; ``width`` is in twips."""
        self.width = self.width or text_width(self.theme)

    def pieces(self, blocks: Blocks, depth: int = 0, style: str = "BodyText") -> list[Piece]:
        """``depth`` counts the lists and quotations around; ``style`` is that of paragraphs."""
        pieces: list[Piece] = []
        for block, following, later in zip_longest(blocks, blocks[1:], blocks[2:]):
            set_now = self._block(block, depth, style, leads=isinstance(following, _LED_TO))
            # Side by side, the last pair is the close in both languages.
            closes = isinstance(block, Parallel) and isinstance(following, SignatureBlock)
            ends = closes or isinstance(following, Close)
            ends |= isinstance(later, Close) and is_short(following)
            rows = pairs_with_the_close(block) if isinstance(block, Parallel) else 2
            pieces += with_the_close(set_now, rows) if ends else set_now
        return pieces

    def picture(self, image: Image, room: tuple[float, float]) -> str:
        """A run with the picture, no larger than ``room`` (points)."""
        relation = self.words.relations.to_picture(image.png)
        return drawing(image, relation, next(self.pictures), room)

    def _block(self, block: Block, depth: int, style: str, *, leads: bool) -> Sequence[Piece]:
        runs = self.words.runs
        match block:
            case Letterhead():
                return self._letterhead(block)
            case AddressBlock(lines=lines):
                return (Line("InsideAddress", LINE_BREAK.join(map(self.words.line, lines))),)
            case Subject(content=content):
                return (Line("SubjectLine", runs(content, _BOLD_LINE)),)
            case Paragraph(content=content):
                deep = min(depth, DEEPEST + 1) if style != "BodyText" else 0
                return (
                    Line(
                        f"{style}{deep or ''}" if deep > 1 else style,
                        runs(content),
                        keep_next=leads,
                    ),
                )
            case Heading(level=1, content=content):
                return (Line("Heading1", runs(content, _BOLD_LINE)),)
            case Heading(content=content):
                return (Line("Heading2", runs(content, _ITALIC_LINE)),)
            case Figure():
                return self._figure(block)
            case Divider():
                return (Line("Divider"),)
            case Worded():
                return (Line(style_of_words(block.name), runs(block.printed)),)
            case List(ordered=ordered, items=items, start=start):
                kind: Kind = "ListNumber" if ordered else "ListBullet"
                return self._items(kind, items, depth, start)
            case Asks(items=items, start=start):
                return self._items("Ask", items, depth, start)
            case Quote(blocks=blocks):
                return self.pieces(blocks, depth + 1, "Quote")
            case Table():
                return self._captioned(block) if block.align else ()
            case Sheet():
                return self._sheet(block)
            case Passage():
                return self._passage(block)
            case Parallel():
                return self._parallel(block)
            case SignatureBlock():
                return Signatures(self.theme, self.words, self.picture, self.width).pieces(block)
            case Enclosures(label=label, items=lines) | Copies(label=label, items=lines):
                return self._attached(label, lines)
            case _:
                assert_never(block)

    def _figure(self, block: Figure) -> list[Piece]:
        room = self.width / _TWIPS, PICTURE_HEIGHT.points
        drawn = self.picture(block.image, room) if block.image else ""
        if not block.caption:
            return [Line("Figure", drawn), TABLE_END]
        return [Line("Figure", drawn), Line("Caption", self.words.runs(block.caption))]

    def _sheet(self, block: Sheet) -> list[Piece]:
        """Empty rows to sign in, under the prayer and the head on every page."""
        widths = shared(self.width + sum(map(twips_from_mm, outside(self.theme))), block.shares)
        head = [[Line("SheetHeading", self.words.cell(cell, _BOLD_LINE))] for cell in block.head]
        room = FlowRow([[Line("SheetRoom")]] * len(widths))
        rows = [FlowRow(head, head=True), *[room] * block.rows]
        number = (
            [Line("SheetNumber", self.words.plain(block.blank, _BOLD_LINE))] if block.blank else []
        )
        if above := [*number, *self.pieces(block.prayer)]:
            rows.insert(0, FlowRow([above], head=True, spans=(len(widths),), bare=True))
        if block.back:
            back = [Line("TableText", self.words.plain(block.back))]
            rows.append(FlowRow([back], spans=(len(widths),), below=True))
        grid = Grid("SheetTable", widths, rows, self.words.rtl)
        return [*([Line("NewPage")] if block.prayer else []), grid, TABLE_END]

    def _passage(self, block: Passage) -> list[Piece]:
        new = [Line("NewPage")] if block.new_page else []
        return [*new, *self._speaking(block.language, self.width).facing(block.blocks)]

    def _parallel(self, block: Parallel) -> list[Piece]:
        room = self.width // 2 - twips(PARALLEL_GAP.points)
        sides = [self._speaking(language, room) for language in block.languages]
        rows = [
            FlowRow([side.facing(cell) for side, cell in zip(sides, pair, strict=True)])
            for pair in block.rows
        ]
        # The style sets the table out by the gap on both sides, so that the words keep the edge.
        widths = (room + 2 * twips(PARALLEL_GAP.points),) * 2
        grid = Grid("ParallelTable", widths, rows, self.words.rtl, split=True)
        return [grid, TABLE_END]

    def _speaking(self, language: TextLanguage, width: int) -> Setter:
        return replace(self, words=self.words.speaking(language), width=width)

    def facing(self, blocks: Blocks) -> list[Piece]:
        """``blocks`` of a passage; its lines say their direction where it isn't the letter's."""
        pieces = self.pieces(blocks)
        rtl = self.words.rtl
        if rtl == (self.words.home.direction == "rtl"):
            return pieces
        return [piece.turned(rtl=rtl) for piece in pieces]

    def _letterhead(self, block: Letterhead) -> list[Piece]:
        return letterhead(block, self.theme, self.words, self.picture, self.width)

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
        if pieces and isinstance(last := pieces[-1], Line) and last.style.startswith(_ENDING):
            own = (number, level) if last.style == kind else last.number
            pieces[-1] = replace(last, style=f"{last.style.removesuffix('End')}End", number=own)
        return pieces

    def _attached(self, label: str, items: Sequence[Inlines]) -> list[Line]:
        lines = [
            Line("EnclosuresLabel", self.words.plain(label)),
            *(Line("Enclosures", self.words.cell(item), keep_next=True) for item in items),
        ]
        return [*lines[:-1], replace(lines[-1], keep_next=False)]

    def _captioned(self, block: Table) -> list[Piece]:
        said = self.words.runs(block.caption)
        above = [Line("TableCaption", said)] if said else []
        return [*above, self._table(block), TABLE_END]

    def _table(self, block: Table) -> Grid:
        def row(
            cells: Sequence[Inlines],
            style: str,
            rooms: Sequence[DecimalRoom | None],
            marks: Marks = PLAIN,
        ) -> list[list[Line]]:
            return [
                [Line(style + _ALIGN[align], self.words.cell(cell, marks), end=end)]
                for cell, align, end in zip(
                    cells, block.align, self._ends(block, rooms), strict=True
                )
            ]

        none = [None] * len(block.align)
        head = row(block.head, "TableHeading", none, _BOLD_LINE)
        by_sign = rooms(block, self.words.decimal, rtl=self.words.rtl)
        body = [
            row(cells, "TableText", room) for cells, room in zip(block.rows, by_sign, strict=True)
        ]
        widths = column_widths(block, self.width)
        rows = [FlowRow(head, head=True), *(FlowRow(cells) for cells in body)]
        return Grid("LetterTable", widths, rows, self.words.rtl, first_row=True)

    def _ends(self, block: Table, rooms: Sequence[DecimalRoom | None]) -> Iterator[int | None]:
        """What is behind each cell of a row, where its style does not say it, in twips."""
        for place, (align, room) in enumerate(zip(block.align, rooms, strict=True), 1):
            end = self._room(room)
            before_another = align == "end" and place < len(rooms)
            yield (end or 0) + twips(CELL_GAP.points) if before_another else end

    def _room(self, room: DecimalRoom | None) -> int | None:
        """Room behind a figure in twips, so that it stands by its decimal sign."""
        if room is None:
            return None
        font = self.theme.text_font
        family = (self.words.rtl and font.complex) or font.word
        return round(room.of_size(family) * (self.theme.text_size - 1) * _TWIPS)
