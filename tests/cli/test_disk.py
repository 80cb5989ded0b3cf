"""A folder that can't be written and a disk that is full end in a sentence, and change nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Done

if TYPE_CHECKING:
    from conftest import CampaignFolder

ORDINARY = ["setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override"]
LIMIT = 10_000


def run(*words: str, folder: Path, ahead: list[str]) -> Done:
    """The command behind another one that sets its rights or limits."""
    done = subprocess.run(
        [*ahead, sys.executable, "-m", "letters", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def as_user() -> list[str]:
    """What makes root ask for permission like everybody else."""
    return ORDINARY if os.geteuid() == 0 else []


def limited() -> list[str]:
    """What lets no file grow beyond the limit, as a quota does."""
    code = (
        "import os, resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))\n"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    return [sys.executable, "-c", code]


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o555)
    try:
        yield folder
    finally:
        folder.chmod(0o755)


@contextmanager
def small_disk(folder: Path) -> Iterator[list[str]]:
    """A disk of 32 KiB at ``folder``; where none can be mounted, a limit on files instead."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield limited()
        return
    try:
        yield []
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def everything(folder: Path) -> dict[str, bytes | None]:
    """All files and folders below, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def sentence(done: Done, *parts: str) -> None:
    """It failed for a reason outside, said in the last line, and gave out nothing."""
    assert (done.status, done.stdout) == (4, ""), done
    last = done.stderr.splitlines()[-1]
    assert last.startswith("letters: ")
    for part in parts:
        assert part in last
    assert "Traceback" not in done.stderr
    assert "please report" not in done.stderr
    assert ".letters-" not in done.stderr


def test_a_render_into_a_read_only_folder(campaign: CampaignFolder) -> None:
    with read_only(campaign.path / "out") as out:
        done = run("render", "--format", "txt", folder=campaign.path, ahead=as_user())
        sentence(done, f"{out}: Permission denied")
        assert everything(out) == {}


def test_a_render_where_no_folder_can_be_made(campaign: CampaignFolder) -> None:
    with read_only(campaign.path.parent / "shut") as shut:
        words = ("render", "--format", "txt", "--out", str(shut / "out"))
        sentence(run(*words, folder=campaign.path, ahead=as_user()), str(shut / "out"), "denied")


def test_a_render_below_a_file(campaign: CampaignFolder) -> None:
    file = campaign.write("file", "not a folder")
    for where in (file, file / "deep"):
        done = run("render", "--format", "txt", "--out", str(where), folder=campaign.path, ahead=[])
        assert (done.status, done.stdout) == (2, ""), done
        assert f"{file} is a file, and no folder" in done.stderr
    assert file.read_text() == "not a folder"


@pytest.mark.parametrize("how", ["a small disk", "a limit"])
def test_a_render_that_does_not_fit_leaves_the_old_files(
    campaign: CampaignFolder, how: str
) -> None:
    out = campaign.path / "out"
    words = ("render", "--recipient", "minister", "--lang", "en", "--format")
    with small_disk(out) as ahead:
        assert run(*words, "txt", folder=campaign.path, ahead=[]).status == 0
        before = everything(out)
        campaign.edit("letter.yaml", "You listened.", "You have listened.")
        full = limited() if how == "a limit" else ahead
        done = run(*words, "pdf,docx", folder=campaign.path, ahead=full)
        sentence(done, str(out))
        assert everything(out) == before
        assert run(*words, "txt", folder=campaign.path, ahead=[]).status == 0


def test_a_new_campaign_in_a_read_only_folder(tmp_path: Path) -> None:
    with read_only(tmp_path / "shut") as shut:
        done = run("new", str(shut / "mine"), folder=tmp_path, ahead=as_user())
        sentence(done, str(shut / "mine"), "Permission denied")
        assert everything(shut) == {}


def test_a_new_campaign_that_does_not_fit_is_not_left_half_made(tmp_path: Path) -> None:
    limit = limited()
    limit[2] = limit[2].replace(str(LIMIT), "2000")
    done = run("new", str(tmp_path / "mine"), folder=tmp_path, ahead=limit)
    sentence(done, str(tmp_path / "mine"), "File too large")
    assert everything(tmp_path) == {}


def test_a_template_ejected_into_a_read_only_campaign(campaign: CampaignFolder) -> None:
    with read_only(campaign.path / "templates") as shut:
        before = everything(shut)
        words = ("templates", "eject", "open-letter")
        done = run(*words, folder=campaign.path, ahead=as_user())
        sentence(done, str(shut / "open-letter"), "Permission denied")
        assert everything(shut) == before


def test_schemas_into_a_read_only_folder(campaign: CampaignFolder) -> None:
    with read_only(campaign.path.parent / "shut") as shut:
        done = run("schema", "--out", str(shut), folder=campaign.path, ahead=as_user())
        sentence(done, str(shut), "Permission denied")
        assert everything(shut) == {}


@pytest.mark.parametrize("words", [("check",), ("status",), ("log", "show")])
def test_what_only_reads_works_in_a_read_only_campaign(
    campaign: CampaignFolder, words: tuple[str, ...]
) -> None:
    with read_only(campaign.path):
        assert run(*words, folder=campaign.path, ahead=as_user()).status == 0


def test_a_campaign_that_can_not_be_read(campaign: CampaignFolder) -> None:
    letter = campaign.path / "signatories.yaml"
    letter.chmod(0o000)
    ahead = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if as_user() else []
    done = run("check", folder=campaign.path, ahead=ahead)
    letter.chmod(0o644)
    assert done.status in (1, 4)
    assert "signatories.yaml" in done.stderr
    assert "Traceback" not in done.stderr
