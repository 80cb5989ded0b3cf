"""A Dask cluster makes the same letters, loses none, and tells nobody what is in them."""

from __future__ import annotations

import gc
import importlib
import io
import itertools
import logging
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from press.sample import classic_theme

from letters.draft.signatures import Signed
from letters.error import BugError
from letters.press import likeness
from letters.press.jobs import Job, PressRun, Product
from letters.problem import CampaignError, Place, Problem
from letters.workshop import cluster as clusters
from letters.workshop.cluster import (
    Cluster,
    ClusterError,
    MissingClusterError,
    NoCertificatesError,
    OpenClusterError,
    cluster,
)
from letters.workshop.sealed import SealedObject, answered
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

importlib.import_module("letters.draft.compose")
pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    # Dask's own, when it closes.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]

UNSIGNED = Signed({}, None, draft=True)
SECRET = "Zwetajewa-Nobody-May-Read"
JOBS = [Job(index, tag) for index in (0, 1) for tag in ("en", "fr")]


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A cluster of two workers on this computer."""
    with cluster("local", 2) as reached:
        yield reached(classic_theme())
    gc.collect()  # sockets that Dask has left open are warned of here, and in no other test


def fail(words: str) -> None:
    raise CampaignError([Problem(Place(words), words)])


def fail_strangely(words: str) -> None:
    class StrangeError(Exception):
        """Which can't travel."""

    raise StrangeError(words)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: str) -> str:
    """Take the worker with it, and be fine the second time."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return "fine"
    die()
    return "never"


def never_end() -> None:
    while True:
        pass


def pressed(shop: Workshop, elsewhere: Cluster | None) -> list[Product]:
    run = PressRun(("docx", "txt"), UNSIGNED, "recipient", classic_theme())
    return list(shop.letters(JOBS, run, elsewhere=elsewhere))


def test_it_makes_the_same_letters_in_their_order(campaign: CampaignFolder, own: Cluster) -> None:
    with Workshop(campaign.path) as shop:
        assert pressed(shop, own) == pressed(shop, None)


def test_many_travel_together_and_none_waits_for_company(own: Cluster) -> None:
    for number in (1, 2, 7, 50):
        asked = [own.submit(60.0, str, each) for each in range(number)]
        assert [one.result(60) for one in asked] == [str(each) for each in range(number)]


class Heard:
    """A client that does nothing of what it is asked for, and knows how much travelled together."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def nthreads(self) -> dict[str, int]:
        return {"one": 1}

    def submit(self, _: object, work: SealedObject, *__: object, **___: object) -> Heard:
        self.sizes.append(len(work.opened()))
        return self

    def add_done_callback(self, _: object) -> None:
        """It is never done."""


def test_whoever_waits_for_company_sends_no_later_group_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later: list[Callable[[], None]] = []

    class Timer:
        def __init__(self, _: float, do: Callable[..., None], args: list[Any]) -> None:
            later.append(lambda: do(*args))
            self.daemon = False

        def start(self) -> None:
            """It runs off when the test says so."""

    monkeypatch.setattr("threading.Timer", Timer)
    client: Any = Heard()
    found = Cluster(client, classic_theme())
    for number in range(9):
        found.submit(60.0, str, number)
    assert client.sizes == [1, 1, 1, 2, 2]
    for run_off in later[:-1]:
        run_off()
    assert client.sizes == [1, 1, 1, 2, 2]
    later[-1]()
    later[-1]()
    assert client.sizes == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("cost", "most", "grown"), [(0.001, 4, []), (1.0, 4, [2, 3, 4]), (1.0, 2, [2]), (1.0, 1, [])]
)
def test_one_more_worker_begins_where_what_waits_takes_longer(
    cost: float, most: int, grown: list[int]
) -> None:
    client: Any = Heard()
    asked: list[int] = []
    found = Cluster(client, classic_theme(), most, asked.append)
    for _ in range(2):
        found._costs.tell(cost * 16, 16)
    for number in range(7):
        found.submit(60.0, str, number)
    assert asked == grown


def test_what_is_wrong_in_a_letter_is_told_as_ever(own: Cluster) -> None:
    with pytest.raises(CampaignError) as caught:
        own.submit(60.0, fail, SECRET).result(60)
    assert caught.value.problems == (Problem(Place(SECRET), SECRET),)
    with pytest.raises(BugError, match="StrangeError") as other:
        own.submit(60.0, fail_strangely, SECRET).result(60)
    assert SECRET not in str(other.value)


def test_a_lost_worker_loses_no_letter(own: Cluster, tmp_path: Any) -> None:
    assert own.submit(60.0, die_once, str(tmp_path / "mark")).result(120) == "fine"


def test_a_letter_that_never_ends_is_ended(own: Cluster) -> None:
    with pytest.raises(BrokenProcessPool):
        own.submit(0.2, never_end).result(300)
    assert own.submit(60.0, len, "four").result(60) == 4


def test_nobody_learns_what_travels(own: Cluster) -> None:
    """Neither the names of tasks, nor what the scheduler notes of them, nor its log."""
    client: Any = own._client
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger("distributed").addHandler(handler)
    try:
        own.submit(60.0, len, SECRET).result(60)
        for task in (fail, fail_strangely):
            with pytest.raises(Exception, match=r"."):
                own.submit(60.0, task, SECRET).result(60)
        held = client.submit(
            answered, SealedObject.of([(60.0, str, (SECRET,))]), (), {}, key="held"
        )
        assert held.result().opened()[0] == [("done", SECRET)]

        def seen(dask_scheduler: Any = None) -> str:
            known = [repr(value) for value in vars(dask_scheduler).values()]
            known += [repr(vars(topic)) for topic in dask_scheduler._broker._topics.values()]
            for key, task in dask_scheduler.tasks.items():
                known += [key, repr(task), repr(task.run_spec), str(task.exception_text)]
            return repr(known)

        noted = seen_by_scheduler(client, seen)
        assert "held" in noted
        logs = repr((client.get_scheduler_logs(), client.get_worker_logs()))
        for place in (noted, logs, said.getvalue(), repr(held), repr(SealedObject.of(SECRET))):
            assert SECRET not in place
            assert "Ada" not in place
    finally:
        logging.getLogger("distributed").removeHandler(handler)
    assert repr(SealedObject.of(SECRET)) == "sealed"


