"""How far a long command has come is shown on a terminal, and nowhere else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from time import sleep
from typing import TYPE_CHECKING

import pytest

from letters.cli import exit as front
from letters.cli import progress
from letters.cli.exit import note, say
from letters.headway import Headway

if TYPE_CHECKING:
    from conftest import CampaignFolder, Letters

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Standard error is taken for a terminal, and everything for long."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "90")
    for where in (front, progress):
        monkeypatch.setattr(where, "is_terminal", lambda: True)
    monkeypatch.setattr(progress, "_AFTER", -1.0)
    monkeypatch.setattr(progress, "_EACH", 0.001)
    yield
    progress.done()


def plain(written: str) -> str:
    return _CODES.sub("", written)


def slowly(count: int) -> Iterator[int]:
    for number in range(count):
        sleep(0.002)
        yield number


def test_it_counts_and_says_how_long_it_will_still_take(
    terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(progress.over(slowly(9), 9, "reading")) == list(range(9))
    said = capsys.readouterr()
    assert said.out == ""
    assert re.search(r"reading .*[1-9] of 9, still (\d:\d\d:\d\d|-:--:--)", plain(said.err))
    assert said.err.endswith("\x1b[2K")  # the line is wiped off


def test_what_is_said_meanwhile_has_a_line_of_its_own(
    terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in progress.over(slowly(6), 6, "reading"):
        (note if number % 2 else say)(f"this is {number}")
    said = capsys.readouterr()
    assert said.out == "this is 0\nthis is 2\nthis is 4\n"
    lines = re.split(r"[\r\n]+", plain(said.err))
    assert [line for line in lines if line.startswith("this is")] == [
        "this is 1", "this is 3", "this is 5"]  # fmt: skip


def test_it_shows_that_time_goes_by_where_nobody_can_count(
    terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with ThreadPoolExecutor(1) as executor:
        slow = executor.submit(sleep, 0.1)
        progress.ShownWait(quiet=False)(slow)
        assert slow.done()
    assert "working" in plain(capsys.readouterr().err)


class Counted(Future[None]):
    """What somebody is asked for who tells how far they are."""

    def __init__(self, *come: Headway | None) -> None:
        super().__init__()
        self._come = [*come]

    @property
    def headway(self) -> Headway | None:
        if not self.done() and len(self._come) == 1:
            self.set_result(None)
        return self._come.pop(0) if len(self._come) > 1 else self._come[0]


def test_it_shows_how_far_somebody_else_is(
    terminal: None, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = (
        Headway(16, 64, "drafting"),
        Headway(48, 64, "drafting"),
        None,
        Headway(1, 2, "looking"),
    )
    progress.ShownWait(quiet=False)(Counted(*steps))
    shown = plain(capsys.readouterr().err)
    told = r"drafting .*16 of 64, still .*48 of 64, still .*working.*looking .*1 of 2, still"
    assert re.search(told, shown, re.DOTALL)


def test_many_short_steps_are_long_together(
    terminal: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(0.0, 0.4)  # each look at it is 0.4 s after the one before
    monkeypatch.setattr(progress, "_AFTER", 1.0)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(progress._display, "_drawn", 0.0)
    steps = [Headway(1, total, "drafting") for total in range(2, 12)]
    progress.ShownWait(quiet=False)(Counted(*steps))
    assert "drafting" in plain(capsys.readouterr().err)


def test_it_is_silent_for_programs(capsys: pytest.CaptureFixture[str], terminal: None) -> None:
    with ThreadPoolExecutor(1) as executor:
        progress.ShownWait(quiet=True)(executor.submit(sleep, 0.05))
    assert list(progress.over(slowly(5), 5, "reading", quiet=True)) == list(range(5))
    said = capsys.readouterr()
    assert said.out == said.err == ""


def test_it_is_silent_where_no_terminal_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_AFTER", -1.0)
    assert list(progress.over(slowly(5), 5, "reading")) == list(range(5))
    progress.reached(3, 5, "reading")
    with ThreadPoolExecutor(1) as executor:
        assert progress.ShownWait(quiet=False)(executor.submit(len, "four")) == 4
    assert capsys.readouterr().err == ""


def test_a_moment_shows_nothing(
    terminal: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_AFTER", 1000.0)
    assert list(progress.over(slowly(5), 5, "reading")) == list(range(5))
    assert capsys.readouterr().err == ""


def test_a_render_shows_its_letters_and_leaves_no_trace_of_that(
    campaign: CampaignFolder, run: Letters, terminal: None
) -> None:
    done = run("render", "--format", "txt", "--jobs", "1")
    assert done.status == 0, done.stderr
    assert re.search(r"making the letters .*\d of 4, still", plain(done.stderr))
    assert len(done.stdout.splitlines()) == 4
    again = run("status", "--json")
    assert "working" not in plain(again.stderr)


def test_people_are_counted_while_they_are_read(
    campaign: CampaignFolder, run: Letters, terminal: None
) -> None:
    done = run("people", "list")
    assert re.search(r"reading the people .*\d of \d, still", plain(done.stderr))
    assert "reading" not in plain(run("people", "list", "--json").stderr)


def test_a_look_at_letters_that_were_made_is_counted(
    campaign: CampaignFolder, run: Letters, terminal: None
) -> None:
    assert run("render", "--format", "txt", "--jobs", "1").status == 0
    shown = plain(run("status").stderr)
    assert re.search(r"looking at the letters .*\d of 4, still", shown)
    assert "looking" not in plain(run("status", "--json").stderr)


def test_while_a_log_is_verified_time_goes_by(
    campaign: CampaignFolder, run: Letters, terminal: None
) -> None:
    assert run("sign", "record", "okafor", "--note", "signed at the meeting").status == 0
    done = run("log", "verify")
    assert done.status == 0, done.stderr
    assert "working" in plain(done.stderr)
    assert "working" not in plain(done.stdout)


def test_a_render_that_fails_wipes_it_off(
    campaign: CampaignFolder, run: Letters, terminal: None
) -> None:
    campaign.edit("recipients.yaml", "name: Sam Taylor", 'name: "Sam \\U00012000"')
    done = run("render", "--format", "txt", "--jobs", "1")
    assert done.status in {0, 1}
    assert not progress._display.counts
