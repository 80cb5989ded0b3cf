"""The log as a user reads, checks, anchors, exports and erases it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.authority import authority
from msgspec.structs import replace

from letters.digests import TextDigest
from letters.imprint import Imprint
from letters.ledger import verify_receipt
from letters.press import qr_code

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

HOSTILE = "\x1b[2Jgone\x07 \u202eevil\x9b31m"


def test_the_digest_comes_from_the_files_alone(run: Letters, campaign: CampaignFolder) -> None:
    first = run("log", "digest")
    assert first.status == 0
    assert len(first.stdout) == 65
    assert not (campaign.path / "letters.db").exists()
    text = run("log", "digest", "--text").stdout
    assert hashlib.sha256(text.encode()).hexdigest() == first.stdout.strip()
    assert text.startswith("letters-text-2\n== en ")
    campaign.edit("letter.yaml", "You listened.", "You listened!")
    assert run("log", "digest").stdout != first.stdout


def test_a_note_cannot_steer_a_terminal(run: Letters) -> None:
    run("sign", "record", "okafor", "--note", HOSTILE)
    for words in (("show",), ("show", "--json"), ("export",)):
        done = run("log", *words)
        assert done.status == 0
        assert not set(done.stdout) & set("\x1b\x07\x9b\u202e")
    (entry,) = json.loads(run("log", "show", "--json").stdout)
    assert entry["note"] == HOSTILE
    assert "\\x1b[2Jgone\\x07 \\u202eevil\\x9b31m" in run("log", "show").stdout


def test_an_export_is_read_by_other_programs_and_run_by_none(run: Letters) -> None:
    run("sign", "record", "okafor", "--note", "=1+1")
    run("sign", "withdraw", "okafor", "--note", "@risk")
    lines = run("log", "export", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["note"] for line in lines] == ["=1+1", "@risk"]
    table = run("log", "export", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["note"] for row in rows] == ["'=1+1", "'@risk"]
    assert run("log", "export", "--format", "xml").status == 2


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


def test_the_code_on_a_letter_is_held_against_the_log(
    signed: Letters, campaign: CampaignFolder
) -> None:
    campaign.edit("letter.yaml", "languages:", "qr_code: yes\nlanguages:")
    assert signed("render", "--format", "html").status == 0
    manifest = json.loads((campaign.path / "out" / "manifest.json").read_bytes())
    log = manifest["log"]
    known = Imprint(manifest["text_digest"], (log["size"], log["root"]))
    pages = [
        (campaign.path / "out" / file["path"]).read_text("utf-8") for file in manifest["files"]
    ]
    assert pages
    assert all(escape(qr_code.drawing(known.written())) in page for page in pages)

    done = signed("log", "verify", "--code", known.written().lower())
    assert done.status == 0
    said = f"proved: nothing up to entry {log['size']} was changed, removed or reordered since the"
    assert said in done.stdout
    assert "proved: the text that the code names is in the log, word by word\n" in done.stdout

    other = replace(known, text=TextDigest("0" * 64)).written()
    done = signed("log", "verify", "--code", other)
    assert done.status == 0
    assert "not proved: that anybody signed the text that the code names" in done.stdout
    done = signed("log", "verify", "--code", replace(known, log=(1, "0" * 64)).written())
    assert done.status == 3
    assert "are not those of the checkpoint there" in done.stderr
    done = signed("log", "verify", "--code", "https://example.org")
    assert done.status == 2
    assert "not what the QR code of a letter says" in done.stderr


def test_an_empty_log_has_nothing_to_prove(run: Letters, tmp_path: Path) -> None:
    for words in (("checkpoint",), ("receipt", "okafor")):
        assert run("log", *words).status == 3
        assert run("log", *words, folder=tmp_path).status == 2


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