def seen_by_scheduler(client: Any, look: Any) -> str:
    found: str = client.run_on_scheduler(look)
    return found


def test_a_local_one_is_open_to_nobody(own: Cluster) -> None:
    client: Any = own._client
    assert client.scheduler.address.startswith("tls://127.0.0.1:")
    info = client.scheduler_info()
    assert all(address.startswith("tls://127.0.0.1:") for address in info["workers"])
    ports = [info["services"]["dashboard"]]
    ports += [worker["services"]["dashboard"] for worker in info["workers"].values()]
    pages = "", "status", "info/main/workers.html", "json/counts.json", "metrics", "health"
    for port, page in itertools.product(ports, pages):
        with pytest.raises(HTTPError) as caught:
            urlopen(f"http://127.0.0.1:{port}/{page}")
        assert caught.value.code == 404
    listening = subprocess.run(["ss", "-Htln"], capture_output=True, text=True, check=True).stdout
    for port in ports:
        [line] = [line for line in listening.splitlines() if f":{port} " in line]
        assert f"127.0.0.1:{port} " in line


def test_a_worker_with_other_fonts_or_versions_makes_nothing(own: Cluster) -> None:
    other = Cluster(own._client, classic_theme())
    other._expected = {**other._expected, "fonts": "0" * 64, "weasyprint": "1.0"}
    with pytest.raises(ClusterError) as caught:
        other.submit(60.0, len, "four").result(60)
    assert "its weasyprint, fonts are not what is here" in str(caught.value)


def test_what_is_told_of_a_machine_is_what_its_letters_come_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = likeness.families(classic_theme())
    assert "Carlito" in names
    found = likeness.likeness(names)
    assert found.keys() >= {"letters", "Python", "weasyprint", "python-docx", "fonts"}
    likeness.likeness.cache_clear()
    monkeypatch.setattr(likeness, "digest_of", lambda _: "another")
    assert likeness.likeness(names)["fonts"] == "another"
    likeness.likeness.cache_clear()


@pytest.mark.parametrize(
    "address",
    ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "ws://192.0.2.1:80", "tcp://nowhere.invalid:1"],
)
def test_other_machines_are_spoken_to_in_secret_or_not_at_all(address: str) -> None:
    with pytest.raises(OpenClusterError, match="unencrypted"):
        clusters._expect_secret(address)


@pytest.mark.parametrize(
    "address", ["tls://192.0.2.1:8786", "wss://192.0.2.1:80", "tcp://127.0.0.1:8786", "localhost:1"]
)
def test_a_secret_way_and_this_computer_are_fine(address: str) -> None:
    clusters._expect_secret(address)


def test_where_nobody_answers_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_SECONDS_TO_ANSWER", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        with (
            cluster(address, 1) as reached,
            pytest.raises(ClusterError, match="can’t be had"),
        ):
            reached(classic_theme())


@pytest.mark.parametrize("scheme", ["tls", "wss"])
def test_a_secret_way_wants_certificates(scheme: str) -> None:
    with cluster(f"{scheme}://127.0.0.1:1", 1) as reached, pytest.raises(NoCertificatesError):
        reached(classic_theme())


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingClusterError) as caught, cluster("local", 1):
        pass
    assert "letters[cluster]" in caught.value.sentence


def test_sealed_things_travel() -> None:
    assert pickle.loads(pickle.dumps(SealedObject.of([SECRET]))).opened() == [SECRET]


def test_the_guides_own_cluster_gives_the_same_folder(
    campaign: CampaignFolder, letters: Letters
) -> None:
    """Certificates, scheduler and workers as docs/scale.md has them, on a port that is free."""
    guide = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    [script] = re.findall(r"^```text\n(openssl .*?)^```", guide, flags=re.MULTILINE | re.DOTALL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = "render --format docx,txt --recipient minister --out"
    assert letters(*words.split(), str(campaign.path / "here")).status == 0
    for old, new in (
        ("--protocol tls", f"--protocol tls --host localhost --port {port}"),
        ("localhost:8786", f"localhost:{port}"),
        ("--nworkers 2", "--nworkers 1"),
        ("letters render", f"letters -C '{campaign.path}' {words} '{campaign.path}/there'"),
    ):
        assert old in script
        script = script.replace(old, new)
    done = subprocess.run(
        ["bash", "-c", f"trap 'kill $(jobs -p)' EXIT\n{script}"],
        cwd=campaign.path.parent,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    here, there = (
        {path.name: path.read_bytes() for path in (campaign.path / name).iterdir()}
        for name in ("here", "there")
    )
    assert here == there


def test_a_render_says_why_it_does_not_go_elsewhere(
    campaign: CampaignFolder, letters: Letters
) -> None:
    done = letters("render", "--format", "txt", "--cluster", "tcp://192.0.2.1:8786")
    assert (done.status, done.stdout) == (3, "")
    assert "192.0.2.1:8786 is another machine" in done.stderr
    assert not list((campaign.path / "out").glob("*"))
