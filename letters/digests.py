"""Digests, each of a type that says what it is of: none can stand where another one is due.

All are SHA-256 in lower-case hexadecimal, so that nothing but the type tells them apart. One is
made here from what it is of, a text’s by `letters.framed`; and where one is read back, of what was
written down: from the log, from a manifest, or from the name of a file.
"""

from __future__ import annotations

import hashlib
from typing import NewType

TextDigest = NewType("TextDigest", str)
"""Of a canonical text in its frame: what a signature is bound to."""
FileDigest = NewType("FileDigest", str)
"""Of the bytes of a letter, an enclosure, or what shows that something took place."""
MessageDigest = NewType("MessageDigest", str)
"""Of the frozen bytes of a mail."""
ManifestDigest = NewType("ManifestDigest", str)
"""Of the list of files that were made."""

NO_TEXT = TextDigest("")
NO_FILE = FileDigest("")
NO_MANIFEST = ManifestDigest("")


def of_file(data: bytes) -> FileDigest:
    """The digest of the bytes of a file."""
    return FileDigest(_sha256(data))


def of_message(data: bytes) -> MessageDigest:
    """The digest of the bytes of a mail."""
    return MessageDigest(_sha256(data))


def of_manifest(data: bytes) -> ManifestDigest:
    """The digest of the bytes of a manifest."""
    return ManifestDigest(_sha256(data))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
