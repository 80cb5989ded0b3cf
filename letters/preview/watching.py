"""Every save below the campaign’s folder, and nothing that is no save of somebody’s.

Whole folders are watched, so a file that is exchanged for another one (as most editors save) and a
file that is new are seen like any other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from letters.ledger.store import LOG_NAME

_OWN = frozenset(("out", "outbox", ".letters", ".git", "__pycache__"))
_TEMPORARY = (".letters-", "~$", ".~lock.", ".#", "4913")
_ENDINGS = ("~", ".swp", ".swx", ".swo", ".tmp", ".part")
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
    from watchfiles import awatch

    def chosen(_: object, path: str) -> bool:
        return is_save(root, path)

    async def watched(*, by_looking: bool | None) -> AsyncIterator[None]:
        async for _ in awatch(
            root, watch_filter=chosen, debounce=_LONGEST, step=_QUIET, stop_event=stop,
            force_polling=by_looking, ignore_permission_denied=True,
        ):  # fmt: skip
            yield None

    try:
        async for _ in watched(by_looking=None):
            yield None
    except OSError:
        async for _ in watched(by_looking=True):
            yield None
