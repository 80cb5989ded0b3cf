"""Letters come into the output folder one by one, and its manifest never says what isn't so."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from letters import files
from letters.digests import TextDigest, of_file
from letters.kept import InTheWayError, Keeper
from letters.press import manifest, shelf, unlisted
from letters.press.manifest import NAME, File, Manifest, Proof
from letters.press.shelf import BusyFolderError, Shelf, alone

DAY = dt.date(2026, 11, 29)
DESCRIBED = Manifest(TextDigest("1" * 64), (3, "2" * 64), ())
NAMES = [f"who-{number}.en.txt" for number in range(6)]


def entry(name: str, data: bytes) -> File:
    who = name.partition(".")[0]
    sha256 = of_file(data)
    return File(
        name, who, "en", "recipient", "txt", sha256, None, TextDigest("1" * 64), 3, draft=False,
        identity=sha256, parts="text=1", roster="7",
    )  # fmt: skip


def rosters(keys: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    return {key: {"ada": "name=1"} for key in keys}


def shelf_in(folder: Path, *names: str) -> Shelf:
    proof = Proof(folder)
    assert proof.found in {True, False}  # what stands there before anything is written
    keeper = Keeper(DAY, proof.covers)
    known = {name.partition(".")[0] for name in NAMES}
    return Shelf(
        folder, keeper, DESCRIBED, names,
        known=lambda file: file.recipient in known, rosters=rosters,
    )  # fmt: skip


def filled(folder: Path, data: bytes, *names: str) -> None:
    with shelf_in(folder, *names) as there:
        for name in names:
            there.put(entry(name, data), data)
        there.close()


def listed(folder: Path) -> dict[str, str]:
    """What the manifest itself lists, all of which is there."""
    body = json.loads((folder / NAME).read_bytes())
    found = {file["path"]: file["sha256"] for file in body["files"]}
    for name, digest in found.items():
        assert of_file((folder / name).read_bytes()) == digest, name
    return found


def visible(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {NAME}


def test_all_that_is_put_there_is_listed_with_its_bytes(tmp_path: Path) -> None:
    filled(tmp_path, b"new", *NAMES)
    assert listed(tmp_path).keys() == {*NAMES}
    assert manifest.read(tmp_path) == Manifest(
        DESCRIBED.text_digest, DESCRIBED.checkpoint,
        tuple(entry(name, b"new") for name in NAMES), {"7": {"ada": "name=1"}},
    )  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {*NAMES, NAME}


def test_the_manifest_is_right_at_every_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the disk is asked to do, before and after it the listed files are there."""
    filled(tmp_path, b"old", *NAMES[:4])
    seen = []

    def looking(original: Any) -> Any:
        def look(*args: Any, **options: Any) -> Any:
            before = listed(tmp_path)
            done = original(*args, **options)
            seen.append((before, listed(tmp_path)))
            return done

        return look

    for where, name in ((os, "replace"), (Path, "unlink"), (os, "link")):
        monkeypatch.setattr(where, name, looking(getattr(where, name)))
    filled(tmp_path, b"new", *NAMES[2:])
    assert len(seen) >= 6  # four letters, and the manifest before and after
    assert listed(tmp_path) == {
        name: of_file(b"old" if name in NAMES[:2] else b"new") for name in NAMES
    }


def test_what_stands_is_listed_as_it_is_described_now(tmp_path: Path) -> None:
    filled(tmp_path, b"old", *NAMES)
    with shelf_in(tmp_path, *NAMES[:3]) as there:
        for name in NAMES[:3]:
            file = there.there(name)
            assert file == entry(name, b"old")
            there.stands(File(**{**entry(name, b"old").written(), "options": ("draft",)}))
        there.close()
    found = manifest.read(tmp_path)
    assert found is not None
    assert [file.options for file in found.files] == [("draft",)] * 3 + [()] * 3


@pytest.mark.parametrize("change", ["edited", "gone", "emptied"])
def test_what_is_not_as_it_was_made_does_not_stand(tmp_path: Path, change: str) -> None:
    filled(tmp_path, b"old", *NAMES)
    if change == "gone":
        (tmp_path / NAMES[0]).unlink()
    else:
        (tmp_path / NAMES[0]).write_bytes(b"mine" if change == "edited" else b"")
    with shelf_in(tmp_path, *NAMES) as there:
        assert there.there(NAMES[0]) is None
        assert there.there(NAMES[1]) is not None
        there.put(entry(NAMES[0], b"new"), b"new")
        for name in NAMES[1:]:
            there.stands(entry(name, b"old"))
        there.close()
    assert listed(tmp_path).keys() == {*NAMES}
    kept = {"edited": b"mine", "emptied": b""}.get(change)
    beside = tmp_path / f"who-0.en.edited-{DAY}.txt"
    assert (beside.read_bytes() if beside.exists() else None) == kept


def test_a_file_of_nobodys_any_more_is_listed_no_more(tmp_path: Path) -> None:
    filled(tmp_path, b"old", "stranger.en.txt", *NAMES)
    filled(tmp_path, b"new", NAMES[0])
    assert listed(tmp_path).keys() == {*NAMES}
    assert (tmp_path / "stranger.en.txt").exists()


