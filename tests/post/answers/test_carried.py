"""What a follow-up takes over: the mails that it follows, and to whom the first letter went."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from letters.campaign.load import load
from letters.digests import FileDigest, MessageDigest, TextDigest
from letters.ledger.details import Mailing, Sending
from letters.ledger.events import Entry, Event, Evidence, stamp
from letters.ledger.outgoing import Item
from letters.post.addressee import described
from letters.post.answers.carried import Carried, carried
from letters.post.answers.excerpt import excerpt
from letters.post.correspondence import Correspondence

if TYPE_CHECKING:
    from conftest import CampaignFolder

    from letters.campaign.model import Campaign
    from letters.campaign.people import Recipient

NOW, BEFORE = TextDigest("a" * 64), TextDigest("b" * 64)
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ANN = "id: ann, name: Ann Birch, email: mayor@example.org"
BO = "id: bo, name: Bo Cole, email: bo@example.org"


def people(folder: CampaignFolder, *records: str) -> Campaign:
    folder.write("recipients.yaml", "".join(f"- {{{record}}}\n" for record in records))
    found, problems = load(folder.path)
    assert found is not None, problems
    return found


def event(
    who: str, channel: str = "email", kind: Any = "sent", text: TextDigest = NOW,
    to: Recipient | None = None, tags: tuple[str, ...] = ("en", "fr"),
) -> Event:  # fmt: skip
    detail = (
        Sending(who, FileDigest("1" * 64), described(to, tags))
        if to
        else Mailing(who, FileDigest("1" * 64))
    )
    if kind == "bounced":
        detail = Mailing(who)
    return Event(kind, "", text, Evidence.of_note("so"), channel, detail=detail)


def item(who: str, number: int, state: Any = "sent", text: TextDigest = NOW) -> Item:
    return Item(text, who, "email", f"<{number}@example.org>", MessageDigest("0" * 64), "us@example.org",
                (f"{who}@example.org",), (), stamp(AT), stamp(AT), state)  # fmt: skip


def found(
    campaign: Campaign, *events: Event, items: tuple[Item, ...] = (),
    languages: tuple[str, ...] = ("en", "fr"), again: tuple[str, ...] = ("ann", "bo"),
) -> Carried:  # fmt: skip
    entries = [Entry(n, AT, one) for n, one in enumerate(events, 1)]
    return carried(
        campaign, Correspondence.of(entries), items, NOW, languages=languages, again=again
    )


# --- threads


def test_a_follow_up_follows_the_mail_that_was_sent(campaign: CampaignFolder) -> None:
    both = people(campaign, ANN, BO)
    one = found(both, event("ann"), event("bo", "post"), items=(item("ann", 1),))
    assert one.threads == {"ann": ("<1@example.org>",), "bo": ()}


@pytest.mark.parametrize(
    ("events", "items"),
    [
        ((event("ann", "post"),), ()),
        ((event("ann"),), ()),  # by hand: nobody here knows its Message-ID
        ((event("ann"), event("ann", kind="bounced")), (item("ann", 1),)),
        ((event("ann"), event("ann", kind="bounced")), (item("ann", 1, "failed"),)),
        ((event("ann", "post"),), (item("ann", 1, "failed"),)),
        ((event("ann", "post"),), (item("ann", 1, "cancelled"),)),
        ((event("ann", "post"),), (item("ann", 1, "in_doubt"),)),
        ((event("ann", text=BEFORE), event("ann", "post")), (item("ann", 1, text=BEFORE),)),
    ],
)
def test_where_no_mail_is_known_it_follows_none(
    events: tuple[Event, ...], items: tuple[Item, ...], campaign: CampaignFolder
) -> None:
    assert found(people(campaign, ANN), *events, items=items).threads == {"ann": ()}


def test_a_letter_of_the_third_generation_follows_both_before_it(campaign: CampaignFolder) -> None:
    older = f'{ANN}, thread: ["<1@example.org>", "<2@example.org>"]'
    now = people(campaign, older, BO)
    mailed = found(now, event("ann"), items=(item("ann", 3),))
    assert mailed.threads["ann"] == ("<1@example.org>", "<2@example.org>", "<3@example.org>")
    posted = found(now, event("ann", "post"))
    assert posted.threads["ann"] == ("<1@example.org>", "<2@example.org>")
    again = found(now, event("ann"), items=(item("ann", 2),))
    assert again.threads["ann"] == ("<1@example.org>", "<2@example.org>")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- id: a\n  name: A # one\n- id: b\n", '- id: a\n  name: A # one\n  thread: ["<1@x>"]\n'),
        ("- id: a\n  thread: [<0@x>] # was\n- id: b\n", '- id: a\n  thread: ["<1@x>"] # was\n'),
        ("- id: a\n  thread:\n    - <0@x>\n    - <9@x>\n  name: A\n", None),
        ("- {id: a, name: A}\n- {id: b}\n", '- {thread: ["<1@x>"], id: a, name: A}\n'),
        ("[{id: b}, {id: a, thread: <0@x>}]\n", '[{id: a, thread: ["<1@x>"]}]\n'),
        ("name: A\n", 'name: A\n  thread: ["<1@x>"]\n'.replace("  thread", "thread")),
    ],
)
def test_a_thread_is_written_beside_the_rest(text: str, wanted: str | None) -> None:
    made = excerpt(text.encode(), "a", {"a": {}}, {"a": ["<1@x>"], "b": ["<2@x>"]})
    assert made is not None
    if wanted:
        assert made.decode() == wanted
    [record] = yaml.safe_load(made) if made[:1] in b"-[" else [yaml.safe_load(made)]
    assert record["thread"] == ["<1@x>"]
    both = excerpt(text.encode(), "a", {"a": {"met": "2026-01-02"}}, {"a": ["<1@x>", "<2@x>"]})
    assert both is not None
    [record] = yaml.safe_load(both) if both[:1] in b"-[" else [yaml.safe_load(both)]
    assert record["thread"] == ["<1@x>", "<2@x>"]
    assert record["values"] == {"met": dt.date(2026, 1, 2)}
    untouched = excerpt(text.encode(), "a", {"a": {}}, {"a": ()})
    assert untouched == excerpt(text.encode(), "a", {"a": {}})


# --- whose it was


TWO = "id: ann, name: {display: {en: Ann Birch, fr: Anne Birche}}"


@pytest.mark.parametrize(
    ("then", "today", "languages", "wanted"),
    [
        (ANN, ANN.replace("Ann Birch", "Cy Dale"), ("en", "fr"), '"Ann Birch"'),
        (ANN, "id: ann, name: {given: Cy, family: Dale}", ("en",), '"Ann Birch"'),
        (TWO, "id: ann, name: Cy", ("en", "fr"), '{en: "Ann Birch", fr: "Anne Birche"}'),
        (TWO, "id: ann, name: Cy", ("fr",), '"Anne Birche"'),
        (TWO, "id: ann, name: Cy", ("en", "de"), '"Ann Birch"'),
        ('id: ann, name: "Ann: {B}, \\"x\\" # no"', "id: ann, name: Cy", ("en",),
         '"Ann: {B}, \\"x\\" # no"'),
        (ANN, ANN, ("en", "fr"), None),
        (ANN, ANN.replace("Ann Birch", "ANN  Bírch"), ("en", "fr"), None),
        (ANN, "id: ann, name: {display: {en: Ann Birch, fr: Anne Birche}}", ("en", "fr"), None),
        (ANN, f"{ANN}, office: Reeve", ("en", "fr"), None),
        ("id: other, name: Ann Birch", "id: ann, name: Cy Dale", ("en",), None),
    ],
)  # fmt: skip
def test_a_name_that_is_another_is_the_predecessors(
    then: str, today: str, languages: tuple[str, ...], wanted: str | None, campaign: CampaignFolder
) -> None:
    old = people(campaign, then).recipients[0]
    now = people(campaign, today)
    told = found(now, event(old.id, "post", to=old), languages=languages).predecessors
    assert told == ({"ann": {"predecessor": wanted}} if wanted else {})


def test_where_the_log_does_not_know_the_name_nothing_is_said(campaign: CampaignFolder) -> None:
    old = people(campaign, ANN).recipients[0]
    now = people(campaign, ANN.replace("Ann Birch", "Cy Dale"))
    assert found(now, event("ann")).predecessors == {}
    assert found(now, event("ann", text=BEFORE, to=old), event("ann")).predecessors == {}
    assert found(now, event("ann", to=old), event("ann", "post")).predecessors != {}
    assert found(now, event("ann", to=old), again=("bo",)).predecessors == {}
    later = now.recipients[0]
    assert found(now, event("ann", to=old), event("ann", "post", to=later)).predecessors == {}
