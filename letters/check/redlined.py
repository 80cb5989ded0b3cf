"""Two canonical texts, as they are kept in the log, become one document with tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from letters.check import text_pairs
from letters.check.privacy import HIDDEN, held_among, held_in
from letters.check.protected import secrets
from letters.check.text_pairs import TextLine
from letters.draft import document as d
from letters.press import redline
from letters.press.docx.line_styles import style_of_words
from letters.press.redline import StyledText

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.check.protected import Secret
    from letters.press.theme import Theme

_STYLES = {
    "letterhead": "Letterhead",
    "address": "InsideAddress",
    "subject": "SubjectLine",
    "enclosure": "Enclosures",
    "copy": "Enclosures",
    "figure": "Figure",
    "caption": "Caption",
    "note": "EndnoteText",
}
_WORDED = {
    block.kind: block.name
    for block in get_args(d.Matter)
    if issubclass(block, d.Named) and issubclass(block, d.Worded) and block is not d.Subject
}
_ROWS = {"head": "TableHeading", "row": "TableText"}
_ENTRIES = {"ask": "Ask", "number": "ListNumber", "item": "ListBullet"}
_MARK = re.compile(r"\\(.)|\{note (\d{1,6})\}|\{link ((?:\\.|[^\\{}])*)\}|\{([^{}]{0,99})\}")


def changed_languages(before: str, after: str) -> list[str]:
    """The languages in which the two say something else."""
    old, new = text_pairs.editions(before), text_pairs.editions(after)
    return [tag for tag in new if tag in old and sorted(old[tag]) != sorted(new[tag])]


def redlined(
    campaign: Campaign, theme: Theme, before: str, after: str, *, tag: str, foot: str
) -> tuple[bytes, int]:
    """What went and what came in that language, as a .docx; ``foot`` says which texts these are.

    Whoever was named in the text of then may be withheld now: a paragraph that holds what is
    protected is hidden. The number says how many are.
    """
    from letters.draft.language import language_of

    old, new = (text_pairs.editions(text).get(tag, []) for text in (before, after))
    both = list(text_pairs.pairs(old, new))
    language, letter = language_of(campaign, tag), campaign.letter
    frame = d.Letter(
        language=tag,
        direction=language.direction,
        title=letter.title.get(tag) or "",
        author=letter.sender.organisation.get(tag) or "",
        date=letter.date,
        blocks=(),
        notice=foot,
        page_label=language.label("page", page="{page}", pages="{pages}"),
        digits=language.digits,
    )
    sides = [[*_paragraphs(side)] for pair in both for side in pair]
    went, came = ([one for side in sides[at::2] for one in side] for at in (0, 1))
    known = held_among((one.words for one in (*went, *came)), secrets(campaign))
    shown_then, shown_now = ([_shown(one, known) for one in side] for side in (went, came))
    hidden = sum(one.words == HIDDEN for one in (*shown_then, *shown_now))
    return redline.write(shown_then, shown_now, frame, theme), hidden


def _shown(one: StyledText, known: tuple[Secret, ...]) -> StyledText:
    held = bool(known) and bool(held_in(one.words, known))
    return StyledText(one.style, HIDDEN) if held else one


def _paragraphs(text: str) -> Iterator[StyledText]:
    """The lines of a text as paragraphs; an entry of a list is in the style of its kind."""
    entry, quoted = "", -1
    for line in text_pairs.lines(text):
        quoted = quoted if line.depth > quoted else -1
        if line.kind == "quote":
            quoted = line.depth
        elif line.kind in _ENTRIES:
            entry = _ENTRIES[line.kind]
        elif words := _words(line):
            style = _style(line, entry)
            style = "Quote" if style == "ListContinue" and quoted >= 0 else style
            cells = tuple(words.split(" | ")) if line.kind in _ROWS else ()
            yield StyledText(style, words, cells, line.kind == "head")
            entry = ""


def _style(line: TextLine, entry: str) -> str:
    if entry and line.kind == "paragraph":
        return entry
    if line.kind == "heading":
        return "Heading1" if line.number == "1" else "Heading2"
    if line.kind in _WORDED:
        return style_of_words(_WORDED[line.kind])
    if line.kind in _ROWS:
        return _ROWS[line.kind]
    return _STYLES.get(line.kind, "ListContinue" if line.depth else "BodyText")


def _words(line: TextLine) -> str:
    """The words as somebody reads them: values of the recipient’s own by their names."""
    words = _MARK.sub(_read, line.text)
    return f"{line.number}\t{words}" if line.kind == "note" else words


def _read(mark: re.Match[str]) -> str:
    escape, note, link, slot = mark.groups()
    if escape is not None:
        return "\n" if escape == "n" else str(escape)
    if note is not None:
        return f"[{note}]"
    if link is not None:
        return ""
    return f"[{slot}]"
