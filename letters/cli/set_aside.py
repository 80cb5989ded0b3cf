"""What a command says of files that stood in its way: kept beside, open elsewhere, or no files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from letters import reading
from letters.cli import workspace
from letters.cli.exit import Status, fail, note

if TYPE_CHECKING:
    from letters.kept import Keeper, Ours

_OWN_FOLDERS = {
    ".letters",
    "checkpoints",
    "evidence",
    "outbox",
    "templates",
    "forms",
    "languages",
    "bodies",
    "recipes",
    "signatories",
    "recipients",
}
_OWN_KINDS = {".yaml", ".yml", ".db"}


@contextmanager
def keeping(ours: Ours | None = None, unproved: Callable[[], str] = str) -> Iterator[Keeper]:
    """Keep what is not ``ours``, or all that differs; what is no file in the way ends the command.

    ``unproved`` is asked afterwards why nothing that was there could be ours, if that is so.
    """
    from letters.kept import Keeper, never

    keeper = Keeper(workspace.today(), ours or never)
    was = "was not as letters made it" if ours else "was there already"
    try:
        yield keeper
    finally:
        _tell(keeper, was, unproved() if keeper.kept else "")


@contextmanager
def in_folder(folder: Path) -> Iterator[Keeper]:
    """For letters: what the folder's manifest names, byte for byte, is ours."""
    from letters.press import manifest

    proof = manifest.Proof(folder)
    found = proof.found  # before the manifest is written anew

    def unproved() -> str:
        return "" if found else f"{folder} had no {manifest.NAME} of letters that can be read"

    with keeping(proof.covers, unproved) as keeper:
        yield keeper


def write(
    path: Path, data: bytes, root: Path, ours: Ours | None = None, *, mode: int = 0o644
) -> None:
    """Write one file that the user has named; those of the campaign in ``root`` are refused."""
    expect_file(path, root)
    write_in(path, data, ours, mode=mode)


def write_in(path: Path, data: bytes, ours: Ours | None = None, *, mode: int = 0o644) -> None:
    """Write one file where the command itself says; what is in the way is kept."""
    from letters import files

    with keeping(ours) as keeper:
        files.replace(path, data, mode=mode, keeper=keeper)


def expect_file(path: Path, root: Path) -> None:
    """End the command where the path is no file, or one that the campaign in ``root`` needs."""
    from letters.kept import InTheWayError

    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InTheWayError((path,))
    within, campaign = reading.real(path), reading.real(root)
    if path.exists() and within.is_relative_to(campaign):
        first = within.relative_to(campaign).parts[0]
        if first in _OWN_FOLDERS or path.suffix.lower() in _OWN_KINDS:
            fail(Status.REFUSED, f"{path} is a file of the campaign’s own", "name another file")


def expect_apart(folder: Path, root: Path) -> Path:
    """The folder, unless it is the campaign's own or holds it; else the command ends."""
    real, campaign = reading.real(folder), reading.real(root)
    inside = real.relative_to(campaign).parts if real.is_relative_to(campaign) else None
    if campaign.is_relative_to(real) or (inside and inside[0] in _OWN_FOLDERS):
        what = "holds the campaign itself" if not inside else "is a folder of the campaign’s own"
        fail(Status.REFUSED, f"{folder} {what}", "name a folder for these files alone")
    return folder


def _tell(keeper: Keeper, was: str, unproved: str) -> None:
    for path in keeper.opened:
        note(
            f"warning: {path} is open in a word processor: what is saved there replaces the new"
            " file (close it without saving)"
        )
    kept = keeper.kept
    if kept and unproved:
        note(
            f"kept: {unproved}, so nothing there can be shown to be as it was made: {_files(kept)}"
            f" beside the new, such as {kept[0].now.name}"
        )
        return
    for each in kept:
        note(f"kept: {each.path} {was}, and is {each.now.name} now")
    if len(kept) > 1:
        note(f"{_files(kept)} beside the new")


def _files(kept: Sequence[object]) -> str:
    return "1 file is kept" if len(kept) == 1 else f"{len(kept)} files are kept"
