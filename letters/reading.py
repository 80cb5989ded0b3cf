"""The one door to every file that a stranger may have written: a regular file, of a stated size.

A pipe would keep a reader waiting for ever, a device never ends, a link leads who knows where, and
a file of gigabytes fills the memory. So nothing else in letters opens a file to read it: what is
opened here is looked at once it is open, so that nobody can exchange it in between.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from letters.error import LettersError, Status
from letters.limits import Size

# Not to wait for the other end of a pipe; and no terminal becomes the process’s own.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS: tuple[tuple[Callable[[int], bool], str, str], ...] = (
    (stat.S_ISDIR, "is a folder, and no file", ""),
    (stat.S_ISFIFO, "is a pipe, and no file", "save what comes out of it as a file"),
    (stat.S_ISSOCK, "is a socket, and no file", ""),
    (stat.S_ISCHR, "is a device, and no file", ""),
    (stat.S_ISBLK, "is a device, and no file", ""),
)

listeners: list[Callable[[str, int], None]] = []
"""Who hears of each file that is opened: a process with bounds may end before it can say which."""

_told: list[tuple[str, int]] = []


@contextmanager
def told_as(path: Path, line: int) -> Iterator[None]:
    """Tell of what is opened meanwhile by where it is named: its own name may be private."""
    _told.append((str(path), line))
    try:
        yield
    finally:
        _told.pop()


def real(path: Path) -> Path:
    """Where a path leads, through all links; those that lead in a circle lead to themselves.

    pathlib raises what is no OSError where they do, and where a path holds what none can hold.
    """
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path.absolute()


class OddFileError(LettersError, OSError):
    """A file that is not read: ``why`` is a whole predicate, as “is a pipe, and no file”.

    It is an OSError too: to a reader it is one more way in which a file can’t be read.
    """

    status = Status.PROBLEMS

    def __init__(self, path: Path | str, why: str, hint: str = "") -> None:
        self.path, self.why = str(path), why
        super().__init__(f"{path}: {why}", hint)
        self.errno, self.filename, self.strerror = None, None, why

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.path, self.why, self.hint)


def data_of(
    path: Path, size: Size, *, within: Path | None = None, folder: int | None = None
) -> bytes:
    """All of a file. Raises OddFileError, and OSError where it is not there or not for us.

    ``within`` is the folder out of which no link may lead: the campaign’s, for what it names.
    ``folder`` is the handle of the very one in which it lies, and no link is followed there.
    """
    with opened(path, size, within=within, folder=folder) as stream:
        data: bytes = stream.read(size.most + 1)
    if len(data) > size.most:  # it grew in the meantime, or has no size that can be told
        raise _too_large(path, size)
    return data


def head_of(path: Path, count: int, *, within: Path | None = None) -> bytes:
    """The first bytes of a file, however large it is."""
    with opened(path, None, within=within) as stream:
        head: bytes = stream.read(count)
    return head


@contextmanager
def opened(
    path: Path, size: Size | None, *, within: Path | None = None, folder: int | None = None
) -> Iterator[IO[bytes]]:
    """A file to be read piece by piece; see `data_of`."""
    file = path
    if within is not None:
        file = real(path)
        if not file.is_relative_to(real(within)):
            raise OddFileError(path, "is a link that leads out of the campaign")
    for tell in listeners:
        tell(*(_told[-1] if _told else (str(path), 1)))
    is_bound = within is not None or folder is not None
    flags = _FLAGS | (getattr(os, "O_NOFOLLOW", 0) if is_bound else 0)
    try:
        handle = os.open(file if folder is None else path.name, flags, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP) and _leads_nowhere(path):
            raise OddFileError(path, "is a link that leads nowhere") from None
        raise odd(path) or error from None
    try:
        _expect_fit(path, os.fstat(handle), size)
    except BaseException:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as stream:
        yield stream


def _leads_nowhere(path: Path) -> bool:
    """Whether a link stands there, and nothing at its end: it may lead round in a circle."""
    return os.path.lexists(path) and not os.path.exists(path)  # noqa: PTH110 - it raises for none


def _expect_fit(path: Path, found: os.stat_result, size: Size | None) -> None:
    if wrong := _odd(path, found.st_mode):
        raise wrong
    if size is not None and found.st_size > size.most:
        raise _too_large(path, size)


def odd(path: Path) -> OddFileError | None:
    """What speaks against what stands there, or where a link from there leads; None for a file."""
    try:
        return _odd(path, path.stat().st_mode)
    except OSError:
        return None


def _odd(path: Path, mode: int) -> OddFileError | None:
    for is_kind, why, hint in _KINDS:
        if is_kind(mode):
            return OddFileError(path, why, hint)
    return None


def _too_large(path: Path, size: Size) -> OddFileError:
    return OddFileError(path, f"is larger than {size}", size.hint)
