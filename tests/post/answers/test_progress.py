"""How far a letter has come, told from the log and the outbox alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.campaign.load import load
from letters.digests import NO_FILE, NO_TEXT, FileDigest, MessageDigest, TextDigest
from letters.ledger.details import Answer as Answered
from letters.ledger.details import AnswerClass, Mailing
from letters.ledger.events import Entry, Event, Evidence, Kind
from letters.ledger.outgoing import Item
from letters.ledger.outgoing import State as ItemState
from letters.post.answers.progress import Delivery, Progress, progress
from letters.post.correspondence import Arrival, Correspondence

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign

NOW, BEFORE = TextDigest("a" * 64), TextDigest("b" * 64)
FILE = FileDigest("1" * 64)
WHO = "prime-minister"
SCAN = Evidence.of_file(b"a scan", kept=True)


def event(
    kind: Kind,
    *,
    channel: str = "",
    text: TextDigest = NO_TEXT,
    on: str = "",
    file: FileDigest = NO_FILE,
    to: str = WHO,
) -> Event:
    day = dt.date.fromisoformat(on) if on else None
    evidence = Evidence.of_note("as seen") if kind in ("met", "bounced") else Evidence()
    detail = Mailing(to, file)
    return Event(kind, "", text, evidence, channel, stated_at=day, detail=detail)


def sent(
    channel: str = "email",
    text: TextDigest = NOW,
    on: str = "",
    file: FileDigest = FILE,
) -> Event:
    return event("sent", channel=channel, text=text, on=on, file=file)


def answered(kind: AnswerClass, on: str = "") -> Event:
    day = dt.date.fromisoformat(on) if on else None
    return Event("replied", evidence=SCAN, stated_at=day, detail=Answered(WHO, kind))


def item(state: ItemState, text: TextDigest = NOW) -> Item:
    return Item(
        text, WHO, "email", "<1@x.org>", MessageDigest("2" * 64), "us@x.org", ("a@x.org",), (),
        "2025-09-04T10:00:00Z", "2025-09-05T10:00:00Z", state,
    )  # fmt: skip


@pytest.fixture
def letter(campaign: CampaignFolder) -> Campaign:
    """A letter of 3 September 2025, whose deadline is 1 October."""
    found, problems = load(campaign.path)
    assert found is not None, problems
    return found


def told(letter: Campaign, *events: Event, items: tuple[Item, ...] = ()) -> Progress:
    """The first recipient's progress; the events were recorded on 4, 5, 6 … September."""
    first = dt.datetime(2025, 9, 4, 12, tzinfo=dt.UTC)
    entries = [
        Entry(number, first + dt.timedelta(days=number - 1), one)
        for number, one in enumerate(events, 1)
    ]
    found, other = progress(letter, Correspondence.of(entries), items, NOW)
    assert other == Progress("minister")
    return found


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_nothing_is_due_of_what_has_not_gone_out(letter: Campaign) -> None:
    assert told(letter) == Progress(WHO)
    for state in ("queued", "cancelled"):
        assert told(letter, items=(item(state),)) == Progress(WHO)
    found = told(letter, items=(item("in_doubt"),))
    assert (found.state, found.due) == ("in doubt", None)
    assert told(letter, items=(item("failed"),)).state == "failed"
    # Whether an earlier text went out must be settled, whatever the letter says by now.
    assert told(letter, items=(item("in_doubt", BEFORE),)).state == "in doubt"
    assert told(letter, items=(item("failed", BEFORE),)).state == ""


def test_a_letter_in_two_languages_went_out_once(letter: Campaign) -> None:
    at_once = dt.datetime(2025, 9, 4, tzinfo=dt.UTC)
    entries = [Entry(n, at_once, sent(file=FileDigest(str(n) * 64))) for n in (1, 2)]
    found, _ = progress(letter, Correspondence.of(entries), (), NOW)
    assert found.deliveries == (Delivery("email", "sent", day("2025-09-04"), NOW),)
    assert (found.state, found.first_sent, found.due) == (
        "sent", day("2025-09-04"), day("2025-10-01"),
    )  # fmt: skip


