"""Signatures as tables without lines, so that names stay in columns when a person edits them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from letters.draft.document import Image, Signature, SignatureBlock, SignatureGroup, Text
from letters.press.block_styles.ending import COLUMN_GAP, KEPT_TOGETHER, SIGNATURE_PART
from letters.press.docx.flow import TABLE_END, FlowRow, Grid, Line, Piece
from letters.press.docx.runs import RunWriter
from letters.press.theme import Theme

ROWS_A_TABLE = 200
"""LibreOffice takes minutes for a table of thousands of rows, and a moment for many short ones."""

_EMPTY: tuple[Line, ...] = (Line("Signature"),)


class Signatures(Struct, frozen=True):
    """Sets a signature block in ``width`` twips.

    ``picture`` gives the run of an image that fits a room in points.
    """

    theme: Theme
    words: RunWriter
    picture: Callable[[Image, tuple[float, float]], str]
    width: int

    def pieces(self, block: SignatureBlock) -> list[Piece]:
        count = sum(len(group.signatures) for group in block.groups)
        pieces: list[Piece] = []
        for group in block.groups:
            if group.label:
                pieces.append(Line("SignatureLabel", self.words.plain(group.label)))
            pieces += self._tables(group, keep=count <= KEPT_TOGETHER)
        remarks = [
            Line("SignatureRemark", self.words.line((Text(text),))) for text in block.remarks
        ]
        if remarks:
            remarks[-1] = replace(remarks[-1], style="SignatureRemarkEnd")
            return [*pieces, *remarks]
        return [*_loosened(pieces), TABLE_END]

    def _tables(self, group: SignatureGroup, *, keep: bool) -> list[Grid]:
        columns = max(group.columns, 1)
        width = self.width // max(columns, 2)  # a rule across the page is too long
        room = width / 20 - COLUMN_GAP.points
        cells = [
            self._cell(signature, room, ruled=group.ruled, keep=keep)
            for signature in group.signatures
        ]
        cells += [_EMPTY] * (-len(cells) % columns)
        rows = [FlowRow(cells[start : start + columns]) for start in range(0, len(cells), columns)]
        if columns == 1 and self.words.rtl:
            # LibreOffice sets a table that is narrower than the page at its left.
            rows = [FlowRow([*row.cells, _EMPTY]) for row in rows]
            columns = 2
        return [
            Grid(
                "SignatureTable",
                (width,) * columns,
                rows[start : start + ROWS_A_TABLE],
                rtl=self.words.rtl,
            )
            for start in range(0, len(rows), ROWS_A_TABLE)
        ]

    def _cell(
        self, signature: Signature, room: float, *, ruled: bool, keep: bool
    ) -> tuple[Line, ...]:
        lines: list[Line] = []
        if signature.image or ruled:
            height = self.theme.signature_space * SIGNATURE_PART
            drawn = self.picture(signature.image, (room, height)) if signature.image else ""
            lines.append(Line("SignatureSpace", drawn))
        name = self.words.line((signature.name,))
        lines.append(Line("SignatureRuled" if ruled else "Signature", name))
        lines += (Line("SignatureDetail", self.words.line(each)) for each in signature.details)
        if signature.state:
            lines.append(Line("SignatureState", self.words.plain(signature.state)))
        return tuple(replace(line, keep_next=keep) for line in lines)


def _loosened(pieces: list[Piece]) -> list[Piece]:
    """``pieces`` with the last row free of what follows the block."""
    if not pieces or not isinstance(pieces[-1], Grid):
        return pieces
    grid = pieces[-1]
    free = [
        [replace(each, keep_next=False) if isinstance(each, Line) else each for each in cell]
        for cell in grid.rows[-1].cells
    ]
    return [*pieces[:-1], replace(grid, rows=[*grid.rows[:-1], FlowRow(free)])]
