"""To which servers a password may go: those that a person of this computer has named once.

A letter.yaml may come from a stranger, and names a server. So what lies in the environment or the
keyring goes to a host and user that somebody here has trusted, and this is written down outside of
every campaign, in the user's own folder. A server on this very computer needs no such word, and
neither does one that the environment itself names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from letters import files
from letters.ledger.keys import no_link

_NAME = "servers.json"
_LARGEST = 1 << 20  # octets; a person trusts a few


class TrustedServer(Struct, frozen=True):
    """A host and the user on it, for one kind of service: ``smtp`` or ``imap``."""

    service: str
    host: str
    user: str

    @classmethod
    def of(cls, service: str, host: str, user: str) -> TrustedServer:
        """The one form in which hosts are compared."""
        return cls(service, host.lower().rstrip("."), user)


def config_folder(environment: Mapping[str, str]) -> Path:
    """The user's own folder for what programs are to do."""
    said = environment.get("XDG_CONFIG_HOME", "")
    return (Path(said) if said.startswith("/") else Path.home() / ".config") / "letters"


def is_trusted(server: TrustedServer, environment: Mapping[str, str]) -> bool:
    """Whether somebody has trusted it. What others may write in says nothing."""
    return server in _read(config_folder(environment) / _NAME)


def trust(server: TrustedServer, environment: Mapping[str, str]) -> Path:
    """Write down that it is trusted; the file. Raises OSError, and RefusedError for a link."""
    folder = config_folder(environment)
    path = no_link(folder / _NAME)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = {*_read(path), server}
    written = [
        {"service": one.service, "host": one.host, "user": one.user}
        for one in sorted(known, key=lambda one: (one.service, one.host, one.user))
    ]
    data = json.dumps({"servers": written}, ensure_ascii=False, indent=2) + "\n"
    files.replace(path, data.encode(), mode=0o600)
    return path


def _read(path: Path) -> frozenset[TrustedServer]:
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        if path.is_symlink() or not _is_own(path):
            return frozenset()
        servers = json.loads(path.read_text(encoding="utf-8"))["servers"]
        return frozenset(
            TrustedServer(str(one["service"]), str(one["host"]), str(one["user"]))
            for one in servers
        )
    return frozenset()


def _is_own(path: Path) -> bool:
    """Whether nobody else could have written it, and it has a size that it may have."""
    found = path.stat()
    if not path.is_file() or found.st_size > _LARGEST:
        return False
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
