"""A folder that is opened once, and worked in by what was opened.

Between two looks at a path, somebody may put another folder or a link in its place. Whoever works
by the handle of a folder stays in the folder that they have looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from letters.reading import OddFileError

_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    """The handle of a folder; the path may lead there through links."""
    handle = os.open(folder, _FLAGS)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def within(handle: int, parts: Sequence[str], folder: Path) -> Iterator[int]:
    """The handle of a folder in the open one of ``folder``, made where it isn't there.

    Raises OddFileError where a link stands in the way: nobody leads it elsewhere.
    """
    handles = [os.dup(handle)]
    try:
        for part in parts:
            with suppress(FileExistsError):
                os.mkdir(part, 0o755, dir_fd=handles[-1])
            try:
                handles.append(os.open(part, _FLAGS | os.O_NOFOLLOW, dir_fd=handles[-1]))
            except NotADirectoryError:  # so says O_NOFOLLOW of a link
                why = "is a link, or no folder"
                raise OddFileError(folder / part, why, "move it away") from None
        yield handles[-1]
    finally:
        for one in handles:
            os.close(one)
