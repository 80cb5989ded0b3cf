"""The log as a user reads, checks, anchors, exports and erases it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ledger.authority import authority

from letters.ledger import verify_receipt

from . import inside

if TYPE_CHECKING:
    from conftest import CampaignFolder, Done, Letters

HOSTILE = "\x1b[2Jgone\x07 \u202eevil\x9b31m"


@pytest.fixture
def letters(
    campaign: CampaignFolder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Letters:
    return inside.runner(campaign, capsys, monkeypatch)


@pytest.fixture
def signed(letters: Letters) -> Letters:
    """A campaign that two people have signed."""
    letters("sign", "record", "okafor", "--note", "by telephone")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    return letters


def test_the_digest_comes_from_the_files_alone(letters: Letters, campaign: CampaignFolder) -> None:
    first = letters("log", "digest")
    assert first.status == 0
    assert len(first.stdout) == 65
    assert not (campaign.path / "letters.db").exists()
    text = letters("log", "digest", "--text").stdout
    assert hashlib.sha256(text.encode()).hexdigest() == first.stdout.strip()
    assert text.startswith("letters-text-1\n== en ")
    campaign.edit("letter.yaml", "You listened.", "You listened!")
    assert letters("log", "digest").stdout != first.stdout


def test_a_note_cannot_steer_a_terminal(letters: Letters) -> None:
    letters("sign", "record", "okafor", "--note", HOSTILE)
    for words in (("show",), ("show", "--json"), ("export",)):
        done = letters("log", *words)
        assert done.status == 0
        assert not set(done.stdout) & set("\x1b\x07\x9b\u202e")
    (entry,) = json.loads(letters("log", "show", "--json").stdout)
    assert entry["note"] == HOSTILE
    assert "\\x1b[2Jgone\\x07 \\u202eevil\\x9b31m" in letters("log", "show").stdout


def test_an_export_is_read_by_other_programs_and_run_by_none(letters: Letters) -> None:
    letters("sign", "record", "okafor", "--note", "=1+1")
    letters("sign", "withdraw", "okafor", "--note", "@risk")
    lines = letters("log", "export", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["note"] for line in lines] == ["=1+1", "@risk"]
    table = letters("log", "export", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["note"] for row in rows] == ["'=1+1", "'@risk"]
    assert letters("log", "export", "--format", "xml").status == 2


def checkpoints(campaign: CampaignFolder) -> list[Path]:
    return sorted((campaign.path / "checkpoints").iterdir())


def test_a_checkpoint_is_printed_kept_and_held_against_the_log(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    done = signed("log", "checkpoint")
    assert done.status == 0
    origin, size, _, empty, signature = done.stdout.splitlines()
    assert (size, empty) == ("2", "")
    assert signature.startswith(f"— {origin} ")
    assert f"{origin}+" in done.stderr
    (path,) = checkpoints(campaign)
    assert path.read_text(encoding="utf-8") == done.stdout
    assert signed("log", "checkpoint").stdout == done.stdout
    verified = signed("log", "verify")
    assert verified.status == 0
    assert "up to entry 2 was changed, removed or reordered since the signed" in verified.stdout

    shutil.copy(campaign.path / "letters.db", tmp_path / "older.db")
    signed("sign", "withdraw", "okafor")
    signed("log", "checkpoint")
    shutil.copy(tmp_path / "older.db", campaign.path / "letters.db")
    older = signed("log", "verify")
    assert older.status == 3
    assert "the log ends after entry 2, but had reached entry 3" in older.stderr
    assert "proved" not in older.stdout.replace("not proved", "")


def test_a_checkpoint_of_somebody_else_is_told_apart(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    signed("log", "checkpoint")
    (path,) = checkpoints(campaign)
    forged = tmp_path / "forged.txt"
    forged.write_text(path.read_text(encoding="utf-8").replace("\n2\n", "\n1\n"), encoding="utf-8")
    done = signed("log", "verify", "--checkpoint", str(forged))
    assert done.status == 3
    assert "not signed by a key of this log" in done.stderr
    forged.write_text("no checkpoint", encoding="utf-8")
    done = signed("log", "verify", "--checkpoint", str(forged))
    assert done.status == 3
    assert "proves nothing" in done.stderr
    assert signed("log", "verify", "--checkpoint", str(tmp_path / "none")).status == 2


def test_an_empty_log_has_nothing_to_prove(letters: Letters, tmp_path: Path) -> None:
    for words in (("checkpoint",), ("receipt", "okafor")):
        assert letters("log", *words).status == 3
        assert letters("log", *words, folder=tmp_path).status == 2


def test_a_receipt_is_checked_without_the_campaign(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    receipt = tmp_path / "mine.json"
    done = signed("log", "receipt", "okafor", "--out", str(receipt))
    assert done.status == 0
    assert done.stdout.strip() == str(receipt)
    assert json.loads(signed("log", "receipt", "okafor").stdout) == json.loads(receipt.read_bytes())
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(verify_receipt.__file__, alone)
    shutil.move(receipt, alone)
    checked = subprocess.run(
        [sys.executable, "-I", "verify_receipt.py", "mine.json"],
        cwd=alone,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"kind": "signed"' in checked.stdout
    assert signed("log", "verify", "--checkpoint", str(alone / "mine.json")).status == 0
    assert signed("log", "receipt", "signer-07").status == 3
    assert (campaign.path / ".letters" / ".gitignore").read_text() == "*\n"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_checkpoint_is_committed_and_nothing_else(
    signed: Letters, campaign: CampaignFolder
) -> None:
    refused = signed("log", "checkpoint", "--git")
    assert refused.status == 4
    assert "the checkpoint was written, but git refused it" in refused.stderr
    git(campaign.path, "init", "--quiet")
    git(campaign.path, "config", "user.name", "Ed")
    git(campaign.path, "config", "user.email", "ed@example.org")
    git(campaign.path, "add", "letter.yaml")
    for message in ("committed to git", "git has this very checkpoint already"):
        done = signed("log", "checkpoint", "--git")
        assert done.status == 0
        assert message in done.stderr
    (path,) = checkpoints(campaign)
    committed = git(campaign.path, "show", "--name-only", "--format=%s", "HEAD").split("\n")
    assert committed == [
        "Checkpoint of the signature log: 2 entries",
        "",
        f"checkpoints/{path.name}",
        "",
    ]
    waiting = git(campaign.path, "status", "--porcelain")
    assert "A  letter.yaml" in waiting
    assert ".letters" not in waiting


def test_a_checkpoint_is_stamped_by_an_authority(
    signed: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    with authority(tmp_path / "tsa") as tsa:
        done = signed("log", "checkpoint", "--timestamp", tsa.url)
        assert done.status == 0
        assert "stamped 20" in done.stderr
        broken = signed("log", "checkpoint", "--timestamp", f"{tsa.url}/broken")
        assert broken.status == 4
        assert "gave no stamp" in broken.stderr
    stamp, path = checkpoints(campaign)
    assert (stamp.suffix, path.suffix) == (".tsr", ".txt")
    bare = signed("log", "verify")
    assert bare.status == 0
    assert f"not proved: the checkpoint {path.name} existed on 20" in bare.stdout
    trusted = signed("log", "verify", "--tsa-root", str(tsa.root))
    assert f"\nproved: the checkpoint {path.name} existed on 20" in trusted.stdout
    token = bytearray(stamp.read_bytes())
    token[-1] ^= 1
    stamp.write_bytes(token)
    forged = signed("log", "verify", "--tsa-root", str(tsa.root))
    assert forged.status == 3
    assert "doesn’t hold" in forged.stderr
    gone = signed("log", "checkpoint", "--timestamp", "http://127.0.0.1:9/")
    assert gone.status == 4


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_erasing_says_what_it_would_do_and_then_leaves_no_byte(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
) -> None:
    scan = tmp_path / "scan"
    scan.write_bytes(b"SCANNED-SIGNATURE")
    campaign.write("okafor.png", b"IMAGE-OF-A-SIGNATURE")
    campaign.edit("signatories.yaml", "  gender: f", "  gender: f\n  signature_image: okafor.png")
    letters("sign", "record", "okafor", "--evidence", str(scan), "--note", "HUSH-HUSH")
    letters("sign", "record", "lindqvist", "--note", "by telephone")
    letters("log", "checkpoint")
    letters("log", "receipt", "okafor", "--out", str(tmp_path / "receipt.json"))
    yaml = campaign.read("signatories.yaml")
    before = bytes_of(campaign.path)
    plan = letters("log", "erase", "okafor")
    assert plan.status == 3
    assert "entries of the log: 1 (1 signed)" in plan.stdout
    assert "evidence files: 1" in plan.stdout
    assert "signature image: okafor.png" in plan.stdout
    assert "signatories.yaml, lines 1 to 11: the record" in plan.stdout
    assert "--confirm okafor" in plan.stderr
    assert letters("log", "erase", "okafor", "--confirm", "lindqvist").status == 2
    assert bytes_of(campaign.path) == before

    done = letters("log", "erase", "okafor", "--confirm", "okafor", "--by", "desk")
    assert done.status == 0
    assert "3  erased  1 entry" in done.stdout
    assert campaign.read("signatories.yaml") == yaml
    left = bytes_of(campaign.path)
    for gone in (b"HUSH-HUSH", b"SCANNED-SIGNATURE", b"IMAGE-OF-A-SIGNATURE"):
        assert gone in before
        assert gone not in left
    assert b"okafor" not in (campaign.path / "letters.db").read_bytes()
    assert "there is no such file in the campaign" in letters("check").stderr
    campaign.edit("signatories.yaml", "\n  signature_image: okafor.png", "")
    said = json.loads(letters("status", "--json").stdout)
    assert [p["state"] for p in said["signatories"][:2]] == ["erased", "signed"]
    verified = letters("log", "verify", "--checkpoint", str(tmp_path / "receipt.json"))
    assert verified.status == 0
    assert "1 of them erased" in verified.stdout
    again = letters("log", "erase", "okafor", "--confirm", "okafor")
    assert again.status == 0
    assert "was erased of them before" in again.stdout
    assert letters("sign", "invite", "okafor").status == 3
    assert letters("log", "erase", "nobody", "--confirm", "nobody").status == 2


def test_what_somebody_else_needs_stays(
    letters: Letters, campaign: CampaignFolder, tmp_path: Path
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
        letters("sign", "record", who, "--evidence", str(sheet))
    done = letters("log", "erase", "okafor", "--confirm", "okafor")
    assert "evidence files: 0" in done.stdout
    assert "signature image: none" in done.stdout
    assert b"ONE SHEET" in bytes_of(campaign.path / "evidence")
    assert (campaign.path / "both.png").exists()
    last = letters("log", "erase", "lindqvist", "--confirm", "lindqvist")
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
