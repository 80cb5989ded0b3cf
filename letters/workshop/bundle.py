"""A bundle that is put together in a worker: an enclosure may come from a stranger."""

from __future__ import annotations

import hashlib
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from letters.limits import SECONDS_TO_LOOK
from letters.post.paper.bundle import Bundle, BundledPdf, UnfitFileError, is_ours

if TYPE_CHECKING:
    from letters.workshop.workers import Worker

_bundles: list[Bundle] = []


class BoundBundle:
    """Like a `Bundle`, in a worker; ``seconds`` are processor time for one PDF.

    Once ``stopped`` by a PDF that takes too long or too much memory, the worker can't go on.
    """

    def __init__(self, worker: Worker, seconds: float) -> None:
        self._worker, self._seconds = worker, seconds
        self._known: set[bytes] = set()
        self.stopped = False
        worker.submit(seconds, _begin)

    def add(self, data: bytes) -> BundledPdf:
        """Put a PDF behind the others. Raises UnfitFileError."""
        digest = hashlib.sha256(data).digest()
        try:
            if digest in self._known:  # as an enclosure for all: it need not travel again
                return self._worker.submit(self._seconds, _again, digest).result()
            part = self._worker.submit(self._seconds, _add, data).result()
        except BrokenProcessPool:
            self.stopped = True
            message = "takes too long to read, or too much memory"
            raise UnfitFileError(message, "print it to a new PDF, and enclose that") from None
        self._known.add(digest)
        return part

    def close(self, title: str) -> bytes:
        """The whole PDF."""
        return self._worker.submit(self._seconds, _close, title).result()


def made_here(worker: Worker, path: Path) -> bool:
    """Whether a file was made by `Bundle` or beside it, and may be replaced."""
    try:
        return worker.submit(SECONDS_TO_LOOK, is_ours, path).result()
    except BrokenProcessPool:
        return False


def _begin() -> None:
    _bundles[:] = [Bundle()]


def _add(data: bytes) -> BundledPdf:
    return _bundles[0].add(data)


def _again(digest: bytes) -> BundledPdf:
    return _bundles[0].again(digest)


def _close(title: str) -> bytes:
    return _bundles[0].close(title)
