"""All that a run reads, as two digests: the files of a campaign, and what surrounds them.

Where both are what they were, a run would make what it made, and need not draft a letter to see
that. So they take in more than is read: a change that means nothing costs time, and one that was
overlooked would let a letter out that is not what it would be made now.
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import letters
from letters import limits, reading, shipped
from letters.press.fontfiles import installed

_MOST_FILES = 20_000
_MOST_BYTES = 256 * 1024 * 1024
_VARIABLES = (
    "FONTCONFIG",
    "LANG",
    "LC_",
    "LETTERS_",
    "PANGO",
    "PYTHON",
    "SOURCE_DATE",
    "TZ",
    "XDG_",
)
_CLOCK = 2.0  # how coarse a disk may tell the time


def of_campaign(root: Path, leave_out: Collection[Path]) -> str | None:
    """Of every file below ``root`` by its bytes; None where they are too many, or hard to tell.

    Those at and below the paths ``leave_out`` are no part of it.
    """
    found, read = hashlib.sha256(), 0
    try:
        for number, path in enumerate(_below(root, frozenset(leave_out))):
            size = path.stat().st_size
            if number > _MOST_FILES or read + size > _MOST_BYTES:
                return None
            data = b"" if path.is_dir() else reading.data_of(path, limits.MADE)
            read += len(data)
            name = os.fsencode(path.relative_to(root))
            link = os.fsencode(path.readlink()) if path.is_symlink() else b""
            for part in (name, link, data):
                found.update(b"%d:" % len(part) + part)
    except (OSError, ValueError):
        return None
    return found.hexdigest()


def of_surroundings(since: float) -> str | None:
    """Of the program, its libraries, the fonts, the language and the clock’s zone.

    None where any of them changed after ``since`` (in seconds, as time.time() counts them), or just
    before: whoever has been running since then may know the one or the other.
    """
    found, latest = hashlib.sha256(), 0.0
    for word in (sys.version, platform.platform(), *time.tzname, *sorted(_environment())):
        found.update(f"{word}\x00".encode(errors="surrogateescape"))
    try:
        for path in _files():
            told = os.stat(path)  # noqa: PTH116 - of a thousand files, of which a Path each is slow
            latest = max(latest, told.st_ctime)
            marks = told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns
            found.update(os.fsencode(path) + b"\x00%d %d %d %d\n" % marks)
    except OSError:
        return None
    return found.hexdigest() if latest < since - _CLOCK else None


def _below(folder: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    """Every file, in an order that is always the same. Raises ValueError for what is none."""
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        path = Path(entry.path)
        if path in leave_out:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield path  # an empty one may be a template, too
            yield from _below(path, leave_out)
        elif stat.S_ISREG(entry.stat().st_mode):
            yield path
        else:
            raise ValueError


def _environment() -> Iterator[str]:
    for name, value in os.environ.items():
        if name == "HOME" or name.startswith(_VARIABLES):
            yield f"{name}={value}"


def _files() -> Iterator[str]:
    """What a change of any of it is seen by: our own files, each library’s record, each font."""
    for folder in (Path(letters.__file__).parent, shipped.TEMPLATES):
        for path, folders, names in os.walk(folder):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            yield from (os.path.join(path, name) for name in sorted(names))  # noqa: PTH118 - see above
    for entry in sys.path:
        libraries = Path(entry)
        if libraries.is_dir():
            yield from sorted(map(str, libraries.glob("*.dist-info/RECORD")))
            yield from sorted(map(str, libraries.glob("*.pth")))
    yield from map(str, installed())
