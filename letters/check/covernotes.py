"""The cover notes of the mails that the letters go with, drafted before there is any mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.campaign.mail_settings import settings_of
from letters.campaign.reach import is_reachable
from letters.channels import Channel
from letters.draft.cover import About, language_for
from letters.problem import CampaignError, Problem, in_order

if TYPE_CHECKING:
    from letters.draft.drafts import Drafts

_FILES = ("letter.pdf",)  # what is attached is known when it is rendered; that it is, is enough


def look(drafts: Drafts) -> list[Problem]:
    """What is wrong with the note to anybody who has an e-mail address."""
    campaign = drafts.campaign
    mail = settings_of(campaign.letter.mail, campaign.letter.sender.contact)
    if mail is None:
        return []
    about = About(_FILES, mail.reply_to or mail.sender)
    unreadable: set[str] = set()
    problems: list[Problem] = []
    for index, recipient in enumerate(campaign.recipients):
        tag = language_for(campaign, index)
        if tag in unreadable or not is_reachable(recipient, Channel.EMAIL):
            continue
        try:
            note = drafts.note(tag)
        except CampaignError as error:
            unreadable.add(tag)
            problems += error.problems
            continue
        note.tell(about)
        try:
            note.parsed(index)
        except CampaignError as error:
            problems += error.problems
    return in_order(problems)
