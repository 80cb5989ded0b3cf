"""The cover note: the words of the mail itself, drafted by a template of its own.

It is a letter like any other and is run like one: in the same sandbox, with the same values. The
letters themselves are attached, so the note has no signatures, no notice and no picture, and its
second reading is a page that fetches nothing.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from letters.draft.cover import About
    from letters.draft.document import Letter

# What programs make of a mail without a style sheet is readable; this only gives it a measure.
_STYLE = (
    "body{max-width:38em;font:1em/1.5 Georgia,serif}h1{font-size:1.1em}"
    "ol,ul{list-style:none;padding-inline-start:0}.number{margin-inline-end:.5em}"
)


class CoverNote(Struct, frozen=True):
    """A cover note as plain text and as a page of HTML that stands alone."""

    text: str
    html: str


Drafter: TypeAlias = "Callable[[int, str, About], CoverNote]"
"""Gives the note to the recipient of an index, in a language. Raises CampaignError."""


def written(letter: Letter) -> CoverNote:
    """Both readings of a note."""
    from letters.press import text
    from letters.press.html_blocks import Blocks
    from letters.press.html_words import Words

    bare = replace(letter, notice="", version="", draft_mark="")
    words = Words(letter.direction, letter.digits)
    blocks = Blocks(words).all(letter.blocks)
    blocks += [
        f'<p id="note-{note.number}">{words.number(note.number)} {words.inlines(note.content)}</p>'
        for note in letter.notes
    ]
    body = "\n".join(blocks)
    html = (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}" dir="{letter.direction}">\n'
        f'<head><meta charset="utf-8"><title>{escape(letter.title)}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return CoverNote(text.write(bare).decode(), html)
