"""The body of a letter apart: its tags, which letters of one form have in common, and its words."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from letters.press import fonts
from letters.press.pdf_fonts import Groups, groups_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letters.draft.document import Letter
    from letters.press.theme import Theme

_TAG = re.compile("(<[^<>]*>)")
_SPACES = re.compile("[ \t\n\r\f]+")

Form: TypeAlias = tuple[Any, ...]
"""What must be equal in two letters, so that one of them can be printed from the other's plate."""


class Taken(Struct, frozen=True):
    """``words`` are the texts between tags that are not blank, in order; ``head`` who it is to.

    ``groups`` are those of the characters that its fonts have to have.
    """

    form: Form
    groups: Groups
    words: tuple[str, ...]
    head: str


def taken_apart(letter: Letter, theme: Theme, body: str) -> Taken:
    """The letter whose body is written so."""
    pieces = _TAG.split(body)
    words: list[str] = []
    for place in range(0, len(pieces), 2):
        if not pieces[place].isspace() and pieces[place]:
            words.append(pieces[place])
            pieces[place] = "\x00"
    head, date = letter.running_head
    said = f"{body}{head}{date}{letter.foot}{letter.page_label}{letter.draft_mark}"
    groups = groups_of(body + head)
    form = (
        hashlib.sha256("".join(pieces).encode()).digest(),
        replace(theme, reference=None),  # that is Word's
        groups,
        fonts.stacks(letter, theme) if fonts.unusual(said) else (),
        letter.language,
        letter.direction,
        letter.title,
        letter.author,
        letter.date,
        date,
        bool(head),
        letter.notice,
        letter.version,
        letter.code,
        letter.page_label,
        letter.draft_mark,
        letter.watermark,
        letter.hyphenate,
        letter.digits,
    )
    return Taken(form, groups, tuple(words), head)


def said(words: str, *, kept: bool = False) -> str:
    """Words between tags as they are printed; ``kept`` with all their spaces."""
    text = unescape(words)
    return text if kept else _SPACES.sub(" ", text).strip(" ")


class Leaf(Struct, frozen=True):
    """Words in WeasyPrint's tree: the element around, and all elements around that."""

    element: Any
    around: tuple[Any, ...]
    text: str


def leaves(root: Any) -> Iterator[Leaf]:
    """All words below an element of the tree, in the order in which they are written."""
    yield from _leaves(root, ())


def _leaves(element: Any, around: tuple[Any, ...]) -> Iterator[Leaf]:
    here = (element, *around)
    if element.text and not element.text.isspace():
        yield Leaf(element, here, element.text)
    for child in element:
        yield from _leaves(child, here)
        if child.tail and not child.tail.isspace():
            yield Leaf(element, here, child.tail)
