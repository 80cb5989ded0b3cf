"""Addresses of mail: one mailbox, checked before anything is sent to it.

A mailbox is never read out of a longer text: a comma in a name would make two recipients of one.
Domains go out as ASCII (IDNA 2008), which every server takes; the part before the @ goes out as
it is written, and needs SMTPUTF8 when it is not ASCII.
"""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from letters.campaign.mailaddress import ascii_domain, fault, line_fault
from letters.problem import CampaignError, Place, Problem


class Mailbox(Struct, frozen=True):
    """A name as people read it (may be empty) and an address whose domain is ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def mailbox(name: str, address: str, place: Place, name_place: Place | None = None) -> Mailbox:
    """The mailbox that was written at ``place``; raises `UnfitError` with the problems."""
    problems = []
    if wrong := line_fault(name):
        problems.append(Problem(name_place or place, *wrong))
    if wrong := fault(address):
        problems.append(Problem(place, *wrong))
    if problems:
        raise UnfitError(problems)
    return Mailbox(name.strip(), ascii_domain(unicodedata.normalize("NFC", address)))


class UnfitError(CampaignError):
    """What was written can't stand in a mail; ``problems`` say where and why."""
