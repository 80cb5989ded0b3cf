"""Names of files that every system takes, since a campaign is copied from one to the other.

Windows keeps some names for devices and drops dots and spaces at the end; it and macOS take “Ada”
and “ada” for one name, and macOS “é” in one piece or two; and no system takes more than 255 bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

_PORTS = (f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")
DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", "clock$", *_PORTS))
"""Names that a file can’t have on Windows, whatever comes behind the dot."""

_MOST_BYTES = 255
_NOWHERE = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def fault(path: str) -> str:
    """What keeps a path from being one on every system; "" where nothing does."""
    for part in path.split("/"):
        if part.partition(".")[0].rstrip().casefold() in DEVICES:
            return "is called like a device of Windows, which can’t hold such a file"
        if part != part.rstrip(". ") and part not in ("", ".", ".."):
            return "has a dot or a space at its end, which Windows drops"
        if _NOWHERE.search(part):
            return "holds a sign that no name of a file can have on Windows"
        if len(part.encode("utf-8", "replace")) > _MOST_BYTES:
            return f"has a name of more than {_MOST_BYTES} bytes, which no system takes"
    return ""


def alike(paths: Iterable[str]) -> list[list[str]]:
    """The paths that are one on some system, though they are written differently."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        composed = unicodedata.normalize("NFC", path)
        found[unicodedata.normalize("NFC", composed.casefold())].append(path)
    return [group for group in found.values() if len(group) > 1]
