"""What stands where a new file is to go: replaced only if it is what letters wrote there.

A letter that somebody has corrected by hand looks like any other file in its place. Unless it can
be shown to be as it was written, it is kept beside the new one, under a name that says so. The name
comes first and the new file after it, so that whatever stops the work, nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from letters import folders, limits, reading
from letters.error import LettersError, Status

Ours: TypeAlias = Callable[[Path, bytes], bool]
"""Whether a file holds what letters wrote there, by its path and its bytes."""

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_SEAL = re.compile(rb"(?:%|<!-- )?SHA-256 ([0-9a-f]{64})(?: -->)?\r?\n")


class InTheWayError(LettersError):
    """Links, folders and devices stand where files would go; nothing was written."""

    status = Status.REFUSED

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = tuple(paths)
        super().__init__("nothing was written", "move it away, or name another place")

    @property
    def particulars(self) -> tuple[str, ...]:
        what = "a link, a folder or a device, and no file to be replaced"
        return tuple(f"refused: {path} is {what}" for path in self.paths)


class Kept(Struct, frozen=True):
    """A file that stood at ``path`` and lies beside it now, at ``now``."""

    path: Path
    now: Path


class Keeper:
    """Makes room for new files, and remembers what it has kept and which files are open."""

    def __init__(self, today: dt.date, ours: Ours) -> None:
        """``today`` stands in the names; ``ours`` decides what may be replaced."""
        self.kept: list[Kept] = []
        self.opened: list[Path] = []
        self._today, self._ours = today, ours

    def expect_files(self, paths: Iterable[Path]) -> None:
        """Raise InTheWayError if anything but a file stands at one of the paths."""
        kinds = ((path, _kind(path)) for path in paths)
        wrong = [path for path, kind in kinds if kind is not None and not stat.S_ISREG(kind)]
        if wrong:
            raise InTheWayError(wrong)

    def make_room(self, path: Path, new: bytes, folder: int) -> None:
        """Keep the file at ``path`` unless it is ours, or ``new`` already.

        ``folder`` is the handle of the one that it lies in: what takes the folder's place meanwhile
        is left alone. The file may still stand at ``path`` afterwards: the new one is to replace it
        there.
        """
        kind = _kind(path, folder)
        if kind is None:
            return
        if not stat.S_ISREG(kind):
            raise InTheWayError((path,))
        if _is_open(path):
            self.opened.append(path)
        held = _held(path, folder)
        if held is None or not (held == new or self._ours(path, held)):
            self._keep(path, held, folder)

    def leave(self, path: Path) -> None:
        """A file of ours that stays as it is; what somebody saves over it now is theirs."""
        if _is_open(path):
            self.opened.append(path)

    def clear(self, path: Path) -> bool:
        """Take the file away from ``path``; whether it was ours, and so is deleted."""
        self.expect_files((path,))
        with folders.opened(path.parent) as folder:
            held = _held(path, folder)
            mine = held is not None and self._ours(path, held)
            if not mine:
                self._keep(path, held, folder)
            with suppress(FileNotFoundError):
                os.unlink(path.name, dir_fd=folder)
        return mine

    def _keep(self, path: Path, held: bytes | None, folder: int) -> None:
        for name in _names(path, self._today):
            # After a stop between the two steps it is there already, under both names.
            kind = _kind(name, folder) if held is not None else None
            known = kind is not None and stat.S_ISREG(kind) and _held(name, folder) == held
            if known or _also_at(path, name, folder):
                self.kept.append(Kept(path, name))
                return


def sealed(data: bytes, before: str = "", after: str = "", end: str = "\n") -> bytes:
    """The data with its own digest in a last line, between marks that hide it from a reader."""
    data += b"" if data.endswith(b"\n") else end.encode()
    digest = hashlib.sha256(data).hexdigest()
    return data + f"{before}SHA-256 {digest}{after}{end}".encode()


def is_sealed(_: Path, data: bytes) -> bool:
    """Whether nothing has changed since the data was sealed."""
    start = data.rfind(b"\n", 0, max(len(data) - 1, 0)) + 1
    seal = _SEAL.fullmatch(data, start)
    return seal is not None and seal[1].decode() == hashlib.sha256(data[:start]).hexdigest()


def never(_: Path, __: bytes) -> bool:
    """For files that carry no proof: whatever is there is kept."""
    return False


def _kind(path: Path, folder: int | None = None) -> int | None:
    """What stands there, a link as a link; None for nothing."""
    try:
        return os.stat(
            path if folder is None else path.name, dir_fd=folder, follow_symlinks=False
        ).st_mode
    except FileNotFoundError:
        return None


def _held(path: Path, folder: int) -> bytes | None:
    """The bytes of a file; None where it is not there or not for us to read."""
    try:
        return reading.data_of(path, limits.MADE, folder=folder)
    except (FileNotFoundError, PermissionError):
        return None


def _names(path: Path, day: dt.date) -> Iterator[Path]:
    """Where a file may be kept: the first that is free is taken."""
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        yield path.with_name(f"{path.stem}.edited-{day.isoformat()}{again}{path.suffix}")


def _also_at(path: Path, other: Path, folder: int) -> bool:
    """Give the file its second name, atomically; False where something has that name.

    Where the disk knows no second names, as on many USB sticks, the file moves.
    """
    name, known_as = path.name, other.name
    try:
        os.link(name, known_as, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _moved(name, known_as, folder)
    return True


def _moved(name: str, other: str, folder: int) -> bool:
    """The same by moving: onto an empty file of our own, so that nobody else's is replaced."""
    try:
        os.close(os.open(other, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600, dir_fd=folder))
    except FileExistsError:
        return False
    os.replace(name, other, src_dir_fd=folder, dst_dir_fd=folder)
    return True


def _is_open(path: Path) -> bool:
    """Whether Word or LibreOffice says that it has the file open.

    Word puts ``~$`` before a short name, and in place of the first letters of a longer one.
    """
    marks = (f"~${path.name[skipped:]}" for skipped in range(3))
    return any(path.with_name(mark).exists() for mark in (*marks, f".~lock.{path.name}#"))
