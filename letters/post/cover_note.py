"""The cover note: the words of the mail itself, drafted by a template of its own.

It is a letter like any other and is run like one: in the same sandbox, with the same values, in a
process with bounds. The letters themselves are attached, so the note has no signatures, no notice
and no picture, and its second reading is a page that fetches nothing.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from letters.campaign.template_files import COVER_NOTE
from letters.draft.cover import About
from letters.press.lanes import SECONDS, Lane, Lanes
from letters.problem import CampaignError, Place, Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.compose import Edition
    from letters.draft.document import Image, Letter
    from letters.draft.signatures import Signed

# What programs make of a mail without a style sheet is readable; this only gives it a measure.
_STYLE = (
    "body{max-width:38em;font:1em/1.5 Georgia,serif}h1{font-size:1.1em}"
    "ol,ul{list-style:none;padding-inline-start:0}.number{margin-inline-end:.5em}"
)


@dataclass(frozen=True, slots=True)
class CoverNote:
    """A cover note as plain text and as a page of HTML that stands alone."""

    text: str
    html: str


class Notes(Lanes):
    """Drafts the cover notes of one campaign; use it in a ``with`` block."""

    def __init__(self, campaign: Campaign, signed: Signed, *, seconds: float = SECONDS) -> None:
        """``seconds`` of processor time are allowed for a note."""
        self._campaign, self._seconds = campaign, seconds
        self._lane = Lane(_hold, campaign, signed)
        super().__init__([self._lane])

    def note(self, index: int, tag: str, about: About) -> CoverNote:
        """The note to the recipient of that index, in that language. Raises CampaignError."""
        try:
            return self._lane.submit(self._seconds, _drafted, index, tag, about).result()
        except BrokenProcessPool:
            message = "the cover note takes too much time or memory and was stopped"
            hint = f"a note may take {self._seconds:g} s of processor time: look at its loops"
            place = _place(self._campaign, tag)
            raise CampaignError([Problem(place, message, hint)]) from None


_held: list[tuple[Campaign, Signed]] = []
_editions: dict[tuple[str, About], Edition] = {}


def _hold(campaign: Campaign, signed: Signed) -> None:
    _held.append((campaign, signed))


def _drafted(index: int, tag: str, about: About) -> CoverNote:
    from letters.draft.compose import Edition
    from letters.draft.cover import as_note

    campaign, signed = _held[0]
    key = tag, about
    if key not in _editions:
        _editions[key] = Edition(as_note(campaign, about), tag, "recipient")
    return written(_editions[key].letter(index, signed.within(tag), _picture))


def _picture(path: str, alt: str) -> Image:
    from letters.press.pictures import clean

    return clean(_held[0][0], path, alt)


def written(letter: Letter) -> CoverNote:
    """Both readings of a note."""
    from letters.press import text
    from letters.press.html_blocks import Blocks
    from letters.press.html_words import Words

    bare = replace(letter, notice="", draft_mark="")
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


def _place(campaign: Campaign, tag: str) -> Place:
    file = campaign.template_files.body(COVER_NOTE, tag)
    return (
        Place(campaign.template_files.shown(file))
        if file
        else campaign.letter_place.place("languages")
    )
