"""Working days, against calendars that hang on a wall."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest

from letters.campaign.load import load
from letters.ledger.events import Entry, Event
from letters.post.days import Region, after, region_of, told

if TYPE_CHECKING:
    from conftest import CampaignFolder


@pytest.mark.parametrize(
    ("start", "days", "region", "day"),
    [
        ("2026-11-20", 1, Region("CA"), "2026-11-23"),
        ("2026-06-23", 1, Region("CA", "QC"), "2026-06-25"),  # Fête nationale
        ("2026-06-23", 1, Region("CA", "Québec"), "2026-06-25"),
        ("2026-06-23", 1, Region("CA", "ON"), "2026-06-24"),
        ("2026-06-23", 1, Region("CA", "no such province"), "2026-06-24"),
        ("2025-12-24", 3, Region("DE"), "2025-12-31"),  # two days of Christmas and a weekend
        ("2026-11-19", 1, Region("IL"), "2026-11-22"),  # Friday and Saturday are free there
        ("2026-11-20", 1, Region("XX"), "2026-11-23"),
        ("2026-11-20", 1, Region(), "2026-11-23"),
        ("2026-12-31", 1, Region("GB"), "2027-01-04"),
    ],
)
def test_it_counts_working_days(start: str, days: int, region: Region, day: str) -> None:
    assert after(dt.date.fromisoformat(start), days, region) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("country", ["CA", "IL", "XX", "CN", "IR"])
def test_where_no_calendar_reaches_there_is_no_day(country: str) -> None:
    assert after(dt.date.max, 20, Region(country)) is None
    assert after(dt.date(9999, 12, 1), 250, Region(country)) is None


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Vancouver", 3), ("UTC", 4), ("Pacific/Kiritimati", 4)]
)
def test_what_nobody_dated_was_on_the_day_that_it_was_here(
    monkeypatch: pytest.MonkeyPatch, zone: str, day: int
) -> None:
    at, said = dt.datetime(2025, 9, 4, 2, tzinfo=dt.UTC), dt.date(2025, 8, 1)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert told(Entry(1, at, Event("reported"))) == dt.date(2025, 9, day)
        assert told(Entry(1, at, Event("reported", stated_at=said))) == said
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("old", "new", "region"),
    [
        ("", "", Region("CA", "ON")),
        ("country: CA", "country: GB", Region("GB", "ON")),
        ("    country: CA\n", "", Region("CA")),
        ("    country: CA\n", "  language: fr-CH\n", Region("CH")),
    ],
)
def test_the_region_is_the_recipients(
    campaign: CampaignFolder, old: str, new: str, region: Region
) -> None:
    if old:
        campaign.edit("recipients.yaml", old, new)
    found, problems = load(campaign.path)
    assert found is not None, problems
    assert region_of(found.recipients[0], found) == region
