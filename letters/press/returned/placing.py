"""From the words of a Word file's paragraphs to the pieces that a letter was put together from."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.draft.origins import EDGES
from letters.press.returned.words import NOTE, WordParagraph, tidy

if TYPE_CHECKING:
    from letters.draft.origins import PartOrigin, Piece

_LONGEST = 8  # signs by which a piece is looked up


class Share(Struct, frozen=True):
    """A piece in a paragraph: from which of its signs to which, spaces not counted."""

    piece: Piece
    start: int
    end: int


class PlacedParagraph(Struct, frozen=True):
    """A paragraph with the part of the letter that it is of, and its pieces in order."""

    origin: PartOrigin
    shares: tuple[Share, ...]

    def at(self, start: int, end: int) -> list[Share]:
        """Those that have a share in these signs; around a place between two, both."""
        if start < end:
            return [one for one in self.shares if one.start < end and one.end > start]
        within = [one for one in self.shares if one.start < start < one.end]
        return within or [one for one in self.shares if start in (one.start, one.end)]


def signs(words: str) -> str:
    """Words without their spaces, and without the marks of notes."""
    return "".join(tidy(words).split()).replace(NOTE, "")


def placed(
    paragraphs: Sequence[WordParagraph], origins: Sequence[PartOrigin]
) -> list[PlacedParagraph | None]:
    """Where each paragraph comes from; None where it is not put together like that."""
    body = [one for one in origins if one.id not in EDGES]
    edges = [one for one in origins if one.id in EDGES]
    found: list[PlacedParagraph | None] = []
    for edge, group in groupby(paragraphs, key=lambda one: one.edge):
        found += _placed(list(group), edges if edge else body)
    return found


def _placed(
    paragraphs: Sequence[WordParagraph], origins: Sequence[PartOrigin]
) -> list[PlacedParagraph | None]:
    flat = [
        (origin, piece, said)
        for origin in origins
        for piece in origin.pieces
        if (said := signs(piece.words))
    ]
    begins: dict[str, list[int]] = defaultdict(list)
    for number, (_, _, said) in enumerate(flat):
        begins[said[:_LONGEST]].append(number)
    used = set[int]()
    cursor = 0
    found: list[PlacedParagraph | None] = []
    for paragraph in paragraphs:
        words = signs(paragraph.tidy)
        one = None
        candidates = [
            number
            for length in range(1, _LONGEST + 1)
            for number in _from(begins.get(words[:length], []), cursor)
            if number not in used
        ]
        for number in sorted(candidates, key=lambda each: (each < cursor, each)):
            if end := _reaches(flat, number, words):
                used.update(range(number, end))
                cursor = end
                one = _shares(flat, number, end)
                break
        found.append(one)
    return found


def _from(numbers: list[int], cursor: int) -> list[int]:
    """Those from the cursor on, and then the others; of very many, the next few."""
    at = bisect_left(numbers, cursor)
    return [*numbers[at : at + 50], *numbers[max(0, at - 50) : at]]


def _reaches(flat: list[tuple[PartOrigin, Piece, str]], number: int, words: str) -> int:
    """Where the pieces end that make up the words, from that one on; 0 where they don't."""
    origin, said = flat[number][0], 0
    while said < len(words) and number < len(flat) and flat[number][0] is origin:
        if not words.startswith(flat[number][2], said):
            return 0
        said += len(flat[number][2])
        number += 1
    return number if said == len(words) else 0


def _shares(flat: list[tuple[PartOrigin, Piece, str]], start: int, end: int) -> PlacedParagraph:
    shares: list[Share] = []
    at = 0
    for _, piece, said in flat[start:end]:
        shares.append(Share(piece, at, at + len(said)))
        at += len(said)
    return PlacedParagraph(flat[start][0], tuple(shares))
