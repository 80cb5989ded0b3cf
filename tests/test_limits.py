"""The one table of limits: the documentation shows it, and each of its rows is kept."""

from __future__ import annotations

import resource
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from msgspec.structs import replace

from letters import limits, reading
from letters.cli import checkpoints
from letters.intake.order import Order
from letters.post.signing import mails
from letters.press import fontfiles, unlisted
from letters.workshop import lists, looking
from letters.workshop.aside import TooHardError, aside
from letters.workshop.bounded import OutOfTimeError
from letters.workshop.workers import Worker, Workers

DOCS = (Path(__file__).parent.parent / "docs/limits.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of a table of the documentation."""
    lines = DOCS.partition(f"\n{head}\n")[2].partition("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_documentation_shows_the_table() -> None:
    sizes = [[size.what, str(size)] for size in limits.SIZES]
    assert rows("| File | At most |") == sizes
    budgets = [[one.what, f"{one.seconds:g}", one.grows or "–"] for one in limits.BUDGETS]
    assert rows("| Step | Seconds | More for |") == budgets


@pytest.mark.parametrize("size", limits.SIZES, ids=lambda size: size.what)
def test_what_is_larger_is_not_read(tmp_path: Path, size: limits.Size) -> None:
    file = tmp_path / "a"
    with file.open("wb") as stream:
        stream.truncate(size.most + 1)
    with pytest.raises(reading.OddFileError) as error:
        reading.data_of(file, size)
    assert error.value.why == f"is larger than {size}"
    assert error.value.hint == size.hint


def test_every_row_is_of_files_that_are_tried() -> None:
    import test_odd_files

    elsewhere = {limits.FONT, limits.MAILBOX, limits.STAMP, limits.RUN}  # below
    assert {spot.size for spot in test_odd_files.SPOTS} >= {*limits.SIZES} - elsewhere


def test_a_font_that_is_too_large_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").touch()
    with (tmp_path / "a.ttf").open("r+b") as stream:
        stream.truncate(limits.FONT.most + 1)
    assert fontfiles._digest(str(tmp_path / "a.ttf")) == b""


def test_what_a_run_left_is_read_within_bounds(tmp_path: Path) -> None:
    (tmp_path / unlisted.NAME).write_bytes(b'{"a": 1}\n[1]\n' + b"[" * 1_000_000 + b"\n{}")
    assert list(unlisted.read(tmp_path)) == [{"a": 1}, {}]
    with (tmp_path / unlisted.NAME).open("wb") as stream:
        stream.truncate(limits.RUN.most + 1)
    with pytest.raises(reading.OddFileError, match="larger than 16 MiB"):
        list(unlisted.read(tmp_path))


def test_a_mailbox_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    with (tmp_path / "a.mbox").open("wb") as stream:
        stream.write(b"From a@example.org Thu Jan  1 00:00:00 2026\n\n")
        stream.truncate(limits.MAILBOX.most + 1)
    assert mails.match(tmp_path / "a.mbox", {}).left == {mails.TOO_LARGE: ["a.mbox"]}


def test_a_stamp_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("", encoding="utf-8")
    with (tmp_path / "1.tsr").open("wb") as stream:
        stream.truncate(limits.STAMP.most + 1)
    with pytest.raises(reading.OddFileError, match="larger than 1 MiB"):
        checkpoints.stamps([tmp_path / "1.txt"], None)


# --- time and memory ---------------------------------------------------------------------------


def test_a_step_may_take_so_much_memory_and_no_more() -> None:
    assert limits.memory(1) == limits.memory(15) == 1 << 30
    assert limits.memory(16) == (1 << 30) + (64 << 20)
    assert limits.memory(10_000) == 4 << 30
    worker = Worker(print)
    with Workers([worker]):
        for seconds in (15.0, 20.0, 15.0):
            limit, most = worker.submit(seconds, resource.getrlimit, resource.RLIMIT_AS).result()
            assert most - limit == (4 << 30) - limits.memory(seconds)
        with pytest.raises(BrokenProcessPool):
            worker.submit(15.0, bytes, 2 << 30).result()


def spin() -> None:
    while True:
        pass


def spin_in_c() -> None:
    pow(3, 10**9)


@pytest.mark.parametrize("task", [spin, spin_in_c])
def test_what_goes_beyond_its_seconds_is_ended(task: object) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    worker = Worker(print)
    with Workers([worker]), pytest.raises(BrokenProcessPool):
        worker.submit(0.5, task).result()  # type: ignore[arg-type]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 10  # whole seconds are what the system counts


def test_there_is_time_for_the_way_out_of_a_short_step() -> None:
    """Else the system ends it before it can say which line of a template ran."""
    worker = Worker(print)
    with Workers([worker]):
        worker.submit(5, until, 0.499).result()  # whole seconds are what the system counts
        end, _ = worker.submit(0.5, resource.getrlimit, resource.RLIMIT_CPU).result()
    assert end >= 0.499 + 0.5 * 0.9 + 0.5


def until(seconds: float) -> None:
    while time.process_time() < seconds:
        pass


def test_it_is_told_again_where_the_first_time_was_lost() -> None:
    worker = Worker(print)
    with Workers([worker]):
        assert worker.submit(0.3, lose).result() == "told again"


class Clearing:
    """Takes time where Python drops whatever is raised: so does a collector that is listened to."""

    def __del__(self) -> None:
        spin()


def lose() -> str:
    Clearing()
    try:
        spin()
    except OutOfTimeError:
        return "told again"
    return ""


def test_time_that_is_over_is_no_fault_of_a_broken_file() -> None:
    worker = Worker(print)
    with Workers([worker]), pytest.raises(BrokenProcessPool):
        worker.submit(0.3, swallow).result()


def swallow() -> str:
    try:
        spin()
    except Exception:  # noqa: BLE001 - as readers of broken files have it
        return "broken"
    return ""


def test_larger_lists_may_take_longer(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    for name in ("letter.yaml", "people/a.yaml", "people/b.yml"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(1 << 20)
    assert looking.yaml_mib(tmp_path) == 3
    order = Order(tmp_path, "signatories", tmp_path / "letter.yaml")
    assert lists._seconds(order) == 15 + 1 + 3
    (tmp_path / "list.xlsx").write_bytes(bytes(1 << 20))
    assert lists._seconds(replace(order, path=tmp_path / "list.xlsx")) == 15 + 10 + 3


def test_what_is_read_aside_is_named_where_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    with pytest.raises(TooHardError, match=r"mails\.mbox: takes too much time or memory"):
        aside("mails.mbox", 0, spin)
    assert aside("mails.mbox", 0, time.strftime, "%%") == "%"
