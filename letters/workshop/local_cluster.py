"""A cluster of Dask's on this computer, for a trial.

It begins while the campaign is read, with one worker; more of them come where they are worth it.
"""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Client, LocalCluster, Security

_METHOD = "forkserver" if sys.platform == "linux" else "spawn"
_NAME = "letters"


class Begun:
    """A cluster that is beginning, or has begun."""

    def __init__(self, stack: ExitStack, most: int) -> None:
        self._stack, self.most = stack, most
        self._own: LocalCluster | None = None
        self._thread = ThreadPoolExecutor(1)
        self._client = self._thread.submit(self._begin)

    def client(self) -> Client:
        """Who speaks to it, as soon as that can be had."""
        return self._client.result()

    def grow(self, workers: int) -> None:
        """Let it have so many workers; they come while others work."""
        if self._own is not None:
            self._own.scale(workers)

    def _begin(self) -> Client:
        import dask
        from distributed import Client, LocalCluster

        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="letters-"))
        closed = {
            "distributed.worker.memory.spill": False,  # nothing is written to a disk
            "distributed.worker.memory.target": False,
            "distributed.worker.multiprocessing-method": _METHOD,
            # It would look at each thread a hundred times a second, for a page that nobody opens.
            "distributed.worker.profile.enabled": False,
            # Dask can’t be kept from opening a page, but there is nothing on it.
            "distributed.scheduler.http.routes": [],
            "distributed.worker.http.routes": [],
        }
        self._stack.enter_context(dask.config.set(closed))
        self._own = self._stack.enter_context(
            LocalCluster(
                n_workers=1,
                memory_limit=1 / self.most,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                host="127.0.0.1",
                protocol="tls://",
                security=_security(),
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
        )
        client: Client = Client(self._own, set_as_default=False)
        self._stack.enter_context(client)
        return client

    def close(self) -> None:
        """Wait until it has begun, so that it can end."""
        self._thread.shutdown()


def preload() -> None:
    """Begin to load what each worker needs, in one process for all of them."""
    if _METHOD == "forkserver":
        multiprocessing.set_forkserver_preload(["letters.workshop.preloaded"])
        forkserver.ensure_running()


@contextmanager
def begun(most: int) -> Iterator[Begun]:
    """A cluster of at ``most`` so many workers here, which nobody else can listen to or enter."""
    preload()
    with ExitStack() as stack:
        found = Begun(stack, most)
        try:
            yield found
        finally:
            found.close()


def _security() -> Security:
    """Certificates that live as long as the cluster does, in memory alone.

    As Dask's own temporary ones, but for the key: one for RSA takes a hundred times as long.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from distributed import Security

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(_NAME)]), critical=False)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    shown = certificate.public_bytes(serialization.Encoding.PEM).decode()
    roles = ("client", "scheduler", "worker")
    return Security(
        require_encryption=True,
        tls_ca_file=shown,
        **{f"tls_{role}_key": own for role in roles},
        **{f"tls_{role}_cert": shown for role in roles},
    )
