"""What the records of people and cases refer to, whether or not any of it may be shown.

Days, pictures and sources, for whoever checks, copies or erases them; no words of a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from letters.campaign.model import Campaign
from letters.problem import Place


def days(campaign: Campaign) -> Iterator[tuple[dt.date | None, Place]]:
    """When what is told of a case or by a signatory took place, and where that is written."""
    for index, case in enumerate(campaign.letter.cases):
        for f, fact in enumerate(case.facts):
            yield fact.date, campaign.letter_place.place("cases", index, "facts", f, "date")
    for number, signatory in enumerate(campaign.signatories):
        if signatory.testimony:
            place = campaign.signatory_places[number].place("testimony", "date")
            yield signatory.testimony.date, place


def pictures(campaign: Campaign) -> dict[str, str]:
    """The paths of the pictures of signatures, by the id of the signatory."""
    return {s.id: s.signature_image for s in campaign.signatories if s.signature_image}


def picture_place(campaign: Campaign, path: str) -> Place:
    """The place of a picture; of a signature it is where that is named: the path may be private."""
    for number, signatory in enumerate(campaign.signatories):
        if signatory.signature_image == path:
            return campaign.signatory_places[number].place("signature_image")
    return Place(path)


def sources(campaign: Campaign) -> frozenset[str]:
    """The keys of the sources that signatories' own testimonies name."""
    named = (s.testimony.source for s in campaign.signatories if s.testimony)
    return frozenset(key for key in named if key)
