"""A cover note is a letter like any other, drafted by a template of its own."""

from __future__ import annotations

from msgspec.structs import replace

from letters.campaign.model import Campaign
from letters.campaign.schema import ValueRule
from letters.campaign.template_files import COVER_NOTE
from letters.draft.compose import Edition
from letters.draft.context import declared_values
from letters.draft.cover import About
from letters.draft.sealer import Sealer


class CoverNoteEdition(Edition):
    """All cover notes of a campaign in one language; what is attached is told before each."""

    def __init__(self, campaign: Campaign, tag: str) -> None:
        """Compile the note's template; raises CampaignError when it can't be read."""
        self._of = campaign
        super().__init__(_as_note(campaign, About((), "")), tag, "recipient")

    def tell(self, about: About) -> None:
        """What the next note says of its mail."""
        note = _as_note(self._of, about)
        self._shared["values"] = declared_values(note, Sealer(self.language))


def _as_note(campaign: Campaign, about: About) -> Campaign:
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
