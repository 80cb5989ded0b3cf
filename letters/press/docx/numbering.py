"""Lists that Word numbers itself, so that a person can add an item and the others follow.

Word counts on through all lists that share a definition; a list that shall begin again needs a
number of its own with the first value written into it. Those are given out here while the letter
is being set.
"""

from __future__ import annotations

import functools
from typing import Literal

from msgspec import Struct, field

from letters.press.block_styles.lists import ASK_NUMBER
from letters.press.block_styles.style import STEP
from letters.press.docx.line_styles import type_of
from letters.press.docx.ooxml import part, tag, twips
from letters.press.docx.type import Type
from letters.press.theme import Font, Theme

Kind = Literal["ListNumber", "ListBullet", "Ask"]
"""A kind of list is named as the style of its items."""

KINDS: tuple[Kind, ...] = ("ListNumber", "ListBullet", "Ask")
DEEPEST = 6
"""Levels of a list are counted from 0; templates have no deeper ones."""


def number_of(kind: Kind) -> int:
    """The number that the style itself carries, and with it every item typed in Word."""
    return KINDS.index(kind) + 1


class Numbering(Struct):
    """The numbers given out in one letter.

    In a language with ``own_digits`` they are marked as words from right to left: by that Word
    knows to show these, for it has no format of numbers for them.
    """

    theme: Theme
    own_digits: bool = False
    begun: set[Kind] = field(default_factory=set)
    restarts: list[tuple[Kind, int, int]] = field(default_factory=list)

    def begin(self, kind: Kind, level: int, start: int = 1) -> int:
        """The number for a new list whose items stand at ``level`` and count from ``start``."""
        if kind == "ListBullet":
            return number_of(kind)
        first = kind not in self.begun and level == 0 and start == 1
        self.begun.add(kind)
        if first:
            return number_of(kind)
        self.restarts.append((kind, level, max(start, 0)))
        return len(KINDS) + len(self.restarts)

    def part(self) -> bytes:
        """``numbering.xml``; to be asked for when the whole letter is set."""
        restarted = "".join(
            f'<w:num w:numId="{number}">{tag("abstractNumId", KINDS.index(kind))}'
            f'<w:lvlOverride w:ilvl="{level}">{tag("startOverride", start)}</w:lvlOverride></w:num>'
            for number, (kind, level, start) in enumerate(self.restarts, start=len(KINDS) + 1)
        )
        definitions = _definitions(
            self.theme.text_font, type_of(ASK_NUMBER, self.theme), own_digits=self.own_digits
        )
        return part("numbering", definitions + restarted)


@functools.lru_cache(maxsize=16)
def _definitions(bullet: Font, ask: Type, *, own_digits: bool) -> str:
    """What the lists of all letters have in common, with the numbers that the styles carry."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            _level(kind, level, bullet, ask, own_digits=own_digits) for level in range(DEEPEST + 1)
        )
        + "</w:abstractNum>"
        for index, kind in enumerate(KINDS)
    )
    plain = "".join(
        f'<w:num w:numId="{number_of(kind)}">{tag("abstractNumId", index)}</w:num>'
        for index, kind in enumerate(KINDS)
    )
    return abstract + plain


def _level(kind: Kind, level: int, bullet: Font, ask: Type, *, own_digits: bool) -> str:
    shown, shape = f"%{level + 1}.", Type()
    if kind == "ListBullet":
        shown, shape = "•–"[level % 2], Type(font=bullet)
    elif kind == "Ask":
        shown, shape = f"%{level + 1}", ask
    letters = shape.xml()
    if own_digits and kind != "ListBullet":
        letters = f"{letters.removesuffix('</w:rPr>') or '<w:rPr>'}<w:rtl/></w:rPr>"
    return (
        f'<w:lvl w:ilvl="{level}">{tag("start", 1)}'
        + tag("numFmt", "bullet" if kind == "ListBullet" else "decimal")
        + (tag("pStyle", kind) if level == 0 else "")
        + tag("lvlText", shown)
        + tag("lvlJc", "left")
        + f"<w:pPr>{_indent(level)}</w:pPr>"
        + f"{letters}</w:lvl>"
    )


def _indent(level: int) -> str:
    return tag("ind", left=twips(STEP.points * (level + 1)), hanging=twips(STEP.points))
