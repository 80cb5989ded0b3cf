"""The output folder while letters come into it, one by one.

Its manifest is right at every moment: it never lists a file that isn't there with the bytes that it
tells of. So a run that is stopped, or killed, keeps what it had finished, and the next one goes on.
Before the first file is replaced, the manifest is written without all that the run may replace;
those entries, and each new one, stand beside it meanwhile (see `letters.press.unlisted`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias

from msgspec.structs import replace

from letters import files, limits, reading
from letters.error import LettersError, Status
from letters.press import manifest
from letters.press.unlisted import Unlisted

if TYPE_CHECKING:
    from letters.kept import Keeper
    from letters.press.manifest import File, Manifest

_GROWTH = 24
"""The manifest is written anew when a part like this of its files has come in since …"""
_REST = 30
"""… and so many times as long as that takes has gone by."""
_PATIENCE = 2.0

Rosters: TypeAlias = Callable[[Iterable[str]], Mapping[str, Mapping[str, str]]]


class BusyFolderError(LettersError):
    """Another run writes into the folder."""

    status = Status.REFUSED


class Shelf:
    """Puts files into ``folder`` and keeps its manifest; use it in a ``with`` block.

    ``described`` is what the manifest says beside its files. ``paths`` are those that this run is
    about, in the folder; other files stay listed where they are ``known`` and as they were made.
    ``rosters`` gives those of the manifest by their keys.
    """

    def __init__(
        self,
        folder: Path,
        keeper: Keeper,
        described: Manifest,
        paths: Sequence[str],
        *,
        known: Callable[[File], bool],
        rosters: Rosters,
    ) -> None:
        """Raises InTheWayError where anything but a file stands at one of the paths."""
        self._folder, self._keeper, self._rosters = folder, keeper, rosters
        keeper.expect_files(folder / name for name in (*paths, manifest.NAME))
        before = manifest.read(folder)
        listed = {file.path: file for file in (before.files if before else ())}
        own = set(paths)
        self._open = {path: file for path, file in listed.items() if path in own}
        self._others = [file for path, file in listed.items() if path not in own and known(file)]
        self._others_are_looked_at = False
        self._sure: dict[str, File] = {}
        self._described = replace(described, rosters=before.rosters if before else {})
        self._listed = set(listed)
        """What the manifest on the disk may list."""
        self._written = b""
        self._put = 0
        self._next = 0.0
        self._unlisted = Unlisted(folder)
        self._batch = files.Batch(folder, keeper)

    def there(self, path: str) -> File | None:
        """The file at that path, if it was made before and is as it was made."""
        file = self._open.get(path)
        return file if file and manifest.still_there(self._folder, [file]) else None

    def stands(self, file: File) -> None:
        """List a file that is there, as it is described now."""
        self._keeper.leave(self._folder / file.path)
        self._open.pop(file.path, None)
        self._sure[file.path] = file

    def put(self, file: File, data: bytes) -> None:
        """Put a new file there. Ctrl-C waits until it is noted, too."""
        self._batch.add(file.path, data, mode=0o644 if file.audience == "public" else 0o600)
        with files.undisturbed():
            self._place(file)

    def close(self) -> bytes:
        """Write the manifest as it is at the end; its bytes."""
        keys = {file.roster for file in self._sure.values()} - {""}
        found = {**self._described.rosters, **self._rosters(keys)}
        self._described = replace(self._described, rosters=found)
        self._finish()
        return self._written

    def __enter__(self) -> Self:
        self._batch.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is not None and self._written:
                # What was not made anew is still what it was. Where even that can't be written,
                # as on a full disk, the entries beside the manifest say it.
                left = manifest.still_there(self._folder, self._open.values())
                self._sure |= {file.path: file for file in left}
                with suppress(OSError):
                    self._finish()
        finally:
            self._unlisted.close()
            self._batch.__exit__(kind, error, trace)

    def _place(self, file: File) -> None:
        if not self._written or file.path in self._listed:
            self._unlisted.add(*(each.written() for each in self._open.values()))
            self._write()
        self._unlisted.add(file.written())
        self._batch.place(file.path)
        self._open.pop(file.path, None)
        self._sure[file.path] = file
        self._put += 1
        if self._put * _GROWTH >= len(self._sure) and time.monotonic() >= self._next:
            self._write()

    def _finish(self) -> None:
        with files.undisturbed():
            self._write()
            self._unlisted.clear()

    def _write(self) -> None:
        begun = time.monotonic()
        if not self._others_are_looked_at:
            self._others = manifest.still_there(self._folder, self._others)
            self._others_are_looked_at = True
        listed = (*self._sure.values(), *self._others)
        data = replace(self._described, files=listed).encode()
        path = self._folder / manifest.NAME
        if data != self._written and not (
            path.is_file() and reading.data_of(path, limits.MANIFEST) == data
        ):
            self._batch.replace(manifest.NAME, data, keep=not self._written)
        self._written, self._put = data, 0
        self._listed = {file.path for file in listed}
        now = time.monotonic()
        self._next = now + _REST * (now - begun)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make the folder, and keep other runs out of it; raises BusyFolderError where one is in it.

    The system ends that when the process dies, and leaves nothing behind.
    """
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if os.name == "nt":  # which has no such locks, and where all else works
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not _taken(handle):
            message = f"another “letters render” is writing into {folder}"
            raise BusyFolderError(message, "wait until it has ended, and say this again")
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Whether the folder is ours now. What is left of a killed run may hold it for a moment."""
    import fcntl

    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        except OSError:  # not every disk over a network knows it
            return True
        else:
            return True
