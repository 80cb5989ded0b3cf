"""What people did about signing, recorded as a user does it."""

from __future__ import annotations

import hashlib
import json
import stat
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters


def shown(run: Letters) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(run("log", "show", "--json").stdout)
    return entries


def states(run: Letters) -> dict[str, str]:
    said = json.loads(run("status", "--json").stdout)
    return {person["id"]: person["state"] for person in said["signatories"]}


def refused(done: Done, reason: str) -> None:
    assert done.status == 3
    assert reason in done.stderr
    assert done.stdout == ""


def test_a_copy_of_the_evidence_is_kept_for_the_owner_alone(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "Ngozi Okafor.pdf"
    scan.write_bytes(b"%PDF signed by hand")
    digest = hashlib.sha256(b"%PDF signed by hand").hexdigest()
    words = ("--channel", "post", "--by", "desk", "--on", "2025-08-30", "--note", "by post")
    assert run("sign", "record", "okafor", "--evidence", str(scan), *words).status == 0
    copy = campaign.path / "evidence" / digest
    assert copy.read_bytes() == scan.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (entry,) = shown(run)
    assert {key: entry[key] for key in ("event", "subject", "channel", "recorded_by")} == {
        "event": "signed",
        "subject": "okafor",
        "channel": "post",
        "recorded_by": "desk",
    }
    assert (entry["evidence"], entry["evidence_digest"]) == ("kept", digest)
    assert (entry["stated_at"], entry["note"]) == ("2025-08-30", "by post")
    assert b"Ngozi" not in (campaign.path / "letters.db").read_bytes().replace(
        b"We are Ngozi Okafor", b""
    ).replace(b"Nous sommes Ngozi Okafor", b"")
    verified = run("log", "verify")
    assert "proved: kept evidence: 1 intact" in verified.stdout
    copy.write_bytes(b"%PDF exchanged")
    changed = run("log", "verify")
    assert changed.status == 3
    assert "a kept file of evidence was altered" in changed.stderr
    copy.unlink()
    gone = run("log", "verify")
    assert gone.status == 0
    assert "not proved: kept evidence: 1 not beside the log" in gone.stdout


def test_of_other_evidence_only_the_digest_is_kept(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    done = run("sign", "record", "okafor", "--evidence", str(scan), "--digest-only")
    assert done.status == 0
    assert not (campaign.path / "evidence").exists()
    assert shown(run)[0]["evidence"] == "file"
    assert run("sign", "record", "okafor", "--digest-only").status in {2, 3}


def test_what_is_refused_leaves_no_copy(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    refused(run("sign", "withdraw", "okafor", "--evidence", str(scan)), "no signature to withdraw")
    assert [path.name for path in (campaign.path / "evidence").iterdir()] == [".gitignore"]
    missing = run("sign", "record", "okafor", "--evidence", str(tmp_path / "no.pdf"))
    assert missing.status == 2
    assert "can’t be read" in missing.stderr


@pytest.mark.parametrize(
    ("who", "note"),
    [
        ("signer-07", "Withheld Person told me"),
        ("signer-07", "told me: PERSON, WITHHELD."),
        ("signer-07", "a mail from secret@example.net"),
        ("signer-08", "Described Someone, by telephone"),
    ],
)
def test_a_note_that_names_who_is_not_to_be_named_is_refused(
    run: Letters, who: str, note: str, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    for words in (("record",), ("record", "--evidence", str(scan)), ("decline",), ("invite",)):
        done = run("sign", words[0], who, *words[1:], "--note", note)
        refused(done, f"the note names {who}, whose name is not to be printed (say it without")
        assert note not in done.stderr
    assert shown(run) == []


@pytest.mark.parametrize(
    ("who", "note"),
    [
        ("okafor", "Ngozi Okafor told me, ngozi@example.org"),
        ("signer-07", "the person told me, and wants the name withheld"),
        ("signer-08", "somebody described it to me"),
        ("lindqvist", "Withheld Person told me"),  # who is looked for is the one whom it is about
    ],
)
def test_other_notes_are_kept_as_they_are_written(run: Letters, who: str, note: str) -> None:
    assert run("sign", "record", who, "--note", note).status == 0
    assert [entry["note"] for entry in shown(run)] == [note]


def test_a_reminder_follows_an_invitation(run: Letters, campaign: CampaignFolder) -> None:
    refused(run("sign", "remind", "okafor"), "never invited")
    assert run("sign", "invite", "okafor").status == 0
    assert run("sign", "remind", "okafor", "--channel", "e-mail").status == 0
    assert [entry["event"] for entry in shown(run)] == ["invited", "reminded"]
    assert states(run)["okafor"] == "invited"
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    refused(run("sign", "remind", "okafor"), "an earlier text")


def approve(run: Letters, *words: str) -> Done:
    return run("sign", "approve-edit", *words, "--by", "Ed Itor", "--why", "a missing comma")


def test_an_editorial_change_keeps_the_signatures_and_names_whom_to_tell(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    run("sign", "record", "okafor", "--note", "by telephone")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    before = run("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You listened.", "You also listened.")
    after = run("log", "digest").stdout.strip()
    assert states(run)["okafor"] == "stale"

    plan = approve(run, "--editorial", "--dry-run")
    assert plan.status == 0
    assert f"from {before}\nto   {after}" in plan.stdout
    assert "You {+also +}listened." in plan.stdout
    assert "signatures that stay, to be told: okafor, lindqvist" in plan.stdout
    assert "dry run: nothing was recorded" in plan.stderr
    assert len(shown(run)) == 2

    done = approve(run, "--editorial")
    assert done.status == 0
    assert "The change is editorial" in done.stdout
    assert "Why: a missing comma\nApproved by: Ed Itor" in done.stdout
    assert states(run)["okafor"] == "signed"
    entry = shown(run)[-1]
    assert (entry["event"], entry["class"], entry["from"]) == ("edit-approved", "editorial", before)
    assert (entry["recorded_by"], entry["why"]) == ("Ed Itor", "a missing comma")
    assert "{+also +}" in entry["diff"]
    assert entry["text_digest"] == after

    campaign.edit("letter.yaml", "You also listened.", "You too listened.")
    note = tmp_path / "note.txt"
    chained = approve(run, "--editorial", "--tell", str(note))
    assert chained.status == 0
    assert "You [-also-]{+too+} listened." in note.read_text(encoding="utf-8")
    assert states(run)["lindqvist"] == "signed"
    refused(approve(run, "--editorial"), "already recorded")


def test_a_substantive_change_makes_them_stale_until_they_reaffirm(
    run: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    run("sign", "record", "okafor", "--note", "by telephone")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    done = approve(run, "--substantive")
    assert done.status == 0
    assert "stale, until “letters sign reaffirm ID …”: okafor, lindqvist" in done.stdout
    assert "A note to send" not in done.stdout
    assert states(run)["okafor"] == "stale"
    refused(run("sign", "reaffirm", "okafor"), "something that shows it")
    assert run("sign", "reaffirm", "okafor", "--note", "stands by it").status == 0
    refused(run("sign", "reaffirm", "okafor", "--note", "again"), "already signed")
    refused(run("sign", "reaffirm", "signer-07", "--note", "x"), "no signature to reaffirm")
    found = states(run)
    assert (found["okafor"], found["lindqvist"]) == ("signed", "stale")
    # A typing error after that doesn't bring back who has not reaffirmed.
    campaign.edit("letter.yaml", "You never listened.", "You never ever listened.")
    assert approve(run, "--editorial").status == 0
    found = states(run)
    assert (found["okafor"], found["lindqvist"]) == ("signed", "stale")


def test_another_earlier_text_is_named_by_its_digest(
    run: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    run("sign", "record", "okafor", "--note", "by telephone")
    first = run("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You listened.", "You heard.")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    second = run("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You heard.", "You heard us.")
    done = approve(run, "--editorial", "--dry-run")
    assert f"from {second}" in done.stdout
    assert f"name another with --from: {first[:16]}" in done.stderr
    other = approve(run, "--editorial", "--from", first[:10])
    assert f"from {first}" in other.stdout
    assert "to be told: okafor" in other.stdout
    assert "stale, until “letters sign reaffirm ID …”: lindqvist" in other.stdout
    for wrong in (first[:5], "0" * 64):
        assert approve(run, "--editorial", "--from", wrong).status == 2


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--editorial", "--substantive"),
        ("--editorial", "--by", " "),
    ],
)
def test_an_approval_is_complete_or_none(run: Letters, words: tuple[str, ...]) -> None:
    run("sign", "record", "okafor", "--note", "by telephone")
    assert run("sign", "approve-edit", "--by", "Ed", "--why", "x", *words).status == 2
    assert run("sign", "approve-edit", "--editorial", "--why", "x").status == 2


def test_there_has_to_be_a_change_and_a_signature(run: Letters) -> None:
    refused(approve(run, "--editorial"), "nobody has signed yet")
    run("sign", "record", "okafor", "--note", "by telephone")
    refused(approve(run, "--editorial"), "the text is the one that was signed")


def test_nobody_waits_for_a_broken_template_to_decline_or_withdraw(
    run: Letters, campaign: CampaignFolder
) -> None:
    run("sign", "record", "okafor", "--note", "by telephone")
    body = campaign.read("templates/note/letter.en.md")
    campaign.write("templates/note/letter.en.md", body + "{{ nothing.of.the.kind }}\n")
    assert run("sign", "record", "lindqvist", "--note", "x").status == 1
    for words in (("withdraw", "okafor"), ("decline", "lindqvist", "--note", "said no")):
        done = run("sign", *words)
        assert done.status == 0
        assert "recorded without a text" in done.stderr
    assert [entry["text_digest"] for entry in shown(run)][1:] == ["", ""]
    campaign.write("templates/note/letter.en.md", body)
    found = states(run)
    assert (found["okafor"], found["lindqvist"]) == ("withdrawn", "declined")


def test_who_signed_can_withdraw_when_the_campaign_no_longer_names_them_or_can_be_read(
    run: Letters, campaign: CampaignFolder
) -> None:
    run("sign", "record", "lindqvist", "--note", "by telephone")
    run("sign", "record", "reading-circle", "--note", "by telephone")
    campaign.edit("signatories.yaml", "- id: lindqvist", "- id: somebody-else")
    assert run("sign", "withdraw", "lindqvist").status == 0
    unknown = run("sign", "withdraw", "okafr")
    assert unknown.status == 2
    assert "did you mean “okafor”?" in unknown.stderr
    campaign.write("letter.yaml", "title: [")
    assert run("sign", "withdraw", "reading-circle").status == 0
    assert run("sign", "withdraw", "nobody").status == 1


def test_a_signature_to_another_text_than_was_sent_round_is_remarked(
    run: Letters, campaign: CampaignFolder
) -> None:
    run("sign", "invite", "okafor", "--note", "by e-mail")
    run("sign", "invite", "lindqvist", "--note", "by e-mail")
    assert "earlier text" not in run("sign", "record", "okafor", "--note", "x").stderr
    campaign.edit("letter.yaml", "You listened.", "You listened well.")
    done = run("sign", "record", "lindqvist", "--note", "count me in")
    assert done.status == 0
    assert "lindqvist was invited to sign an earlier text" in done.stderr