def test_without_a_deadline_an_answer_is_due_after_so_many_working_days(letter: Campaign) -> None:
    changed = letter.letter.model_copy(update={"deadline": None, "answer_within": 20})
    letter = replace(letter, letter=changed)
    # 20 working days from 4 September, and 30 September is a day off for offices in Ottawa.
    assert told(letter, sent()).due == day("2025-10-03")
    assert told(letter, sent("post", on="2025-09-01")).due == day("2025-09-29")
    again = told(letter, sent(), answered("acknowledgement", "2025-09-10"))
    assert (again.state, again.due) == ("acknowledged", day("2025-10-09"))
    far = told(letter, sent(on="9999-12-31"))
    assert (far.state, far.first_sent, far.due) == ("sent", dt.date.max, None)


def test_an_answer_ends_the_waiting_and_the_last_word_counts(letter: Campaign) -> None:
    assert told(letter, sent(), answered("acknowledgement")).due == day("2025-10-01")
    late = told(letter, sent(), answered("acknowledgement", "2025-10-02"))
    assert late.due is not None
    assert late.due > day("2025-10-02")
    ends: tuple[tuple[AnswerClass, str], ...] = (("reply", "answered"), ("refusal", "refused"))
    for kind, state in ends:
        found = told(letter, sent(), answered("acknowledgement"), answered(kind))
        assert (found.state, found.due, found.awaited_since) == (state, None, None)
        assert found.looked == day("2025-09-06")
    both = told(letter, sent(), answered("refusal", "2025-09-20"), answered("reply", "2025-09-10"))
    assert both.state == "refused"
    assert both.answers == (
        Arrival("reply", day("2025-09-10"), SCAN.digest),
        Arrival("refusal", day("2025-09-20"), SCAN.digest),
    )


def test_a_meeting_is_no_answer_and_looking_is_kept(letter: Campaign) -> None:
    found = told(letter, sent(), event("met", on="2025-09-08"), event("looked", on="2025-09-30"))
    assert (found.state, found.looked) == ("sent", day("2025-09-30"))
    assert told(letter, sent(), answered("acknowledgement")).looked is None
    assert found.answers == (Arrival("meeting", day("2025-09-08")),)


def test_what_came_back_was_not_sent(letter: Campaign) -> None:
    bounced = event("bounced", channel="email", text=NOW)
    found = told(letter, sent(), bounced, items=(item("failed"),))
    assert (found.state, found.due, found.first_sent) == ("bounced", None, None)
    assert told(letter, sent(), bounced, sent()).state == "sent"
    posted = told(letter, sent(), sent("post"), bounced)
    assert [one.state for one in posted.deliveries] == ["bounced", "sent"]
    assert posted.state == "sent"


def test_an_earlier_text_awaits_its_answer_but_this_one_was_not_sent(letter: Campaign) -> None:
    found = told(letter, sent(text=BEFORE), items=(item("failed", BEFORE),))
    assert (found.state, found.due) == ("", day("2025-10-01"))
    assert found.deliveries == (Delivery("email", "sent", day("2025-09-04"), BEFORE),)


def test_what_came_before_a_text_went_out_is_no_answer_to_it(letter: Campaign) -> None:
    earlier = sent(text=BEFORE), answered("reply", "2025-09-06")
    waits = told(letter, *earlier)
    assert (waits.state, waits.due, waits.awaited_since) == ("", None, None)
    again = told(letter, *earlier, sent("post", on="2025-09-07"))
    assert (again.state, again.due) == ("sent", day("2025-10-01"))
    assert again.awaited_since == day("2025-09-07")
    same_day = told(letter, *earlier, sent("post", on="2025-09-06"))
    assert (same_day.state, same_day.due) == ("answered", None)
    noted = told(letter, sent(text=BEFORE), answered("acknowledgement", "2025-09-05"), sent())
    assert noted.state == "sent"


def test_an_answer_came_to_what_came_back_or_is_in_doubt(letter: Campaign) -> None:
    """Another copy, to another address, may well have been read."""
    bounced = event("bounced", channel="email", text=NOW)
    assert told(letter, sent(), bounced, answered("reply")).state == "answered"
    doubt = told(letter, answered("reply", "2025-09-06"), items=(item("in_doubt"),))
    assert doubt.state == "answered"


def test_what_somebody_records_is_told_from_what_a_server_accepted(letter: Campaign) -> None:
    by_hand = replace(sent(), evidence=Evidence.of_note("from my own mail program"))
    found = told(letter, replace(by_hand, channel="post"), sent())
    assert [one.by_hand for one in found.deliveries] == [True, False]
    assert told(letter, by_hand).deliveries[0].by_hand
