"""Forgetting somebody as a user does it, and commands on a disk that is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.samples import bytes_of

if TYPE_CHECKING:
    from conftest import CampaignFolder, Done, Letters


def test_erasing_says_what_it_would_do_and_then_leaves_no_byte(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan"
    scan.write_bytes(b"SCANNED-SIGNATURE")
    campaign.write("okafor.png", b"IMAGE-OF-A-SIGNATURE")
    campaign.edit("signatories.yaml", "  gender: f", "  gender: f\n  signature_image: okafor.png")
    run("sign", "record", "okafor", "--evidence", str(scan), "--note", "HUSH-HUSH")
    run("sign", "record", "lindqvist", "--note", "by telephone")
    run("log", "checkpoint")
    run("log", "receipt", "okafor", "--out", str(tmp_path / "receipt.json"))
    yaml = campaign.read("signatories.yaml")
    before = bytes_of(campaign.path)
    plan = run("log", "erase", "okafor")
    assert plan.status == 3
    assert "entries of the log: 1 (1 signed)" in plan.stdout
    assert "evidence files: 1" in plan.stdout
    assert "signature image: the file that the record names" in plan.stdout
    assert "okafor.png" not in plan.stdout + plan.stderr
    assert "mails in outbox/ that wait" in plan.stdout
    assert "signatories.yaml, lines 1 to 11: the record" in plan.stdout
    assert "--confirm okafor" in plan.stderr
    assert run("log", "erase", "okafor", "--confirm", "lindqvist").status == 2
    assert bytes_of(campaign.path) == before

    done = run("log", "erase", "okafor", "--confirm", "okafor", "--by", "desk")
    assert done.status == 0
    assert "3  erased  1 entry" in done.stdout
    assert campaign.read("signatories.yaml") == yaml
    left = bytes_of(campaign.path)
    for gone in (b"HUSH-HUSH", b"SCANNED-SIGNATURE", b"IMAGE-OF-A-SIGNATURE"):
        assert gone in before
        assert gone not in left
    assert b"okafor" not in (campaign.path / "letters.db").read_bytes()
    assert "there is no such file in the campaign" in run("check").stderr
    campaign.edit("signatories.yaml", "\n  signature_image: okafor.png", "")
    said = json.loads(run("status", "--json").stdout)
    assert [p["state"] for p in said["signatories"][:2]] == ["erased", "signed"]
    verified = run("log", "verify", "--checkpoint", str(tmp_path / "receipt.json"))
    assert verified.status == 0
    assert "1 of them erased" in verified.stdout
    again = run("log", "erase", "okafor", "--confirm", "okafor")
    assert again.status == 0
    assert "was erased of them before" in again.stdout
    assert run("sign", "invite", "okafor").status == 3
    assert run("log", "erase", "nobody", "--confirm", "nobody").status == 2


def test_what_somebody_else_needs_stays(
    run: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet"
    sheet.write_bytes(b"ONE SHEET, TWO SIGNATURES")
    campaign.write("both.png", b"IMAGE")
    text = campaign.read("signatories.yaml").replace(
        "- id: okafor", "- id: okafor\n  signature_image: both.png"
    )
    text = text.replace("- id: lindqvist", "- id: lindqvist\n  signature_image: both.png")
    campaign.write("signatories.yaml", text)
    for who in ("okafor", "lindqvist"):
        run("sign", "record", who, "--evidence", str(sheet))
    done = run("log", "erase", "okafor", "--confirm", "okafor")
    assert "evidence files: 0" in done.stdout
    assert "signature image: none" in done.stdout
    assert b"ONE SHEET" in bytes_of(campaign.path / "evidence")
    assert (campaign.path / "both.png").exists()
    last = run("log", "erase", "lindqvist", "--confirm", "lindqvist")
    assert last.status == 0
    assert b"ONE SHEET" not in bytes_of(campaign.path / "evidence")


def limited(campaign: CampaignFolder, *words: str) -> Done:
    """Run the command where no file can grow beyond 8 KiB, as on a disk that is full."""
    from conftest import Done

    command = 'ulimit -f 8; trap "" XFSZ; exec "$@"'
    done = subprocess.run(
        [
            "bash",
            "-c",
            command,
            "-",
            sys.executable,
            "-m",
            "letters",
            "-C",
            str(campaign.path),
            *words,
        ],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_full_disk_is_said_in_a_sentence_and_changes_nothing(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan"
    scan.write_bytes(b"x" * 100_000)
    before = signed("log", "export").stdout
    for words in (
        ("sign", "withdraw", "okafor", "--evidence", str(scan)),
        ("sign", "withdraw", "okafor"),
        ("log", "checkpoint"),
        ("log", "erase", "okafor", "--confirm", "okafor"),
    ):
        done = limited(campaign, *words)
        assert done.status == 4, words
        assert "Traceback" not in done.stderr
        assert done.stderr.splitlines()[-1].startswith("letters: ")
    assert signed("log", "export").stdout == before
    assert signed("log", "verify").status == 0
    kept = campaign.path / "evidence"
    assert not kept.exists() or [path.name for path in kept.iterdir()] == [".gitignore"]
