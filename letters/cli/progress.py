"""How far a long command has come, and how long it will still take: on a terminal, and only there.

Nothing is shown of what is done in a moment, nothing where standard error is no terminal, and
nothing with --json. What is shown is wiped off again before anything else is said.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

from letters import headway
from letters.cli import exit as front
from letters.cli.exit import is_terminal

if TYPE_CHECKING:
    import typer
    from rich.progress import Progress, TaskID

    from letters.headway import Headway

T = TypeVar("T")

_AFTER = 1.0
"""What takes less is not worth a look."""
_EACH = 0.1
_WAITING = "working"


class _Display:
    """One line on standard error; it is drawn by whoever has come a step further, and no thread."""

    def __init__(self) -> None:
        self._waited = 0.0  # since when somebody waits, whatever was done meanwhile
        self._begun, self._drawn = 0.0, 0.0
        self._words, self._done, self._total = "", 0, 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self.counts = False

    def begin(self, words: str, total: int = 0) -> None:
        """Something begins; without a ``total`` nobody knows how long it will take."""
        self.wipe()
        self._words, self._done, self._total = words, 0, total
        self._begun, self._bar, self.counts = time.monotonic(), None, bool(total)
        self._waited = self._begun

    def step(self, number: int = 0) -> None:
        """So many are done in all; without a number, time has gone by."""
        self._done = max(number, self._done)
        now = time.monotonic()
        if now - self._waited < _AFTER or now - self._drawn < _EACH:
            return
        self._drawn = now
        self._draw()

    def follow(self, come: Headway | None) -> None:
        """Somebody else is at it, and has come so far; None where nobody counts that."""
        words, total = (come.words, come.total) if come else (_WAITING, 0)
        if (words, total) != (self._words, self._total):
            waited = self._waited if self._words else time.monotonic()
            self.begin(words, total)
            self._waited = waited
        if come:
            self._done = come.done

    def wipe(self) -> None:
        """Leave the line to others."""
        if self._bar is not None:
            self._bar.stop()

    def end(self) -> None:
        """It is done."""
        self.wipe()
        self._bar, self.counts, self._words = None, False, ""

    def _draw(self) -> None:
        if self._bar is None:
            self._bar, self._task = self._made()
        assert self._task is not None  # noqa: S101 - for the type checker: they come together
        self._bar.start()
        self._bar.update(self._task, completed=self._done, refresh=True)

    def _made(self) -> tuple[Progress, TaskID]:
        from rich import progress
        from rich.console import Console

        columns = [
            progress.BarColumn(),
            progress.TextColumn("{task.completed:.0f} of {task.total:.0f}, still"),
            progress.TimeRemainingColumn(),
        ]
        bar = progress.Progress(
            progress.TextColumn("{task.description}", markup=False),
            *(columns if self._total else (progress.TimeElapsedColumn(),)),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            speed_estimate_period=600,
        )
        task = bar.add_task(self._words, total=self._total or None)
        # What was done before anybody looked counts in the estimate, too.
        bar.tasks[0].start_time = bar.get_time() - (time.monotonic() - self._begun)
        return bar, task


_display = _Display()
front.before_saying(_display.wipe)


def over(items: Iterable[T], total: int, words: str, *, quiet: bool = False) -> Iterator[T]:
    """Pass the items on and count them: ``words`` say what is done with each."""
    if quiet or not is_terminal():
        yield from items
        return
    _display.begin(words, total)
    try:
        for number, item in enumerate(items, 1):
            yield item
            _display.step(number)
    finally:
        _display.end()


def reached(number: int, total: int, words: str) -> None:
    """So many of all are done, of what tells by itself how far it has come."""
    if not is_terminal():
        return
    if not _display.counts:
        _display.begin(words, total)
    _display.step(number)
    if number >= total:
        _display.end()


def listen(context: typer.Context) -> None:
    """Show how far the command itself is with what it works through, here and not in a worker."""
    if is_terminal() and not context.params.get("json"):
        headway.listeners[:] = [_heard]
        context.call_on_close(headway.listeners.clear)


def _heard(come: Headway | None) -> None:
    if come:
        _display.follow(come)
        _display.step()
    else:
        _display.end()


def done() -> None:
    """Whatever was counted has ended, well or not."""
    _display.end()


def waiting(context: typer.Context) -> ShownWait:
    """What a command shows while it waits for a step of somebody else’s."""
    return ShownWait(quiet=bool(context.params.get("json")))


class ShownWait:
    """Shows how far somebody else is, or that time goes by where nobody can count."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def __call__(self, future: Future[T]) -> T:
        """What it gives, when it is done."""
        if self._quiet or future.done() or not is_terminal():
            return future.result()
        own = not _display.counts
        if own:
            _display.begin(_WAITING)
        while wait([future], timeout=_EACH).not_done:
            if own:
                _display.follow(getattr(future, "headway", None))
            _display.step()
        if own:
            _display.end()
        return future.result()
