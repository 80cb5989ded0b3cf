"""The changes within one paragraph: its words, and how they look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from letters.press.returned.placing import PlacedParagraph, Share, signs
from letters.press.returned.words import NOTE, WordParagraph

if TYPE_CHECKING:
    from letters.press.returned.looks import WordLook

Kind: TypeAlias = Literal[
    "words", "note", "look", "style", "moved", "added", "removed", "split", "joined"
]


class Edit(Struct, frozen=True):
    """One change. ``went`` and ``came`` are its words; of a look, ``told`` says what it is now.

    ``start`` and ``end`` are where it is in the words that the paragraph had; ``shares`` are the
    pieces there. What was ``added`` has none.
    """

    kind: Kind
    went: str = ""
    came: str = ""
    told: str = ""
    start: int = 0
    end: int = 0
    shares: tuple[Share, ...] = ()


def of_words(
    pieces: Sequence[tuple[bool, str, str]], place: PlacedParagraph | None
) -> Iterator[Edit]:
    """The changed words, those with nothing but a space between them as one change."""
    at = count = 0
    held: tuple[int, int, str, str] | None = None
    for number, (equal, went, came) in enumerate(pieces):
        following = pieces[number + 1 :]
        if equal and not (held and not went.strip() and following):
            if held:
                yield _edit(held, at, place)
                held = None
        elif held:
            start, begun, old, new = held
            held = start, begun, old + went, new + came
        else:
            held = at, count, went, came
        at += len(went)
        count += len(signs(went))
    if held:
        yield _edit(held, at, place)


def _edit(held: tuple[int, int, str, str], end: int, place: PlacedParagraph | None) -> Edit:
    start, begun, went, came = held
    only_notes = not signs(went) and not signs(came) and NOTE in went + came
    shares = place.at(begun, begun + len(signs(went))) if place else ()
    return Edit("note" if only_notes else "words", went, came, "", start, end, tuple(shares))


def of_looks(
    pieces: Sequence[tuple[bool, str, str]],
    own: WordParagraph,
    came: WordParagraph,
    place: PlacedParagraph | None,
) -> Iterator[Edit]:
    """Words that stayed, and look different."""
    before, after = _by_sign(own), _by_sign(came)
    i = j = 0
    for equal, went, new in pieces:
        length, other = len(signs(went)), len(signs(new))
        told = [
            (i + n, after[j + n].against(before[i + n]))
            for n in range(length if equal else 0)
            if before[i + n] != after[j + n]
        ]
        yield from _runs(told, own.tidy, place)
        i, j = i + length, j + other


def _runs(
    told: list[tuple[int, tuple[str, ...]]], words: str, place: PlacedParagraph | None
) -> Iterator[Edit]:
    """Neighbours that look different in the same way are one change."""
    places = [at for at, sign in enumerate(words) if signs(sign)]
    start = 0
    for at in range(1, len(told) + 1):
        ends = at == len(told) or told[at] != (told[at - 1][0] + 1, told[start][1])
        if ends:
            first, last = told[start][0], told[at - 1][0] + 1
            shares = tuple(place.at(first, last)) if place else ()
            said = words[places[first] : places[last - 1] + 1]
            looks = ", ".join(told[start][1])
            yield Edit("look", said, said, looks, shares=shares)
            start = at


def _by_sign(paragraph: WordParagraph) -> list[WordLook]:
    """How each sign of the paragraph's words looks."""
    found: list[WordLook] = []
    for sign, look in zip(paragraph.words, paragraph.looks, strict=True):
        if signs(sign):
            found.append(look)
    return found[len(found) - len(signs(paragraph.tidy)) :]
