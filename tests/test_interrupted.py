"""A run that is stopped leaves the old files or the new ones, whole, and nothing else for long."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shared import SOAK, children, is_alive, staged

from letters import files

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

GONE = 2**22 + 1  # above the highest number that Linux gives to a process


def held(folder: Path) -> dict[str, bytes]:
    """All files below the folder, staged ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- one file ---------------------------------------------------------------------------------


def test_a_file_is_replaced_whole_with_the_mode_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "new" / "file"
    files.replace(target, b"first")
    files.replace(target, b"second", mode=0o600)
    assert target.read_bytes() == b"second"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(target.parent.iterdir()) == [target]


def test_what_can_not_be_replaced_stays_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    with pytest.raises(OSError, match="taken") as caught:
        files.replace(tmp_path / "taken", b"data")
    assert caught.value.filename == str(tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


# --- a batch ----------------------------------------------------------------------------------


def test_a_batch_that_is_not_committed_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fail() -> None:
        with files.Batch(tmp_path) as batch:
            batch.add("a", b"new")
            batch.add("deep/b", b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert held(tmp_path) == {"a": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_batch_appears_with_the_file_that_describes_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "kept").write_bytes(b"kept")
    with files.Batch(tmp_path) as batch:
        batch.add("a", b"new")
        batch.add("deep/b", b"new")
        assert (tmp_path / "a").read_bytes() == b"old"
        batch.commit("list", b"a b")
    assert held(tmp_path) == {"a": b"new", "deep/b": b"new", "kept": b"kept", "list": b"a b"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "deep", "kept", "list"]


def test_leftovers_of_dead_runs_are_swept_and_those_of_living_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / f".letters-{GONE}-folder").mkdir()
    (tmp_path / f".letters-{GONE}-folder" / "half.pdf").write_bytes(b"%PDF")
    (tmp_path / f".letters-{GONE}-file").write_bytes(b"half")
    mine = tmp_path / f".letters-{os.getpid()}-other"
    theirs = tmp_path / ".letters-1-init"
    users = tmp_path / ".letters-notes"
    for folder in (mine, theirs, users):
        folder.mkdir()
    with files.Batch(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {mine.name, theirs.name, users.name}


COMMIT = """
import os, pathlib, signal, sys
from letters import files

moves = 0

def counted(move):
    def moved(*of, **folders):
        global moves
        moves += 1
        if moves == int(sys.argv[2]):
            os.kill(os.getpid(), getattr(signal, sys.argv[3]))
        return move(*of, **folders)

    return moved

os.supports_dir_fd.add(rename := counted(os.rename))
os.rename, os.replace = rename, counted(os.replace)
with files.Batch(pathlib.Path(sys.argv[1])) as batch:
    for name in ("a", "b", "c"):
        batch.add(name, b"new " * 1000)
    batch.commit("list", b"new " * 1000)
"""
OLD, NEW = b"old " * 2000, b"new " * 1000


def committed(folder: Path, move: int, how: str) -> subprocess.CompletedProcess[str]:
    """A batch whose process gets a signal just before that move of the commit."""
    for name in ("a", "b", "c", "list"):
        (folder / name).write_bytes(OLD)
    command = [sys.executable, "-c", COMMIT, str(folder), str(move), how]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("move", [1, 2, 3, 4])
def test_a_run_that_is_killed_while_files_change_places_leaves_each_of_them_whole(
    tmp_path: Path, move: int
) -> None:
    assert committed(tmp_path, move, "SIGKILL").returncode == -signal.SIGKILL
    shown = {name: (tmp_path / name).read_bytes() for name in ("a", "b", "c", "list")}
    assert list(shown.values()) == [NEW] * (move - 1) + [OLD] * (5 - move)
    assert shown["list"] == OLD  # it never describes what is not there
    with files.Batch(tmp_path) as batch:
        batch.commit("list", NEW)
    assert sorted(held(tmp_path)) == ["a", "b", "c", "list"]


@pytest.mark.parametrize("move", [1, 4])
def test_a_stop_while_files_change_places_waits_until_all_have(tmp_path: Path, move: int) -> None:
    done = committed(tmp_path, move, "SIGINT")
    assert "KeyboardInterrupt" in done.stderr
    assert held(tmp_path) == dict.fromkeys(("a", "b", "c", "list"), NEW)


# --- a render ---------------------------------------------------------------------------------


@pytest.fixture
def old(campaign: CampaignFolder, letters: Letters) -> dict[str, bytes]:
    """The files of a first render; since then the campaign has another text, and ten recipients."""
    done = letters("render", "--format", "pdf,txt", "--recipient", "minister", "--lang", "en")
    assert done.status == 0, done.stderr
    campaign.edit("letter.yaml", "You listened.", "You have listened.")
    others = "".join(f"- id: member-{n}\n  name: Member {n}\n" for n in range(9))
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + others)
    return held(campaign.path / "out")


def begun(campaign: CampaignFolder, *formats: str) -> subprocess.Popen[str]:
    """A render under way, that has made some of its files and not yet all."""
    command = [sys.executable, "-m", "letters", "-C", str(campaign.path), "render"]
    running = subprocess.Popen(
        [*command, "--format", ",".join(formats)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    staged(campaign.path / "out")
    return running


def test_ctrl_c_keeps_what_is_finished_and_lists_it(
    campaign: CampaignFolder, letters: Letters, old: dict[str, bytes]
) -> None:
    out = campaign.path / "out"
    with begun(campaign, "pdf", "txt") as running:
        # As a terminal does it: to every process of the group.
        os.killpg(running.pid, signal.SIGINT)
        stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, stdout) == (130, "")
    *before, last = stderr.splitlines()
    assert last == "letters: stopped"
    assert all("which are finished in" in line for line in before)
    after = held(out)
    assert after.keys() == listed(out) | {"manifest.json"}
    assert old.keys() <= after.keys()
    done = letters("render", "--format", "pdf,txt")
    assert done.status == 0, done.stderr
    new = {Path(line).name for line in done.stdout.splitlines()}
    kept = {name for name, data in after.items() if old.get(name) != data} - {"manifest.json"}
    assert new | kept == everybodys(campaign, "pdf", "txt")
    assert not new & kept


def test_a_killed_run_leaves_each_file_whole_and_the_next_one_goes_on(
    campaign: CampaignFolder, letters: Letters, old: dict[str, bytes]
) -> None:
    out = campaign.path / "out"
    with begun(campaign, "pdf", "txt") as running:
        workers = children(running.pid)
        running.kill()
        running.communicate(timeout=60)  # returns only when the workers have let go of the pipes
    assert workers
    assert all(gone(worker) for worker in workers)
    after = held(out)
    finished = {name for name in after if not name.startswith(".")} - {"manifest.json"}
    assert listed(out) <= finished
    new = {name for name in finished if after[name] != old.get(name)}
    done = letters("render", "--format", "pdf,txt")
    assert done.status == 0, done.stderr
    assert "kept: " not in done.stderr
    everything = everybodys(campaign, "pdf", "txt")
    assert {Path(line).name for line in done.stdout.splitlines()} == everything - new
    assert held(out).keys() == listed(out) | {"manifest.json"} == everything | {"manifest.json"}
    texts = [data for name, data in held(out).items() if name.endswith(".en.txt")]
    assert len(texts) == len(people(campaign))
    assert all(b"You have listened." in data for data in texts)


def test_runs_that_are_killed_at_any_moment_get_there_and_make_nothing_twice(
    campaign: CampaignFolder,
) -> None:
    others = "".join(
        f"- id: member-{n}\n  name: Member {n}\n" for n in range(20 * (9 if SOAK else 1))
    )
    campaign.write("recipients.yaml", campaign.read("recipients.yaml") + others)
    out, chance, left = campaign.path / "out", random.Random(16), 40 if SOAK else 2
    everything = everybodys(campaign, "docx", "txt")
    finished: dict[str, int] = {}
    for kills in range(left, -1, -1):
        command = [sys.executable, "-m", "letters", "-C", str(campaign.path), "render"]
        running = subprocess.Popen(
            [*command, "--format", "docx,txt"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if kills:
            while running.poll() is None and len(seen(out)) <= len(finished):
                time.sleep(0.01)
            time.sleep(chance.random() * 0.3)
            running.kill()
        stdout, stderr = running.communicate(timeout=600)
        there = seen(out)
        assert listed(out) <= there.keys()
        assert {name: there[name] for name in finished} == finished
        assert "kept: " not in stderr
        made, finished = there.keys() - finished.keys(), there
    assert running.returncode == 0, stderr
    assert {Path(line).name for line in stdout.splitlines()} == made
    assert listed(out) == finished.keys() == everything


def seen(out: Path) -> dict[str, int]:
    """The letters there, each with the number of its file, which is another one once replaced."""
    found = out.iterdir() if out.is_dir() else ()
    return {
        path.name: path.stat().st_ino
        for path in found
        if not path.name.startswith(".") and path.name != "manifest.json"
    }


def listed(out: Path) -> set[str]:
    """The files that the manifest lists, each of which is there with the bytes that it tells of."""
    files = json.loads((out / "manifest.json").read_bytes())["files"]
    for file in files:
        assert hashlib.sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    return {file["path"] for file in files}


def everybodys(campaign: CampaignFolder, *formats: str) -> set[str]:
    return {
        f"{who}.{tag}.{kind}"
        for who in people(campaign)
        for tag in ("en", "fr")
        for kind in formats
    }


def people(campaign: CampaignFolder) -> list[str]:
    lines = campaign.read("recipients.yaml").splitlines()
    return [line.removeprefix("- id: ") for line in lines if line.startswith("- id: ")]


def gone(process: int) -> bool:
    """Whether it ends within a moment."""
    deadline = time.monotonic() + 30
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(process)
