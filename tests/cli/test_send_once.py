"""A letter goes once to each mailbox and person, whatever their ids; and what the plan says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from post.servers import Sink, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import CampaignFolder, Letters

PM, MINISTER, DEPUTY = "prime-minister", "minister", "deputy"
SAM, OFFICE = "sam@example.org", "office@example.org"
BY_HAND = ("--note", "as seen")


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    found = Sink()
    with serving(found) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        yield found


def left_out(run: Letters, *words: str) -> dict[str, str]:
    plan = json.loads(run("send", "--json", *words).stdout)
    return {one["recipient"]: one["reason"] for one in plan["left_out"]}


def test_a_renamed_recipient_is_not_sent_it_again(
    final: CampaignFolder, run: Letters, sink: Sink, tmp_path: Path
) -> None:
    assert run("send", "--confirm", "2").status == 0
    final.edit("recipients.yaml", f"- id: {MINISTER}\n", f"- id: {DEPUTY}\n")
    final.edit("recipients.yaml", SAM, "Sam@EXAMPLE.org")
    assert run("render", "--format", "pdf", "--jobs", "1").status == 0
    done = run("send", "--confirm", "1")
    assert (done.status, len(sink.mails)) == (0, 2)
    assert f"left out: {DEPUTY}: sent " in done.stdout
    assert f" as {MINISTER} (--to {DEPUTY} takes it all the same)" in done.stdout
    drafts = tmp_path / "drafts"
    assert run("send", "--eml", str(drafts)).status == 0
    assert not drafts.exists()
    printed = run("print")
    assert (printed.status, "there is nothing to print" in printed.stderr) == (0, True)
    assert f"left out: {DEPUTY}: had it by e-mail " in printed.stderr
    assert f" as {MINISTER}" in printed.stderr

    done = run("send", "--to", DEPUTY, "--confirm", "1")
    assert (done.status, len(sink.mails)) == (0, 3)
    assert f" as {MINISTER}" in done.stdout


@pytest.mark.parametrize("spelling", [OFFICE, "Office@EXAMPLE.org"])
def test_two_letters_to_one_mailbox_are_asked_for(
    spelling: str, final: CampaignFolder, run: Letters, sink: Sink, tmp_path: Path
) -> None:
    final.edit("recipients.yaml", SAM, spelling)
    checked = run("check")
    assert checked.status == 0
    assert checked.stderr.count(f"is the e-mail address of {PM} too") == 1
    drafts = tmp_path / "drafts"
    for words in ((), ("--confirm", "2"), ("--eml", str(drafts)), ("--drafts", "--confirm", "2")):
        done = run("send", *words)
        assert done.status == 3
        assert f"refused: {PM}, {MINISTER}: have one e-mail address" in done.stderr
        assert f"same address as {PM}" in done.stdout
        assert f"same address as {MINISTER}" in done.stdout
    assert (sink.mails, drafts.exists()) == ([], False)
    plan = json.loads(run("send", "--json").stdout)
    assert plan["same_mailbox"] == [[PM, MINISTER]]
    assert [one["remarks"] for one in plan["messages"]] == [
        [f"same address as {MINISTER}"], [f"same address as {PM}"]
    ]  # fmt: skip
    assert run("send", "--test-to", "me@example.org").status == 0

    named = json.loads(run("send", "--to", PM, "--to", MINISTER, "--json").stdout)
    assert (named["count"], named["same_mailbox"], named["refusals"]) == (2, [], [])
    assert run("send", "--one-mailbox", "--limit", "1", "--confirm", "1").status == 0
    assert left_out(run)[MINISTER].startswith("sent ")
    assert f" to {PM}, who has the same address (" in left_out(run)[MINISTER]
    assert run("send", "--one-mailbox", "--confirm", "1").status == 0
    assert len(sink.mails) == 2


def test_one_letter_to_a_shared_mailbox_needs_no_word(
    final: CampaignFolder, run: Letters, sink: Sink
) -> None:
    final.edit("recipients.yaml", SAM, OFFICE)
    assert run("send", "--to", MINISTER, "--confirm", "1").status == 0
    assert f" to {MINISTER}, who has the same address (" in left_out(run)[PM]
    assert run("send", "--confirm", "1").stdout.endswith("0 letters to send, 0 kB\n")
    assert len(sink.mails) == 1


def test_who_has_answered_or_had_it_by_post_is_named_and_left_out(
    final: CampaignFolder, run: Letters, sink: Sink
) -> None:
    on = ("--on", "2026-03-02")
    for step in (
        ("sent", PM, "--channel", "post", *on),
        ("sent", MINISTER, "--channel", "form", *on),
        ("reply", PM, "--kind", "refusal", "--on", "2026-03-09"),
        ("reply", MINISTER, "--kind", "acknowledgement", "--on", "2026-03-10"),
    ):
        assert run("track", *step, *BY_HAND).status == 0
    assert left_out(run) == {
        PM: f"declined 2026-03-09 (--to {PM} takes it all the same)",
        MINISTER: f"had it by a web form 2026-03-02 (--to {MINISTER} takes it all the same)",
    }
    assert "there is nothing to send" in run("send", "--confirm", "2").stderr
    both = ("--to", PM, "--to", MINISTER)
    plan = json.loads(run("send", *both, "--json").stdout)
    assert [one["remarks"] for one in plan["messages"]] == [
        ["declined 2026-03-09", "had it by post 2026-03-02"],
        ["had it by a web form 2026-03-02", "acknowledged 2026-03-10"],
    ]
    shown = run("send", *both)
    assert "REMARK" in shown.stdout
    assert "had it by a web form 2026-03-02; acknowledged 2026-03-10" in shown.stdout

    posted = run("print")
    assert f"left out: {PM}: posted 2026-03-02" in posted.stderr
    assert f"left out: {MINISTER}: had it by a web form 2026-03-02" in posted.stderr
    named = run("print", "--to", MINISTER)
    assert named.status == 0
    assert f"{MINISTER}: had it by a web form 2026-03-02; acknowledged 2026-03-10" in named.stderr


def test_the_same_name_at_the_same_postal_address_is_a_remark(
    final: CampaignFolder, run: Letters
) -> None:
    record = final.read("recipients.yaml").split("- id: minister")[0]
    twice = record.replace(PM, MINISTER).replace(OFFICE, SAM)
    final.write("recipients.yaml", record + twice)
    assert run("render", "--format", "pdf").status == 0
    done = run("print")
    assert done.status == 0, done.stderr
    for who, other in ((PM, MINISTER), (MINISTER, PM)):
        assert f"{who}: same name and postal address as {other}" in done.stderr
    done = run("track", "sent", "--all", "--channel", "post", *BY_HAND)
    assert (done.status, done.stdout.count("  sent  ")) == (0, 4)
    assert f"{PM}, {MINISTER}: same name and postal address\n" in done.stderr
    assert "same name" not in run("track", "sent", PM, "--channel", "fax", *BY_HAND).stderr
