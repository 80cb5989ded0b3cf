"""Letters pressed on a Dask cluster: the same function of the same letter, on other machines.

Whatever travels is sealed: the scheduler sees numbers and bytes, and neither its log nor its
dashboard has a name of anybody in it. What can’t be had in secret is refused: a cluster on other
machines is spoken to by TLS.
"""

from __future__ import annotations

import logging
import socket
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from letters.error import LettersError, Status
from letters.press.likeness import families, likeness
from letters.workshop.sealed import Sealed, answered

if TYPE_CHECKING:
    from distributed import Client

    from letters.press.theme import Theme

T = TypeVar("T")

LOCAL = "local"
_SECONDS_TO_ANSWER = 30
_LOST = 3
"""So many workers may be lost over one letter, which is then what loses them."""
_AHEAD = 4
"""Letters that wait for each worker, so that none of them does."""


class ClusterError(LettersError):
    """The cluster can’t be had, or is not as it must be."""

    status = Status.OUTSIDE


class OpenClusterError(ClusterError):
    """The way to the cluster can be listened to."""

    status = Status.REFUSED


class MissingClusterError(ClusterError):
    """What speaks to a cluster is not installed."""

    status = Status.USAGE


class Cluster:
    """Presses like a worker does, see `letters.workshop.pressing.Presser`."""

    def __init__(self, client: Client, theme: Theme) -> None:
        self._client, self._families = client, families(theme)
        self._expected = likeness(self._families)

    @property
    def at_once(self) -> int:
        """How many letters should be under way, for no worker to wait."""
        threads: int = sum(self._client.nthreads().values())
        return _AHEAD * max(1, threads)

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task for that much processor time."""
        found: Future[T] = Future()
        work = Sealed.of((seconds, task, args))
        theirs = self._client.submit(
            answered, work, self._families, dict(self._expected), key=f"letter-{uuid.uuid4().hex}",
            pure=False, retries=0,
        )  # fmt: skip
        theirs.add_done_callback(lambda done: _settle(found, done))
        return found


def _settle(found: Future[Any], theirs: Any) -> None:
    """Give the answer on; what the worker raised is raised here."""
    from distributed import KilledWorker

    try:
        said, what = theirs.result().opened()
    except KilledWorker:
        found.set_exception(BrokenProcessPool("ended by its bounds, again and again"))
    except BaseException as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
        found.set_exception(
            ClusterError(
                f"the cluster was lost ({type(error).__name__})",
                "what is finished is kept; “letters render” goes on from there",
            )
        )
    else:
        if said == "unlike":
            found.set_exception(
                ClusterError(
                    f"a worker of the cluster would make other files: its {', '.join(what)} "
                    f"{'is' if len(what) == 1 else 'are'} not what is here",
                    "let all workers run the same image, with the same fonts",
                )
            )
        elif said == "raised":
            found.set_exception(what)
        else:
            found.set_result(what)


@contextmanager
def cluster(address: str, theme: Theme, workers: int) -> Iterator[Cluster]:
    """The cluster at that address; ``local`` starts one of so many ``workers`` for a trial.

    Raises ClusterError.
    """
    try:
        import distributed
    except ImportError:
        raise MissingClusterError(
            "--cluster needs Dask, which is not installed", 'pip install "letters[cluster]"'
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        try:
            if address == LOCAL:
                client = stack.enter_context(_local(workers))
            else:
                _expect_secret(address)
                client = distributed.Client(
                    address, timeout=_SECONDS_TO_ANSWER, set_as_default=False
                )
                stack.callback(client.close)
            client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        except (OSError, TimeoutError, ValueError, ImportError, RuntimeError) as error:
            if isinstance(error, TimeoutError):
                reason = f"no worker has answered within {_SECONDS_TO_ANSWER} s"
            else:
                reason = "nobody answers there"
            message = f"the cluster at {address} can’t be had: {reason}"
            raise ClusterError(message, "look at its address, and at its workers") from None
        yield Cluster(client, theme)


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    """A cluster on this computer, which nobody else on it can listen to or enter."""
    import dask
    from distributed import Client, LocalCluster, Security

    closed = {
        "distributed.worker.memory.spill": False,  # nothing is written to a disk
        "distributed.worker.memory.target": False,
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


def _expect_secret(address: str) -> None:
    """Refuse a way on which anybody could read the letters."""
    said = urlsplit(address if "://" in address else f"tcp://{address}")
    if said.scheme in {"tls", "wss"} or (said.hostname and _is_here(said.hostname)):
        return
    raise OpenClusterError(
        f"{address} is another machine, and letters would travel to it unencrypted",
        "use a tls:// address, or a tunnel to tcp://localhost:PORT",
    )


def _is_here(host: str) -> bool:
    """Whether it is this very computer: its addresses, and no others, can be listened on."""
    with suppress(OSError, UnicodeError):
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, 0, type=socket.SOCK_STREAM
        ):
            with socket.socket(family, kind, protocol) as here:
                here.bind(address)
        return True
    return False
