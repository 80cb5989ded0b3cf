"""Files at the edge: whole or not at all.

A letter that is half written, or a user's file that was replaced by an empty one when the disk
filled up, is worse than an error; so every file the toolkit writes goes through here.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from letters import folders
from letters.reading import OddFileError

if TYPE_CHECKING:
    from letters.kept import Keeper

_STAGED = ".letters-"


def replace(path: Path, data: bytes, *, mode: int = 0o644, keeper: Keeper | None = None) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old bytes or the new, never a part.

    The ``keeper`` says what there may be replaced; without one, all of it. Raises OSError when the
    folder can't be written; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with _named(path):
            folder = stack.enter_context(folders.opened(path.parent))
        if keeper:
            keeper.make_room(path, data, folder)
        _put(path, data, mode, folder)


def _put(path: Path, data: bytes, mode: int, folder: int) -> None:
    """The new file in place of the old one, in the folder as it was opened."""
    staged = f"{_mark()}{secrets.token_hex(6)}"
    with _named(path):
        handle = os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600, dir_fd=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fchmod(handle, mode)
                os.fsync(handle)
            os.replace(staged, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(staged, dir_fd=folder)
            raise


def in_the_way(folder: Path) -> Path | None:
    """The file that stands where ``folder`` or a folder above it would have to be, if any."""
    above = (folder, *folder.absolute().parents)
    there = next(path for path in above if path.exists())
    return None if there.is_dir() else there


class Batch:
    """Files that appear together: staged beside their folder, moved in when all are there.

    Leaving the block before `commit` leaves the folder as it was.
    """

    def __init__(self, folder: Path, keeper: Keeper | None = None) -> None:
        """Make ``folder`` if need be, and clear what an interrupted run left in it.

        The ``keeper`` says what there may be replaced; without one, all of it.
        """
        self.folder, self._keeper = folder, keeper
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        sweep(folder)
        self._handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        with _named(folder):
            self._stage = Path(tempfile.mkdtemp(prefix=_mark(), dir=folder))
        self._names: list[str] = []

    def add(self, name: str, data: bytes, *, mode: int | None = None) -> None:
        """Stage one file; ``name`` is its path inside the folder, ``mode`` who may read it."""
        self._write(name, data, 0o644 if mode is None else mode)
        self._names.append(name)

    def commit(self, last: str, data: bytes, *, mode: int = 0o644) -> None:
        """Move everything into place; the file ``last``, which describes the rest, comes last.

        Ctrl-C waits until that is done. Should the process be killed in that moment, each file is
        the old or the new one, and ``last`` tells them apart; what the keeper keeps has its new
        name before the file that replaces it is there.
        """
        self._expect_same()
        if self._keeper:
            self._keeper.expect_files(self.folder / name for name in (*self._names, last))
        self._write(last, data, mode, lasting=True)
        with undisturbed():
            for name in (*self._names, last):
                self.place(name)

    def place(self, name: str) -> None:
        """Move one staged file into place, ahead of the others or without them."""
        target, staged = self.folder / name, self._stage / name
        self._expect_same()
        with folders.within(self._handle, Path(name).parts[:-1], self.folder) as folder:
            if self._keeper and os.path.lexists(target):
                self._keeper.make_room(target, staged.read_bytes(), folder)
            source = f"{self._stage.name}/{name}"
            with _named(target):
                os.replace(source, target.name, src_dir_fd=self._handle, dst_dir_fd=folder)

    def replace(self, name: str, data: bytes, *, keep: bool) -> None:
        """Write one file at once; where it is to ``keep``, as the keeper says."""
        self._expect_same()
        target = self.folder / name
        if keep and self._keeper:
            self._keeper.make_room(target, data, self._handle)
        _put(target, data, 0o644, self._handle)

    def _write(self, name: str, data: bytes, mode: int, *, lasting: bool = False) -> None:
        """Stage it; what is ``lasting`` is on the disk before it has its place."""
        target = self._stage / name
        with _named(self.folder / name):
            if target.parent != self._stage:
                target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(target, flags, mode), "wb", buffering=0) as stream:
                left = memoryview(data)
                while left:
                    left = left[stream.write(left) :]
                if hasattr(os, "fchmod"):
                    os.fchmod(stream.fileno(), mode)  # whatever the user's umask is
                if lasting:
                    os.fsync(stream.fileno())

    def _expect_same(self) -> None:
        """Raise OddFileError where another folder, or a link, has taken the folder's place."""
        try:
            same = os.path.samestat(self.folder.stat(), os.fstat(self._handle))
        except FileNotFoundError:
            same = False
        if not same:
            raise OddFileError(self.folder, "was exchanged while files were written into it")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._handle)
        shutil.rmtree(self._stage, ignore_errors=True)


def _mark() -> str:
    """How names of staged files begin: whose they are, so that a later run can clear them."""
    return f"{_STAGED}{os.getpid()}-"


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error name the file that was to be written, not the staged one, and never none."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back until the block is left; only the main thread can, and only it gets it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if held:
            signal.raise_signal(signal.SIGINT)


def sweep(folder: Path) -> None:
    """Remove what was staged by a process that is gone; another run's own is left alone."""
    for staged in folder.glob(f"{_STAGED}*-*"):
        owner = staged.name.removeprefix(_STAGED).partition("-")[0]
        if not owner.isdigit() or _alive(int(owner)):
            continue
        if staged.is_dir():
            shutil.rmtree(staged, ignore_errors=True)
        else:
            staged.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
