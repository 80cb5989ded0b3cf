"""Files at the edge: whole or not at all.

A letter that is half written, or a user's file that was replaced by an empty one when the disk
filled up, is worse than an error; so every file the toolkit writes goes through here.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_STAGED = ".letters-"


def replace(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old bytes or the new, never a part.

    Raises OSError when the folder can't be written; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_STAGED, dir=path.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        staged.chmod(mode)
        staged.replace(path)
    except BaseException:
        with suppress(OSError):
            staged.unlink()
        raise


class Batch:
    """Files that appear together: staged beside their folder, moved in when all are there.

    Leaving the block before `commit` leaves the folder as it was.
    """

    def __init__(self, folder: Path) -> None:
        """Make ``folder`` if need be, and clear what an interrupted run left in it."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        self._stage = Path(tempfile.mkdtemp(prefix=f"{_STAGED}{os.getpid()}-", dir=folder))
        self._names: list[str] = []

    def add(self, name: str, data: bytes) -> None:
        """Stage one file; ``name`` is its path inside the folder."""
        target = self._stage / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._names.append(name)

    def commit(self, last: str, data: bytes) -> None:
        """Move everything into place; the file ``last``, which describes the rest, comes last."""
        for name in self._names:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._stage / name).replace(target)
        replace(self.folder / last, data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._stage, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove staging folders whose process is gone; another run's own are left alone."""
    for stage in folder.glob(f"{_STAGED}*-*"):
        owner = stage.name.removeprefix(_STAGED).partition("-")[0]
        if stage.is_dir() and owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(stage, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
