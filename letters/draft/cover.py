"""What a cover note says of its mail, and in which language it is written."""

from __future__ import annotations

from dataclasses import dataclass

from letters.campaign.model import Campaign


@dataclass(frozen=True, slots=True)
class About:
    """What only a note says: the names of the attached files, and the address for answers."""

    files: tuple[str, ...]
    answer_to: str


def language_for(campaign: Campaign, index: int) -> str:
    """The language of a recipient's cover note: the one they prefer, or the letter's first."""
    tags = campaign.letter.languages
    preferred = campaign.recipients[index].language or ""
    near = (tag for tag in tags if tag.partition("-")[0] == preferred.partition("-")[0])
    return preferred if preferred in tags else next(near, tags[0])