class Stopped(BaseException):
    """Somebody has pressed Ctrl-C."""


def test_a_run_that_is_stopped_lists_what_is_new_and_what_is_old(tmp_path: Path) -> None:
    filled(tmp_path, b"old", *NAMES[:4])

    def stopped() -> None:
        with shelf_in(tmp_path, *NAMES) as there:
            for name in (NAMES[0], NAMES[5]):
                there.put(entry(name, b"new"), b"new")
            raise Stopped

    with pytest.raises(Stopped):
        stopped()
    new = {NAMES[0], NAMES[5]}
    assert listed(tmp_path) == {
        name: of_file(b"new" if name in new else b"old") for name in (*NAMES[:4], NAMES[5])
    }
    assert {path.name for path in tmp_path.iterdir()} == {*listed(tmp_path), NAME}


def test_a_run_that_put_nothing_there_leaves_the_manifest_alone(tmp_path: Path) -> None:
    filled(tmp_path, b"old", *NAMES[:4])
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(Stopped), shelf_in(tmp_path, *NAMES[4:]):
        raise Stopped
    assert (tmp_path / NAME).read_bytes() == before


def die(folder: Path, point: int) -> None:
    """Fill the folder, and be killed just before that change of it."""
    moves = 0

    def counting(original: Any) -> Any:
        def move(*args: Any, **options: Any) -> Any:
            nonlocal moves
            moves += 1
            if moves == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **options)

        return move

    os.replace = counting(os.replace)
    Path.unlink = counting(Path.unlink)  # type: ignore[method-assign]
    unlisted.Unlisted.add = counting(unlisted.Unlisted.add)  # type: ignore[method-assign]
    filled(folder, b"new", *NAMES)
    os._exit(0)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_killed_run_loses_nothing_and_keeps_nothing_as_somebody_elses(tmp_path: Path) -> None:
    fork, point, lived = multiprocessing.get_context("fork"), 0, False
    while not lived:
        point += 1
        out = tmp_path / f"{point}"
        filled(out, b"old", *NAMES[:4])
        process = fork.Process(target=die, args=(out, point))
        process.start()
        process.join()
        lived = process.exitcode == 0
        before = listed(out)
        there = {name: (out / name).read_bytes() for name in visible(out)}
        assert set(there.values()) <= {b"old", b"new"}
        found = manifest.read(out)
        assert found is not None
        assert {file.path for file in found.files} == there.keys() >= before.keys()
        with shelf_in(out, *NAMES) as shelf:
            standing = {name for name in NAMES if shelf.there(name) == entry(name, b"new")}
            assert standing == {name for name, data in there.items() if data == b"new"}
            for name in standing:
                shelf.stands(entry(name, b"new"))
            for name in NAMES:
                if name not in standing:
                    shelf.put(entry(name, b"new"), b"new")
            shelf.close()
        assert {path.name for path in out.iterdir()} == {*NAMES, NAME}, point
        assert listed(out).keys() == {*NAMES}
    assert point > 12  # places at which it can die


def test_half_a_line_beside_the_manifest_is_no_entry(tmp_path: Path) -> None:
    filled(tmp_path, b"old", *NAMES[:2])
    for name in NAMES[2:4]:
        (tmp_path / name).write_bytes(b"new")
    line = json.dumps(entry(NAMES[2], b"new").written())
    cut = json.dumps(entry(NAMES[3], b"new").written())[:-20]
    strange = '[1]\n{"path": 1}\n{"path": "../../x"}\n' + "[" * 5000
    (tmp_path / unlisted.NAME).write_text(f"{strange}\n{line}\n{cut}")
    found = manifest.read(tmp_path)
    assert found is not None
    assert {file.path for file in found.files} == {*NAMES[:3]}
    beside = unlisted.Unlisted(tmp_path)
    beside.add(entry(NAMES[3], b"new").written())
    beside.close()
    found = manifest.read(tmp_path)
    assert found is not None
    assert {file.path for file in found.files} == {*NAMES[:4]}


def test_a_link_in_the_way_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / NAMES[3]).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InTheWayError):
        shelf_in(tmp_path, *NAMES)
    assert [path.name for path in tmp_path.iterdir()] == [NAMES[3]]


def test_two_runs_are_never_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_PATIENCE", 0.0)
    with alone(tmp_path / "out"), pytest.raises(BusyFolderError), alone(tmp_path / "out"):
        pass
    with alone(tmp_path / "out"), alone(tmp_path / "other"):
        assert list((tmp_path / "out").iterdir()) == []


def test_the_manifest_is_not_written_anew_for_each_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, replace = 0, files.Batch.replace

    def counted(batch: files.Batch, name: str, data: bytes, *, keep: bool) -> None:
        nonlocal written
        written += name == NAME
        replace(batch, name, data, keep=keep)

    monkeypatch.setattr(files.Batch, "replace", counted)
    monkeypatch.setattr(shelf, "_REST", 0)  # however quick the disk is
    names = [f"who-{number}.en.txt" for number in range(1000)]
    filled(tmp_path, b"new", *names)
    assert 2 < written < 24 * 6  # a part of what is there has to come in since the last time
