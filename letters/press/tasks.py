"""What is done inside a lane: a process that holds the campaign, drafts letters and presses them.

The functions are named to a lane by `bulk`, and their results travel back to it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from letters.press.orders import Drafted, Format, Order, PressRun, Product, Within
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.campaign.shown import Audience
    from letters.draft.compose import Edition
    from letters.draft.document import Image, Letter
    from letters.draft.mailing import MailingText
    from letters.draft.paragraphs import Variants
    from letters.draft.roster import Fields
    from letters.draft.signatures import Signed
    from letters.press.attachments import EmbeddedFile
    from letters.press.provenance import Identity
    from letters.press.theme import Theme

_held: list[Campaign] = []
_editions: dict[tuple[str, Audience], Edition] = {}
_rosters: dict[str, Mapping[str, Fields]] = {}
_rosters_of: list[tuple[tuple[str, ...], Signed, str]] = []


def nothing() -> None:
    """A lane that only presses needs nothing of the campaign."""


def hold(campaign: Campaign) -> None:
    """The campaign whose letters this lane drafts; a fork of its parent may begin with another."""
    _held[:] = [campaign]
    for known in (_editions, _rosters, _rosters_of):
        known.clear()
    _source.cache_clear()


def text() -> MailingText:
    """The text of the mailing and its digest."""
    from letters.draft.compose import text_of

    return text_of(_held[0], _editions)


def paragraphs_of() -> dict[str, tuple[Variants, ...]]:
    """What each part of each edition says."""
    from letters.draft.edition_paragraphs import paragraphs_of

    return paragraphs_of(_held[0], _editions)


def draft(order: Order, run: PressRun) -> Drafted:
    """The letter; what its fonts or the window of its envelope lack is a problem of it."""
    from letters.press.obstacles import faults

    letter = _letter(order, run)
    if problems := faults(letter, run.theme, _held[0], order.recipient):
        raise CampaignError(problems)
    within = _within(order, run)
    return Drafted(letter, within, _identities(order, run, letter, within))


def identify(order: Order, run: PressRun) -> dict[Format, Identity]:
    """What the letter's files would be made from if they were made now."""
    return _identities(order, run, _letter(order, run), _within(order, run))


def roster(key: str) -> Mapping[str, Fields]:
    """What an identity names by that key: what is printed of each signatory."""
    return _rosters[key]


def _letter(order: Order, run: PressRun) -> Letter:
    from letters.draft.compose import edition_for

    edition = edition_for(_held[0], order.language, run.audience, _editions)
    signed = run.signed.within(*order.tags)
    if not order.second:
        return edition.letter(order.recipient, signed, _picture)
    from letters.draft.bilingual import bilingual

    both = edition, edition_for(_held[0], order.second, run.audience, _editions)
    return bilingual(both, order.recipient, signed, _picture, order.layout)


def _within(order: Order, run: PressRun) -> Within:
    """What goes into the letter's PDF; what it rests on is drafted once a language."""
    word = "docx" in run.attached
    if "source" not in run.attached:
        return Within(word)
    return Within(word, tuple(_source(tag, run.audience) for tag in order.tags))


def _identities(
    order: Order, run: PressRun, letter: Letter, within: Within
) -> dict[Format, Identity]:
    from letters.draft.compose import edition_for
    from letters.press.identity import identities

    edition = edition_for(_held[0], order.language, run.audience, _editions)
    recipient = _held[0].recipients[order.recipient].id
    roster = _roster(order.tags, run.signed.within(*order.tags).to(edition.bindings, recipient))
    return identities(letter, run, within, roster)


def _roster(tags: tuple[str, ...], signed: Signed) -> str:
    """The key of what is printed of each signatory; the same for thousands of letters."""
    for known, of, key in _rosters_of:
        if (known, of) == (tags, signed):
            return key
    from letters.draft.roster import key_of, roster

    found = roster(_held[0], tags, signed, _picture)
    key = key_of(found)
    _rosters[key] = found
    if not signed.recipient:  # else it is this one letter's
        _rosters_of.append((tags, signed, key))
    return key


def _picture(path: str, alt: str) -> Image:
    from letters.press.pictures import clean

    return clean(_held[0], path, alt)


def warm(formats: tuple[Format, ...]) -> None:
    """Load what is slow to load."""
    if "pdf" in formats:
        from letters.press import pdf

        pdf.engine()


@functools.cache
def _source(language: str, audience: Audience) -> EmbeddedFile:
    """What the letters of that language rest on."""
    from letters.draft.compose import edition_for
    from letters.press.attachments import EmbeddedFile

    edition = edition_for(_held[0], language, audience, _editions)
    return EmbeddedFile("source", language, edition.disclosed())


def press(
    order: Order, formats: tuple[Format, ...], drafted: Drafted, theme: Theme
) -> list[Product]:
    """One letter in several formats."""
    return [_product(order, made, drafted, theme) for made in formats]


def _product(order: Order, made: Format, drafted: Drafted, theme: Theme) -> Product:
    letter, within, identity = drafted.letter, drafted.within, drafted.identities[made]
    match made:
        case "pdf":
            from letters.press import docx, pdf
            from letters.press.attachments import EmbeddedFile

            attachments = within.sources
            if within.word:
                word = EmbeddedFile("docx", order.languages, docx.write(letter, theme))
                attachments = (*attachments, word)
            printed = pdf.write(letter, theme, attachments)
            return Product(order, made, identity, printed.data, printed.pages, printed.remarks)
        case "docx":
            from letters.press import docx

            return Product(order, made, identity, docx.write(letter, theme))
        case "html":
            from letters.press import html

            return Product(order, made, identity, html.write(letter, theme))
        case "txt":
            from letters.press import text

            return Product(order, made, identity, text.write(letter))
