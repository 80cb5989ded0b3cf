"""What went and what came, folded from the log once: every reader sees the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

from letters.digests import NO_TEXT, FileDigest, TextDigest
from letters.ledger.details import Answer, Correction, Detail, Mailing, Return, Sending
from letters.ledger.events import Entry, Event, Evidence
from letters.post.correspondence import Arrival, Back, Correspondence
from letters.post.resend import again

TEXT, OTHER = TextDigest("a" * 64), TextDigest("b" * 64)
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOTE = Evidence.of_note("as I saw it")


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def event(
    kind: Any,
    detail: Detail,
    on: int,
    channel: str = "post",
    text: TextDigest = TEXT,
    note: str = "",
) -> Event:
    """An event; one without a channel is about nothing that went."""
    shown = Evidence.of_note(note) if note else NOTE
    return Event(kind, "", text, shown, channel, stated_at=day(on), detail=detail)


def sent(on: int, file: str = "1", **more: Any) -> Event:
    return event("sent", Mailing("ann", FileDigest(file * 64)), on, **more)


def bounced(on: int, **more: Any) -> Event:
    return event("bounced", Return("ann", reason="moved"), on, **more)


def fold(*events: Event) -> Correspondence:
    return Correspondence.of(Entry(n, AT, each) for n, each in enumerate(events, 1))


def test_a_return_is_of_all_that_went_before_and_of_nothing_after() -> None:
    known = fold(sent(2), sent(2, "2"), bounced(4), sent(6))
    back = Back(day(4), "moved")
    assert [(one.on, one.back) for one in known.sent["ann"]] == [
        (day(2), back), (day(2), back), (day(6), None),
    ]  # fmt: skip
    assert [one.on for one in known.out.values()] == [day(6)]
    assert known.back == {}
    assert known.more == {("ann", "post", TEXT): 1}


def test_a_second_return_leaves_the_first_as_it_was() -> None:
    known = fold(sent(2), bounced(4), sent(6), event("bounced", Mailing("ann"), 8))
    assert [one.back for one in known.sent["ann"]] == [
        Back(day(4), "moved"), Back(day(8), "unknown"),
    ]  # fmt: skip
    assert known.out == {}
    assert known.back == {("ann", "post", TEXT): Back(day(8), "unknown")}


def test_another_way_or_another_text_is_left_alone() -> None:
    known = fold(sent(1), sent(2, channel="fax"), sent(3, text=OTHER), bounced(4))
    assert [key[1:] for key in known.out] == [("fax", TEXT), ("post", OTHER)]
    assert [one.on for one in known.of_text(TEXT, "fax")] == [day(2)]


def test_what_went_last_stands_last() -> None:
    known = fold(sent(1), sent(2, channel="fax"), sent(3))
    assert [(one.channel, one.on) for one in known.out.values()] == [
        ("fax", day(2)), ("post", day(3)),
    ]  # fmt: skip


def test_the_reason_to_send_again_belongs_to_the_next_time() -> None:
    decided = event("again", Mailing("ann"), 3, note="they lost it")
    waits = fold(sent(2), decided)
    assert waits.again == {("ann", "post", TEXT): "they lost it"}
    known = fold(sent(2), decided, sent(4))
    assert [one.why for one in known.sent["ann"]] == ["", "they lost it"]
    assert known.again == {}
    assert known.more == {("ann", "post", TEXT): 1}
    assert fold(sent(2), decided, bounced(4)).again == {}


def test_what_came_back_is_no_time_at_which_it_went() -> None:
    entries = [
        Entry(n, AT, each) for n, each in enumerate((sent(2), bounced(4), sent(6), sent(7)), 1)
    ]
    found = again(["ann"], "lost", Correspondence.of(entries), (), digest=TEXT, channel="post")
    assert (found.went, found.refusals) == ({"ann": (day(6), day(7))}, ())
    gone = again(["ann"], "lost", Correspondence.of(entries[:2]), (), digest=TEXT, channel="post")
    assert gone.went == {}
    assert [line.partition(" (")[0] for line in gone.refusals] == ["ann: it came back"]


def test_what_came_stands_by_its_kind_in_the_order_of_the_log() -> None:
    known = fold(
        sent(1),
        event("replied", Answer("ann", "acknowledgement"), 5, ""),
        event("replied", Mailing("ann"), 3, ""),
        event("met", Mailing("ann"), 4, "", NO_TEXT),
        event("looked", Mailing("ann"), 6, ""),
    )
    assert known.arrivals == {
        "ann": [
            Arrival("acknowledgement", day(5)), Arrival("reply", day(3)), Arrival("meeting", day(4))
        ]
    }  # fmt: skip
    assert known.looked == {"ann": [day(6)]}


def test_what_was_recorded_by_mistake_is_left_out() -> None:
    def corrects(number: int) -> Event:
        detail = Correction(number, "ann", "another one")
        return Event("corrected", text_digest=TEXT, recorded_by="Desk", detail=detail)

    assert fold(sent(2), bounced(4), corrects(2)).back == {}
    assert len(fold(sent(2), bounced(4), corrects(2)).out) == 1
    assert fold(sent(2), corrects(1)) == Correspondence()


def test_what_shows_it_and_whom_it_named_is_kept() -> None:
    shown = Evidence("kept", FileDigest("e" * 64), "scan.pdf")
    to = Sending("ann", FileDigest("1" * 64), (("name.en", "Ann Birch"),))
    by_hand = Event("sent", "", TEXT, shown, "post", stated_at=day(2), detail=to)
    from_here = Event(
        "sent", "", TEXT, Evidence(), "email", detail=Mailing("ann", FileDigest("1" * 64))
    )
    hand, mail = fold(by_hand, from_here).sent["ann"]
    assert (hand.evidence, hand.by_hand, hand.to) == ("e" * 64, True, {"name.en": "Ann Birch"})
    assert (mail.evidence, mail.by_hand, mail.to, mail.on) == ("", False, {}, day(1))
    assert hand.file == mail.file == "1" * 64
