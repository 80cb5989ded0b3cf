"""The cover notes of the mails that the letters go with, drafted before there is any mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.channels import Channel
from letters.problem import CampaignError, Problem, in_order

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.compose import Edition

_FILES = ("letter.pdf",)  # what is attached is known when it is rendered; that it is, is enough


def look(campaign: Campaign) -> list[Problem]:
    """What is wrong with the note to anybody who has an e-mail address."""
    from letters.campaign.mail_settings import settings_of
    from letters.campaign.reach import is_reachable
    from letters.draft.compose import Edition
    from letters.draft.cover import About, as_note, language_for

    mail = settings_of(campaign.letter.mail, campaign.letter.sender.contact)
    if mail is None:
        return []
    note = as_note(campaign, About(_FILES, mail.reply_to or mail.sender))
    editions: dict[str, Edition | None] = {}
    problems: list[Problem] = []
    for index, recipient in enumerate(campaign.recipients):
        tag = language_for(campaign, index)
        is_broken = tag in editions and editions[tag] is None
        if is_broken or not is_reachable(recipient, Channel.EMAIL):
            continue
        try:
            edition = editions[tag] = editions.setdefault(tag, None) or Edition(
                note, tag, "recipient"
            )
            edition.parsed(index)
        except CampaignError as error:
            problems += error.problems
    return in_order(problems)
