"""A file that letters did not write is never replaced, at whatever moment the work stops."""

from __future__ import annotations

import datetime as dt
import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from letters import files, reading
from letters.kept import InTheWayError, Keeper, is_sealed, never, sealed

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 28)


def ours(_: Path, data: bytes) -> bool:
    return data == b"ours"


def put(path: Path, data: bytes = b"new") -> Keeper:
    keeper = Keeper(DAY, ours)
    files.replace(path, data, keeper=keeper)
    return keeper


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --- what is kept -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("chair.en.docx", "chair.en.edited-2026-11-28.docx"),
        ("note", "note.edited-2026-11-28"),
        ("Übersicht 1.html", "Übersicht 1.edited-2026-11-28.html"),
    ],
)
def test_what_is_not_ours_is_kept_beside(tmp_path: Path, name: str, beside: str) -> None:
    (tmp_path / name).write_bytes(b"edited")
    (tmp_path / name).chmod(0o640)
    keeper = put(tmp_path / name)
    assert held(tmp_path) == {name: b"new", beside: b"edited"}
    assert (tmp_path / beside).stat().st_mode & 0o777 == 0o640
    assert [(each.path.name, each.now.name) for each in keeper.kept] == [(name, beside)]


@pytest.mark.parametrize("there", [None, b"ours", b"new"])
def test_what_is_ours_or_equal_needs_no_keeping(tmp_path: Path, there: bytes | None) -> None:
    if there is not None:
        (tmp_path / "a.txt").write_bytes(there)
    assert put(tmp_path / "a.txt").kept == []
    assert held(tmp_path) == {"a.txt": b"new"}


def test_names_that_are_taken_are_left_to_whoever_has_them(tmp_path: Path) -> None:
    (tmp_path / "a.edited-2026-11-28.txt").mkdir()
    (tmp_path / "a.edited-2026-11-28-2.txt").symlink_to("nowhere")
    (tmp_path / "a.edited-2026-11-28-3.txt").write_bytes(b"")
    for number, beside in ((1, "-4"), (2, "-5")):
        (tmp_path / "a.txt").write_bytes(f"edited {number}".encode())
        put(tmp_path / "a.txt")
        name = f"a.edited-2026-11-28{beside}.txt"
        assert (tmp_path / name).read_bytes() == f"edited {number}".encode()


def test_what_is_kept_already_is_not_kept_twice(tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / "a.txt").write_bytes(b"edited")
        assert put(tmp_path / "a.txt").kept
    assert held(tmp_path) == {"a.txt": b"new", "a.edited-2026-11-28.txt": b"edited"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_without_second_names_moves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a.edited-2026-11-28.txt").write_bytes(b"another")
    (tmp_path / "a.txt").write_bytes(b"edited")
    put(tmp_path / "a.txt")
    assert held(tmp_path) == {
        "a.txt": b"new",
        "a.edited-2026-11-28.txt": b"another",
        "a.edited-2026-11-28-2.txt": b"edited",
    }


def test_where_it_can_not_be_kept_nothing_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", full)
    (tmp_path / "a.txt").write_bytes(b"edited")
    with pytest.raises(OSError, match="No space left"):
        put(tmp_path / "a.txt")
    assert held(tmp_path) == {"a.txt": b"edited"}


def test_a_file_that_can_not_be_read_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: object, **__: object) -> bytes:
        raise PermissionError

    (tmp_path / "a.txt").write_bytes(b"ours")
    with monkeypatch.context() as patched:
        patched.setattr(reading, "data_of", shut)
        put(tmp_path / "a.txt")
    assert held(tmp_path) == {"a.txt": b"new", "a.edited-2026-11-28.txt": b"ours"}


@pytest.mark.parametrize("kind", ["a link", "a dangling link", "a folder", "a device"])
def test_what_is_no_file_is_refused_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    (tmp_path / "elsewhere").write_bytes(b"elsewhere")
    (tmp_path / "a").write_bytes(b"edited")
    there = tmp_path / "b"
    match kind:
        case "a link":
            there.symlink_to("elsewhere")
        case "a dangling link":
            there.symlink_to("nowhere")
        case "a folder":
            there.mkdir()
        case _:
            os.mkfifo(there)
    keeper = Keeper(DAY, never)
    with files.Batch(tmp_path, keeper) as batch:
        batch.add("a", b"new")
        batch.add("b", b"new")
        with pytest.raises(InTheWayError) as caught:
            batch.commit("list", b"new")
    assert caught.value.paths == (there,)
    assert (tmp_path / "a").read_bytes() == b"edited"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "elsewhere"]
    with pytest.raises(InTheWayError):
        keeper.clear(there)


