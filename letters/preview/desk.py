"""What is shown at this moment, and who waits for more: the server's one state.

All that reads a file of the campaign is done by a worker with bounds, which stays from save to
save. Here are only the finished pages, a few of them, and the problems in words.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import multiprocessing
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from letters import limits
from letters.campaign.paths import LETTER_FILE
from letters.error import BugError, LettersError
from letters.preview import bench
from letters.preview.pictures import ShownPage
from letters.preview.signatures import LogTeller, SignatureState
from letters.preview.told import Choices, ShownLetter
from letters.preview.watching import saves
from letters.preview.wish import Wish
from letters.problem import CampaignError, Place, Problem, in_order
from letters.workshop.looking import stopped, yaml_mib
from letters.workshop.workers import Worker

T = TypeVar("T")

_KEPT = 8
"""So many letters are kept as they were shown last."""
_RENEWED = 400
"""After so many saves another worker takes over: no library that it runs may grow for ever."""


class Listener(Struct, eq=False):
    """An open page: which letter it shows, and whether there is anything new for it."""

    wish: Wish
    news: asyncio.Event = field(default_factory=asyncio.Event)


class PreviewLook(Struct, frozen=True):
    """A letter as it was shown last, and what keeps it from being shown as it is now.

    ``before`` are the pages that were shown before these: a browser may still be fetching them.
    """

    number: int
    letter: ShownLetter | None
    problems: tuple[Problem, ...] = ()
    before: tuple[ShownPage, ...] = ()

    @property
    def pages(self) -> Iterator[ShownPage]:
        """All pages whose pictures may be asked for."""
        return chain(self.letter.pages if self.letter else (), self.before)


class Desk:
    """The campaign in ``root``; everything happens inside `following`."""

    def __init__(self, root: Path, tell: LogTeller, *, public_only: bool = False) -> None:
        """``tell`` reads the log; with ``public_only`` no copy but those for the public is made."""
        self.root, self.public_only = root, public_only
        self.choices, self.signatures = Choices(), SignatureState()
        self.saved = dt.datetime.now().astimezone()
        self.number = 0
        """Goes up with whatever is new on a page."""
        self._tell = tell
        self._problems: tuple[Problem, ...] = ()
        self._place = Place(LETTER_FILE)
        self._good = self._read = 0
        self._looks: OrderedDict[Wish, PreviewLook] = OrderedDict()
        self._listeners: set[Listener] = set()
        self._changed, self._end = asyncio.Event(), asyncio.Event()
        self._alone = asyncio.Lock()
        self._worker = _new_worker()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Read the campaign, and follow its saves until the block is left."""
        self._changed.set()
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._follow())]
        try:
            yield
        finally:
            self.end()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(self._worker.close)

    def end(self) -> None:
        """Let whoever listens go."""
        self._end.set()
        self._announce()

    @property
    def is_ending(self) -> bool:
        return self._end.is_set()

    @property
    def is_full(self) -> bool:
        """Whether as many pages listen as may."""
        return len(self._listeners) >= limits.OPEN_PAGES

    def problems(self, look: PreviewLook | None = None) -> list[Problem]:
        """Everything that is wrong now, with what is wrong with that letter alone."""
        return in_order((*self._problems, *(look.problems if look else ())))

    @contextmanager
    def listening(self, wish: Wish) -> Iterator[Listener]:
        """A page that wants to know what is new, for as long as it is open."""
        listener = Listener(wish)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def look(self, wish: Wish) -> PreviewLook:
        """The letter as it is now, or was when it could be made last."""
        async with self._alone:
            return await self._look(wish)

    def picture(self, name: str) -> bytes | None:
        """A page that is shown somewhere."""
        pages = (page for look in self._looks.values() for page in look.pages)
        return next((page.picture for page in pages if page.name == name), None)

    async def do(self, task: Callable[..., T], *args: object) -> T:
        """Something else that reads or writes files. Raises CampaignError."""
        async with self._alone:
            return await self._do(task, *args)

    async def _watch(self) -> None:
        async for _ in saves(self.root, self._end):
            self._changed.set()

    async def _follow(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            async with self._alone:
                await self._save()
            if self._changed.is_set():  # what was just read is old already
                continue
            async with self._alone:
                await self._judge()
                if self._read >= _RENEWED and not self._changed.is_set():
                    await self._renew()

    async def _save(self) -> None:
        """Read what is there now, and make every letter anew that somebody looks at."""
        self._read, self.saved = self._read + 1, dt.datetime.now().astimezone()
        try:
            saved = await self._step(bench.save, self.root, self._tell)
        except CampaignError as error:
            self._problems = error.problems
        else:
            self._problems, self._place = saved.problems, saved.place
            if saved.usable:
                self.choices, self.signatures = saved.choices, saved.signatures
                self._good += 1
        for wish in dict.fromkeys(listener.wish for listener in self._listeners):
            await self._look(wish)
        self._announce()

    async def _judge(self) -> None:
        try:
            problems = await self._step(bench.judge)
        except CampaignError as error:
            problems = error.problems
        # What could not be drafted is said by the reading, and the judgement doesn't come so far.
        merged = tuple(in_order((*self._problems, *problems)))
        if merged != self._problems:
            self._problems = merged
            self._announce()

    async def _renew(self) -> None:
        """Let another worker take over; whoever waits for a page doesn't wait for that."""
        self._read, old = 0, self._worker
        self._worker = _new_worker()
        await asyncio.to_thread(old.close)
        self._changed.set()

    async def _look(self, wish: Wish) -> PreviewLook:
        known = self._looks.get(wish)
        if known is None or known.number != self._good:
            letter = known.letter if known else None
            before = letter.pages if letter else ()
            try:
                letter = await self._step(bench.show, wish)
                known = PreviewLook(self._good, letter, before=before)
            except CampaignError as error:
                known = PreviewLook(self._good, letter, error.problems)
        self._looks[wish] = known
        self._looks.move_to_end(wish)
        while len(self._looks) > _KEPT:
            self._looks.popitem(last=False)
        return known

    async def _step(self, task: Callable[..., T], *args: object) -> T:
        """A step of what follows each save: whatever stops it is a problem on the page.

        Raises CampaignError and nothing else, or nobody would hear of the next save.
        """
        try:
            return await self._do(task, *args)
        except CampaignError:
            raise
        except OSError as error:  # a file that went while it was read is read again with its save
            message = f"can’t be read: {error.strerror or type(error).__name__}"
            raise CampaignError([Problem(self._place, message)]) from None
        except LettersError as error:
            raise CampaignError([Problem(self._place, error.message, error.hint)]) from None
        except BugError as error:
            message = f"a mistake in the program itself ({error.kind} at {error.trail[-1]})"
            raise CampaignError([Problem(self._place, message)]) from None

    async def _do(self, task: Callable[..., T], *args: object) -> T:
        """A step of the worker, within what a step of all letters may take."""
        known = self.choices
        seconds = limits.SECONDS + yaml_mib(self.root) * limits.SECONDS_A_MIB
        seconds += known.count * limits.SECONDS_A_RECIPIENT
        seconds += known.people * limits.SECONDS_A_SIGNATORY
        worker = self._worker
        try:
            return await asyncio.wrap_future(worker.submit(seconds, task, *args))
        except BrokenProcessPool:
            place = self._stopped_at(worker) or self._place
            hint = f"it may take {seconds:.0f} s of processor time: look at its loops"
            problem = stopped("the letter", place, hint)
            await asyncio.to_thread(worker.close)
            self._worker = _new_worker()
            if task is not bench.save:  # the other worker has to know what this one knew
                with suppress(CampaignError):
                    await self._step(bench.save, self.root, self._tell)
            raise CampaignError([problem]) from None

    def _stopped_at(self, worker: Worker) -> Place | None:
        if worker.stopped_at is None:
            return None
        path, line = Path(worker.stopped_at[0]), worker.stopped_at[1]
        inside = path.is_relative_to(self.root)
        return Place(path.relative_to(self.root).as_posix() if inside else str(path), line)

    def _announce(self) -> None:
        self.number += 1
        for listener in self._listeners:
            listener.news.set()


def _new_worker() -> Worker:
    """A process in which nothing of the server's is open, and all libraries are loaded already."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        multiprocessing.set_forkserver_preload(["letters.preview.preloaded"])
    return Worker(bench.begin, apart=True)
