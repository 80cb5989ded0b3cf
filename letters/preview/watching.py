"""Every save below the campaign’s folder, and nothing that is no save of somebody’s.

Whole folders are watched, so a file that is exchanged for another one (as most editors save) and a
file that is new are seen like any other.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from letters.ledger.store import LOG_NAME

_OWN = frozenset(("out", "outbox", ".letters", ".git", "__pycache__"))
_TEMPORARY = (".letters-", "~$", ".~lock.", ".#", "4913")
_ENDINGS = ("~", ".swp", ".swx", ".swo", ".tmp", ".part")
_AGAIN = 1.0  # seconds after which it is looked whether the folder is still there
_QUIET, _LONGEST = 25, 400  # milliseconds without a save that end a series, and of a whole series


def is_save(root: Path, path: str) -> bool:
    """Whether a change of that path may change what is shown."""
    try:
        parts = Path(path).relative_to(root).parts
    except ValueError:
        return False
    if not parts or parts[0] in _OWN or ".git" in parts:
        return False
    name = parts[-1]
    if name.startswith(LOG_NAME):  # its journal and its marks come and go with every look at it
        return name == LOG_NAME
    if parts[0] == "checkpoints":
        return False
    return not name.startswith(_TEMPORARY) and not name.endswith(_ENDINGS)


async def saves(root: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Something was saved, again and again, until ``stop``; saves in quick succession are one.

    Where the system can’t tell of changes (as on some network disks), it is looked for them.
    """
    by_looking: bool | None = None
    is_another = False
    while not stop.is_set():
        try:
            async for _ in _of_this_folder(root, stop, by_looking, is_another=is_another):
                yield None
        except FileNotFoundError:
            await asyncio.sleep(_AGAIN)
        except OSError:
            if by_looking:
                raise
            by_looking = True
        is_another = True


async def _of_this_folder(
    root: Path, stop: asyncio.Event, by_looking: bool | None, *, is_another: bool
) -> AsyncIterator[None]:
    """The same, until another folder has taken the place of this one.

    What was saved in it before it was watched is told as well, where it ``is_another``.
    """
    from watchfiles import awatch

    def chosen(_: object, path: str) -> bool:
        return is_save(root, path)

    there = os.stat(root)  # noqa: PTH116 - it takes no time
    async for found in awatch(
        root, watch_filter=chosen, debounce=_LONGEST, step=_QUIET, stop_event=stop,
        force_polling=by_looking, ignore_permission_denied=True,
        rust_timeout=int(_AGAIN * 1000), yield_on_timeout=True,
    ):  # fmt: skip
        if found or is_another:
            is_another = False
            yield None
        if not os.path.samestat(there, os.stat(root)):  # noqa: PTH116
            return