def test_what_is_taken_away_is_kept_unless_it_is_ours(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ours")
    (tmp_path / "b").write_bytes(b"edited")
    keeper = Keeper(DAY, ours)
    assert keeper.clear(tmp_path / "a")
    assert not keeper.clear(tmp_path / "b")
    assert held(tmp_path) == {"b.edited-2026-11-28": b"edited"}


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("chair.en.docx", "~$air.en.docx"),
        ("chair.docx", "~$hair.docx"),
        ("a.docx", "~$a.docx"),
        ("chair.en.docx", ".~lock.chair.en.docx#"),
    ],
)
def test_a_file_that_is_open_is_noticed(tmp_path: Path, name: str, mark: str) -> None:
    (tmp_path / name).write_bytes(b"ours")
    assert put(tmp_path / name).opened == []
    (tmp_path / mark).touch()
    assert put(tmp_path / name, b"newer").opened == [tmp_path / name]


# --- seals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"a", b"a\n", b"\n\n", bytes(range(256)) * 3])
@pytest.mark.parametrize("around", [("", "", "\r\n"), ("%", "", "\n"), ("<!-- ", " -->", "\n")])
def test_a_seal_holds_until_anything_changes(
    tmp_path: Path, data: bytes, around: tuple[str, str, str]
) -> None:
    made = sealed(data, *around)
    assert made.startswith(data)
    assert is_sealed(tmp_path, made)
    for changed in (b" " + made, made + b"x\n", made + b"\n", made[:-1], made[1:], data, b""):
        assert changed == made or not is_sealed(tmp_path, changed)
    middle = len(made) // 2
    other = bytes([made[middle] ^ 1])
    assert not is_sealed(tmp_path, made[:middle] + other + made[middle + 1 :])


# --- a stop at each step ----------------------------------------------------------------------

STOPPED = """
import datetime, os, pathlib, signal, sys
from letters import files
from letters.kept import Keeper

steps = 0

def counted(step):
    def run(*words, **more):
        global steps
        steps += 1
        if steps == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*words, **more)
    return run

def no_link(*words, **more):
    raise PermissionError(1, "no links here")

os.link = counted(os.link) if sys.argv[3] == "links" else no_link
os.open = counted(os.open)
os.replace = counted(os.replace)
keeper = Keeper(datetime.date(2026, 11, 28), lambda path, data: data == b"ours")
with files.Batch(pathlib.Path(sys.argv[1]), keeper) as batch:
    for name in ("a", "b", "c"):
        batch.add(name, b"new")
    steps = 0
    batch.commit("list", b"new")
print("done")
"""


@pytest.mark.parametrize("how", ["links", "no links"])
def test_whenever_it_is_killed_nothing_that_was_edited_is_lost(tmp_path: Path, how: str) -> None:
    ended, step = "", 0
    while not ended:
        step += 1
        folder = tmp_path / str(step)
        folder.mkdir()
        for name, data in (
            ("a", b"edited a"),
            ("b", b"ours"),
            ("c", b"edited c"),
            ("list", b"ours"),
        ):
            (folder / name).write_bytes(data)
        command = [sys.executable, "-c", STOPPED, str(folder), str(step), how]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        ended = run.stdout
        assert run.returncode == (0 if ended else -signal.SIGKILL), run.stderr
        there = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        assert {b"edited a", b"edited c"} <= set(there.values())
        if there["list"] == b"new":  # it describes what is there, or it is the old one
            assert [there[name] for name in ("a", "b", "c")] == [b"new"] * 3
        # The next run brings it to an end, and keeps each once.
        keeper = Keeper(DAY, lambda _, data: data == b"ours")
        with files.Batch(folder, keeper) as batch:
            for name in ("a", "b", "c"):
                batch.add(name, b"newer" if name == "b" else b"new")
            batch.commit("list", b"new")
        after = held(folder)
        assert sorted(data for data in after.values() if data.startswith(b"edited")) == [
            b"edited a",
            b"edited c",
        ]
        assert (after["a"], after["c"], after["list"]) == (b"new", b"new", b"new")
    assert step > 6
