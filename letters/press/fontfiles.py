"""The files behind the names of fonts: a letter is set in outlines, and those can be exchanged."""

from __future__ import annotations

import functools
import hashlib
import subprocess
from pathlib import Path

from letters import limits, reading


@functools.cache
def digest_of(families: tuple[str, ...]) -> str:
    """SHA-256 over the files of those families that are installed, in the families' order.

    Without ``fc-list`` nothing can be told of them, and their names stand for them.
    """
    found = hashlib.sha256()
    for family in families:
        found.update(f"{family}\x00".encode())
        for file in _files().get(family, ()):
            found.update(_digest(file))
    return found.hexdigest()


def files_of(family: str) -> tuple[str, ...]:
    """The files that the faces of a family are in, where it is installed."""
    return _files().get(family, ())


def installed() -> tuple[str, ...]:
    """Every file that holds an installed font."""
    return tuple(sorted({file for files in _files().values() for file in files}))


@functools.cache
def _files() -> dict[str, tuple[str, ...]]:
    """Where the faces of each installed family lie."""
    command = ["fc-list", "--format", "%{family}\t%{file}\n"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - no input
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, set[str]] = {}
    for line in done.stdout.decode(errors="replace").splitlines():
        names, _, file = line.partition("\t")
        for name in names.split(","):
            found.setdefault(name, set()).add(file)
    return {family: tuple(sorted(files)) for family, files in found.items()}


@functools.cache
def _digest(file: str) -> bytes:
    """The digest of a font's bytes, wherever it lies: the same font in another folder is the same.

    An installed font that can't be read is one that the letter can't be set in.
    """
    try:
        return hashlib.sha256(reading.data_of(Path(file), limits.FONT)).digest()
    except OSError:
        return b""
