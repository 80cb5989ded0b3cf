"""A bundle that is put together in a process with bounds: an enclosure may come from a stranger."""

from __future__ import annotations

import hashlib
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from letters.post.paper.bundle import Bundle, BundledPdf, UnfitFileError, is_ours
from letters.press.lanes import SECONDS, Lane, Lanes

_held: list[Bundle] = []
_SECONDS_TO_LOOK = 5.0  # a file of ours says whose it is at once, however long it is


class BoundBundle(Lanes):
    """Like a `Bundle`; use it in a ``with`` block. ``seconds`` are processor time for one PDF.

    Once ``stopped`` by a PDF that takes too long or too much memory, it can't go on.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._known: set[bytes] = set()
        self._lane = Lane(_hold)
        self.stopped = False
        super().__init__([self._lane])

    def add(self, data: bytes) -> BundledPdf:
        """Put a PDF behind the others. Raises UnfitFileError."""
        digest = hashlib.sha256(data).digest()
        try:
            if digest in self._known:  # as an enclosure for all: it need not travel again
                return self._lane.submit(self._seconds, _again, digest).result()
            part = self._lane.submit(self._seconds, _add, data).result()
        except BrokenProcessPool:
            self.stopped = True
            message = "takes too long to read, or too much memory"
            raise UnfitFileError(message, "print it to a new PDF, and enclose that") from None
        self._known.add(digest)
        return part

    def close(self, title: str) -> bytes:
        """The whole PDF."""
        return self._lane.submit(self._seconds, _close, title).result()


def made_here(path: Path) -> bool:
    """Whether a file was made by `Bundle` or beside it, and may be replaced."""
    lane = Lane(_hold)
    with Lanes([lane]):
        try:
            return lane.submit(_SECONDS_TO_LOOK, is_ours, path).result()
        except BrokenProcessPool:
            return False


def _hold() -> None:
    _held.append(Bundle())


def _add(data: bytes) -> BundledPdf:
    return _held[0].add(data)


def _again(digest: bytes) -> BundledPdf:
    return _held[0].again(digest)


def _close(title: str) -> bytes:
    return _held[0].close(title)
