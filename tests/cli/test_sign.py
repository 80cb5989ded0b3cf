"""What people did about signing, recorded as a user does it."""

from __future__ import annotations

import hashlib
import json
import stat
from typing import TYPE_CHECKING, Any

import pytest

from . import inside

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import CampaignFolder, Done, Letters


@pytest.fixture
def letters(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    return inside.runner(campaign, capsys, monkeypatch)


def shown(letters: Letters) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(letters("log", "show", "--json").stdout)
    return entries


def states(letters: Letters) -> dict[str, str]:
    said = json.loads(letters("status", "--json").stdout)
    return {person["id"]: person["state"] for person in said["signatories"]}


def refused(done: Done, reason: str) -> None:
    assert done.status == 3
    assert reason in done.stderr
    assert done.stdout == ""


def test_a_copy_of_the_evidence_is_kept_for_the_owner_alone(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "Ngozi Okafor.pdf"
    scan.write_bytes(b"%PDF signed by hand")
    digest = hashlib.sha256(b"%PDF signed by hand").hexdigest()
    words = ("--channel", "post", "--by", "desk", "--on", "2025-08-30", "--note", "by post")
    assert letters("sign", "record", "okafor", "--evidence", str(scan), *words).status == 0
    copy = campaign.path / "evidence" / digest
    assert copy.read_bytes() == scan.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (entry,) = shown(letters)
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
    verified = letters("log", "verify")
    assert "proved: kept evidence: 1 intact" in verified.stdout
    copy.write_bytes(b"%PDF exchanged")
    changed = letters("log", "verify")
    assert changed.status == 3
    assert "a kept file of evidence was altered" in changed.stderr
    copy.unlink()
    gone = letters("log", "verify")
    assert gone.status == 0
    assert "not proved: kept evidence: 1 not beside the log" in gone.stdout


def test_of_other_evidence_only_the_digest_is_kept(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    done = letters("sign", "record", "okafor", "--evidence", str(scan), "--digest-only")
    assert done.status == 0
    assert not (campaign.path / "evidence").exists()
    assert shown(letters)[0]["evidence"] == "file"
    assert letters("sign", "record", "okafor", "--digest-only").status in {2, 3}


def test_what_is_refused_leaves_no_copy(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    refused(
        letters("sign", "withdraw", "okafor", "--evidence", str(scan)), "no signature to withdraw"
    )
    assert [path.name for path in (campaign.path / "evidence").iterdir()] == [".gitignore"]
    missing = letters("sign", "record", "okafor", "--evidence", str(tmp_path / "no.pdf"))
    assert missing.status == 2
    assert "can’t be read" in missing.stderr


def test_a_reminder_follows_an_invitation(letters: Letters, campaign: CampaignFolder) -> None:
    refused(letters("sign", "remind", "okafor"), "never invited")
    assert letters("sign", "invite", "okafor").status == 0
    assert letters("sign", "remind", "okafor", "--channel", "e-mail").status == 0
    assert [entry["event"] for entry in shown(letters)] == ["invited", "reminded"]
    assert states(letters)["okafor"] == "invited"
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    refused(letters("sign", "remind", "okafor"), "an earlier text")


def approve(letters: Letters, *words: str) -> Done:
    return letters("sign", "approve-edit", *words, "--by", "Ed Itor", "--why", "a missing comma")


def test_an_editorial_change_keeps_the_signatures_and_names_whom_to_tell(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    letters("sign", "record", "okafor", "--note", "by telephone")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    before = letters("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You listened.", "You also listened.")
    after = letters("log", "digest").stdout.strip()
    assert states(letters)["okafor"] == "stale"

    plan = approve(letters, "--editorial", "--dry-run")
    assert plan.status == 0
    assert f"from {before}\nto   {after}" in plan.stdout
    assert "You {+also +}listened." in plan.stdout
    assert "signatures that stay, to be told: okafor, lindqvist" in plan.stdout
    assert "dry run: nothing was recorded" in plan.stderr
    assert len(shown(letters)) == 2

    done = approve(letters, "--editorial")
    assert done.status == 0
    assert "The change is editorial" in done.stdout
    assert "Why: a missing comma\nApproved by: Ed Itor" in done.stdout
    assert states(letters)["okafor"] == "signed"
    entry = shown(letters)[-1]
    assert (entry["event"], entry["class"], entry["from"]) == ("edit-approved", "editorial", before)
    assert (entry["recorded_by"], entry["why"]) == ("Ed Itor", "a missing comma")
    assert "{+also +}" in entry["diff"]
    assert entry["text_digest"] == after

    campaign.edit("letter.yaml", "You also listened.", "You too listened.")
    note = tmp_path / "note.txt"
    chained = approve(letters, "--editorial", "--tell", str(note))
    assert chained.status == 0
    assert "You [-also-]{+too+} listened." in note.read_text(encoding="utf-8")
    assert states(letters)["lindqvist"] == "signed"
    refused(approve(letters, "--editorial"), "already recorded")


def test_a_substantive_change_makes_them_stale_until_they_reaffirm(
    letters: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    letters("sign", "record", "okafor", "--note", "by telephone")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    campaign.edit("letter.yaml", "You listened.", "You never listened.")
    done = approve(letters, "--substantive")
    assert done.status == 0
    assert "stale, until “letters sign reaffirm ID …”: okafor, lindqvist" in done.stdout
    assert "A note to send" not in done.stdout
    assert states(letters)["okafor"] == "stale"
    refused(letters("sign", "reaffirm", "okafor"), "something that shows it")
    assert letters("sign", "reaffirm", "okafor", "--note", "stands by it").status == 0
    refused(letters("sign", "reaffirm", "okafor", "--note", "again"), "already signed")
    refused(letters("sign", "reaffirm", "signer-07", "--note", "x"), "no signature to reaffirm")
    found = states(letters)
    assert (found["okafor"], found["lindqvist"]) == ("signed", "stale")
    # A typing error after that doesn't bring back who has not reaffirmed.
    campaign.edit("letter.yaml", "You never listened.", "You never ever listened.")
    assert approve(letters, "--editorial").status == 0
    found = states(letters)
    assert (found["okafor"], found["lindqvist"]) == ("signed", "stale")


def test_another_earlier_text_is_named_by_its_digest(
    letters: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages: [en, fr]", "languages: [en]")
    letters("sign", "record", "okafor", "--note", "by telephone")
    first = letters("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You listened.", "You heard.")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    second = letters("log", "digest").stdout.strip()
    campaign.edit("letter.yaml", "You heard.", "You heard us.")
    done = approve(letters, "--editorial", "--dry-run")
    assert f"from {second}" in done.stdout
    assert f"name another with --from: {first[:16]}" in done.stderr
    other = approve(letters, "--editorial", "--from", first[:10])
    assert f"from {first}" in other.stdout
    assert "to be told: okafor" in other.stdout
    assert "stale, until “letters sign reaffirm ID …”: lindqvist" in other.stdout
    for wrong in (first[:5], "0" * 64):
        assert approve(letters, "--editorial", "--from", wrong).status == 2


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--editorial", "--substantive"),
        ("--editorial", "--by", " "),
    ],
)
def test_an_approval_is_complete_or_none(letters: Letters, words: tuple[str, ...]) -> None:
    letters("sign", "record", "okafor", "--note", "by telephone")
    assert letters("sign", "approve-edit", "--by", "Ed", "--why", "x", *words).status == 2
    assert letters("sign", "approve-edit", "--editorial", "--why", "x").status == 2


def test_there_has_to_be_a_change_and_a_signature(letters: Letters) -> None:
    refused(approve(letters, "--editorial"), "nobody has signed yet")
    letters("sign", "record", "okafor", "--note", "by telephone")
    refused(approve(letters, "--editorial"), "the text is the one that was signed")


def test_nobody_waits_for_a_broken_template_to_decline_or_withdraw(
    letters: Letters, campaign: CampaignFolder
) -> None:
    letters("sign", "record", "okafor", "--note", "by telephone")
    body = campaign.read("templates/note/letter.en.md")
    campaign.write("templates/note/letter.en.md", body + "{{ nothing.of.the.kind }}\n")
    assert letters("sign", "record", "lindqvist", "--note", "x").status == 1
    for words in (("withdraw", "okafor"), ("decline", "lindqvist", "--note", "said no")):
        done = letters("sign", *words)
        assert done.status == 0
        assert "recorded without a text" in done.stderr
    assert [entry["text_digest"] for entry in shown(letters)][1:] == ["", ""]
    campaign.write("templates/note/letter.en.md", body)
    found = states(letters)
    assert (found["okafor"], found["lindqvist"]) == ("withdrawn", "declined")


def test_who_signed_can_withdraw_when_the_campaign_no_longer_names_them_or_can_be_read(
    letters: Letters, campaign: CampaignFolder
) -> None:
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    letters("sign", "record", "reading-circle", "--note", "by telephone")
    campaign.edit("signatories.yaml", "- id: lindqvist", "- id: somebody-else")
    assert letters("sign", "withdraw", "lindqvist").status == 0
    unknown = letters("sign", "withdraw", "okafr")
    assert unknown.status == 2
    assert "did you mean “okafor”?" in unknown.stderr
    campaign.write("letter.yaml", "title: [")
    assert letters("sign", "withdraw", "reading-circle").status == 0
    assert letters("sign", "withdraw", "nobody").status == 1


def test_a_signature_to_another_text_than_was_sent_round_is_remarked(
    letters: Letters, campaign: CampaignFolder
) -> None:
    letters("sign", "invite", "okafor", "--note", "by e-mail")
    letters("sign", "invite", "lindqvist", "--note", "by e-mail")
    assert "earlier text" not in letters("sign", "record", "okafor", "--note", "x").stderr
    campaign.edit("letter.yaml", "You listened.", "You listened well.")
    done = letters("sign", "record", "lindqvist", "--note", "count me in")
    assert done.status == 0
    assert "lindqvist was invited to sign an earlier text" in done.stderr
