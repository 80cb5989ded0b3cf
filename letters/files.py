"""Files at the edge: whole or not at all.

A letter that is half written, or a user's file that was replaced by an empty one when the disk
filled up, is worse than an error; so every file the toolkit writes goes through here.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

STAGING_PREFIX = ".letters-"


def replace(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old bytes or the new, never a part.

    Raises OSError when the folder can't be written; the old file is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=STAGING_PREFIX, dir=path.parent)
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


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left staged in ``folder``."""
    for leftover in folder.glob(f"{STAGING_PREFIX}*"):
        with suppress(OSError):
            leftover.unlink()
