"""Which paragraph each line on a page belongs to, and where the words of that were written.

A finished page knows nothing of paragraphs. But a paragraph's lines follow each other on it, so its
letters are found again in their order, whatever stands between them at the turn of a page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.problem import Problem

if TYPE_CHECKING:
    from letters.draft.origins import PartOrigin, Piece
    from letters.preview.pictures import PlacedLine, ShownPage
    from letters.problem import Place

_LONGEST = 90  # characters by which a paragraph is known again
_NUMBERS = 9  # digits in a line that number a note, or the entry of a list


class SourcedPart(Struct, frozen=True):
    """A paragraph: how it begins, and what its words come from, each with its place if any."""

    words: str
    sources: tuple[tuple[str, Place | None], ...]


def sourced(origins: Sequence[PartOrigin]) -> tuple[SourcedPart, ...]:
    """The parts of a letter in their order."""
    return tuple(SourcedPart(_short(one), tuple(_sources(one))) for one in origins)


def numbered(pages: Sequence[ShownPage], origins: Sequence[PartOrigin]) -> tuple[ShownPage, ...]:
    """The pages, each line with the number of its part."""
    finder = _Finder([_letters(one.words) for one in origins])
    return tuple(
        replace(page, lines=tuple(replace(line, part=finder.part(line)) for line in page.lines))
        for page in pages
    )


class _Finder:
    """Goes through the lines in their order, and remembers how far each part has been seen."""

    def __init__(self, parts: list[str]) -> None:
        self._parts, self._seen = parts, [0 for _ in parts]
        self._now = 0

    def part(self, line: PlacedLine) -> int:
        """The number of the part that the line belongs to, from 1; 0 for none."""
        said = _letters(line.text)
        if not said:
            return 0
        # Mostly the one of the line before, or the next; notes stand at the foot of every page.
        count = len(self._parts)
        for number in chain(range(self._now, count), range(self._now)):
            if self._goes_on(number, said):
                self._now = number
                return number + 1
        return 0

    def _goes_on(self, number: int, said: str) -> bool:
        """Whether a part goes on with these letters, but for the numbers of notes and entries."""
        part, start = self._parts[number], self._seen[number]
        at, skipped = start, 0
        for sign in said:
            if at < len(part) and part[at] == sign:
                at += 1
            elif sign.isdigit() and skipped < _NUMBERS:
                skipped += 1
            else:
                return False
        found = at - start
        if found > 1 or (found and len(part) == 1):
            self._seen[number] = at
            return True
        return False


def _letters(text: str) -> str:
    """What of a text is the same however it is set: no spaces, signs, hyphens or capitals."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, folded))


def _sources(origin: PartOrigin) -> Iterator[tuple[str, Place | None]]:
    """Each place once: a line of a template may have many pieces."""
    found = set[tuple[str, str, int]]()
    for piece in origin.pieces:
        what, place = _named(piece), piece.place
        where = (what, place.path if place else "", place.line if place else 0)
        if piece.words.strip() and where not in found and (place or piece.kind == "toolkit"):
            found.add(where)
            yield what, place


def _named(piece: Piece) -> str:
    if piece.kind == "template":
        return "the template"
    if piece.kind == "toolkit" or piece.place is None:
        return "the toolkit’s own words"
    return Problem(piece.place, "").key or "the data"


def _short(origin: PartOrigin) -> str:
    text = ""
    for piece in origin.pieces:  # of which those on lines of their own have nothing between them
        joined = text[-1:].strip("(“«‘[—–-/’'") and piece.words[:1].isalnum()
        text += f" {piece.words}" if joined else piece.words
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
