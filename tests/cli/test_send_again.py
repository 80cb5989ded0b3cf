"""``letters send --again``: once more, on purpose, with the reason; and never twice by accident."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from post.servers import Sink, serving

from letters.ledger.store import LOG_NAME, Ledger
from letters.post import sending

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

    from letters.ledger.events import Event

LOST = ("--again", "minister", "--why", "their office has lost it")


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    sink = Sink()
    with serving(sink) as port:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{port}")
        yield sink


@pytest.fixture
def sent(final: CampaignFolder, run: Letters, sink: Sink) -> CampaignFolder:
    """A campaign of which the letter to the minister has gone out."""
    assert run("send", "--to", "minister", "--confirm", "1").status == 0
    return final


def events(campaign: CampaignFolder, *kinds: str) -> list[Event]:
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        found = [entry.event for entry in ledger.entries()]
    return [event for event in found if event.kind in kinds]


def ids(sink: Sink) -> list[str]:
    found = [str(message_from_bytes(mail)["Message-ID"]) for mail in sink.mails]
    return [one.partition("@")[0].partition(".")[2] for one in found]


def test_it_goes_once_more_with_the_reason_and_an_id_of_its_own(
    sent: CampaignFolder, run: Letters, sink: Sink
) -> None:
    files = [event.detail for event in events(sent, "sent")]
    plan = run("send", *LOST)
    assert plan.status == 0, plan.stderr
    assert "again: minister: sent 20" in plan.stdout
    assert "; why: their office has lost it" in plan.stdout
    assert "nothing was sent; to send this, add --confirm 1" in plan.stderr
    assert events(sent, "again") == []
    as_json = json.loads(run("send", *LOST, "--json").stdout)
    assert [(one["recipient"], one["why"]) for one in as_json["again"]] == [
        ("minister", "their office has lost it")
    ]
    done = run("send", *LOST, "--confirm", "1")
    assert done.status == 0, done.stderr
    assert ids(sink) == ["", "1"]
    [decided] = events(sent, "again")
    assert (decided.evidence.note, decided.channel) == ("their office has lost it", "email")
    assert [event.detail for event in events(sent, "sent")] == files * 2
    assert run("log", "verify").status == 0
    assert len(json.loads(run("status", "--json").stdout)["recipients"][1]["sent"]) == 1


def test_the_same_reason_sends_nothing_more_and_another_says_how_often_it_went(
    sent: CampaignFolder, run: Letters, sink: Sink
) -> None:
    assert run("send", *LOST, "--confirm", "1").status == 0
    for words in (LOST, (*LOST, "--confirm", "1")):
        done = run("send", *words)
        assert done.status == 0, done.stderr
        assert "left out: minister: was sent it again 20" in done.stdout
        assert "for this very reason" in done.stdout
        assert "there is nothing to send" in done.stderr
    assert "left out: minister: sent 20" in run("send", "--to", "minister").stdout
    assert len(sink.mails) == 2
    third = ("--again", "minister", "--why", "and lost it again", "--confirm", "1")
    assert run("send", *third).status == 0
    assert ids(sink) == ["", "1", "2"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--again", "minister"), 2, "--again ID and --why TEXT go together"),
        (("--again", "minister", "--why", " "), 2, "--again ID and --why TEXT go together"),
        (("--why", "x"), 2, "--again ID and --why TEXT go together"),
        ((*LOST, "--to", "minister"), 2, "--again goes with none of --to"),
        ((*LOST, "--test-to", "me@example.org"), 2, "--again goes with none of --to"),
        ((*LOST, "--resolve"), 2, "--again goes with none of --to"),
        (("--again", "ministre", "--why", "x"), 2, "did you mean “minister”"),
        (("--again", "prime-minister", "--why", "x"), 3, "was not sent this text yet"),
        ((*LOST, "--again", "prime-minister", "--confirm", "1"), 3, "was not sent this text yet"),
    ],
)
def test_it_is_refused(
    sent: CampaignFolder, run: Letters, sink: Sink, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run("send", *words)
    assert done.status == status, done.stderr
    assert said in done.stderr
    assert len(sink.mails) == 1
    assert events(sent, "again") == []


def test_what_is_in_doubt_or_came_back_does_not_go_once_more(
    sent: CampaignFolder, run: Letters, sink: Sink
) -> None:
    back = run("track", "returned", "minister", "--note", "a bounce that I read")
    assert back.status == 0, back.stderr
    done = run("send", *LOST)
    assert done.status == 3
    assert "minister: it came back (“letters send --to minister” sends it)" in done.stderr
    assert run("send", "--to", "minister", "--confirm", "1").status == 0
    assert ids(sink) == ["", "1"]
    with Ledger.open(sent.path / LOG_NAME) as ledger, ledger.change() as change:
        [item] = change.outgoing.all()
        change.outgoing.move(item, ("sent",), "in_doubt", at=item.changed)
    done = run("send", *LOST)
    assert done.status == 3
    assert "minister: in doubt (look after that first" in done.stderr
    assert len(sink.mails) == 2


def test_what_was_put_off_waits_for_the_same_command_and_has_the_same_id(
    sent: CampaignFolder, run: Letters, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SendingRun", functools.partial(sending.SendingRun, pauses=()))
    sink.answers["sam@example.org"] = ["451 later"]
    assert run("send", *LOST, "--confirm", "1").status == 4
    assert len(events(sent, "again")) == 1
    assert "waits to go once more (“letters send --again”)" in run("send").stdout
    assert run("send", *LOST, "--confirm", "1").status == 0
    assert ids(sink) == ["", "1"]
    assert len(events(sent, "again")) == 1


def test_what_the_server_refuses_the_second_time_leaves_them_with_the_first(
    sent: CampaignFolder, run: Letters, sink: Sink
) -> None:
    sink.answers["sam@example.org"] = ["550 5.1.1 no such user"]
    assert run("send", *LOST, "--confirm", "1").status == 4
    for words in ((), ("--to", "minister")):
        assert "left out: minister: sent 20" in run("send", *words).stdout
    assert json.loads(run("status", "--json").stdout)["recipients"][1]["state"] == "sent"
    assert run("send", *LOST, "--confirm", "1").status == 0
    assert ids(sink) == ["", "1"]


def test_it_can_be_sent_once_more_by_hand(
    sent: CampaignFolder, run: Letters, sink: Sink, tmp_path: Path
) -> None:
    by_hand = ("track", "sent", "minister", "--channel", "email", "--note", "from my program")
    assert "already sent to this recipient" in run(*by_hand).stderr
    for _ in range(2):
        done = run("send", *LOST, "--eml", str(tmp_path / "drafts"))
        assert done.status == 0, done.stderr
        assert "recorded: that they are to be sent once more" in done.stderr
    assert (tmp_path / "drafts" / "minister.eml").exists()
    assert len(events(sent, "again")) == 1
    assert run(*by_hand).status == 0
    assert "already sent to this recipient" in run(*by_hand).stderr
    assert len(sink.mails) == 1
