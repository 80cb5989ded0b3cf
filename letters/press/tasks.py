"""What is done inside a lane: a process that holds the campaign, drafts letters and presses them.

The functions are named to a lane by `bulk`, and their results travel back to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.press.orders import Format, Order, Product, Within
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.compose import Edition
    from letters.draft.context import Audience
    from letters.draft.document import Image, Letter
    from letters.draft.mailing import Text
    from letters.draft.signatures import Signed
    from letters.draft.wording import Wording
    from letters.press.attachments import Attachment
    from letters.press.theme import Theme

_held: list[Campaign] = []
_editions: dict[tuple[str, Audience], Edition] = {}


def nothing() -> None:
    """A lane that only presses needs nothing of the campaign."""


def hold(campaign: Campaign) -> None:
    """The campaign whose letters this lane drafts."""
    _held.append(campaign)


def text() -> Text:
    """The text of the mailing and its digest."""
    from letters.draft.compose import text_of

    return text_of(_held[0], _editions)


def worded() -> dict[str, tuple[Wording, ...]]:
    """What each part of each edition says."""
    from letters.draft.worded import worded

    return worded(_held[0], _editions)


def draft(order: Order, signed: Signed, audience: Audience, theme: Theme) -> Letter:
    """The letter; what its fonts or the window of its envelope lack is a problem of it."""
    from letters.draft.compose import edition_for
    from letters.press import envelope, glyphs

    edition = edition_for(_held[0], order.language, audience, _editions)
    signed = signed.within(*order.tags)
    if order.second:
        from letters.draft.bilingual import bilingual

        both = edition, edition_for(_held[0], order.second, audience, _editions)
        letter = bilingual(both, order.recipient, signed, _picture, order.layout)
    else:
        letter = edition.letter(order.recipient, signed, _picture)
    lacking = glyphs.missing(letter, theme, _held[0], order.recipient)
    if problems := (*lacking, *envelope.misfits(letter, theme)):
        raise CampaignError(problems)
    return letter


def _picture(path: str, alt: str) -> Image:
    from letters.press.pictures import clean

    return clean(_held[0], path, alt)


def warm(formats: tuple[Format, ...]) -> None:
    """Load what is slow to load."""
    if "pdf" in formats:
        from letters.press import pdf

        pdf.engine()


def source(language: str, audience: Audience) -> Attachment:
    """What the letters of that language rest on."""
    from letters.draft.compose import edition_for
    from letters.press.attachments import Attachment

    edition = edition_for(_held[0], language, audience, _editions)
    return Attachment("source", language, edition.disclosed())


def press(
    order: Order, formats: tuple[Format, ...], letter: Letter, theme: Theme, within: Within
) -> list[Product]:
    """One letter in several formats."""
    return [_product(order, made, letter, theme, within) for made in formats]


def _product(order: Order, made: Format, letter: Letter, theme: Theme, within: Within) -> Product:
    match made:
        case "pdf":
            from letters.press import docx, pdf
            from letters.press.attachments import Attachment

            attachments = within.sources
            if within.word:
                word = Attachment("docx", order.languages, docx.write(letter, theme))
                attachments = (*attachments, word)
            printed = pdf.write(letter, theme, attachments)
            return Product(order, made, printed.data, printed.pages, printed.remarks)
        case "docx":
            from letters.press import docx

            return Product(order, made, docx.write(letter, theme))
        case "html":
            from letters.press import html

            return Product(order, made, html.write(letter, theme))
        case "txt":
            from letters.press import text

            return Product(order, made, text.write(letter))
