"""The frozen bytes of messages: files under their own digests, which name people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from letters import files, limits, reading
from letters.digests import MessageDigest, of_message
from letters.ledger.bound_form import is_digest
from letters.ledger.errors import RefusedError
from letters.ledger.keys import no_link
from letters.ledger.outgoing import Item


class ChangedError(RefusedError):
    """The frozen bytes of a message are not there as they were."""


class ReadyMessage(Struct, frozen=True):
    """A message that is ready: its row, and its bytes."""

    item: Item
    data: bytes


class Frozen:
    """The files in one folder. Raises RefusedError where that is a link."""

    def __init__(self, folder: Path) -> None:
        self._folder = no_link(folder)

    def bytes_of(self, item: Item) -> bytes:
        """The frozen bytes; ChangedError where they are not what was frozen."""
        try:
            data = reading.data_of(self._path(item), limits.MADE, within=self._folder)
        except FileNotFoundError:
            data = b""
        if of_message(data) != item.message:
            raise ChangedError(
                f"the frozen message to {item.recipient} is gone or was changed",
                "nothing was sent to them; the next “letters send” freezes it anew",
            )
        return data

    def freeze(self, messages: Iterable[ReadyMessage]) -> None:
        """Write the bytes that are not there yet: of all messages, or of none."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        files.sweep(self._folder)
        written = []
        try:
            for message in messages:
                if not self._has(message.item):
                    files.replace(self._path(message.item), message.data, mode=0o600)
                    written.append(self._path(message.item))
        except OSError:
            for path in written:
                with suppress(OSError):
                    path.unlink()
            raise

    def forget(self, item: Item) -> None:
        """Delete the bytes of one message."""
        with suppress(OSError):
            self._path(item).unlink()

    def keep_only(self, needed: Collection[MessageDigest]) -> None:
        """Delete all but what has one of these digests."""
        for path in self._folder.glob("*.eml"):
            if is_digest(path.stem) and MessageDigest(path.stem) not in needed:
                with suppress(OSError):
                    path.unlink()

    def _has(self, item: Item) -> bool:
        with suppress(ChangedError):
            return bool(self.bytes_of(item))
        return False

    def _path(self, item: Item) -> Path:
        return self._folder / f"{item.message}.eml"
