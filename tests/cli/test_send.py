"""``letters send``: a plan first, then each letter once, and never what nobody stands behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from conftest import CampaignFolder, Done, Letters
from post.servers import Sink, Talk, scripted, serving
from signing import sign

from letters.ledger.store import LOG_NAME, Ledger


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def port(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with serving(sink) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        yield number


def sent(campaign: CampaignFolder) -> list[tuple[str, str]]:
    """What the log says was sent: recipient and SHA-256 of the file."""
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        found = [entry.event.detail for entry in ledger.entries() if entry.event.kind == "sent"]
    return [(one.recipient, one.file) for one in found]  # type: ignore[union-attr]


def test_it_shows_the_plan_and_sends_nothing(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    done = run("send")
    assert done.status == 0, done.stderr
    assert "Joint letter <reply@example.org>" in done.stdout
    for word in (
        "prime-minister",
        "office@example.org",
        "Three questions",
        "prime-minister.fr.pdf",
    ):
        assert word in done.stdout
    assert "2 letters to send" in done.stdout
    assert "--confirm 2" in done.stderr
    assert sink.mails == []
    assert run("send", "--dry-run", "--confirm", "2").status == 0
    assert sink.mails == []
    plan = json.loads(run("send", "--json").stdout)
    assert plan["count"] == 2
    assert plan["messages"][0]["to"] == "office@example.org"


def test_it_sends_each_letter_once_and_records_it(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    done = run("send", "--confirm", "2")
    assert done.status == 0, done.stderr
    assert "2 accepted by the server" in done.stderr
    assert [to for _, to in sink.envelopes] == [("office@example.org",), ("sam@example.org",)]
    mail = message_from_bytes(sink.mails[0])
    names = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert len(names) == 2
    manifest = json.loads(final.read("out/manifest.json"))
    assert sorted(sent(final)) == sorted((f["recipient"], f["sha256"]) for f in manifest["files"])
    for again in (run("send", "--confirm", "2"), run("send"), run("send", "--confirm", "0")):
        assert again.status == 0
        assert "there is nothing to send" in again.stderr
        assert "0 letters to send" in again.stdout
    assert len(sink.mails) == 2
    assert run("log", "verify").status == 0
    status = json.loads(run("status", "--json").stdout)
    assert [one["state"] for one in status["recipients"]] == ["sent", "sent"]


def test_a_number_that_is_not_the_plans_sends_nothing(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    done = run("send", "--confirm", "3")
    assert done.status == 3
    assert "3 is not the number of the plan, which is 2" in done.stderr
    assert sink.mails == []


def test_a_mail_that_names_somebody_who_is_withheld_stops_it(
    final: CampaignFolder, run: Letters, sink: Sink, port: int, tmp_path: Path
) -> None:
    assert run("templates", "eject", "cover-note").status == 0
    note = "templates/cover-note/letter.en.md"
    final.write(note, final.read(note) + "\nWithheld Person has signed, too.\n")
    for words in (("--confirm", "2"), ("--eml", str(tmp_path / "drafts")), ("--json",)):
        done = run("send", *words)
        assert (done.status, done.stdout) == (3, "")
        assert "the mail to minister:1:1: holds what is protected" in done.stderr
        assert "Person" not in done.stderr
    assert sink.mails == []
    assert not (tmp_path / "drafts").exists()
    assert not (final.path / "outbox").exists()


def test_a_letter_that_names_somebody_who_is_withheld_stops_it(
    campaign: CampaignFolder, run: Letters, sink: Sink, port: int, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", "You listened.", "You and Withheld Person listened.")
    sign(campaign.path)
    assert run("render", "--format", "pdf").status == 0
    for words in ((), ("--confirm", "2"), ("--eml", str(tmp_path / "drafts"))):
        done = run("send", *words)
        assert done.status == 3, done.stderr
        assert "file 1 of it holds what is protected as [3].name in signatories.yaml" in done.stderr
        assert "Person" not in done.stderr
    assert sink.mails == []
    assert not (tmp_path / "drafts").exists()


def test_it_sends_only_what_is_named_or_a_few_at_first(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    assert run("send", "--to", "minister", "--confirm", "1").status == 0
    assert run("send", "--limit", "1", "--confirm", "1").status == 0
    assert [to for _, to in sink.envelopes] == [("sam@example.org",), ("office@example.org",)]
    assert run("send", "--to", "nobody").status == 2


def test_a_recipient_without_an_address_is_left_out_and_named(
    campaign: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    sign(campaign.path)
    assert run("render", "--format", "pdf").status == 0
    done = run("send")
    assert "left out: minister: has no e-mail address" in done.stdout
    assert "1 letter to send" in done.stdout


def test_a_test_goes_to_oneself_and_is_not_recorded(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    done = run("send", "--test-to", "me@example.org", "--confirm", "2")
    assert done.status == 0, done.stderr
    assert [to for _, to in sink.envelopes] == [("me@example.org",)] * 2
    assert message_from_bytes(sink.mails[0])["Subject"].startswith("[Test: prime-minister]")
    assert sent(final) == []
    assert "2 letters to send" in run("send").stdout


def draft(campaign: CampaignFolder, run: Letters) -> None:
    assert run("render", "--format", "pdf", "--draft").status == 0


def exchanged(campaign: CampaignFolder, run: Letters) -> None:
    campaign.write("out/minister.en.pdf", b"%PDF-1.7 another")


def missing(campaign: CampaignFolder, run: Letters) -> None:
    (campaign.path / "out/minister.en.pdf").unlink()


def changed(campaign: CampaignFolder, run: Letters) -> None:
    campaign.edit("letter.yaml", "to answer the second.", "to answer the third.")


def stale(campaign: CampaignFolder, run: Letters) -> None:
    changed(campaign, run)
    assert run("sign", "reaffirm", "okafor", "--note", "by telephone").status == 0
    assert run("render", "--format", "pdf").status == 0


def withdrawn(campaign: CampaignFolder, run: Letters) -> None:
    assert run("sign", "withdraw", "lindqvist", "--note", "by telephone").status == 0


def unconsented(campaign: CampaignFolder, run: Letters) -> None:
    campaign.edit("letter.yaml", "        source: report\n        date: 2025-01-02\n", "")


def unlisted(campaign: CampaignFolder, run: Letters) -> None:
    listed = json.loads(campaign.read("out/manifest.json"))
    listed["files"] = listed["files"][1:]
    campaign.write("out/manifest.json", json.dumps(listed))


def unrendered(campaign: CampaignFolder, run: Letters) -> None:
    shutil.rmtree(campaign.path / "out")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (draft, "is a draft"),
        (exchanged, "is not the file that was rendered"),
        (missing, "minister.en.pdf is missing"),
        (changed, "says an earlier text"),
        (stale, "signed an earlier text"),
        (withdrawn, "is outdated: signatory lindqvist: does not stand under it any more"),
        (unconsented, "names a person who has not agreed to it"),
        (unlisted, "letters that the log doesn’t know"),
        (unrendered, "no letters were rendered yet"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_it_refuses_what_nobody_stands_behind(
    spoil: Callable[[CampaignFolder, Letters], None],
    words: str,
    final: CampaignFolder,
    run: Letters,
    sink: Sink,
    port: int,
) -> None:
    spoil(final, run)
    done = run("send", "--confirm", "2")
    assert done.status == 3
    assert words in done.stderr
    assert sink.mails == []


def test_one_bad_address_stops_nobody_else(
    final: CampaignFolder, run: Letters, sink: Sink, port: int
) -> None:
    sink.answers["office@example.org"] = ["550 5.1.1 <office@example.org> is unknown"]
    done = run("send", "--confirm", "2")
    assert done.status == 4
    assert "prime-minister: refused: 550 5.1.1 (address) is unknown" in done.stderr
    assert [to for _, to in sink.envelopes] == [("sam@example.org",)]
    again = run("send")
    assert "left out: prime-minister: failed" in again.stdout
    assert run("send", "--to", "prime-minister", "--confirm", "1").status == 0
    assert len(sink.mails) == 2


def test_what_is_in_doubt_is_never_sent_again_by_itself(
    final: CampaignFolder, run: Letters, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []

    def falls_silent(talk: Talk) -> None:
        talk.until_data()
        talk.say("354 go on")
        bodies.append(talk.body())

    with scripted(falls_silent) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        done = run("send", "--to", "minister", "--confirm", "1")
    assert done.status == 3
    assert "1 in doubt" in done.stderr
    assert len(bodies) == 1
    with serving(sink) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        done = run("send", "--confirm", "1")
        assert done.status == 3
        assert [to for _, to in sink.envelopes] == [("office@example.org",)]
        assert "left out: minister: in doubt since" in done.stdout
        asked = resolved(final, "l\n")
        assert asked.status == 3
        identity = message_from_bytes(bodies[0])["Message-ID"]
        assert identity in asked.stdout
        assert "not found" not in asked.stderr
        assert resolved(final, "what?\nn\n").status == 0
        assert run("send", "--confirm", "1").status == 0
    assert [to for _, to in sink.envelopes][1:] == [("sam@example.org",)]
    assert message_from_bytes(sink.mails[1])["Message-ID"] == identity


def test_what_a_person_found_is_recorded_as_sent(
    final: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls_silent(talk: Talk) -> None:
        talk.until_data()
        talk.say("354 go on")
        talk.body()

    with scripted(falls_silent) as number:
        monkeypatch.setenv("LETTERS_SMTP_URL", f"smtp://127.0.0.1:{number}")
        assert run("send", "--to", "minister", "--confirm", "1").status == 3
    assert sent(final) == []
    assert json.loads(run("status", "--json").stdout)["recipients"][1]["state"] == "in doubt"
    assert resolved(final, "s\n").status == 0
    assert {who for who, _ in sent(final)} == {"minister"}
    assert run("log", "verify").status == 0


def resolved(campaign: CampaignFolder, answers: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "letters", "-C", str(campaign.path), "send", "--resolve"],
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_an_older_copy_of_the_log_sends_nothing(
    final: CampaignFolder, run: Letters, sink: Sink, port: int, tmp_path: Path, state: Path
) -> None:
    log = final.path / LOG_NAME
    copy = shutil.copy(log, tmp_path / "copy.db")
    whole = shutil.copytree(final.path, tmp_path / "whole")
    assert run("send", "--confirm", "2").status == 0
    shutil.copy(copy, log)
    done = run("send", "--confirm", "2")
    assert done.status == 3
    assert "it was restored from a copy" in done.stderr
    # The whole folder, from before anything was sent: the user's own folder remembers.
    done = run("-C", str(whole), "send", "--confirm", "2", folder=None)
    assert done.status == 3
    assert str(state) in done.stderr
    assert len(sink.mails) == 2


def test_without_a_server_the_plan_is_shown_and_says_what_is_missing(
    final: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LETTERS_SMTP_URL", raising=False)
    done = run("send")
    assert done.status == 0
    assert "names no mail server" in done.stderr
    assert run("send", "--confirm", "2").status == 2
    monkeypatch.setenv("LETTERS_SMTP_URL", "smtp://127.0.0.1:1")
    done = run("send", "--confirm", "2")
    assert done.status == 4
    assert "nobody answers at 127.0.0.1:1" in done.stderr


def test_ctrl_c_stops_after_the_message_in_hand(final: CampaignFolder, state: Path) -> None:
    def slow(talk: Talk) -> None:
        talk.until_data()
        talk.say("354 go on")
        talk.body()
        process.send_signal(signal.SIGINT)
        talk.say("250 taken")
        talk.after_greeting()

    with scripted(slow) as number:
        words = ["-C", str(final.path), "send", "--confirm", "2"]
        process = subprocess.Popen(
            [sys.executable, "-m", "letters", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "LETTERS_SMTP_URL": f"smtp://127.0.0.1:{number}",
                "PYTHONUTF8": "1",
            },
        )
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "stopping after the message in hand" in errors
    assert "1 accepted by the server, 1 not tried" in errors
    assert {who for who, _ in sent(final)} == {"prime-minister"}
