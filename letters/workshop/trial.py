"""A campaign with a few files changed, tried out in a copy before anything is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from letters import files, reading
from letters.workshop.workers import Waiting
from letters.workshop.workshop import Workshop

_LEFT_OUT = ("out", "outbox", "evidence", "checkpoints", ".*", "*.db", "*.db-*")
"""What no letter is drafted from."""


@contextmanager
def trial(root: Path, changed: Mapping[str, bytes], waiting: Waiting) -> Iterator[Workshop]:
    """A workshop for the campaign in ``root`` with these files ``changed``; it ends with the copy.

    Raises OSError where there is no room for a copy.
    """
    with tempfile.TemporaryDirectory(prefix="letters-trial-") as folder:
        copy = reading.real(Path(folder)) / "campaign"
        shutil.copytree(
            root,
            copy,
            symlinks=True,
            ignore=shutil.ignore_patterns(*_LEFT_OUT),
            copy_function=_same_file,
        )
        for path, data in changed.items():
            files.replace(copy / path, data)
        with Workshop(copy, waiting=waiting) as shop:
            yield shop


def _same_file(source: str, target: str, *, follow_symlinks: bool = True) -> str:
    """A second name for the file, which nothing writes into; a copy where the disk has none."""
    try:
        os.link(source, target, follow_symlinks=follow_symlinks)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=follow_symlinks)
    return target
