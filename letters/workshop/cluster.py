"""Letters pressed on a Dask cluster: the same function of the same letter, on other machines.

Whatever travels is sealed: the scheduler sees numbers and bytes, and neither its log nor its
dashboard has a name of anybody in it. What can’t be had in secret is refused: a cluster on other
machines is spoken to by TLS.
"""

from __future__ import annotations

import importlib.util
import logging
import socket
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

from letters.error import LettersError, Status
from letters.press.likeness import families, likeness
from letters.workshop import local_cluster
from letters.workshop.costs import Costs
from letters.workshop.sealed import SealedObject, answered

if TYPE_CHECKING:
    from distributed import Client

    from letters.press.theme import Theme

T = TypeVar("T")
Group: TypeAlias = list[tuple[Future[Any], tuple[float, Callable[..., Any], Any]]]
"""What travels together: each a future, and what it is of."""

LOCAL = "local"
_SECRET = {"tls", "wss"}
_SECONDS_TO_ANSWER = 30
_SECONDS_TO_GATHER = 0.02
_TOGETHER = 16
"""So many letters at most are one task."""
_TELLING = 2
"""So many letters of a task tell what one costs."""
_LEAST = 512
_AHEAD = 4
"""So many tasks wait for each worker, so that none of them does."""
_BEGINNING = 2.0
"""Seconds that it takes until one more worker of this computer’s is as quick as the others."""


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


def _keep(_: int) -> None:
    """A cluster that was there before is made no larger."""


class Cluster:
    """Presses like a worker does, see `letters.workshop.presser`.

    What a task costs beside its letter is milliseconds, so letters travel in groups: the first ones
    alone, so that each worker has something to do, and later ones together. Where the cluster may
    ``grow``, it gets one more worker as soon as what waits takes longer than that takes to begin.
    """

    def __init__(
        self, client: Client, theme: Theme, most: int = 0, grow: Callable[[int], None] = _keep
    ) -> None:
        """There may be ``most`` threads, unless there are that many."""
        self._client, self._families = client, families(theme)
        self._most, self._grow = most, grow
        self._given, self._costs = 0, Costs(_TELLING)
        self._expected = likeness(self._families)
        threads: int = sum(client.nthreads().values())
        self._threads = max(1, threads)
        self._guard = threading.Lock()
        self._group: Group = []
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
            group = self._group
            group.append((found, (seconds, task, args)))
            self._submitted += 1
            self._given += 1
            together = min(_TOGETHER, 1 + self._submitted // (_AHEAD * self._threads))
            is_first, is_whole = len(group) == 1, len(group) >= together
            waiting = self._given * (self._costs.each or 0) / self._threads
            wants = self._threads < self._most and waiting > _BEGINNING
            self._threads += wants
        if wants:
            self._grow(self._threads)
        if is_whole:
            self._send(group)
        elif is_first:  # of a group that may never be whole
            later = threading.Timer(_SECONDS_TO_GATHER, self._send, [group])
            later.daemon = True
            later.start()
        return found

    def _send(self, group: Group) -> None:
        """Send it, unless it is under way already."""
        with self._guard:
            if group is not self._group:
                return
            self._group = []
        futures = [found for found, _ in group]
        try:
            work = SealedObject.of([call for _, call in group])
            theirs = self._client.submit(
                answered, work, self._families, dict(self._expected), pure=False,
                key=f"letters-{uuid.uuid4().hex}",
            )  # fmt: skip
            theirs.add_done_callback(lambda done: self._settle(futures, done))
        except Exception as error:  # noqa: BLE001 - somebody waits for an answer
            self._ended(futures)
            _lose(futures, error)

    def _ended(self, futures: Sequence[Future[Any]], seconds: float = 0) -> None:
        """Nobody waits for them any more; ``seconds`` is what several took together."""
        with self._guard:
            self._given -= len(futures)
            if seconds:
                self._costs.tell(seconds, len(futures))

    def _settle(self, futures: Sequence[Future[Any]], theirs: Any) -> None:
        """Give the answers on; what the worker raised is raised here."""
        from distributed import KilledWorker

        try:
            answers, seconds = theirs.result().opened()
        except KilledWorker:
            self._ended(futures)
            for found in futures:
                found.set_exception(BrokenProcessPool("ended by its bounds, again and again"))
            return
        except BaseException as error:  # noqa: BLE001 - somebody waits for an answer
            self._ended(futures)
            _lose(futures, error)
            return
        self._ended(futures, seconds)
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


@contextmanager
def cluster(address: str, workers: int) -> Iterator[Callable[[Theme], Cluster]]:
    """The way to the cluster at that address; ``local`` begins one of at most so many ``workers``.

    It begins at once, while somebody else reads and drafts, and is waited for where it is asked
    for. Raises ClusterError, then as well.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address != LOCAL:
        _expect_secret(address)
    if importlib.util.find_spec("distributed") is None:
        raise MissingClusterError(
            "--cluster needs Dask, which is not installed", 'pip install "letters[cluster]"'
        )
    with ExitStack() as stack:
        if address == LOCAL:
            own = stack.enter_context(local_cluster.begun(workers))
            yield lambda theme: _reached(address, own.client, theme, own.most, own.grow)
        else:
            yield lambda theme: _reached(address, lambda: stack.enter_context(_at(address)), theme)


def _reached(
    address: str,
    client: Callable[[], Client],
    theme: Theme,
    most: int = 0,
    grow: Callable[[int], None] = _keep,
) -> Cluster:
    """The cluster, once one worker is there. Raises ClusterError."""
    try:
        found = client()
        found.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except TimeoutError:
        raise _unreachable(address, "no worker has answered in time") from None
    except (OSError, ValueError, ImportError, RuntimeError):
        raise _unreachable(address, "nobody answers there as it must be") from None
    return Cluster(found, theme, most, grow)


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
