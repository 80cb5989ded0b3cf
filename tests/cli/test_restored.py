"""A log that is older than what is remembered of it: shown with a warning, and never acted upon."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from signing import sign

from letters.cli.app import app
from letters.ledger.store import LOG_NAME, Ledger

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

LIST = Path(__file__).resolve().parent.parent.parent / "docs/lists/members.csv"
PROOF = ("--note", "x")
POST = ("--channel", "post", *PROOF)
REFUSED, WARNED, NOT_ASKED = "refused", "warned", "not asked"
SERVED = "says so on its page"  # see tests/preview

# Every command that there is, how it is said, and what an older log means for it.
COMMANDS = {
    "new": (("new", "other"), NOT_ASKED),
    "check": (("check", "--privacy"), WARNED),
    "import": (("import", "recipients", str(LIST)), WARNED),
    "schema": (("schema", "letter"), NOT_ASKED),
    "rules": (("rules",), NOT_ASKED),
    "templates list": (("templates", "list"), NOT_ASKED),
    "templates show": (("templates", "show", "note"), NOT_ASKED),
    "templates eject": (("templates", "eject", "open-letter"), NOT_ASKED),
    "editions status": (("editions", "status"), NOT_ASKED),
    "editions accept": (("editions", "accept", "fr", "--dry-run"), NOT_ASKED),
    "log digest": (("log", "digest"), NOT_ASKED),
    "status": (("status",), WARNED),
    "log show": (("log", "show"), WARNED),
    "log export": (("log", "export"), WARNED),
    "log verify": (("log", "verify"), REFUSED),
    "log checkpoint": (("log", "checkpoint"), REFUSED),
    "log receipt": (("log", "receipt", "okafor"), REFUSED),
    "log correct": (("log", "correct", "1", "--why", "x", "--by", "y"), REFUSED),
    "log erase": (("log", "erase", "okafor", "--confirm", "okafor"), REFUSED),
    "compare": (("compare", "word/minister.en.docx"), WARNED),
    "pull": (("pull", "word/minister.en.docx"), WARNED),
    "redline": (("redline", "signed", "now", "--out", "r.docx"), REFUSED),
    "render": (("render", "--format", "txt"), REFUSED),
    "preview": (("preview", "--no-browser"), SERVED),
    "print": (("print",), REFUSED),
    "send": (("send",), REFUSED),
    "followup": (("followup", "second"), REFUSED),
    "sign invite": (("sign", "invite", "okafor"), REFUSED),
    "sign remind": (("sign", "remind", "okafor"), REFUSED),
    "sign record": (("sign", "record", "okafor", *PROOF), REFUSED),
    "sign reaffirm": (("sign", "reaffirm", "okafor", *PROOF), REFUSED),
    "sign decline": (("sign", "decline", "okafor"), REFUSED),
    "sign withdraw": (("sign", "withdraw", "okafor"), REFUSED),
    "sign approve-edit": (
        ("sign", "approve-edit", "--editorial", "--by", "X", "--why", "y"),
        REFUSED,
    ),
    "track sent": (("track", "sent", "minister", *POST), REFUSED),
    "track bounces": (("track", "bounces"), REFUSED),
    "track returned": (("track", "returned", "minister", *POST), REFUSED),
    "track reply": (("track", "reply", "minister", *PROOF), REFUSED),
    "track meeting": (("track", "meeting", "minister", *PROOF), REFUSED),
    "track press": (("track", "press", *PROOF), REFUSED),
    "sign approve-name": (("sign", "approve-name", "okafor", "--by", "X", "--why", "y"), REFUSED),
    "sign bind": (("sign", "bind", "--all", "--by", "X"), REFUSED),
    "sign sheets record": (
        ("sign", "sheets", "record", "7", "--valid", "1", "--invalid", "0", "--by", "X", *PROOF),
        REFUSED,
    ),
    "sign sheets print": (("sign", "sheets", "print", "3"), REFUSED),
    "people list": (("people", "list"), NOT_ASKED),
    "people show": (("people", "show", "okafor"), WARNED),
    "people add": (("people", "add", "marsh", "name=Tove Marsh"), REFUSED),
    "people set": (("people", "set", "lindqvist", "gender=f"), WARNED),
    "people remove": (("people", "remove", "lindqvist"), REFUSED),
    "people rename": (("people", "rename", "okafor", "signer-09"), REFUSED),
}
ACTING = [words for words, means in COMMANDS.values() if means == REFUSED]


def names(command: Any, words: tuple[str, ...] = ()) -> list[str]:
    """All commands that have none below them."""
    below = getattr(command, "commands", {})
    if not below:
        return [" ".join(words)]
    return [name for key, each in below.items() for name in names(each, (*words, key))]


def test_every_command_is_in_the_table() -> None:
    assert sorted(COMMANDS) == sorted(names(typer.main.get_command(app)))


@pytest.fixture
def older(final: CampaignFolder, run: Letters, tmp_path: Path) -> CampaignFolder:
    """A log from before somebody withdrew; all that remembers it lies around."""
    copy = shutil.copy(final.path / LOG_NAME, tmp_path / "yesterday.db")
    word = ("--format", "docx", "--recipient", "minister", "--out", str(tmp_path / "word"))
    assert run("render", "--lang", "en", *word).status == 0
    assert run("sign", "withdraw", "lindqvist").status == 0
    assert run("log", "checkpoint").status == 0
    shutil.copy(copy, final.path / LOG_NAME)
    return final


def remembering(folder: CampaignFolder, state: Path) -> dict[str, list[Path]]:
    """The files that know of the newer log, by kind."""
    return {
        "mark beside": [folder.path / f"{LOG_NAME}-mark"],
        "mark of the place": list((state / "letters").glob("*.mark")),
        "checkpoint": list((folder.path / "checkpoints").glob("*.txt")),
    }


def test_each_command_refuses_or_warns(
    older: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # some of them make files where they are
    log = (older.path / LOG_NAME).read_bytes()
    for name, (words, means) in COMMANDS.items():
        if means == SERVED:
            continue
        before = {path: path.read_bytes() for path in older.path.rglob("*.json")}
        done = run(*words)
        told = "restored from a copy" in done.stderr
        assert told == (means != NOT_ASKED), (name, done)
        if means == REFUSED:
            assert done.status == 3, (name, done)
            assert {path: path.read_bytes() for path in before} == before
        elif means == WARNED:
            assert done.status == 0, (name, done)
            assert done.stderr.count("warning: the log falls short") == 1, name
        assert (older.path / LOG_NAME).read_bytes() == log, name
    assert run("log", "erase", "okafor").status == 3  # only the plan, and the warning with it
    for words in (("send", "--confirm", "2"), ("send", "--eml", "x"), ("send", "--resolve")):
        assert run(*words).status == 3
    assert not (tmp_path / "x").exists()
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize("kind", ["mark beside", "mark of the place", "checkpoint"])
def test_one_of_them_is_enough_and_is_the_way_out(
    kind: str, older: CampaignFolder, run: Letters, state: Path
) -> None:
    known = remembering(older, state)
    assert all(len(files) == 1 for files in known.values())
    for other in known.keys() - {kind}:
        known[other][0].unlink()
    done = run("sign", "invite", "okafor")
    assert done.status == 3
    assert known[kind][0].name in done.stderr
    assert "warning: the log falls short" in run("status").stderr
    assert run("log", "verify").status == 3
    known[kind][0].unlink()
    assert run("status").stderr == ""
    assert run("track", "press", *PROOF).status == 0
    assert run("log", "verify").status == 0


def test_the_manifest_remembers_too(final: CampaignFolder, run: Letters, tmp_path: Path) -> None:
    made = json.loads(final.read("out/manifest.json"))
    for size, root in ((made["log"]["size"] + 9, made["log"]["root"]), (5, "0" * 64)):
        made["log"] = {"size": size, "root": root}
        final.write("out/manifest.json", json.dumps(made))
        done = run("sign", "withdraw", "okafor")
        assert done.status == 3
        assert "out/manifest.json knows of" in done.stderr
        assert "warning: the log falls short" in run("status").stderr
    for broken in ("{", "[]", '{"log": {"size": "5", "root": 7}}', '{"log": {"size": -1}}'):
        final.write("out/manifest.json", broken)
        assert run("status").stderr == ""


def test_another_log_is_no_better_than_an_older_one(
    older: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    (older.path / LOG_NAME).unlink()
    sign(older.path)
    for words in ACTING:
        assert run(*words).status == 3, words
    for mark in older.path.glob("*-mark"):
        mark.unlink()
    shutil.rmtree(older.path / "out")
    done = run("sign", "invite", "okafor")  # the campaign's own key has signed for another log
    assert done.status == 3
    assert "knows of another log" in done.stderr


def test_a_log_that_is_gone_is_not_begun_anew(older: CampaignFolder, run: Letters) -> None:
    (older.path / LOG_NAME).unlink()
    for words in ACTING:
        if words[:2] != ("log", "verify"):
            assert run(*words).status == 3, words
    assert "warning: the log is gone" in run("status").stderr
    assert not (older.path / LOG_NAME).exists()


def test_where_only_the_checkpoints_came_along_drafts_can_be_made(
    older: CampaignFolder, run: Letters
) -> None:
    """A clone by git has the checkpoints, and never had the log."""
    for path in (*older.path.glob("letters.db*"), *older.path.glob("out/*")):
        path.unlink()
    done = run("render", "--format", "txt")
    assert done.status == 0, done
    assert "warning: the log is gone: checkpoints/" in done.stderr
    assert "draft: nobody has signed" in done.stderr
    assert run("sign", "invite", "okafor").status == 3


def test_what_is_no_checkpoint_of_this_log_is_left_aside(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(final.path, other, ignore=shutil.ignore_patterns("letters.db*", "out"))
    sign(other)
    assert run("log", "checkpoint", folder=other).status == 0
    [foreign] = (other / "checkpoints").glob("*.txt")
    assert run("log", "checkpoint").status == 0
    [own] = (final.path / "checkpoints").glob("*.txt")
    forged = own.read_text().replace("\n6\n", "\n9\n")
    assert forged != own.read_text()
    for name, text in {
        "README.txt": "what these files are",
        "000900-foreign.txt": foreign.read_text(),
        "000009-forged.txt": forged,
        "999999-empty.txt": "",
        "٣.txt": "\udcff",
    }.items():
        (final.path / "checkpoints" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("sign", "invite", "okafor")
    assert "already signed" in done.stderr
    for name, why in (
        ("README.txt", "it is no signed checkpoint"),
        ("000900-foreign.txt", "it is not signed by a key of this log"),
        ("000009-forged.txt", "it is not signed by a key of this log"),
        ("999999-empty.txt", "it is no signed checkpoint"),
    ):
        assert f"warning: checkpoints/{name} is left aside: {why}" in done.stderr
    assert run("status").status == 0


def test_a_copy_for_a_trial_says_nothing_against_the_log(
    final: CampaignFolder, run: Letters, tmp_path: Path
) -> None:
    trial = Path(shutil.copytree(final.path, tmp_path / "trial"))
    for folder, who in ((trial, "lindqvist"), (final.path, "okafor"), (trial, "signer-07")):
        done = run("sign", "withdraw", who, folder=folder)
        assert done.status == 0, done
        assert "restored" not in run("status", folder=folder).stderr
    # Put in the place of the log that it was copied from, it is another one.
    shutil.rmtree(final.path)
    trial.rename(final.path)
    assert run("sign", "withdraw", "reading-circle").status == 3
    assert "warning: the log falls short" in run("status").stderr


def test_a_log_that_moves_or_goes_between_two_machines_stays_usable(
    final: CampaignFolder, run: Letters, state: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    there = tmp_path / "there"
    for number, who in enumerate(("okafor", "lindqvist", "signer-07", "signer-08")):
        machine = tmp_path / f"machine{number % 2}"
        monkeypatch.setenv("XDG_STATE_HOME", str(machine))
        assert run("sign", "withdraw", who).status == 0
        assert "restored" not in run("status").stderr
    shutil.rmtree(tmp_path / "machine1")
    assert run("sign", "withdraw", "reading-circle").status == 0
    final.path.rename(there)
    for who in ("okafor", "lindqvist"):
        assert run("sign", "record", who, *PROOF, folder=there).status == 0
    assert run("log", "verify", folder=there).status == 0


def test_whole_folders_from_a_backup_are_noticed_by_the_users_own_folder(
    final: CampaignFolder, run: Letters, state: Path, tmp_path: Path
) -> None:
    backup = Path(shutil.copytree(final.path, tmp_path / "backup"))
    assert run("sign", "withdraw", "okafor").status == 0  # nothing was sent
    shutil.rmtree(final.path)
    shutil.copytree(backup, final.path)
    done = run("sign", "withdraw", "lindqvist")
    assert done.status == 3
    assert str(state) in done.stderr
    assert run("log", "verify").status == 3
    # A new campaign in the same place has nothing to do with it.
    shutil.rmtree(final.path)
    shutil.copytree(backup, final.path, ignore=shutil.ignore_patterns("*.db*", "out"))
    assert run("sign", "record", "okafor", *PROOF).status == 0


def test_marks_that_cannot_be_written_hinder_nobody(
    final: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert run("sign", "withdraw", "okafor").status == 0
    assert run("status").status == 0


def test_a_folder_in_place_of_a_mark_is_refused_by_name(
    final: CampaignFolder, run: Letters
) -> None:
    (final.path / f"{LOG_NAME}-mark").unlink()
    (final.path / f"{LOG_NAME}-mark").mkdir()
    done = run("sign", "withdraw", "okafor")
    assert (done.status, f"{LOG_NAME}-mark: is a folder, and no file" in done.stderr) == (1, True)


def test_a_newer_log_is_what_is_expected(older: CampaignFolder, run: Letters) -> None:
    """Checkpoints and marks from earlier days say nothing against a log that has grown."""
    for path in older.path.glob("letters.db*"):
        path.unlink()
    for path in older.path.glob("checkpoints/*"):
        path.unlink()
    shutil.rmtree(older.path / "out")
    for who in ("okafor", "lindqvist", "signer-07", "signer-08"):
        assert run("sign", "record", who, *PROOF).status == 0
        assert run("log", "checkpoint").status == 0
    with Ledger.open(older.path / LOG_NAME) as ledger:
        size = ledger.checkpoint().size
    assert size == 4
    assert len(list(older.path.glob("checkpoints/*"))) == 4
    done = run("status")
    assert (done.status, done.stderr) == (0, "")


def test_a_log_that_is_written_to_at_that_moment_is_not_an_older_one(
    older: CampaignFolder, run: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader's copy may be from before an entry, and the mark from after it."""
    known, read = tmp_path / "yesterday.db", Ledger.read
    for path in (*older.path.glob("letters.db*"), *older.path.glob("checkpoints/*")):
        path.unlink()
    shutil.copy(known, older.path / LOG_NAME)
    shutil.rmtree(older.path / "out")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    assert run("sign", "withdraw", "lindqvist").status == 0
    copies = [known]
    monkeypatch.setattr(Ledger, "read", lambda path: read(copies.pop() if copies else path))
    done = run("status")
    assert (done.status, "falls short" in done.stderr, copies) == (0, False, [])
    copies.append(known)
    assert run("render", "--format", "txt").status == 0


def test_there_is_one_door_to_the_log() -> None:
    """Whoever opens it in another way would believe any log; verification says itself what it is."""
    folder = Path(__file__).resolve().parents[2] / "letters" / "cli"
    opening = {
        path.name
        for path in folder.glob("*.py")
        if re.search(r"\bLedger\.(open|read)\b", path.read_text(encoding="utf-8"))
    }
    assert opening == {"logbook.py", "log.py"}
