"""Evidence files beside the log, each under the digest of its bytes: ``evidence/<sha256>``.

The digest as a name says which entry a file belongs to and nothing about a person, and a file that
was altered no longer answers to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from letters import files, limits, reading
from letters.digests import FileDigest, of_file
from letters.ledger.bound_form import is_digest
from letters.ledger.errors import LedgerError, RefusedError
from letters.ledger.keys import no_link, private_folder

if TYPE_CHECKING:
    from letters.ledger.events import Entry
    from letters.ledger.history import History
    from letters.ledger.store import Ledger

FOLDER = "evidence"

_AT_ONCE, _SIDE_BY_SIDE = 400, 16  # files that are open together, and that wait for the disk


@contextmanager
def kept(ledger: Ledger, campaign: Path, data: bytes | None) -> Iterator[None]:
    """Keep a copy of ``data`` while the entries that name it are made; without any it goes again.

    The copy comes first: an entry never names one that a full disk kept from being made. Another
    process may keep the same bytes, or take them away as its own entry was refused. So what counts
    at the end is what the log says, and nobody else writes in it meanwhile.
    """
    if data is None:
        yield
        return
    digest = of_file(data)
    if (copy := ledger.cuts().file_now(digest)) != digest:
        raise _was_cut(copy)
    keep(campaign, data)
    try:
        yield
    finally:
        with suppress(LedgerError), ledger.change() as change:
            if change.names(digest):
                keep(campaign, data)
            else:
                discard(campaign, digest)


@contextmanager
def all_kept(ledger: Ledger, campaign: Path, files: Iterable[bytes]) -> Iterator[None]:
    """The same for the evidence of many entries, which waits for the disk once for all of it."""
    cuts, wanted = ledger.cuts(), {of_file(data): data for data in files}
    if cut := [one for one in wanted if cuts.file_now(one) != one]:
        raise _was_cut(cuts.file_now(cut[0]))
    new = _keep_all(campaign, wanted)
    try:
        yield
    except BaseException:
        with suppress(LedgerError), ledger.change() as change:
            for digest in new:
                if not change.names(digest):
                    discard(campaign, digest)
        raise


def keep(campaign: Path, data: bytes) -> bool:
    """Store the bytes (mode 0600, whole or not at all); False where they were there already."""
    folder = private_folder(campaign / FOLDER)
    digest = of_file(data)
    if read(campaign, digest) == data:
        return False
    files.replace(folder / digest, data, mode=0o600)
    return True


def discard(campaign: Path, digest: FileDigest) -> None:
    """Take a file away that no entry came to need."""
    (campaign / FOLDER / digest).unlink(missing_ok=True)


def read(campaign: Path, digest: FileDigest) -> bytes | None:
    """The bytes kept under that digest, whatever they are; None where there are none."""
    try:
        return reading.data_of(campaign / FOLDER / digest, limits.EVIDENCE, within=campaign)
    except FileNotFoundError:
        return None


def needed(entries: Iterable[Entry], history: History) -> dict[FileDigest, list[Entry]]:
    """The files that have to be kept, by digest, each with the entries that it shows.

    Of a file that was cut, that is the copy that is there now.
    """
    found: dict[FileDigest, list[Entry]] = {}
    for entry in entries:
        if entry.event.evidence.kind == "kept":
            found.setdefault(history.file_now(entry.event.evidence.digest), []).append(entry)
    return found


def unneeded(campaign: Path, needed: Callable[[FileDigest], bool]) -> list[Path]:
    """The kept files that no entry needs, by a function that knows whether one does."""
    folder = no_link(campaign / FOLDER)
    if not folder.is_dir():
        return []
    kept = sorted(path for path in folder.iterdir() if is_digest(path.name))
    return [path for path in kept if not needed(FileDigest(path.name))]


def _was_cut(copy: FileDigest) -> RefusedError:
    return RefusedError(
        "this file shows somebody who was erased, and was cut for that",
        f"name the copy without them, {FOLDER}/{copy}; or record it with --digest-only",
    )


def _keep_all(campaign: Path, wanted: Mapping[FileDigest, bytes]) -> list[FileDigest]:
    """Store files under names that nobody looks for yet, and wait for the disk; the new ones.

    So they need not be moved into place one by one: what an interruption leaves half written is
    written anew by the next run, since it is not what its name says.
    """
    if not wanted:
        return []
    folder, new, handles = private_folder(campaign / FOLDER), list[FileDigest](), list[int]()
    try:
        for digest, data in wanted.items():
            try:
                handle = os.open(folder / digest, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                keep(campaign, data)
                continue
            handles.append(handle)
            new.append(digest)
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            if len(handles) == _AT_ONCE:
                _settle(handles)
        _settle(handles)
    except BaseException:
        for digest in new:
            discard(campaign, digest)
        raise
    finally:
        for handle in handles:
            os.close(handle)
    return new


def _settle(handles: list[int]) -> None:
    """Wait until what was written is on the disk, and close the files.

    They wait side by side: a file system brings many to the disk in little more time than one.
    """
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        list(pool.map(os.fsync, handles))
    while handles:
        os.close(handles.pop())
