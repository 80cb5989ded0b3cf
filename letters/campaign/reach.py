"""Whether a letter can reach a recipient by one way or another, going by what is written of them.

An address is enough: whether it is right, or may be one at all, is another question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.campaign import addressing
from letters.channels import Channel

if TYPE_CHECKING:
    from letters.campaign.people import Recipient

NEEDED = {Channel.EMAIL: "an e-mail address", Channel.POST: "a postal address"}
"""Without what nothing goes that way, in words; other ways need nothing that is written here."""


def is_reachable(recipient: Recipient, channel: Channel) -> bool:
    """Whether a letter could go to that recipient in that way."""
    match channel:
        case Channel.EMAIL:
            return bool(recipient.email)
        case Channel.POST:
            # That of an office counts in whatever language it is written.
            return addressing.address(recipient, "") is not None
        case Channel.FAX | Channel.HAND | Channel.FORM:
            return True


def obstacle(recipient: Recipient, channel: Channel) -> str:
    """What stands in the way, in words; "" where nothing does."""
    if is_reachable(recipient, channel):
        return ""
    return f"has no {NEEDED[channel].partition(' ')[2]}"
