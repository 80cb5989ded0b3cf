"""A draft in which a box stands for what no font has, so that one name need not stop it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.annex import Annex
from letters.press import fonts, glyphs
from letters.press.theme import Theme

_BOX = "\u25a1"
_T = TypeVar("_T")


_known: list[tuple[Annex, Theme, Annex]] = []
_REMEMBERED = 8


def boxed(letter: d.Letter, theme: Theme) -> d.Letter:
    """The letter with the codes of such characters in a box; mostly it is the same."""
    if letter.annex is not None:
        letter = replace(letter, annex=boxed_annex(letter.annex, theme))
    lacking = glyphs.lacking(replace(letter, annex=None), theme)
    if not lacking:
        return letter
    within = _boxing(lacking, fonts.stacks(letter, theme)[0])
    return replace(
        letter,
        blocks=within(letter.blocks),
        notes=within(letter.notes),
        running_head=within(letter.running_head),
        notice=within(letter.notice),
        page_label=within(letter.page_label),
        draft_mark=within(letter.draft_mark),
    )


def boxed_annex(annex: Annex, theme: Theme) -> Annex:
    """The same of an annex of names, once for all letters that have the same."""
    for known, by, found in _known:
        if known is annex and by is theme:
            return found
    lacking = glyphs.lacking_in_annex(annex, theme)
    found = annex
    if lacking:
        within = _boxing(lacking, fonts.stacks_for((), theme)[0])
        found = replace(
            annex,
            title=within(annex.title),
            of=within(annex.of),
            groups=within(annex.groups),
            remarks=within(annex.remarks),
            running_head=within(annex.running_head),
            notice=within(annex.notice),
            page_label=within(annex.page_label),
            draft_mark=within(annex.draft_mark),
        )
    _known[:] = [*_known[1 - _REMEMBERED :], (annex, theme, found)]
    return found


def _boxing(lacking: frozenset[str], families: tuple[str, ...]) -> Callable[[Any], Any]:
    """What puts boxes into any part of a letter."""
    sign = f"{_BOX} " if fonts.covered(_BOX, families) else ""
    alike = re.compile(f"[{re.escape(''.join(sorted(lacking)))}]+")

    def box(found: re.Match[str]) -> str:
        return f"[{sign}{' '.join(f'U+{ord(character):04X}' for character in found[0])}]"

    def within(node: _T) -> _T:
        """The node with its words changed: what is no word stays as it is."""
        changed: object = node
        if isinstance(node, str):
            changed = alike.sub(box, node)
        elif isinstance(node, tuple):
            changed = tuple(map(within, node))
        elif isinstance(node, d.Link):
            changed = replace(node, content=within(node.content))
        elif isinstance(node, Struct) and not isinstance(
            node, d.Image | d.TextLanguage | d.ValueOrigin
        ):
            fields = {name: within(getattr(node, name)) for name in node.__struct_fields__}
            changed = replace(node, **fields)
        return changed  # type: ignore[return-value]

    return within
