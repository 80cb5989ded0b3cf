"""``letters track``: what went out by other ways and what came back, and what is due by that."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from letters.cli.send_lock import watched_log
from letters.ledger.details import Answer, Mailing
from letters.ledger.store import LOG_NAME, Ledger
from letters.post.outbox import Outbox, sealed
from letters.press import manifest

from .logged import recipients

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Letters

    from letters.ledger.events import Entry

BOTH = ("prime-minister", "minister")


def entries(campaign: CampaignFolder) -> list[Entry]:
    """What the log says that is about no signatory, but the rendering."""
    ledger = Ledger.read(campaign.path / LOG_NAME)
    assert ledger is not None
    with ledger:
        found = ledger.entries()
    return [one for one in found if not one.event.subject and one.event.kind != "rendered"]


def test_a_posted_letter_is_recorded_with_its_proof_and_awaits_an_answer(
    final: CampaignFolder, run: Letters
) -> None:
    receipt = final.path / "Receipt for Mark Carney.jpg"
    receipt.write_bytes(b"a receipt")
    digest = hashlib.sha256(b"a receipt").hexdigest()
    words = ("prime-minister", "--channel", "post", "--evidence", str(receipt))
    done = run("track", "sent", *words, "--on", "2025-09-04", "--by", "Desk")
    assert (done.status, done.stderr) == (0, "")
    assert [line.split()[1:] for line in done.stdout.splitlines()] == [
        ["sent", "prime-minister"]
    ] * 2
    made = manifest.read(final.path / "out")
    assert made is not None
    own = {file.sha256 for file in made.files if file.recipient == "prime-minister"}
    found = [entry.event for entry in entries(final)]
    assert {one.detail.file for one in found if isinstance(one.detail, Mailing)} == own
    assert {(one.channel, one.evidence.digest, one.recorded_by) for one in found} == {
        ("post", digest, "Desk")
    }
    assert (final.path / "evidence" / digest).read_bytes() == b"a receipt"
    prime, other = recipients(run).values()
    assert (prime["state"], prime["due"]) == ("sent", "2025-10-01")
    assert prime["sent"] == [
        {"channel": "post", "state": "sent", "on": "2025-09-04", "text_digest": made.text_digest}
    ]
    assert (other["state"], other["due"], other["sent"]) == ("rendered", None, [])
    shown = run("status")
    assert "prime-minister  sent      2025-10-01  Mark Carney" in shown.stdout
    assert "1 answer overdue: prime-minister" in shown.stderr
    again = run("track", "sent", *words)
    assert (again.status, again.stdout) == (3, "")
    assert "already sent to this recipient that way" in again.stderr
    final.edit("letter.yaml", "You listened.", "You have listened.")
    assert [one["state"] for one in recipients(run).values()] == ["sent earlier", "outdated"]


def test_all_means_whoever_has_not_got_it_that_way(final: CampaignFolder, run: Letters) -> None:
    first = run("track", "sent", "minister", "--channel", "hand", "--note", "at the reception")
    assert first.status == 0
    rest = run("track", "sent", "--all", "--channel", "hand", "--note", "at the door")
    assert {line.split()[2] for line in rest.stdout.splitlines()} == {"prime-minister"}
    none = run("track", "sent", "--all", "--channel", "hand", "--note", "once more")
    assert (none.status, none.stdout) == (0, "")
    assert "gone to everybody" in none.stderr
    by_fax = run("track", "sent", "--all", "--channel", "fax", "--note", "report of the machine")
    assert len(by_fax.stdout.splitlines()) == 4
    assert [one["channel"] for one in recipients(run)["minister"]["sent"]] == ["hand", "fax"]


def test_a_letter_that_was_mailed_by_hand_is_not_sent_again(
    final: CampaignFolder, run: Letters
) -> None:
    words = ("--all", "--channel", "email", "--note", "from our own program")
    assert run("track", "sent", *words).status == 0
    plan = json.loads(run("send", "--json").stdout)
    assert plan["count"] == 0
    assert {each["recipient"] for each in plan["left_out"]} == set(BOTH)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("sent", "minister", "--channel", "post"), 3, "a delivery needs something that shows it"),
        (("sent", "--channel", "post", "--note", "x"), 2, "say to whom it went"),
        (("sent", "minister", "--all", "--channel", "post", "--note", "x"), 2, "say to whom"),
        (("sent", "ministre", "--channel", "post", "--note", "x"), 2, "did you mean “minister”"),
        (("reply", "minister"), 3, "an answer needs something that shows it"),
        (("reply", "--note", "x"), 2, "say whose answer it is"),
        (("reply", "minister", "--note", "x"), 3, "nothing was sent to this recipient"),
        (("meeting", "minister"), 3, "a meeting needs something that shows it"),
        (("press",), 3, "a report needs something that shows it"),
        (("press", "--note", "x", "--on", "1 May"), 2, "--on needs a date like"),
        (("press", "--note", "x", "--on", "9999-12-31"), 2, "9999-12-31 has yet to come"),
    ],
)
def test_it_records_nothing_without(
    final: CampaignFolder, run: Letters, words: tuple[str, ...], status: int, message: str
) -> None:
    done = run("track", *words)
    assert (done.status, done.stdout) == (status, "")
    assert message in done.stderr
    assert entries(final) == []


def test_no_draft_is_recorded_as_sent(final: CampaignFolder, run: Letters) -> None:
    made = manifest.read(final.path / "out")
    assert made is not None
    drafts = tuple(replace(file, draft=file.recipient == "minister") for file in made.files)
    final.write("out/manifest.json", replace(made, files=drafts).encode())
    done = run("track", "sent", "minister", "--channel", "post", "--note", "x")
    assert (done.status, done.stdout) == (3, "")
    assert "no final PDF to minister was rendered" in done.stderr
    run("track", "sent", "--all", "--channel", "post", "--note", "x")
    sent = [one.event.detail for one in entries(final)]
    assert {one.recipient for one in sent if isinstance(one, Mailing)} == {"prime-minister"}


def test_one_wrong_letter_keeps_all_from_being_recorded(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    made = manifest.read(final.path / "out")
    assert made is not None
    only = manifest.Manifest(
        made.text_digest, made.checkpoint, tuple(f for f in made.files if f.recipient in BOTH[:1])
    )
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / manifest.NAME).write_bytes(only.encode())
    words = ("--channel", "post", "--note", "x", "--out", str(tmp_path / "half"))
    done = run("track", "sent", *BOTH, *words)
    assert done.status == 3
    assert "no final PDF to minister was rendered" in done.stderr
    assert entries(final) == []
    scan = tmp_path / "scan"
    scan.write_bytes(b"a scan")
    assert run("track", "sent", "minister", "--channel", "post", "--note", "x").status == 0
    refused = run("track", "reply", *BOTH, "--evidence", str(scan))
    assert refused.status == 3
    assert len(entries(final)) == 2
    assert not [file for file in (final.path / "evidence").iterdir() if file.name != ".gitignore"]


def test_answers_meetings_and_reports_are_kept_and_shown(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    handed = ("--all", "--channel", "hand", "--note", "x", "--on", "2026-03-02")
    assert run("track", "sent", *handed).status == 0
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"a scan")
    words = ("--kind", "acknowledgement", "--evidence", str(scan), "--on", "2026-03-05")
    assert run("track", "reply", "prime-minister", *words).status == 0
    assert recipients(run)["prime-minister"]["state"] == "acknowledged"
    assert run("track", "meeting", *BOTH, "--note", "an hour").status == 0
    refusal = ("--kind", "refusal", "--note", "by telephone", "--on", "2026-03-09")
    assert run("track", "reply", "minister", *refusal).status == 0
    assert run("track", "press", "--note", "in the Gazette", "--on", "2026-03-10").status == 0
    looked = run("track", "reply", "--kind", "none", "--on", "2026-03-12")
    assert [line.split()[1:] for line in looked.stdout.splitlines()] == [
        ["looked", "prime-minister"]
    ]
    prime, minister = recipients(run).values()
    assert (prime["state"], prime["looked"]) == ("acknowledged", "2026-03-12")
    assert [one["kind"] for one in prime["answers"]] == ["acknowledgement", "meeting"]
    assert (minister["state"], minister["due"]) == ("refused", None)
    details = [entry.event.detail for entry in entries(final) if entry.event.kind == "replied"]
    assert details == [Answer("prime-minister", "acknowledgement"), Answer("minister", "refusal")]
    shown = run("log", "show").stdout
    assert "minister: refusal" in shown
    assert run("log", "verify").status == 0
    answered = ("prime-minister", "--note", "a letter", "--on", "2026-03-20")
    assert run("track", "reply", *answered).status == 0
    nobody = run("track", "reply", "--kind", "none")
    assert (nobody.status, nobody.stdout) == (0, "")
    assert "nobody’s answer is awaited" in nobody.stderr


NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def waiting(campaign: CampaignFolder, *, doubt: bool) -> None:
    """Let a mail to the minister wait, or be in doubt."""
    made = manifest.read(campaign.path / "out")
    assert made is not None
    with Ledger.open(campaign.path / LOG_NAME) as ledger:
        outbox = Outbox(ledger, campaign.path, lambda: NOW)
        mail = sealed(
            text_digest=made.text_digest,
            recipient="minister",
            message_id="<m1@example.org>",
            envelope=("us@example.org", ("sam@example.org",)),
            letters=[file.sha256 for file in made.files if file.recipient == "minister"],
            date=NOW,
            data=b"a mail",
        )
        outbox.queue([mail])
        if doubt:
            assert outbox.claim(outbox.items()[0])


def test_what_waits_is_cancelled_once_it_was_mailed_by_hand(
    final: CampaignFolder, run: Letters, state: Path
) -> None:
    waiting(final, doubt=False)
    frozen = list((final.path / "outbox").glob("*.eml"))
    assert len(frozen) == 1
    assert run("track", "sent", "minister", "--channel", "post", "--note", "x").status == 0
    assert frozen[0].exists()
    assert run("track", "sent", "minister", "--channel", "email", "--note", "x").status == 0
    with Ledger.open(final.path / LOG_NAME) as ledger:
        assert [item.state for item in ledger.outgoing()] == ["cancelled"]
        reached = ledger.checkpoint().size
    assert not frozen[0].exists()
    for path in (final.path / f"{LOG_NAME}-mark", *(state / "letters").iterdir()):
        assert int(path.read_text().split()[1]) == reached


@pytest.mark.parametrize("who", ["minister", "--all"])
def test_no_mail_in_doubt_is_recorded_by_hand(
    final: CampaignFolder, run: Letters, who: str
) -> None:
    waiting(final, doubt=True)
    done = run("track", "sent", who, "--channel", "email", "--note", "x")
    assert (done.status, done.stdout) == (3, "")
    assert "in doubt: minister (look after that first" in done.stderr
    assert entries(final) == []


def test_all_are_those_whom_it_could_reach_that_way(final: CampaignFolder, run: Letters) -> None:
    final.edit("recipients.yaml", "  email: sam@example.org\n", "")
    done = run("track", "sent", "--all", "--channel", "email", "--note", "x")
    assert {line.split()[2] for line in done.stdout.splitlines()} == {"prime-minister"}
    done = run("track", "sent", "--all", "--channel", "post", "--note", "to whoever has an address")
    assert {line.split()[2] for line in done.stdout.splitlines()} == {"prime-minister"}
    assert "left out, without a postal address: minister" in done.stderr
    text = final.read("recipients.yaml")
    final.write("recipients.yaml", text[: text.index("- id: minister\n")])
    done = run("track", "sent", "--all", "--channel", "hand", "--note", "x")
    assert {line.split()[2] for line in done.stdout.splitlines()} == {"prime-minister"}


def test_two_commands_never_look_after_mails_at_once(
    final: CampaignFolder, run: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(final, doubt=True)
    monkeypatch.setenv("LETTERS_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("LETTERS_IMAP_URL", "imap://me:word@127.0.0.1:1")
    # The lock is taken as a command takes it: a shared one would let a second command in.
    with Ledger.open(final.path / LOG_NAME) as ledger, watched_log(final.path, ledger):
        for words in (
            ("track", "sent", "prime-minister", "--channel", "email", "--note", "x"),
            ("send", "--resolve"),
            ("send", "--drafts", "--confirm", "1"),
            ("send", "--confirm", "1"),
            ("track", "bounces"),
        ):
            done = run(*words)
            assert done.status == 3
            assert not entries(final)
            assert "another “letters” is sending from this campaign" in done.stderr
    assert run("track", "sent", "--all", "--channel", "post", "--note", "x").status == 0


def test_a_log_that_was_restored_records_nothing_as_sent(
    final: CampaignFolder, run: Letters
) -> None:
    words = ("--channel", "post", "--note", "x")
    before = (final.path / LOG_NAME).read_bytes()
    assert run("track", "sent", "minister", *words).status == 0
    (final.path / LOG_NAME).write_bytes(before)
    for again in (("track", "sent", "minister", *words), ("send", "--resolve")):
        done = run(*again)
        assert (done.status, done.stdout) == (3, "")
        assert "it was restored from a copy" in done.stderr


def test_a_log_that_is_gone_records_nothing_as_sent(final: CampaignFolder, run: Letters) -> None:
    assert run("send", "--resolve").status == 0
    (final.path / LOG_NAME).unlink()
    done = run("send", "--resolve")
    assert done.status == 3
    assert "it was restored from a copy" in done.stderr
    (final.path / f"{LOG_NAME}-mark").unlink()
    assert run("send", "--resolve").status == 3
    (final.path / "out" / "manifest.json").unlink()
    assert "nothing is in doubt" in run("send", "--resolve").stderr
