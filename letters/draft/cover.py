"""What a cover note says of its mail, and in which language it is written."""

from __future__ import annotations

from msgspec import Struct

from letters.campaign.model import Campaign
from letters.campaign.recipient_languages import languages_for


class About(Struct, frozen=True):
    """What only a note says: the names of the attached files, and the address for answers."""

    files: tuple[str, ...]
    answer_to: str


def language_for(campaign: Campaign, index: int) -> str:
    """The language of a recipient's cover note: the one they prefer, or the letter's first."""
    tags = campaign.letter.languages
    return languages_for(campaign.recipients[index], tags)[0]
