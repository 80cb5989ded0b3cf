"""Letters pressed by two workers of a Dask cluster, beside two of our own processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .measuring import Command, turn_by_turn
from .pressing import MEMBERS, Mailing
from .report import Row


def cluster(work: Path, turns: int) -> Iterator[Row]:
    """Whole commands; most of the difference is what Dask takes to be imported and to begin."""
    mailing = Mailing(work, MEMBERS)
    own: Command = [*mailing.render("pdf,docx"), "--jobs", "2"]
    dask, pool = turn_by_turn([[*own, "--cluster", "local"], own], turns, mailing.begin)
    ratio = f"{dask.cpu / pool.cpu:.2f} of its CPU, {dask.wall / pool.wall:.2f} of its time"
    yield Row("343 letters, Dask, 2 workers", dask, MEMBERS, {"our own pool": pool},
              "1.2 of the pool", ratio)  # fmt: skip
