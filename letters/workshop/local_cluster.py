"""A cluster of Dask's on this computer, for a trial."""

from __future__ import annotations

import logging
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Client

_METHOD = "forkserver" if sys.platform == "linux" else "spawn"


def preload() -> None:
    """Begin to load what its workers need, once for all of them."""
    if _METHOD == "forkserver":
        multiprocessing.set_forkserver_preload(["letters.workshop.preloaded"])
        forkserver.ensure_running()


@contextmanager
def begun(workers: int) -> Iterator[Client]:
    """A cluster on this computer, which nobody else on it can listen to or enter."""
    import dask
    from distributed import Client, LocalCluster, Security

    closed = {
        "distributed.worker.memory.spill": False,  # nothing is written to a disk
        "distributed.worker.memory.target": False,
        "distributed.worker.multiprocessing-method": _METHOD,
        # Dask can’t be kept from opening a page, but there is nothing on it.
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
    }
    with (
        tempfile.TemporaryDirectory(prefix="letters-") as folder,
        dask.config.set(closed),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            host="127.0.0.1",
            protocol="tls://",
            security=Security.temporary(),
            local_directory=folder,
            silence_logs=logging.CRITICAL,
        ) as own,
        Client(own, set_as_default=False) as client,
    ):
        yield client
