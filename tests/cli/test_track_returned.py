"""``letters track returned``: what a person saw come back, by every way in which letters go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from letters.ledger.details import Return
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.return_reasons import CLASS_OF

from .logged import bounced
from .logged import recipients as status

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


NOTE = ("--note", "as I saw it")


def went(run: Letters, channel: str, who: str = "minister", on: str = "2026-03-02") -> None:
    done = run("track", "sent", who, "--channel", channel, *NOTE, "--on", on)
    assert done.status == 0, done.stderr


@pytest.mark.parametrize("channel", ["post", "fax", "hand", "form", "email"])
@pytest.mark.parametrize("named", [True, False])
def test_by_every_way_it_counts_as_come_back_and_may_go_again(
    final: CampaignFolder, run: Letters, channel: str, *, named: bool
) -> None:
    went(run, channel)
    proof = final.path / "envelope.jpg"
    proof.write_bytes(b"a sticker")
    words = ("--channel", channel) if named else ()
    done = run(
        *("track", "returned", "minister", *words, "--why", "moved", "--on", "2026-03-09"),
        *("--evidence", str(proof), "--by", "Desk"),
    )
    assert done.status == 0, done.stderr
    assert done.stdout.split()[1:] == ["bounced", "minister", "(moved)"]
    assert "they have moved: fix the address in recipients.yaml" in done.stderr
    [event] = bounced(final)
    assert (event.channel, event.recorded_by, event.evidence.kind) == (channel, "Desk", "kept")
    assert event.detail == Return("minister", reason="moved")
    minister = status(run)["minister"]
    assert (minister["state"], minister["due"]) == ("bounced", None)
    [way] = minister["sent"]
    assert (way["state"], way["reason"], way["class"]) == ("bounced", "moved", "hard")
    shown = run("status")
    assert "came back, they have moved: minister (fix the address" in shown.stderr
    assert run("track", "returned", "minister", *words, *NOTE).status == 3
    went(run, channel, on="2026-03-16")
    assert status(run)["minister"]["state"] == "sent"
    assert run("log", "verify").status == 0


@pytest.mark.parametrize("words", [(), ("--channel", "fax")])
def test_a_day_before_it_went_is_said_to_be_that(
    final: CampaignFolder, run: Letters, words: tuple[str, ...]
) -> None:
    went(run, "fax", on="2026-03-05")
    done = run("track", "returned", "minister", *words, *NOTE, "--on", "2026-03-04")
    assert done.status == 3
    how = "by fax" if words else "in any way"
    assert (
        f"refused: minister: nothing had gone out {how} by 2026-03-04: it went on 2026-03-05 "
        "(--on is the day on which it came back)"
    ) in done.stderr
    assert bounced(final) == []
    if words:
        done = run("track", "returned", "minister", "--channel", "post", *NOTE)
        assert "nothing went out by post that could have come back" in done.stderr


@pytest.mark.parametrize("why", CLASS_OF)
def test_each_reason_has_its_class_and_an_advice_of_its_own(
    final: CampaignFolder, run: Letters, why: str
) -> None:
    went(run, "email")
    done = run("track", "returned", "minister", "--why", why, *NOTE)
    assert done.status == 0, done.stderr
    assert "“letters send --to ID”" in done.stderr
    [way] = status(run)["minister"]["sent"]
    assert (way["reason"], way["class"]) == (why, CLASS_OF[why])  # type: ignore[index]
    left = json.loads(run("send", "--json").stdout)["left_out"]
    [reason] = [one["reason"] for one in left if one["recipient"] == "minister"]
    assert reason.startswith("came back 20")
    assert "--to minister" in reason
    assert json.loads(run("send", "--to", "minister", "--json").stdout)["count"] == 1


def test_of_several_ways_it_asks_which(final: CampaignFolder, run: Letters) -> None:
    went(run, "post")
    went(run, "fax", on="2026-03-05")
    done = run("track", "returned", "minister", *NOTE)
    assert done.status == 2
    assert "it went in several ways: minister (post, fax) (say one: --channel)" in done.stderr
    # By the day of the return, it had gone out in one way only.
    assert run("track", "returned", "minister", *NOTE, "--on", "2026-03-04").status == 0
    assert [(e.channel, e.stated_at and e.stated_at.day) for e in bounced(final)] == [("post", 4)]
    assert status(run)["minister"]["state"] == "sent"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("minister",), 3, "a return needs something that shows it"),
        (("minister", *NOTE), 3, "minister: nothing went out in any way that could have come back"),
        (("minister", *NOTE, "--channel", "email"), 3, "nothing went out by e-mail that could"),
        (("prime-minister", "minister", *NOTE), 3, "minister: nothing went out in any way"),
        (("prime-minister", *NOTE, "--channel", "fax"), 3, "nothing went out by fax"),
        (("ministre", *NOTE), 2, "did you mean “minister”"),
        (("prime-minister", *NOTE, "--why", "lost"), 2, "lost"),
    ],
)
def test_it_refuses_what_cannot_have_come_back(
    final: CampaignFolder, run: Letters, words: tuple[str, ...], code: int, said: str
) -> None:
    went(run, "post", "prime-minister")
    done = run("track", "returned", *words)
    assert done.status == code
    assert said in done.stderr
    assert bounced(final) == []


def test_an_older_return_says_nothing_of_why(final: CampaignFolder, run: Letters) -> None:
    from letters.ledger.details import Mailing
    from letters.ledger.events import Event, Evidence

    went(run, "post")
    with Ledger.open(final.path / LOG_NAME) as ledger:
        last = ledger.entries()[-1]
        note, text = Evidence.of_note("x"), last.event.text_digest
        event = Event("bounced", "", text, note, "post", detail=Mailing("minister"))
        ledger.append(event, at=last.at)
    [way] = status(run)["minister"]["sent"]
    assert (way["reason"], way["class"]) == ("unknown", "unknown")


@pytest.mark.parametrize("channel", ["post", "hand", "email"])
def test_a_return_that_was_a_mistake_leaves_room_for_one_that_is_none(
    final: CampaignFolder, run: Letters, channel: str
) -> None:
    went(run, channel)
    words = ("track", "returned", "minister", *NOTE, "--on", "2026-03-09")
    done = run(*words, "--why", "moved")
    number = done.stdout.split()[0]
    done = run("log", "correct", number, "--why", "another letter", "--by", "Desk")
    assert done.status == 0, done.stderr
    done = run(*words, "--why", "refused")
    assert done.status == 0, done.stderr
    [way] = status(run)["minister"]["sent"]
    assert (way["state"], way["reason"]) == ("bounced", "refused")


def test_what_was_recorded_as_sent_by_mistake_can_not_come_back(
    final: CampaignFolder, run: Letters
) -> None:
    done = run("track", "sent", "minister", "--channel", "fax", *NOTE)
    numbers = [line.split()[0] for line in done.stdout.splitlines()]
    assert run("log", "correct", *numbers, "--why", "no fax", "--by", "Desk").status == 0
    done = run("track", "returned", "minister", *NOTE)
    assert done.status == 3
    assert "minister: nothing went out in any way that could have come back" in done.stderr
    assert bounced(final) == []
