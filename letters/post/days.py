"""On which day something was, and working days where the recipient works.

The log keeps moments in UTC, and the day where each was recorded; people, and the letters that cite
the log, go by days of their own. An answer isn't due on a holiday, or by one more weekend.

Holidays are those of the library ``holidays``, country by country and province by province; in a
country that it doesn't know, only Saturdays and Sundays are free.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.campaign import addressing
from letters.campaign.posted import as_posted

if TYPE_CHECKING:
    from holidays import HolidayBase

    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient
    from letters.ledger.events import Entry

_CLOSED = frozenset(("public", "government"))  # on these an office doesn't work
_REGION = 2  # letters in the last part of fr-CA


class Region(Struct, frozen=True):
    """Whose holidays count: a country code and, if it is known, a province or state in it."""

    country: str = ""
    part: str = ""


def local(at: dt.datetime) -> dt.date:
    """The day of a moment, in the time zone of this computer."""
    return at.astimezone().date()


def told(entry: Entry) -> dt.date:
    """The day that somebody gave, else that of recording, where it was recorded.

    Entries of early versions don't say which that was; they go by the time zone of this computer.
    """
    return entry.told if entry.day else entry.event.stated_at or local(entry.at)


def region_of(recipient: Recipient, campaign: Campaign) -> Region:
    """The region of a recipient's address, else of their language (fr-CA), else the sender's."""
    tags = (recipient.language or "", *campaign.letter.languages)
    for tag in campaign.letter.languages:
        found = addressing.address(recipient, tag)
        if found and found.country:
            posted = as_posted(found, found.country, campaign.places)
            return Region(found.country, posted.region or "")
    spoken = (tag.rpartition("-")[2] for tag in tags if "-" in tag)
    country = next((part.upper() for part in spoken if len(part) == _REGION), "")
    return Region(country or campaign.letter.sender.country or "")


def after(start: dt.date, days: int, region: Region) -> dt.date | None:
    """The day that many working days after ``start``, which isn't counted itself.

    None where no calendar reaches: a slip in an old log (9999-12-31) can't be taken back.
    """
    try:
        found: dt.date = _calendar(region).get_nth_working_day(start, days)
    except (OverflowError, ValueError):
        return None
    return found


@functools.cache
def _calendar(region: Region) -> HolidayBase:
    import holidays

    try:
        whole = holidays.country_holidays(region.country)
    except NotImplementedError:
        return holidays.HolidayBase()
    part = whole.subdivisions_aliases.get(region.part, region.part)
    return holidays.country_holidays(
        region.country,
        subdiv=part if part in whole.subdivisions else None,
        categories=_CLOSED.intersection(whole.supported_categories),
    )
