"""What lies in the output folder and is not in its manifest yet: a few lines, each written ahead.

The manifest is one file, and to write ten thousand entries anew for each letter would take longer
than to press it. So it is written now and then, and what a killed run had finished since stands
here: each file’s entry, before the file itself is there. What is to be replaced stands here as it
was, since the manifest must not list what may be another file in the next moment. An entry counts
if the file has the bytes that it tells of.
"""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any

from letters import limits, reading

NAME = ".manifest-unlisted"


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """The entries, as they stand in a manifest, the latest last; the last line may be cut off."""
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return
    for line in io.BytesIO(reading.data_of(path, limits.RUN)):
        with suppress(ValueError, RecursionError):
            entry = json.loads(line) if len(line) <= limits.ENTRY * limits.VALUES_OF_ENTRY else None
            if isinstance(entry, dict):
                yield entry


class Unlisted:
    """The entries of a folder, for whoever puts files into it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._stream: FileIO | None = None

    def add(self, *entries: Mapping[str, Any]) -> None:
        """Write some down; from then on, a process that is killed has not lost them."""
        if self._stream is None:
            if self._path.is_symlink():
                self._path.unlink()
            self._stream = self._path.open("ab", buffering=0)
            self._stream.write(b"\n")  # a killed run may have left half a line
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries).encode()
        if self._stream.write(lines) != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path.parent))

    def clear(self) -> None:
        """Forget all of them: the manifest lists what is there."""
        self.close()
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Leave them there, for the next run."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
