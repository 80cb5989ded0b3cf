"""A cover note is a letter like any other, drafted by a template of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from letters.campaign.model import Campaign
from letters.campaign.recipient_languages import languages_for
from letters.campaign.schema import ValueRule
from letters.campaign.template_files import COVER_NOTE


@dataclass(frozen=True, slots=True)
class About:
    """What only a note says: the names of the attached files, and the address for answers."""

    files: tuple[str, ...]
    answer_to: str


def language_for(campaign: Campaign, index: int) -> str:
    """The language of a recipient's cover note: the one they prefer, or the letter's first."""
    tags = campaign.letter.languages
    return languages_for(campaign.recipients[index], tags)[0]


def as_note(campaign: Campaign, about: About) -> Campaign:
    """The campaign with the note in the place of its letter."""
    letter, declared = campaign.letter, campaign.declared
    own = {"files": "\n".join(about.files), "answer_to": about.answer_to}
    changed = {
        "template": COVER_NOTE,
        "sender": letter.sender.model_copy(update={"logo": None}),
        "values": letter.values | own,
    }
    rules = declared.values | dict.fromkeys(own, ValueRule())
    return replace(
        campaign,
        letter=letter.model_copy(update=changed),
        declared=declared.model_copy(update={"values": rules, "pasted": False}),
    )
