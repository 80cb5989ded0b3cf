"""A campaign drafted in this very process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.draft.drafts import Drafts

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.compose import Edition
    from letters.draft.mailing import MailingText


def text_of(campaign: Campaign) -> MailingText:
    """The canonical text of all editions and its digest."""
    return Drafts(campaign).text()


def texts_of(edition: Edition) -> list[str]:
    """The canonical text for each recipient."""
    return [text for text, _ in edition.texts()]
