"""Letters pressed on a Dask cluster: the same function of the same letter, on other machines.

Whatever travels is sealed: the scheduler sees numbers and bytes, and neither its log nor its
dashboard has a name of anybody in it. What can’t be had in secret is refused: a cluster on other
machines is spoken to by TLS.
"""

from __future__ import annotations

import logging
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from letters.error import LettersError, Status
from letters.press.likeness import families, likeness
from letters.workshop import local_cluster
from letters.workshop.sealed import Sealed, answered

if TYPE_CHECKING:
    from distributed import Client

    from letters.press.theme import Theme

T = TypeVar("T")

LOCAL = "local"
_SECRET = {"tls", "wss"}
_SECONDS_TO_ANSWER = 30
_SECONDS_TO_GATHER = 0.02
_TOGETHER = 8
"""So many letters at most are one task."""
_LEAST = 512
_AHEAD = 4
"""So many tasks wait for each worker, so that none of them does."""


class ClusterError(LettersError):
    """The cluster can’t be had, or is not as it must be."""

    status = Status.OUTSIDE


class OpenClusterError(ClusterError):
    """The way to the cluster can be listened to."""

    status = Status.REFUSED


class MissingClusterError(ClusterError):
    """What speaks to a cluster is not installed."""

    status = Status.USAGE


class NoCertificatesError(ClusterError):
    """The cluster wants to know who speaks to it."""

    status = Status.USAGE


class Cluster:
    """Presses like a worker does, see `letters.workshop.presser`.

    What a task costs beside its letter is milliseconds, so letters travel in groups: the first ones
    alone, so that each worker has something to do, and later ones together.
    """

    def __init__(self, client: Client, theme: Theme) -> None:
        self._client, self._families = client, families(theme)
        self._expected = likeness(self._families)
        threads: int = sum(client.nthreads().values())
        self._threads = max(1, threads)
        self._guard = threading.Lock()
        self._group: list[tuple[Future[Any], tuple[float, Callable[..., Any], Any]]] = []
        self._submitted = 0

    @property
    def cost(self) -> None:
        """Nobody but the cluster itself shares its work."""

    @property
    def at_once(self) -> int:
        """How many letters should be under way, for no worker to wait; more may come meanwhile."""
        return max(_LEAST, _AHEAD * _TOGETHER * self._threads)

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        """Queue a task for that much processor time."""
        found: Future[T] = Future()
        with self._guard:
            self._group.append((found, (seconds, task, args)))
            self._submitted += 1
            together = min(_TOGETHER, 1 + self._submitted // (_AHEAD * self._threads))
            is_first, is_whole = len(self._group) == 1, len(self._group) >= together
        if is_whole:
            self._send()
        elif is_first:  # of a group that may never be whole
            later = threading.Timer(_SECONDS_TO_GATHER, self._send)
            later.daemon = True
            later.start()
        return found

    def _send(self) -> None:
        with self._guard:
            group, self._group = self._group, []
        if not group:
            return
        futures = [found for found, _ in group]
        try:
            work = Sealed.of([call for _, call in group])
            theirs = self._client.submit(
                answered, work, self._families, dict(self._expected), pure=False,
                key=f"letters-{uuid.uuid4().hex}",
            )  # fmt: skip
            theirs.add_done_callback(lambda done: _settle(futures, done))
        except Exception as error:  # noqa: BLE001 - somebody waits for an answer
            _lose(futures, error)


def _settle(futures: Sequence[Future[Any]], theirs: Any) -> None:
    """Give the answers on; what the worker raised is raised here."""
    from distributed import KilledWorker

    try:
        answers = theirs.result().opened()
    except KilledWorker:
        for found in futures:
            found.set_exception(BrokenProcessPool("ended by its bounds, again and again"))
        return
    except BaseException as error:  # noqa: BLE001 - somebody waits for an answer
        _lose(futures, error)
        return
    for found, (said, what) in zip(futures, answers, strict=True):
        if said == "done":
            found.set_result(what)
        else:
            found.set_exception(_unlike(what) if said == "unlike" else what)


def _lose(futures: Sequence[Future[Any]], error: BaseException) -> None:
    for found in futures:
        found.set_exception(
            ClusterError(
                f"the cluster was lost ({type(error).__name__})",
                "what is finished is kept; “letters render” goes on from there",
            )
        )


def _unlike(names: Sequence[str]) -> ClusterError:
    verb = "is" if len(names) == 1 else "are"
    return ClusterError(
        f"a worker of the cluster would make other files: its {', '.join(names)} {verb} not what"
        " is here",
        "let all workers run the same image, with the same fonts",
    )


def prepare(address: str) -> None:
    """Load what speaks to a cluster, while somebody else is busy. Raises MissingClusterError."""
    if address == LOCAL:
        local_cluster.preload()
    try:
        import distributed  # noqa: F401 - all the rest of it is loaded where it is used
    except ImportError:
        raise MissingClusterError(
            "--cluster needs Dask, which is not installed", 'pip install "letters[cluster]"'
        ) from None


@contextmanager
def cluster(address: str, theme: Theme, workers: int) -> Iterator[Cluster]:
    """The cluster at that address; ``local`` starts one of so many ``workers`` for a trial.

    Raises ClusterError.
    """
    prepare(address)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        if address != LOCAL:
            _expect_secret(address)
        try:
            client = stack.enter_context(
                local_cluster.begun(workers) if address == LOCAL else _at(address)
            )
            client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        except TimeoutError:
            raise _unreachable(address, "no worker has answered in time") from None
        except (OSError, ValueError, ImportError, RuntimeError):
            raise _unreachable(address, "nobody answers there as it must be") from None
        yield Cluster(client, theme)


def _unreachable(address: str, reason: str) -> ClusterError:
    hint = "look at its address, its workers, and Dask’s settings for TLS"
    return ClusterError(f"the cluster at {address} can’t be had: {reason}", hint)


@contextmanager
def _at(address: str) -> Iterator[Client]:
    """The cluster with a scheduler that runs there."""
    from distributed import Client, Security

    if urlsplit(address).scheme in _SECRET:
        context = Security().get_connection_args("client").get("ssl_context")
        if context is None:
            raise NoCertificatesError(
                f"{address} wants certificates, and Dask’s settings name none",
                "see https://distributed.dask.org/en/stable/tls.html",
            )
    client = Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    try:
        yield client
    finally:
        client.close(timeout=_SECONDS_TO_ANSWER)


def _expect_secret(address: str) -> None:
    """Refuse a way on which anybody could read the letters."""
    said = urlsplit(address if "://" in address else f"tcp://{address}")
    if said.scheme in _SECRET or (said.hostname and _is_here(said.hostname)):
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
