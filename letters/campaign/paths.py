"""A file of the campaign by the path that somebody wrote.

Systems keep the name “é.yaml” in one piece or in two, and some hold “Ada.png” and “ada.png” for the
same file. What is written is found on each of them, where only one file can be meant.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

LETTER_FILE = "letter.yaml"


def actual(root: Path, path: str) -> Path | None:
    """The file or folder below ``root`` that is meant by ``path``; None where there is none."""
    written = root / path
    try:
        return written if written.exists() else _spelled(root, path)
    except OSError:  # a name that no system takes, or a circle of links
        return None


def _spelled(root: Path, path: str) -> Path | None:
    at = root
    for part in Path(path).parts:
        there = at / part
        if not there.exists():
            near = _near(at, part)
            if near is None:
                return None
            there = near
        at = there
    return at


def _near(folder: Path, name: str) -> Path | None:
    """The one entry of a folder whose name is spelled differently; a difference in form wins."""
    if not folder.is_dir():
        return None
    alike = [entry for entry in folder.iterdir() if _folded(entry.name) == _folded(name)]
    same = [entry for entry in alike if _composed(entry.name) == _composed(name)]
    meant = same or alike
    return meant[0] if len(meant) == 1 else None


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(_composed(name).casefold())
