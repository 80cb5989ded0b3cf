"""What has gone where: once to each mailbox and person, whatever id they have today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from letters.campaign.load import load
from letters.channels import Channel
from letters.digests import FileDigest, MessageDigest, TextDigest
from letters.ledger.details import Answer, Mailing, Reason, Return, Sending
from letters.ledger.events import Entry, Event, Evidence, decode, encode, stamp
from letters.ledger.outgoing import Item
from letters.post.addressee import changed, described
from letters.post.correspondence import Correspondence
from letters.post.earlier_contact import Past, Verdict
from letters.post.return_reasons import CLASS_OF, WORDS, fix

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient

EMAIL, POST = Channel.EMAIL, Channel.POST
NOW, BEFORE = TextDigest("a" * 64), TextDigest("b" * 64)
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
HOME = "address: {street: 1 Elm Street, city: Ottawa, postcode: K1A 0A1, country: CA}"
ANN = f"id: ann, name: Ann Birch, office: Mayor, email: mayor@example.org, {HOME}"
BO = "id: bo, name: Bo Cole, email: bo@example.org"
BY_HAND = Evidence.of_note("by hand")


def people(folder: CampaignFolder, *records: str) -> Campaign:
    folder.write("recipients.yaml", "".join(f"- {{{record}}}\n" for record in records))
    found, problems = load(folder.path)
    assert found is not None, problems
    return found


def entries(*events: Event) -> list[Entry]:
    """The events as a log gives them back."""
    made = [Entry(n, AT, event) for n, event in enumerate(events, 1)]
    return [decode(each.number, encode(each)) for each in made]


def sent(
    who: str,
    channel: str = "email",
    text: TextDigest = NOW,
    to: Recipient | None = None,
    on: str = "",
) -> Event:
    day = dt.date.fromisoformat(on) if on else None
    detail = (
        Sending(who, FileDigest("1" * 64), described(to, ["en"]))
        if to
        else Mailing(who, FileDigest("1" * 64))
    )
    return Event("sent", "", text, BY_HAND, channel, stated_at=day, detail=detail)


def bounced(who: str, channel: str = "email", text: TextDigest = NOW) -> Event:
    return Event("bounced", "", text, BY_HAND, channel, detail=Mailing(who))


def came(who: str, kind: Any) -> Event:
    if kind == "meeting":
        return Event("met", evidence=BY_HAND, detail=Mailing(who))
    detail = Answer(who, kind) if kind else Mailing(who)
    return Event("replied", evidence=BY_HAND, detail=detail)


def item(who: str, address: str, state: Any = "sent", text: TextDigest = NOW) -> Item:
    return Item(text, who, "email", "<a@b>", MessageDigest("0" * 64), "us@example.org", (address,), (),
                stamp(AT), stamp(AT), state, reply="550 no")  # fmt: skip


def verdict(
    campaign: Campaign, *events: Event, items: tuple[Item, ...] = (), who: int = 0, **how: Any
) -> Verdict:
    channel = how.pop("channel", EMAIL)
    past = Past(campaign, NOW, Correspondence.of(entries(*events)), items, channel, **how)
    return past.of(campaign.recipients[who])


# --- one mailbox, one person


@pytest.mark.parametrize(
    ("then", "today"),
    [
        ("mayor@example.org", "mayor@example.org"),
        ("mayor@example.org", "Mayor@EXAMPLE.org"),
        ("info@xn--mnchen-3ya.de", "info@münchen.de"),
        ("INFO@xn--mnchen-3ya.de", "info@Mu\u0308nchen.de"),
        ("bu\u0308ro@example.org", "Büro@example.org"),
    ],
)
@pytest.mark.parametrize("known_by", ["outbox", "log"])
def test_a_new_id_gets_nothing_that_its_mailbox_has(
    then: str, today: str, known_by: str, campaign: CampaignFolder
) -> None:
    old = people(campaign, f"id: old, name: Somebody Else, email: {then}").recipients[0]
    now = people(campaign, f"id: new, name: Ann Birch, email: {today}", BO)
    if known_by == "outbox":
        found = verdict(now, sent("old"), items=(item("old", then),))
    else:
        found = verdict(now, sent("old", to=old))
    assert found.left_out(named=False) == (
        "sent 2026-03-01 as old (--to new takes it all the same)"
    )
    assert found.left_out(named=True) == ""
    assert found.remarks(named=True) == ("sent 2026-03-01 as old",)
    assert found.remarks(named=False) == ()


def test_what_came_back_from_the_old_id_is_no_reason(campaign: CampaignFolder) -> None:
    old = people(campaign, ANN.replace("id: ann", "id: old")).recipients[0]
    now = people(campaign, ANN)
    assert verdict(now, sent("old", to=old), bounced("old")) == Verdict()
    gone = item("old", "mayor@example.org", "failed")
    assert verdict(now, sent("old"), bounced("old"), items=(gone,)) == Verdict()


@pytest.mark.parametrize("channel", ["post", "fax", "hand", "form"])
def test_a_new_id_of_the_same_person_is_known_by_name_and_place(
    channel: str, campaign: CampaignFolder
) -> None:
    old = people(campaign, ANN.replace("id: ann", "id: old")).recipients[0]
    moved = people(campaign, ANN.replace("1 Elm", "7 Oak").replace("Ann Birch", "ANN  Birch"))
    found = verdict(moved, sent("old", channel, to=old), channel=POST)
    words = "posted 2026-03-01" if channel == "post" else "had it by "
    assert found.left_out(named=False).startswith(words)
    assert " as old (--to ann takes it all the same)" in found.left_out(named=False)
    for other in (
        ANN.replace("Ann Birch", "Cy Birch"),
        "id: ann, name: Ann Birch, office: Judge, email: ann@example.org",
    ):
        assert verdict(people(campaign, other), sent("old", channel, to=old), channel=POST) == (
            Verdict()
        )


def test_two_ids_with_one_mailbox_get_it_twice_only_on_purpose(campaign: CampaignFolder) -> None:
    both = people(campaign, ANN, "id: bo, name: Bo Cole, email: Mayor@example.org")
    events, items = (sent("ann"),), (item("ann", "mayor@example.org"),)
    found = verdict(both, *events, items=items, who=1)
    assert found.left_out(named=False) == (
        "sent 2026-03-01 to ann, who has the same address (--to bo takes it all the same)"
    )
    assert found.left_out(named=True) == ""
    assert verdict(both, *events, items=items, who=1, one_mailbox=True) == Verdict()
    assert verdict(both, *events, items=items, who=1, channel=POST) == Verdict()
    earlier = verdict(
        both, sent("ann", text=BEFORE), items=(item("ann", "mayor@example.org", text=BEFORE),),
        who=1,
    )  # fmt: skip
    assert earlier.left_out(named=False) == (
        "was sent an earlier text 2026-03-01 to ann, who has the same address"
        " (--to bo takes this one)"
    )


def test_a_mailbox_in_doubt_gets_nothing_under_any_id(campaign: CampaignFolder) -> None:
    doubt = item("old", "Mayor@example.org", "in_doubt")
    found = verdict(people(campaign, ANN), items=(doubt,))
    assert found.never.startswith("in doubt since 2026-03-01T12:00:00Z as old (look after it: ")
    assert found.left_out(named=True) == found.never
    posted = verdict(people(campaign, ANN), items=(doubt,), channel=POST)
    assert posted.left_out(named=False).startswith("e-mail in doubt since 2026-03-01T12:00:00Z as")
    assert posted.left_out(named=True) == ""


def test_what_has_this_very_letter_never_gets_it_again(campaign: CampaignFolder) -> None:
    now = people(campaign, ANN, BO)
    assert verdict(now, sent("ann", on="2026-02-03")).left_out(named=True) == "sent 2026-02-03"
    assert verdict(now, items=(item("ann", "x@example.org"),)).never == "sent 2026-03-01"
    posted = verdict(now, sent("ann", "post"), channel=POST)
    assert posted.left_out(named=True) == "posted 2026-03-01"
    assert verdict(now, sent("ann"), who=1) == Verdict()


def test_an_address_that_failed_is_tried_again_once_it_is_another(campaign: CampaignFolder) -> None:
    now = people(campaign, ANN)
    failed = item("ann", "MAYOR@example.org", "failed")
    assert verdict(now, items=(failed,)).left_out(named=False) == (
        "failed: 550 no (fix the address, or try again with --to ann)"
    )
    assert verdict(now, items=(item("ann", "other@example.org", "failed"),)) == Verdict()


@pytest.mark.parametrize("reason", CLASS_OF)
def test_what_is_to_be_done_follows_from_why_it_came_back(
    campaign: CampaignFolder, reason: Reason
) -> None:
    now, to_do = people(campaign, ANN), f"({fix(reason)}; then name them: --to ann)"
    back = Event("bounced", "", NOW, BY_HAND, "email", detail=Return("ann", reason=reason))
    mailed = replace(
        item("ann", "mayor@example.org", "failed"), reply=f"came back: {WORDS[reason]}"
    )
    for items in ((mailed,), ()):
        assert verdict(now, sent("ann"), back, items=items).left_out(named=False).endswith(to_do)


# --- answers, and other ways


@pytest.mark.parametrize(
    ("kind", "words"),
    [("reply", "answered"), ("refusal", "declined"), ("", "answered")],
)
@pytest.mark.parametrize("text", [NOW, BEFORE])
def test_who_has_answered_is_left_out_and_named(
    kind: str, words: str, text: TextDigest, campaign: CampaignFolder
) -> None:
    now = people(campaign, ANN, BO)
    found = verdict(now, sent("ann", "post", text), came("ann", kind))
    assert found.left_out(named=False) == (f"{words} 2026-03-01 (--to ann takes it all the same)")
    assert f"{words} 2026-03-01" in found.remarks(named=True)
    assert verdict(now, sent("ann", "post", text), came("ann", kind), who=1) == Verdict()


@pytest.mark.parametrize(
    ("kind", "words"), [("acknowledgement", "acknowledged"), ("meeting", "met")]
)
def test_an_acknowledgement_or_a_meeting_is_said_and_stops_nothing(
    kind: str, words: str, campaign: CampaignFolder
) -> None:
    found = verdict(people(campaign, ANN), came("ann", kind))
    assert found.left_out(named=False) == ""
    assert found.remarks(named=False) == found.remarks(named=True) == (f"{words} 2026-03-01",)


@pytest.mark.parametrize(
    ("channel", "way"),
    [("post", "by post"), ("fax", "by fax"), ("hand", "by hand"), ("form", "by a web form")],
)
@pytest.mark.parametrize(("text", "what"), [(NOW, "it"), (BEFORE, "an earlier text")])
def test_who_had_it_another_way_is_left_out_and_named(
    channel: str, way: str, text: TextDigest, what: str, campaign: CampaignFolder
) -> None:
    now = people(campaign, ANN)
    found = verdict(now, sent("ann", channel, text, on="2026-02-03"))
    assert found.left_out(named=False) == (
        f"had {what} {way} 2026-02-03 (--to ann takes it all the same)"
    )
    assert found.remarks(named=True) == (f"had {what} {way} 2026-02-03",)
    mailed = verdict(now, sent("ann", "email", text), channel=POST)
    assert mailed.left_out(named=False).startswith(f"had {what} by e-mail 2026-03-01 (")
    back = verdict(now, sent("ann", "email", text), bounced("ann", text=text), channel=POST)
    assert back == Verdict()


# --- what has changed since


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Ann Birch", "Cy Dale", ("name",)),
        ("office: Mayor", "office: Reeve", ("office",)),
        ("1 Elm Street", "2 Elm Street", ("postal address",)),
        ("K1A 0A1", "K1A 0A2", ("postal address",)),
        (f", {HOME}", "", ("postal address",)),
        ("mayor@example.org", "reeve@example.org", ("e-mail address",)),
        ("mayor@example.org", "MAYOR@example.org", ()),
        ("Ann Birch", "ann  BIRCH", ()),
        ("id: ann", "id: reeve", ()),
        ("id: ann", "id: ann, district: North, language: en", ()),
        ("1 Elm Street", "1  elm street", ()),
    ],
)
def test_what_is_another_than_when_it_went_out_is_known(
    old: str, new: str, words: tuple[str, ...], campaign: CampaignFolder
) -> None:
    then = described(people(campaign, ANN).recipients[0], ["en", "fr"])
    today = people(campaign, ANN.replace(old, new)).recipients[0]
    assert changed(dict(then), today, "email") == words
    assert changed(dict(then), today, "post") == tuple(w for w in words if "mail" not in w)
    assert changed({}, today, "email") == ()


def test_what_was_not_there_has_not_changed(campaign: CampaignFolder) -> None:
    then = described(people(campaign, "id: ann, name: Ann Birch").recipients[0], ["en"])
    assert then == (("name.en", "Ann Birch"),)
    assert changed(dict(then), people(campaign, ANN).recipients[0], "email") == ()
