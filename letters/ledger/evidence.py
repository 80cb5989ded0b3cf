"""Evidence files beside the log, each under the digest of its bytes: ``evidence/<sha256>``.

The digest as a name says which entry a file belongs to and nothing about a person, and a file that
was altered no longer answers to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from letters import files
from letters.ledger.details import is_digest
from letters.ledger.keys import private_folder

FOLDER = "evidence"


def keep(campaign: Path, data: bytes) -> bool:
    """Store the bytes (mode 0600, whole or not at all); False where they were there already."""
    folder = private_folder(campaign / FOLDER)
    digest = hashlib.sha256(data).hexdigest()
    if read(campaign, digest) == data:
        return False
    files.replace(folder / digest, data, mode=0o600)
    return True


def discard(campaign: Path, digest: str) -> None:
    """Take a file away that no entry came to need."""
    (campaign / FOLDER / digest).unlink(missing_ok=True)


def read(campaign: Path, digest: str) -> bytes | None:
    """The bytes kept under that digest, whatever they are; None where there are none."""
    try:
        return (campaign / FOLDER / digest).read_bytes()
    except FileNotFoundError:
        return None


def unneeded(campaign: Path, needed: Callable[[str], bool]) -> list[Path]:
    """The kept files that no entry needs, by a function that knows whether one does."""
    folder = campaign / FOLDER
    if not folder.is_dir():
        return []
    kept = sorted(path for path in folder.iterdir() if is_digest(path.name))
    return [path for path in kept if not needed(path.name)]
