"""Entries that may be one and the same: the same name, the same mailbox, written down twice.

They are never put together: two people may share a name, and a couple a mailbox. Names are compared
without capitals, accents and punctuation, because that is how one person is written down twice.
Whoever is meant is told by places alone, so that no message gives a name away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from letters.campaign.mailboxes import mailbox_of
from letters.campaign.personcheck import folded
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign, Located
    from letters.campaign.people import Name, Recipient
    from letters.campaign.signatory import Signatory

_BETWEEN = re.compile(r"[\W_]+")
_SHOWN = 3
_LOOK = "look whether they are the same; nothing is put together by itself"

Entry: TypeAlias = "tuple[int, Located]"


def look(campaign: Campaign) -> Iterator[Problem]:
    """A warning for each group of entries that may be one."""
    signatories = list(zip(campaign.signatories, campaign.signatory_places, strict=True))
    tags = campaign.letter.languages
    said: set[frozenset[int]] = set()
    for kind, noun in (("person", "person"), ("organisation", "organisation")):
        own = [(n, s, at) for n, (s, at) in enumerate(signatories) if s.kind == kind]
        names = _grouped((key, n, at) for n, s, at in own for key in _names(s.name, tags))
        yield from _told(names, said, f"may be the same {noun} as", ("name",))
    mailboxes = _grouped(
        (mailbox_of(address), n, at)
        for n, (s, at) in enumerate(signatories)
        if (address := _mailbox(s))
    )
    yield from _told(mailboxes, said, "has the same e-mail address as", ("contact", "email"))
    recipients = zip(campaign.recipients, campaign.recipient_places, strict=True)
    offices = _grouped(
        (f"{key}\n{_office(r, tags)}", n, at)
        for n, (r, at) in enumerate(recipients)
        for key in _names(r.name, tags)
    )
    yield from _told(offices, set(), "may be the same recipient as", ("name",))


def _grouped(keys: Iterable[tuple[str, int, Located]]) -> list[list[Entry]]:
    """Entries by what they have in common, where several have it."""
    groups: dict[str, dict[int, Located]] = defaultdict(dict)
    for key, number, at in keys:
        groups[key][number] = at
    return [list(group.items()) for group in groups.values() if len(group) > 1]


def _told(
    groups: list[list[Entry]], said: set[frozenset[int]], message: str, steps: tuple[str, ...]
) -> Iterator[Problem]:
    for group in groups:
        known = frozenset(number for number, _ in group)
        if known in said:
            continue
        said.add(known)
        *others, (_, last) = group
        places = ", ".join(str(at.place(*steps)) for _, at in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        yield Problem(last.place(*steps), f"{message} {places}{more}", _LOOK, severity="warning")


def _names(name: Name, tags: Iterable[str]) -> set[str]:
    """What is compared of a name, in each language of the letter."""
    return {key for tag in tags if (key := _compared(name.shown(tag)))}


def _compared(text: str) -> str:
    words = _BETWEEN.split(folded(text).strip())
    return " ".join(word for word in words if word and word != "the")


def _mailbox(signatory: Signatory) -> str:
    return (signatory.contact.email if signatory.contact else None) or ""


def _office(recipient: Recipient, tags: Iterable[str]) -> str:
    texts = (recipient.office.get(tag) for tag in tags) if recipient.office else ()
    return _compared(" ".join(filter(None, texts)))
