"""The names that a campaign knows and may show: whoever changes one says something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from letters.campaign import shown

if TYPE_CHECKING:
    from letters.campaign.localtext import LocalText
    from letters.campaign.model import Campaign
    from letters.campaign.people import Name


def names(campaign: Campaign) -> frozenset[str]:
    """Every name, in each of its forms, of people, organisations, cases and sources.

    Without those of people who are withheld: that a word is somebody's name is not to be told.
    """
    return frozenset(" ".join(name.split()) for name in _all(campaign) if name and name.strip())


def _all(campaign: Campaign) -> Iterator[str | None]:
    letter, tags = campaign.letter, campaign.letter.languages
    for signatory in shown.signatories(campaign):
        if signatory.name:
            yield from _forms(signatory.name, tags)
        yield from _texts(signatory.affiliation)
        if signatory.signer:
            yield from _forms(signatory.signer.name, tags)
    for recipient in campaign.recipients:
        yield from _forms(recipient.name, tags)
        yield from _texts(recipient.organisation)
        yield from _texts(recipient.office)
    for case in shown.cases(campaign):
        yield from _texts(case.person)
    yield from _texts(letter.sender.organisation)
    for source in letter.sources.values():
        yield from _texts(source.title)
        yield from _texts(source.publisher)


def _forms(name: Name, tags: Iterable[str]) -> Iterator[str | None]:
    for text in (name.display, name.full, name.dative, name.sort, name.address_as):
        yield from _texts(text)
    yield from (name.shown(tag) for tag in tags)
    yield from (name.given, name.family, name.full_family, name.patronymic, name.native)


def _texts(text: LocalText | str | None) -> Iterator[str]:
    if isinstance(text, str):
        yield text
    elif text:
        yield from text.texts.values()
