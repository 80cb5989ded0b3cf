"""Entries that may be one and the same: the same name, the same mailbox, written down twice.

They are never put together: two people may share a name, and a couple a mailbox. Names are compared
without capitals, accents and punctuation, because that is how one person is written down twice.
Whoever is meant is told by places alone, so that no message gives a name away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

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


def look(campaign: Campaign) -> Iterator[Problem]:
    """A warning for each group of entries that may be one."""
    tags = campaign.letter.languages
    signatories, places = campaign.signatories, campaign.signatory_places
    said: set[frozenset[int]] = set()
    for kind, noun in (("person", "person"), ("organisation", "organisation")):
        names = _grouped(
            (key, number)
            for number, signatory in enumerate(signatories)
            if signatory.kind == kind
            for key in _names(signatory.name, tags)
        )
        yield from _told(names, places, said, f"may be the same {noun} as", ("name",))
    mailboxes = _grouped(
        (mailbox_of(address), number)
        for number, signatory in enumerate(signatories)
        if (address := _mailbox(signatory))
    )
    message = "has the same e-mail address as"
    yield from _told(mailboxes, places, said, message, ("contact", "email"))
    offices = _grouped(
        (f"{key}\n{_office(recipient, tags)}", number)
        for number, recipient in enumerate(campaign.recipients)
        for key in _names(recipient.name, tags)
    )
    places, message = campaign.recipient_places, "may be the same recipient as"
    yield from _told(offices, places, set(), message, ("name",))


def _grouped(keys: Iterable[tuple[str, int]]) -> list[list[int]]:
    """Entries by what they have in common, where several have it; in the order of their first."""
    first: dict[str, int] = {}
    groups: dict[str, list[int]] = {}
    for key, number in keys:
        if (one := first.setdefault(key, number)) != number:
            group = groups.setdefault(key, [one])
            if group[-1] != number:
                group.append(number)
    return sorted(groups.values(), key=lambda group: group[0])


def _told(
    groups: list[list[int]],
    at: Sequence[Located],
    said: set[frozenset[int]],
    message: str,
    steps: tuple[str, ...],
) -> Iterator[Problem]:
    for group in groups:
        known = frozenset(group)
        if known in said:
            continue
        said.add(known)
        *others, last = group
        places = ", ".join(str(at[number].place(*steps)) for number in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        place = at[last].place(*steps)
        yield Problem(place, f"{message} {places}{more}", _LOOK, severity="warning")


def _names(name: Name, tags: Iterable[str]) -> Iterable[str]:
    """What is compared of a name, in each language of the letter, each once."""
    if (only := name.only_form) is not None:
        return (key,) if (key := _compared(only)) else ()
    shown = dict.fromkeys(map(name.shown, tags))
    return dict.fromkeys(key for text in shown if (key := _compared(text)))


def _compared(text: str) -> str:
    plain = folded(text).strip()
    is_plain = plain.replace(" ", "").isalnum()
    words = plain.split() if is_plain else _BETWEEN.split(plain)
    return " ".join([word for word in words if word and word != "the"])


def _mailbox(signatory: Signatory) -> str:
    return (signatory.contact.email if signatory.contact else None) or ""


def _office(recipient: Recipient, tags: Iterable[str]) -> str:
    texts = (recipient.office.get(tag) for tag in tags) if recipient.office else ()
    return _compared(" ".join(filter(None, texts)))
