"""Letters in numbers: any count of workers gives the same letters, and a worker may die."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from press.sample import classic_theme
from shared import children, staged
from signing import sign

from letters import limits
from letters.draft.signatures import Signed
from letters.press.jobs import FORMATS, Job, PressRun, Product
from letters.problem import CampaignError, Problem
from letters.workshop.held import hold
from letters.workshop.workers import Worker, Workers
from letters.workshop.workshop import Workshop

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters


T = TypeVar("T")

UNSIGNED = Signed({}, None, draft=True)
STOPPED = "the template takes too much time or memory and was stopped"

# The processes in which templates run are forks of this one, and find it loaded.
importlib.import_module("letters.draft.compose")
pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


def pressed(shop: Workshop, *jobs: Job, formats: tuple[str, ...] = ("txt",)) -> list[Product]:
    chosen = tuple(made for made in FORMATS if made in formats)
    return list(shop.letters(list(jobs), PressRun(chosen, UNSIGNED, "recipient", classic_theme())))


def stopped(caught: pytest.ExceptionInfo[CampaignError]) -> Problem:
    [problem] = caught.value.problems
    return problem


def many(campaign: CampaignFolder, count: int) -> None:
    """As many recipients, each with words of their own."""
    people = "\n".join(
        f"- id: member-{number}\n  name: {{given: Number, family: Member{number}}}\n"
        f"  office: {{en: Member {number}, fr: Membre {number}}}"
        for number in range(count)
    )
    campaign.write("recipients.yaml", people + "\n")


# --- in workers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_letters_come_in_the_order_of_their_jobs(campaign: CampaignFolder, workers: int) -> None:
    many(campaign, 5)
    jobs = [Job(index, tag) for index in range(5) for tag in ("en", "fr")]
    with Workshop(campaign.path, workers) as shop:
        made = pressed(shop, *jobs, formats=("html", "txt"))
    assert [(each.job, each.format) for each in made] == [
        (job, kind) for job in jobs for kind in ("html", "txt")
    ]
    assert b"Membre 4" in made[-1].data


def test_the_problems_of_all_letters_are_found(campaign: CampaignFolder) -> None:
    body = "templates/note/letter.{}.md"
    for tag in ("en", "fr"):
        campaign.edit(body.format(tag), "{{ deadline }}", f"{{{{ no_such_{tag} }}}}")
    with Workshop(campaign.path, 2) as shop, pytest.raises(CampaignError) as caught:
        pressed(shop, Job(0, "en"), Job(0, "fr"), Job(1, "en"))
    assert [problem.place.path for problem in caught.value.problems] == [
        "templates/note/letter.en.md",
        "templates/note/letter.fr.md",
    ]


@pytest.mark.parametrize("moment", ["at once", "later"])
def test_the_death_of_all_workers_is_a_problem_with_a_place(
    campaign: CampaignFolder, moment: str
) -> None:
    with Workshop(campaign.path, 2) as shop:
        shop.text()
        children = multiprocessing.active_children()
        assert children
        for child in children:
            child.kill()
            child.join()
        time.sleep(0.2 if moment == "later" else 0)
        with pytest.raises(CampaignError) as caught:
            pressed(shop, Job(0, "en"), Job(1, "en"))
    problem = stopped(caught)
    # The one that ran last, of those that were drafted side by side.
    assert problem.place.path in ("templates/note/letter.en.md", "templates/note/letter.fr.md")
    assert problem.message == STOPPED


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("file", ["back.docx", ""])
def test_a_file_that_came_in_is_named_and_not_what_was_read_for_it(
    campaign: CampaignFolder, file: str
) -> None:
    with Workshop(campaign.path, 1) as shop, pytest.raises(CampaignError) as caught:
        shop.ask(_die, what="reading the Word file", file=file)
    assert (stopped(caught).place.path == "back.docx") == bool(file)


def test_a_worker_that_died_before_its_first_letter_is_a_problem(campaign: CampaignFolder) -> None:
    with Workshop(campaign.path, 2) as shop:
        shop.warm(("pdf",))
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        time.sleep(0.2)
        with pytest.raises(CampaignError) as caught:
            pressed(shop, Job(0, "en"), Job(1, "en"))
    assert stopped(caught).message == STOPPED


def test_no_worker_is_left_when_the_press_is_closed(campaign: CampaignFolder) -> None:
    before = set(multiprocessing.active_children())
    with Workshop(campaign.path, 3) as shop:
        shop.text()
        assert set(multiprocessing.active_children()) - before
    assert set(multiprocessing.active_children()) <= before


def test_no_worker_is_left_when_something_fails(campaign: CampaignFolder) -> None:
    before = set(multiprocessing.active_children())

    def fail() -> None:
        with Workshop(campaign.path, 2) as shop:
            shop.text()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert set(multiprocessing.active_children()) <= before


def test_every_step_has_bounds_of_its_own() -> None:
    worker = Worker(hold, None)
    with Workers([worker]):
        for seconds in (70.0, 15.0):
            left, _ = worker.submit(seconds, signal.getitimer, signal.ITIMER_PROF).result()
            assert 0 < left < seconds
            end, _ = worker.submit(seconds, resource.getrlimit, resource.RLIMIT_CPU).result()
            assert seconds <= end <= seconds + 60  # and what it took until then
            soft, most = worker.submit(seconds, resource.getrlimit, resource.RLIMIT_AS).result()
            assert most - soft == limits.MOST_MEMORY - limits.memory(seconds)


def test_others_may_help_to_press(campaign: CampaignFolder) -> None:
    class Threads:
        """An executor of another kind behind the one method that is asked of it."""

        cost = None

        def __init__(self, executor: Executor) -> None:
            self.executor, self.asked = executor, 0

        def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
            assert seconds > 0
            self.asked += 1
            return self.executor.submit(task, *args)

    jobs = [Job(index, tag) for index in (0, 1) for tag in ("en", "fr")]
    with Workshop(campaign.path) as shop:
        alone = pressed(shop, *jobs)
    with ThreadPoolExecutor(1) as executor:
        threads = Threads(executor)
        with Workshop(campaign.path, helping=[threads]) as shop:
            assert pressed(shop, *jobs) == alone
    assert threads.asked == 4  # they keep up, so nobody else begins


def test_pages_and_remarks_come_with_a_pdf_only(campaign: CampaignFolder) -> None:
    with Workshop(campaign.path, 2) as shop:
        made = {each.format: each for each in pressed(shop, Job(0, "en"), formats=FORMATS)}
    assert list(made) == list(FORMATS)
    assert made["pdf"].pages == 2
    assert {made[kind].pages for kind in ("docx", "html", "txt")} == {None}
    assert all(each.remarks == () for each in made.values())


class Recording:
    """Presses at once, and remembers in which formats."""

    cost = None

    def __init__(self) -> None:
        self.formats: list[tuple[str, ...]] = []

    def submit(self, seconds: float, task: Callable[..., T], *args: Any) -> Future[T]:
        self.formats.append(args[1])
        done: Future[T] = Future()
        done.set_result(task(*args))
        return done


TOGETHER = [("pdf", "docx"), ("html",), ("txt",)]
NOTES, BEHIND = r"\{\{ [^}]* \| cite \}\}", r"::: (enclosures|copies)\n.*?\n:::\n"


@pytest.mark.parametrize(
    ("without", "formats", "apart"),
    [
        ((), FORMATS, TOGETHER),
        ((NOTES,), FORMATS, TOGETHER),
        ((BEHIND,), FORMATS, TOGETHER),
        ((), ("docx", "txt"), [("docx",), ("txt",)]),
        ((), ("html", "txt"), [("html",), ("txt",)]),
        ((NOTES, BEHIND), FORMATS, [(each,) for each in FORMATS]),
    ],
)
def test_a_word_letter_that_goes_by_the_pdf_is_made_where_that_is_made(
    without: tuple[str, ...],
    formats: tuple[str, ...],
    apart: list[tuple[str, ...]],
    campaign: CampaignFolder,
) -> None:
    """Else the letter would be laid out twice, in two processes at a time."""
    for tag in ("en", "fr"):
        name = f"templates/note/letter.{tag}.md"
        text = campaign.read(name)
        for pattern in without:
            text, found = re.subn(pattern, "", text, flags=re.DOTALL)
            assert found, text
        campaign.write(name, text)
    own = [Recording() for _ in range(4)]
    with Workshop(campaign.path, helping=own) as shop:
        made = pressed(shop, Job(0, "en"), formats=formats)
    assert [each.format for each in made] == list(formats)
    assert [asked for one in own for asked in one.formats] == apart


# --- from the command line --------------------------------------------------------------------


def test_any_number_of_processes_gives_the_same_bytes(
    campaign: CampaignFolder, letters: Letters
) -> None:
    sign(campaign.path)
    folders = [campaign.path / f"out-{jobs}" for jobs in (1, 3)]
    for jobs, folder in zip((1, 3), folders, strict=True):
        done = letters(
            "render", "--format", "pdf,docx,html,txt", "--recipient", "minister",
            "--jobs", str(jobs), "--out", str(folder),
        )  # fmt: skip
        assert done.status == 0, done.stderr
    one, three = ({f.name: f.read_bytes() for f in folder.iterdir()} for folder in folders)
    assert len(one) == 2 * 4 + 1
    assert sorted(name for name in one if one[name] != three.get(name)) == []


def test_sixty_recipients_in_two_languages_get_their_own_letters(
    campaign: CampaignFolder, letters: Letters
) -> None:
    many(campaign, 60)
    sign(campaign.path)
    done = letters("render", "--format", "docx,txt")
    assert done.status == 0, done.stderr
    assert len(done.stdout.splitlines()) == 60 * 2 * 2
    out = campaign.path / "out"
    files = json.loads((out / "manifest.json").read_bytes())["files"]
    assert len({file["path"] for file in files}) == 60 * 2 * 2
    assert {file["text_digest"] for file in files} == {files[0]["text_digest"]}
    for number in range(60):
        lines = (out / f"member-{number}.fr.txt").read_text(encoding="utf-8").splitlines()
        assert f"Membre {number}" in lines
        assert sum(line.startswith("Membre") for line in lines) == 1


def test_a_worker_that_is_killed_ends_the_command_with_a_problem_and_keeps_what_is_finished(
    campaign: CampaignFolder,
) -> None:
    many(campaign, 60)
    with subprocess.Popen(
        [sys.executable, "-m", "letters", "-C", str(campaign.path), "render", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    ) as running:
        stage = staged(campaign.path / "out")
        os.kill(children(running.pid)[0], signal.SIGKILL)
        stdout, stderr = running.communicate(timeout=60)
    assert running.returncode == 1
    assert stdout == ""
    assert f"templates/note/letter.en.md:1:1: {STOPPED}" in stderr
    assert stderr.endswith("1 problem to fix\n")
    assert not stage.exists()
    out = campaign.path / "out"
    assert not [path for path in out.iterdir() if path.name.startswith(".letters-")]
    made = {path.name for path in out.iterdir()} - {"manifest.json"}
    files = json.loads((out / "manifest.json").read_bytes())["files"] if made else []
    assert {file["path"] for file in files} == made
