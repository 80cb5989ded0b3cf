"""Addresses of mail: one mailbox, checked before anything is sent to it.

A mailbox is never read out of a longer text: a comma in a name would make two recipients of one.
Domains go out as ASCII (IDNA 2008), which every server takes; the part before the @ goes out as
it is written, and needs SMTPUTF8 when it is not ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from letters.campaign.mailboxes import ascii_domain
from letters.campaign.plaintext import unusable
from letters.problem import Place, Problem

__all__ = ["Mailbox", "UnfitError", "address_fault", "ascii_domain", "line_fault", "mailbox"]

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_LOCAL, _LONGEST = 64, 254  # octets; RFC 5321, 4.5.3.1, and the erratum 1690 of RFC 3696
_LONGEST_LINE = 900  # characters of a name or subject: more is a mistake, and breaks programs

_WRITTEN = "write it like name@example.org, without a name or brackets around it"
_ONE_LINE = "write it in one line"


@dataclass(frozen=True, slots=True)
class Mailbox:
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
    ready = ascii_domain(unicodedata.normalize("NFC", address))
    if wrong := address_fault(ready):
        problems.append(Problem(place, *wrong))
    if problems:
        raise UnfitError(tuple(problems))
    return Mailbox(name.strip(), ready)


class UnfitError(Exception):
    """What was written can't stand in a mail; ``problems`` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def line_fault(text: str) -> tuple[str, str] | None:
    """What keeps ``text`` (a name, a subject) out of a header, and what to do; None when nothing.

    The text itself is not quoted: it may be a name that nobody else should read.
    """
    if "\n" in text or "\r" in text:
        return "has more than one line", _ONE_LINE
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs")), "") or unusable(text)
    if bad:
        return f"holds the character U+{ord(bad):04X}, which a mail can’t carry", "delete it"
    if len(text) > _LONGEST_LINE:
        return f"is longer than {_LONGEST_LINE} characters", "write it shorter"
    return None


def address_fault(address: str) -> tuple[str, str] | None:
    """What is wrong with an address whose domain is ASCII already; None when nothing is."""
    if wrong := line_fault(address):
        return wrong
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or any(map(_unseen, local)):
        return "is not one e-mail address", _WRITTEN
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "has no domain after the @ that mail can be sent to", _WRITTEN
    if labels[-1].isdigit():
        return "has a number instead of a domain after the @", _WRITTEN
    if len(local.encode()) > _LONGEST_LOCAL or len(address.encode()) > _LONGEST:
        return "is longer than an e-mail address can be", _WRITTEN
    return None


def _unseen(character: str) -> bool:
    return unicodedata.category(character)[0] in "CZ"
