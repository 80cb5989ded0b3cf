"""The private key that signs checkpoints: in a folder beside the log that git ignores by itself.

It is not in the log, because a copy of the log may go to somebody who is to check it and not to
sign; and not in the user's home, because whoever takes the campaign over needs it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from letters import files, limits, reading
from letters.ledger.errors import LedgerError, RefusedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER = ".letters"
_NAME = "signing-key.pem"


def no_link(path: Path) -> Path:
    """The same path. Raises RefusedError where it is a link, which leads who knows where."""
    if path.is_symlink():
        raise RefusedError(f"{path} is a link: nothing is read or written through it")
    return path


def private_folder(folder: Path) -> Path:
    """Make ``folder`` for its owner alone, with a .gitignore that keeps it out of repositories.

    Raises OSError, and RefusedError where it is a link.
    """
    no_link(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        files.replace(ignore, b"*\n")
    return folder


def has_key(campaign: Path) -> bool:
    """Whether there is a key, or a link in its place; none is made."""
    path = campaign / FOLDER / _NAME
    return path.is_symlink() or path.exists()


def signing_key(campaign: Path) -> Ed25519PrivateKey:
    """The campaign's key; made where there is none. Raises OSError, LedgerError, RefusedError."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    path = no_link(campaign / FOLDER) / _NAME
    if not path.exists():
        _make(path)
    try:
        data = reading.data_of(path, limits.KEY, within=campaign)
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError(
            f"{FOLDER}/{_NAME} is not a key that signs checkpoints",
            "bring it back from a backup; or move it away, and a new key is made",
        )
    return key


def _make(path: Path) -> None:
    """Write a new key whole, unless another process was quicker."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private_folder(path.parent)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    staged = path.with_name(f"{_NAME}.{os.getpid()}")
    files.replace(staged, pem, mode=0o600)
    try:
        os.link(staged, path)
    except FileExistsError:
        pass
    finally:
        staged.unlink()
