"""Letters in numbers: drafted and pressed in child processes with bounds on time and memory.

A template may come from a stranger, and no sandbox stops a loop that never ends. So whatever runs
a template runs in a process that the system itself stops; the parent only writes files. The same
processes use both cores: each lane is one of them, and a letter is drafted and pressed in one lane.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, TypeAlias, TypeVar, get_args

from letters.campaign.model import Campaign
from letters.draft.compose import Edition, Text, text_of
from letters.draft.context import Audience
from letters.draft.document import Image, Letter
from letters.draft.signatures import Pictures, Signed
from letters.press.theme import Theme
from letters.problem import CampaignError, Problem

Format: TypeAlias = Literal["pdf", "docx", "html", "txt"]
FORMATS: tuple[Format, ...] = get_args(Format)

T = TypeVar("T")

SECONDS = 60
MEMORY = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Order:
    """One letter to be made: the recipient's index, the language, and the formats wanted."""

    recipient: int
    language: str
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """One finished file. ``pages`` is known for PDF only; ``remarks`` are the press's warnings."""

    order: Order
    format: Format
    data: bytes
    pages: int | None = None
    remarks: tuple[str, ...] = ()


class Press:
    """The lanes for one campaign; use it in a ``with`` block."""

    def __init__(self, campaign: Campaign, lanes: int) -> None:
        """``lanes`` processes, each with its own copy of the campaign."""
        self._campaign = campaign
        # A fork shares the loaded campaign; elsewhere (macOS) it is sent over.
        method = "fork" if sys.platform == "linux" else "spawn"
        self._lanes = [
            ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context(method),
                initializer=_start,
                initargs=(campaign,),
            )
            for _ in range(lanes)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for lane in self._lanes:
            lane.shutdown(wait=error is None, cancel_futures=True)

    @property
    def lanes(self) -> int:
        """How many processes there are."""
        return len(self._lanes)

    def warm(self, formats: tuple[Format, ...]) -> None:
        """Load the slow libraries in all lanes but the last, which drafts the text meanwhile."""
        for lane in self._lanes[:-1]:
            lane.submit(_warm, formats)

    def text(self) -> Text:
        """The text of the mailing and its digest. Raises CampaignError."""
        return self._result(self._lanes[-1].submit(_text))

    def press(
        self, orders: list[Order], signed: Signed, audience: Audience, theme: Theme
    ) -> Iterator[Product]:
        """The files of all orders, in their order. Raises CampaignError with all problems."""
        waiting = [
            self._lanes[index % len(self._lanes)].submit(_make, order, signed, audience, theme)
            for index, order in enumerate(orders)
        ]
        waiting.reverse()
        problems: list[Problem] = []
        while waiting:
            try:
                yield from self._result(waiting.pop())
            except CampaignError as error:
                problems += error.problems
        if problems:
            raise CampaignError(problems)

    def _result(self, future: Future[T]) -> T:
        try:
            return future.result()
        except BrokenProcessPool:
            place = self._campaign.letter_place.place("template")
            message = "the template takes too much time or memory and was stopped"
            hint = f"a letter may take {SECONDS} s and {MEMORY // 1024**3} GiB: look at its loops"
            raise CampaignError([Problem(place, message, hint)]) from None


def lanes_for(letters: int, jobs: int | None) -> int:
    """How many lanes are worth having: at most ``jobs``, or the number of cores."""
    return max(1, min(jobs or os.cpu_count() or 1, max(letters, 2)))


def orders_for(
    letters: list[tuple[int, str]], formats: tuple[Format, ...], lanes: int
) -> list[Order]:
    """One order a letter; where there are more lanes than letters, one a letter and format."""
    if len(letters) >= lanes:
        return [Order(index, tag, formats) for index, tag in letters]
    return [Order(index, tag, (made,)) for index, tag in letters for made in formats]


# --- in the lanes -----------------------------------------------------------------------------

_campaign: Campaign | None = None


def _start(campaign: Campaign) -> None:
    global _campaign  # noqa: PLW0603 - a lane serves one campaign for all its life
    _campaign = campaign
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bounded(work: Callable[[Campaign], T], seconds: float) -> T:
    """Run ``work``; after that much processor time the system ends this process."""
    assert _campaign is not None  # noqa: S101 - the initializer ran
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work(_campaign)
    except MemoryError:
        os._exit(1)
    finally:
        if sys.platform != "win32":
            signal.setitimer(signal.ITIMER_PROF, 0)


def _text() -> Text:
    return _bounded(text_of, SECONDS)


def _warm(formats: tuple[Format, ...]) -> None:
    if "pdf" in formats:
        from letters.press import pdf

        pdf.engine()
    elif "docx" in formats:
        from letters.press import docx  # noqa: F401


def _make(order: Order, signed: Signed, audience: Audience, theme: Theme) -> list[Product]:
    def work(campaign: Campaign) -> list[Product]:
        edition = _edition(campaign, order.language, audience)
        letter = edition.letter(order.recipient, signed, _pictures(campaign))
        return [_product(order, made, letter, theme) for made in order.formats]

    return _bounded(work, SECONDS)


_editions: dict[tuple[str, Audience], Edition] = {}


def _edition(campaign: Campaign, tag: str, audience: Audience) -> Edition:
    if (tag, audience) not in _editions:
        _editions[tag, audience] = Edition(campaign, tag, audience)
    return _editions[tag, audience]


def _pictures(campaign: Campaign) -> Pictures:
    def read(path: str, alt: str) -> Image:
        from letters.press.pictures import clean

        return clean(campaign, path, alt)

    return read


def _product(order: Order, made: Format, letter: Letter, theme: Theme) -> Product:
    match made:
        case "pdf":
            from letters.press import pdf

            printed = pdf.write(letter, theme)
            return Product(order, made, printed.data, printed.pages, printed.remarks)
        case "docx":
            from letters.press import docx

            return Product(order, made, docx.write(letter, theme))
        case "html":
            from letters.press import html

            return Product(order, made, html.write(letter, theme))
        case "txt":
            from letters.press import text

            return Product(order, made, text.write(letter))
