"""What is done inside a worker, step by step; the campaign stays in it between the steps.

The functions are named to a worker by the workshop, and what they return travels back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from letters.campaign.load import load
from letters.post.cover_note import CoverNote, written
from letters.problem import Place, Problem
from letters.workshop.held import held, hold, packed

if TYPE_CHECKING:
    from letters.draft.cover import About
    from letters.draft.drafts import Drafts
    from letters.draft.signatures import Signed
    from letters.post.paper.addresses import Addressed
    from letters.post.paper.listing import ListedRecipient
    from letters.post.paper.numbered import NumberedSheets
    from letters.post.paper.stationery import Envelope, Labels

T = TypeVar("T")


class Read(Struct, frozen=True):
    """What came of reading; ``place`` is where the template is named, for what happens later."""

    problems: list[Problem]
    usable: bool
    place: Place
    recipients: int
    people: int = 0


def read(root: Path) -> Read:
    """Read the campaign, type it and look at it as a whole."""
    campaign, problems = load(root)
    hold(campaign)
    if campaign is None:
        return Read(problems, usable=False, place=Place(""), recipients=0)
    template_files, letter = campaign.template_files, campaign.letter
    body = template_files.body(letter.template, letter.languages[0])
    named = campaign.letter_place.place("template")
    return Read(
        problems,
        usable=True,
        place=Place(template_files.shown(body)) if body else named,
        recipients=len(campaign.recipients),
        people=len(campaign.signatory_ids),
    )


def campaign() -> bytes:
    """The very campaign that is held, packed for whoever asks and decides."""
    return packed(held().campaign)


def inspect(step: Callable[..., T], *args: object) -> T:
    """A step of the look at the campaign, a method of `Inspection`."""
    return step(held().inspection, *args)


def draft(step: Callable[[Drafts], T]) -> T:
    """A method of `Drafts`: what is drafted once for all letters."""
    return step(held().drafts)


def make_ready(step: Callable[..., T], *args: object) -> T:
    """A method of `ReadyLetters`, for one letter that is to be pressed."""
    return step(held().letters, *args)


def note(signed: Signed, index: int, tag: str, about: About) -> CoverNote:
    """The cover note to the recipient of that index."""
    edition = held().drafts.note(tag)
    edition.tell(about)
    return written(edition.letter(index, signed.within(tag), held().letters.picture))


def covers(people: Sequence[Addressed], kind: Envelope | Labels) -> bytes:
    """Envelopes, or sheets of labels, with these addresses."""
    from letters.post.paper import covers
    from letters.post.paper.stationery import Labels
    from letters.press.themes import plain_theme

    own = held().campaign
    theme = plain_theme(own.template_files, own.letter.theme)
    if isinstance(kind, Labels):
        return covers.labels(own, people, theme, kind)
    return covers.envelopes(own, people, theme, kind)


def posting_list(rows: Sequence[ListedRecipient]) -> bytes:
    """The list of what is posted."""
    from letters.post.paper.listing import listing
    from letters.press.themes import plain_theme

    own = held().campaign
    return listing(own, rows, plain_theme(own.template_files, own.letter.theme))


def sheets(tag: str, signed: Signed, numbers: Sequence[str], coded: bool) -> NumberedSheets | None:
    """Sheets to sign, each with a number of its own; None where the letter has none."""
    from letters.post.paper.numbered import numbered_sheets

    own = held()
    return numbered_sheets(own.drafts, own.letters.picture, tag, signed, numbers, coded=coded)
