"""Who may read what is written, whatever the user's umask is; and folders that are exchanged."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from signing import sign

from letters import files, folders, limits, reading
from letters.cli import set_aside
from letters.cli.exit import CommandError
from letters.kept import Keeper, never
from letters.reading import OddFileError

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_what_is_private_is_for_its_owner_alone(
    campaign: CampaignFolder, letters_here: Letters
) -> None:
    sign(campaign.path)
    assert letters_here("render", "--format", "txt").status == 0
    assert letters_here("render", "--format", "txt", "--audience", "public").status == 0
    scan = campaign.write("scan.txt", "yes")
    done = letters_here("sign", "reaffirm", "okafor", "--evidence", str(scan))
    assert done.status in (0, 3), done
    assert letters_here("log", "checkpoint").status == 0
    root = campaign.path
    for path in (root / "letters.db", root / ".letters/signing-key.pem", *root.glob("evidence/*")):
        if path.name != ".gitignore":
            assert mode(path) == 0o600, path
    for folder in (root / ".letters", root / "evidence"):
        assert not folder.exists() or mode(folder) == 0o700
    for path in root.glob("out/*.txt"):
        assert mode(path) == 0o600, path
    for path in (*root.glob("out/public/*"), root / "out/manifest.json"):
        assert not mode(path) & 0o022, path  # to be read by others, and not to be written
    assert not mode(root / "out") & 0o022


@pytest.mark.usefixtures("umask")
def test_what_a_batch_writes_nobody_else_can_change(tmp_path: Path) -> None:
    with files.Batch(tmp_path / "new") as batch:
        batch.add("a", b"a")
        batch.add("b/c", b"c", mode=0o600)
        batch.commit("last", b"last")
    assert [mode(tmp_path / "new" / name) for name in ("a", "b/c", "last")] == [0o644, 0o600, 0o644]
    assert not mode(tmp_path / "new" / "b") & 0o022


# --- folders that are exchanged while files are written into them -------------------------------


@pytest.mark.parametrize("keeping", [True, False])
def test_a_folder_that_was_exchanged_gets_nothing(tmp_path: Path, keeping: bool) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a").write_bytes(b"mine")
    keeper = Keeper(dt.date(2026, 1, 1), never) if keeping else None
    batch = files.Batch(tmp_path / "out", keeper)
    batch.add("a", b"new")
    (tmp_path / "out").rename(tmp_path / "before")
    (tmp_path / "out").symlink_to(other)
    with batch, pytest.raises(OddFileError, match="was exchanged"):
        batch.commit("last", b"last")
    assert {path.name: path.read_bytes() for path in other.iterdir()} == {"a": b"mine"}


def test_the_last_file_goes_where_the_others_went(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    out.mkdir()
    other.mkdir()
    (out / "last").write_bytes(b"old")

    def exchange(path: Path, _: bytes) -> bool:
        """After the last look at the folder."""
        path.parent.rename(tmp_path / "before")
        out.symlink_to(other)
        return True

    with files.Batch(out, Keeper(dt.date(2026, 1, 1), exchange)) as batch:
        batch.add("a", b"new")
        batch.commit("last", b"new")
    assert list(other.iterdir()) == []
    assert [(tmp_path / "before" / name).read_bytes() for name in ("a", "last")] == [b"new"] * 2


@pytest.mark.parametrize("link", [True, False], ids=["link", "folder"])
@pytest.mark.parametrize("step", ["replace", "keep", "clear"])
def test_one_file_is_kept_and_replaced_in_the_folder_that_was_opened(
    tmp_path: Path, link: bool, step: str
) -> None:
    out, other, before = tmp_path / "out", tmp_path / "other", tmp_path / "before"
    for folder in (out, other):
        folder.mkdir()
        (folder / "a.txt").write_bytes(b"mine")

    def exchange(path: Path, _: bytes) -> bool:
        """While it is looked whose file it is."""
        out.rename(before)
        out.symlink_to(other) if link else other.rename(out)
        return step == "replace"

    keeper = Keeper(dt.date(2026, 1, 1), exchange)
    if step == "clear":
        assert not keeper.clear(out / "a.txt")
    else:
        files.replace(out / "a.txt", b"new", keeper=keeper)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.txt": b"mine"}
    kept = {} if step == "replace" else {"a.edited-2026-01-01.txt": b"mine"}
    new = {} if step == "clear" else {"a.txt": b"new"}
    assert {path.name: path.read_bytes() for path in before.iterdir()} == kept | new


def test_a_file_that_becomes_a_link_is_not_read_through(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"new")
    (tmp_path / "a").symlink_to("secret")
    with folders.opened(tmp_path) as folder, pytest.raises(OSError, match=r"Too many|is a link"):
        reading.data_of(tmp_path / "a", limits.MADE, folder=folder)


def test_a_folder_within_that_was_exchanged_gets_nothing(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with files.Batch(tmp_path / "out") as batch:
        batch.add("public/a", b"new")
        (tmp_path / "out" / "public").symlink_to(other)
        with pytest.raises(OddFileError, match="is a link, or no folder"):
            batch.commit("last", b"last")
    assert list(other.iterdir()) == []


# --- folders that are the campaign's own --------------------------------------------------------


@pytest.mark.parametrize(
    "out", [".", "..", "templates", "templates/note", "evidence", ".letters", "out/../evidence/x"]
)
def test_a_folder_of_the_campaigns_own_is_refused(campaign: CampaignFolder, out: str) -> None:
    (campaign.path / "out").mkdir()
    with pytest.raises(CommandError, match="campaign"):
        set_aside.expect_apart(campaign.path / out, campaign.path)
    (campaign.path / "link").symlink_to(campaign.path)
    with pytest.raises(CommandError, match="campaign"):
        set_aside.expect_apart(campaign.path / "link" / out, campaign.path)


@pytest.mark.parametrize("out", ["out", "out/b", "letters", "../elsewhere"])
def test_other_folders_are_fine(campaign: CampaignFolder, out: str) -> None:
    assert set_aside.expect_apart(campaign.path / out, campaign.path) == campaign.path / out


@pytest.mark.parametrize("command", [("render",), ("sign", "sheets", "print", "1")])
def test_nothing_is_written_into_the_campaign_itself(
    campaign: CampaignFolder, letters_here: Letters, command: tuple[str, ...]
) -> None:
    sign(campaign.path)
    before = sorted(campaign.path.rglob("*"))
    done = letters_here(*command, "--out", str(campaign.path))
    assert done.status == 3, done
    assert "holds the campaign itself" in done.stderr
    assert sorted(campaign.path.rglob("*")) == before
