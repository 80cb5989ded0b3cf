"""Files are there whole or not at all, whoever is interrupted and whatever is full."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from letters import files


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


# --- one file ---------------------------------------------------------------------------------


def test_a_file_is_written_or_replaced(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    files.replace(file, b"one")
    files.replace(file, b"two")
    assert file.read_bytes() == b"two"
    assert names(tmp_path) == ["deep/a.txt"]
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_private_file_is_private(tmp_path: Path) -> None:
    files.replace(tmp_path / "key", b"x", mode=0o600)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_failure_leaves_the_old_file_and_names_the_one_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files.replace(file, b"new")
    assert caught.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_an_interruption_leaves_no_staged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.replace(tmp_path / "a.txt", b"new")
    assert names(tmp_path) == []


# --- many together ----------------------------------------------------------------------------


def test_files_appear_together_and_the_last_describes_them(tmp_path: Path) -> None:
    with files.Batch(tmp_path / "out") as batch:
        batch.add("a.pdf", b"a")
        batch.add("public/b.pdf", b"b")
        assert not [name for name in names(tmp_path / "out") if not name.startswith(".letters-")]
        batch.commit("manifest.json", b"{}")
    assert names(tmp_path / "out") == ["a.pdf", "manifest.json", "public/b.pdf"]


def test_without_a_commit_the_folder_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    with suppress(ZeroDivisionError), files.Batch(tmp_path) as batch:
        batch.add("a.pdf", b"new")
        raise ZeroDivisionError
    with files.Batch(tmp_path) as batch:
        batch.add("b.pdf", b"new")
    assert names(tmp_path) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_the_last_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    place = files.Batch.place

    def watch(batch: files.Batch, name: str) -> None:
        seen.append([name for name in names(tmp_path) if not name.startswith(".")])
        place(batch, name)

    monkeypatch.setattr(files.Batch, "place", watch)
    with files.Batch(tmp_path) as batch:
        batch.add("a", b"")
        batch.add("b", b"")
        batch.commit("last", b"")
    assert seen == [[], ["a"], ["a", "b"]]


def test_a_disk_too_full_for_the_last_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with files.Batch(tmp_path) as batch:
        batch.add("a", b"new")
        with pytest.raises(OSError, match="No space left") as caught:
            batch.commit("last", b"")
    assert caught.value.filename == str(tmp_path / "last")
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_files_that_appear_together_keep_who_may_read_them(tmp_path: Path) -> None:
    with files.Batch(tmp_path) as batch:
        batch.add("private", b"", mode=0o600)
        batch.commit("last", b"", mode=0o640)
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "last").stat().st_mode & 0o777 == 0o640


def test_what_a_killed_run_staged_is_cleared_and_what_a_living_one_did_is_not(
    tmp_path: Path,
) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    (tmp_path / f".letters-{int(gone.stdout)}-abc").mkdir()
    (tmp_path / f".letters-{int(gone.stdout)}-abc" / "a.pdf").write_bytes(b"x")
    (tmp_path / f".letters-{int(gone.stdout)}-def").write_bytes(b"x")
    (tmp_path / f".letters-{os.getpid()}-mine").mkdir()
    (tmp_path / ".letters-notes").mkdir()
    (tmp_path / "letters-1-x").write_bytes(b"x")
    with files.Batch(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f".letters-{os.getpid()}-mine",
        ".letters-notes",
        "letters-1-x",
    ]


_MANY = """
import sys
from pathlib import Path
from letters import files
folder = Path(sys.argv[1])
with files.Batch(folder) as batch:
    for n in range(400):
        batch.add(f"{n}.txt", b"new")
    print("ready", flush=True)
    batch.commit("manifest.json", b"new")
print("done", flush=True)
"""


def test_ctrl_c_waits_until_the_files_are_in_their_places(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", _MANY, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    while run.poll() is None and not (tmp_path / "0.txt").exists():
        time.sleep(0.0002)
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    # All of them with their description, however early it came.
    assert names(tmp_path) == sorted([*(f"{n}.txt" for n in range(400)), "manifest.json"])
