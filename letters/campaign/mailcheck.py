"""What keeps the letters from going out by e-mail, said before there is anything to send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.campaign.addressing import full_name
from letters.campaign.localtext import LocalText
from letters.campaign.mail_settings import settings_of
from letters.campaign.mailaddress import line_fault
from letters.campaign.reach import is_reachable
from letters.channels import Channel
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign


def check_mail(campaign: Campaign) -> Iterator[Problem]:
    """Subject, sender and names of recipients that no head of a mail can hold.

    Nothing is said where nobody has an address, or no mail comes from here.
    """
    letter, at = campaign.letter, campaign.letter_place
    mail = settings_of(letter.mail, letter.sender.contact)
    if mail is None or not any(is_reachable(each, Channel.EMAIL) for each in campaign.recipients):
        return
    lines: list[tuple[LocalText, tuple[str, ...]]] = [
        (mail.subject, ("mail", "subject")) if mail.subject else (letter.subject, ("subject",)),
        (mail.name, ("mail", "name"))
        if mail.name
        else (letter.sender.organisation, ("from", "organisation")),
    ]
    for text, key in lines:
        for tag in dict.fromkeys(text.tag_for(tag) for tag in letter.languages):
            if tag is not None and (wrong := line_fault(text.texts[tag].strip())):
                yield Problem(at.place(*key, *((tag,) if tag else ())), *wrong)
    for recipient, place in zip(campaign.recipients, campaign.recipient_places, strict=True):
        if not is_reachable(recipient, Channel.EMAIL):
            continue
        names = {full_name(recipient, tag, post_nominals=False) for tag in letter.languages}
        if wrong := next(filter(None, map(line_fault, names)), None):
            yield Problem(place.place("name"), *wrong)
