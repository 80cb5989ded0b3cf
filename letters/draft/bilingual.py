"""Two editions as one letter: side by side, paragraph by paragraph, or one after the other.

The first language is the letter's own: its address stands on the envelope, its labels at head and
foot. No words of either are left out, but for the address of the second: an envelope has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.editions import pairs
from letters.draft.signatures import Pictures, Signed

Layout: TypeAlias = Literal["columns", "sequence"]

_RECORD = re.compile(r"(\[\d+\])?")


def bilingual(
    editions: tuple[Edition, Edition],
    index: int,
    signed: Signed,
    pictures: Pictures,
    layout: Layout,
) -> d.Letter:
    """The letter to the recipient of that index in both languages. Raises CampaignError.

    Notes are numbered through: first those of the first edition, then those of the second.
    """
    first, second = editions
    one = first.letter(index, signed, pictures)
    before = len(one.notes)
    other = second.letter(index, signed, pictures, notes_before=before)
    languages = _language(one), _language(other)
    if layout == "sequence":
        blocks: d.Blocks = (*one.blocks, d.Passage(languages[1], _matter(other), new_page=True))
    else:
        left = first.parts(index, signed, pictures)
        right = second.parts(index, signed, pictures, notes_before=before)
        paired = pairs(left, right)
        sides = [(a.block if a else None, b.block if b else None) for a, b in paired]
        blocks = tuple(_columns(languages, sides))
    return replace(
        one,
        blocks=blocks,
        notes=(*one.notes, *(replace(note, language=languages[1]) for note in other.notes)),
        notice=" · ".join(filter(None, (one.notice, other.notice))),
        draft_mark=_both(one.draft_mark, other.draft_mark),
    )


def _matter(letter: d.Letter) -> d.Matters:
    """The blocks of a letter in one language, which has no others."""
    return tuple(b for b in letter.blocks if not isinstance(b, d.Passage | d.Parallel))


def _columns(
    languages: tuple[d.TextLanguage, d.TextLanguage],
    sides: list[tuple[d.Matter | None, d.Matter | None]],
) -> Iterator[d.Block]:
    """Rows of what belongs together, and between them what is as wide as the page."""
    rows: list[tuple[d.Matters, d.Matters]] = []
    for first, second in sides:
        wide = tuple(_wide(first, second, languages[1]))
        if wide and rows:
            yield d.Parallel(languages, tuple(rows))
            rows = []
        yield from wide
        if not wide:
            rows.append(((first,) if first else (), (second,) if second else ()))
    if rows:
        yield d.Parallel(languages, tuple(rows))


def _language(letter: d.Letter) -> d.TextLanguage:
    return d.TextLanguage(letter.language, letter.direction, letter.digits, letter.decimal)


def _wide(
    first: d.Matter | None, second: d.Matter | None, language: d.TextLanguage
) -> Iterator[d.Block]:
    """What no column can hold, once for both; nothing for all that stands side by side."""
    match first, second:
        case d.Letterhead(), d.Letterhead():
            name, other = first.lines[0], second.lines[0]
            if d.plain(name) != d.plain(other):
                name = (*name, d.Text(" / "), *other)
            yield replace(first, lines=(name, *_lines(first.lines[1:], second.lines[1:])))
        case d.SignatureBlock(), d.SignatureBlock():
            yield _signatures(first, second)
        case d.AddressBlock(), (d.AddressBlock() | None):
            yield first
        case (d.Letterhead() | d.AddressBlock() | d.SignatureBlock() | d.Sheet(), _):
            yield first
            if second is not None:
                yield d.Passage(language, (second,))
        case _, (d.Letterhead() | d.AddressBlock() | d.SignatureBlock() | d.Sheet()):
            if first is not None:
                yield first
            yield d.Passage(language, (second,))


def _signatures(first: d.SignatureBlock, second: d.SignatureBlock) -> d.SignatureBlock:
    """One block, in the order of the first, with all that either says of each signatory."""
    others = {_person(s): s for group in second.groups for s in group.signatures}
    groups = tuple(
        replace(
            group,
            label=_both(group.label, other.label),
            signatures=tuple(_signature(s, others.get(_person(s), s)) for s in group.signatures),
        )
        for group, other in zip(first.groups, second.groups, strict=True)
    )
    return d.SignatureBlock(groups, tuple(dict.fromkeys((*first.remarks, *second.remarks))))


def _signature(first: d.Signature, second: d.Signature) -> d.Signature:
    name: tuple[d.Inlines, ...] = ()
    if second.name.text != first.name.text:
        name = ((second.name,),)
    return replace(
        first,
        details=(*name, *_lines(first.details, second.details)),
        state=_both(first.state, second.state),
    )


def _person(signature: d.Signature) -> tuple[str, str] | None:
    """The record that a signatory's name is from, whichever form of the name was printed."""
    at = signature.name.origin
    found = _RECORD.match(at.key) if at else None
    return (at.path, found[0]) if at and found else None


def _lines(first: tuple[d.Inlines, ...], second: tuple[d.Inlines, ...]) -> tuple[d.Inlines, ...]:
    """The lines of both, those that say the same once."""
    said = {d.plain(line) for line in first}
    return (*first, *(line for line in second if d.plain(line) not in said))


def _both(first: str, second: str) -> str:
    return first if first == second or not second else f"{first} / {second}" if first else second
