"""A day is the one where the recorder is, and it stays that day for whoever reads elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from drafting import text_of

from letters.campaign.load import load
from letters.cli import workspace
from letters.digests import TextDigest
from letters.ledger.details import Mailing
from letters.ledger.events import Entry, Event, Evidence, decode, encode
from letters.ledger.status import as_of
from letters.ledger.store import LOG_NAME, Ledger
from letters.post import days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import CampaignFolder, Letters

# Where somebody is, the time by UTC, and the day that it is there.
PLACES = [
    ("America/Los_Angeles", "2026-01-15T01:30:00Z", "2026-01-14"),
    ("Pacific/Kiritimati", "2026-01-14T15:00:00Z", "2026-01-15"),
    ("Europe/Berlin", "2026-01-14T23:30:00Z", "2026-01-15"),
    ("America/St_Johns", "2026-01-15T03:00:00Z", "2026-01-14"),
    ("Asia/Kathmandu", "2026-01-14T18:30:00Z", "2026-01-15"),
    ("UTC", "2026-01-14T23:59:59Z", "2026-01-14"),
]
ZONES = [zone for zone, _, _ in PLACES]
PM = "prime-minister"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Be somewhere at a time."""
    with monkeypatch.context() as patch:

        def go(zone: str, moment: str) -> None:
            patch.setenv("TZ", zone)
            time.tzset()
            patch.setattr(workspace, "now", lambda: dt.datetime.fromisoformat(moment))

        yield go
    time.tzset()


def told(run: Letters) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run("status", "--json").stdout)
    return said


@pytest.mark.parametrize(("zone", "moment", "day"), PLACES, ids=ZONES)
def test_it_is_the_day_where_the_recorder_is(
    zone: str,
    moment: str,
    day: str,
    campaign: CampaignFolder,
    run: Letters,
    at: Callable[[str, str], None],
) -> None:
    at(zone, moment)
    for who in ("okafor", "reading-circle", "signer-07"):
        assert run("sign", "record", who, "--note", "x").status == 0
    assert run("sign", "record", "signer-08", "--note", "x", "--on", day).status == 0
    tomorrow = (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    done = run("sign", "record", "lindqvist", "--note", "x", "--on", tomorrow)
    assert (done.status, "has yet to come" in done.stderr) == (2, True)
    assert run("render", "--format", "txt").status == 0
    letter = (campaign.path / "out" / f"{PM}.en.txt").read_text()
    shown = f"{dt.date.fromisoformat(day):%-d %B %Y}"
    assert f"as of {shown}" in " ".join(letter.split())
    assert run("track", "meeting", PM, "--note", "x").status == 0
    page = campaign.path / "page.html"
    assert run("status", "--html", str(page)).status == 0
    assert f"Status on {shown}" in page.read_text().replace("\xa0", " ").replace(
        f'<time datetime="{day}">', ""
    ).replace("</time>", "")
    before = told(run)
    assert before["signatures"]["as_of"] == day
    assert before["recipients"][0]["answers"] == [{"kind": "meeting", "on": day}]
    assert json.loads(run("log", "show", "--json").stdout)[0]["day"] == day
    for other in ("Pacific/Kiritimati", "America/Los_Angeles"):
        at(other, "2026-01-20T12:00:00Z")
        assert told(run) == before
    assert run("render", "--format", "txt").status == 0
    assert (campaign.path / "out" / f"{PM}.en.txt").read_text() == letter
    assert run("log", "verify").status == 0


def entry(number: int, event: Event, moment: str, day: str = "") -> Entry:
    here = dt.date.fromisoformat(day) if day else None
    return Entry(number, dt.datetime.fromisoformat(moment), event, here)


def signed(day: str = "") -> Event:
    stated = dt.date.fromisoformat(day) if day else None
    return Event("signed", "ada", TextDigest("0" * 64), Evidence.of_note("x"), stated_at=stated)


def test_the_count_never_goes_back_to_an_earlier_day() -> None:
    said = [
        entry(1, signed("2026-01-10"), "2026-01-20T12:00:00Z", "2026-01-20"),
        entry(2, signed(), "2026-01-21T01:00:00Z", "2026-01-20"),
        entry(3, signed("2026-01-02"), "2026-01-22T12:00:00Z", "2026-01-22"),
        entry(4, Event("looked", detail=Mailing(PM)), "2026-01-30T12:00:00Z", "2026-01-30"),
    ]
    assert [as_of(said[:n]) for n in range(5)] == [
        None,
        dt.date(2026, 1, 10),
        dt.date(2026, 1, 20),
        dt.date(2026, 1, 20),
        dt.date(2026, 1, 20),
    ]


def test_an_old_entry_counts_as_it_did(at: Callable[[str, str], None]) -> None:
    """Without a day of its own: signatures by UTC, letters by the clock of who reads."""
    at("America/Los_Angeles", "2026-02-01T12:00:00Z")
    old = entry(1, signed("2026-01-10"), "2026-01-15T01:30:00Z")
    assert as_of([old]) == dt.date(2026, 1, 15)
    looked = entry(2, Event("looked", detail=Mailing(PM)), "2026-01-15T01:30:00Z")
    assert days.told(looked) == dt.date(2026, 1, 14)
    assert days.told(old) == dt.date(2026, 1, 10)
    assert b'"day"' not in encode(old)
    assert decode(1, encode(old)).day is None


def test_a_day_is_bound_and_can_be_one_at_that_time_only() -> None:
    body = encode(entry(1, signed(), "2026-01-15T01:30:00Z", "2026-01-14"))
    assert b'"channel":"","day":"2026-01-14","evidence"' in body
    assert decode(1, body).day == dt.date(2026, 1, 14)
    for forged in (b"2026-01-13", b"2026-01-17", b"20260114", b"2026-1-14", b""):
        with pytest.raises(Exception, match="not in a form that is known here"):
            decode(1, body.replace(b"2026-01-14", forged))


def test_a_log_with_old_and_new_entries_is_whole(
    campaign: CampaignFolder, run: Letters, at: Callable[[str, str], None]
) -> None:
    loaded, _ = load(campaign.path)
    assert loaded is not None
    text = text_of(loaded)
    with Ledger.open(campaign.path / LOG_NAME) as ledger, ledger._transaction("IMMEDIATE"):
        event = Event("signed", "okafor", text.digest, Evidence.of_note("x"))
        ledger._rows.keep_text(text.digest, text.canonical)
        ledger._rows.add(entry(1, event, "2026-01-15T01:30:00Z"))
    at("America/Los_Angeles", "2026-01-15T01:31:00Z")
    assert told(run)["signatures"]["as_of"] == "2026-01-15"
    assert run("sign", "record", "lindqvist", "--note", "x").status == 0
    assert told(run)["signatures"]["as_of"] == "2026-01-15"
    lines = [json.loads(line) for line in run("log", "export").stdout.splitlines()]
    assert [line.get("day") for line in lines] == [None, "2026-01-14"]
    assert run("log", "verify").status == 0
