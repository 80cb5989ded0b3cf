"""A back end of the library keyring that keeps passwords in a file, and one that is locked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

FILE = "LETTERS_TEST_KEYRING"


class Kept(KeyringBackend):
    """In the file that the environment names."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def set_password(self, service: str, username: str, password: str) -> None:
        Path(os.environ[FILE]).write_text(json.dumps({f"{service} {username}": password}))

    def get_password(self, service: str, username: str) -> str | None:
        found = json.loads(Path(os.environ[FILE]).read_text()).get(f"{service} {username}")
        return None if found is None else str(found)


class Locked(Kept):
    """As a desktop's is, until somebody opens it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")
