"""Letters in numbers: drafted in one lane, pressed in all of them.

Drafting needs the campaign and runs the template; pressing is a function of one Letter and a
Theme. So a letter travels from the drafting lane to whichever lane presses it, both cores are
used, and however many letters there are, only a few are under way at a time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import cycle
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, TypeVar, get_args

from letters.draft.document import Passage, SignatureBlock
from letters.press.lanes import SECONDS, Lane, stop_all
from letters.problem import CampaignError, Place, Problem, in_order

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.bilingual import Layout
    from letters.draft.compose import Edition, Text
    from letters.draft.context import Audience
    from letters.draft.document import Image, Letter
    from letters.draft.signatures import Signed
    from letters.draft.wording import Wording
    from letters.press.theme import Theme

Format: TypeAlias = Literal["pdf", "docx", "html", "txt"]
FORMATS: tuple[Format, ...] = get_args(Format)

T = TypeVar("T")

_UNDER_WAY = 32
_SECONDS_A_RECIPIENT = 0.1
_SECONDS_A_SIGNATURE = 0.1


@dataclass(frozen=True, slots=True)
class Order:
    """One letter to be made: the recipient's index and the language.

    One in two languages names the ``second``, and how the two are set.
    """

    recipient: int
    language: str
    second: str = ""
    layout: Layout = "columns"

    @property
    def languages(self) -> str:
        """What stands for the language in names of files and in the manifest: en, or en-fr."""
        return f"{self.language}-{self.second}" if self.second else self.language


@dataclass(frozen=True, slots=True)
class Product:
    """One finished file. ``pages`` is known for PDF only; ``remarks`` are the press's warnings."""

    order: Order
    format: Format
    data: bytes
    pages: int | None = None
    remarks: tuple[str, ...] = ()


class _StoppedError(CampaignError):
    """A lane was ended by its bounds; nothing more can be made in it."""


class Press:
    """The lanes for one campaign; use it in a ``with`` block.

    It can be warmed before the campaign is read, and must `take` one before it makes anything.
    """

    def __init__(self, lanes: int | None = None, *, seconds: float = SECONDS) -> None:
        """``lanes`` processes, one a core unless said.

        ``seconds`` of processor time are allowed for a letter, and more where thousands sign it.
        """
        self._seconds = seconds
        count = lanes or os.cpu_count() or 1
        self._lanes = [Lane(_nothing) for _ in range(count - 1)]
        self._campaign: Campaign | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            stop_all()
        for lane in self._lanes:
            lane.close()

    def warm(self, formats: tuple[Format, ...]) -> None:
        """Load the slow libraries in the first lane while the campaign is read and drafted."""
        if self._lanes:
            self._lanes[0].submit(self._seconds, _warm, formats)

    def take(self, campaign: Campaign) -> None:
        """Open the lane that drafts ``campaign``: the last one."""
        self._campaign = campaign
        self._lanes.append(Lane(_hold, campaign))

    def text(self) -> Text:
        """The text of the mailing and its digest. Raises CampaignError."""
        count = len(self._campaign.recipients) if self._campaign else 0
        seconds = self._seconds + count * _SECONDS_A_RECIPIENT
        return self._result(self._lanes[-1].submit(seconds, _text))

    def worded(self) -> dict[str, tuple[Wording, ...]]:
        """What each part of each edition says, by language. Raises CampaignError."""
        count = len(self._campaign.recipients) if self._campaign else 0
        seconds = self._seconds + count * _SECONDS_A_RECIPIENT
        return self._result(self._lanes[-1].submit(seconds, _worded))

    def press(
        self,
        orders: list[Order],
        formats: tuple[Format, ...],
        signed: Signed,
        audience: Audience,
        theme: Theme,
    ) -> Iterator[Product]:
        """The files of all orders, in their order. Raises CampaignError with all problems.

        Without a format the letters are only drafted, to see whether they can be pressed.
        """
        # With a letter for each lane, a letter stays whole; else its formats are made side by side.
        tasks = [formats] if len(orders) >= len(self._lanes) else [(made,) for made in formats]
        lanes = cycle(self._lanes)
        pressing: deque[Future[list[Product]]] = deque()
        problems: list[Problem] = []
        for order, drafted in self._drafts(orders, signed, audience, theme):
            try:
                letter = self._result(drafted)
            except _StoppedError:
                raise
            except CampaignError as error:
                problems += error.problems
                continue
            seconds = self._seconds + _signatures(letter) * _SECONDS_A_SIGNATURE
            pressing.extend(
                next(lanes).submit(seconds, _press, order, task, letter, theme) for task in tasks
            )
            while len(pressing) > _UNDER_WAY:
                yield from self._result(pressing.popleft())
        while pressing:
            yield from self._result(pressing.popleft())
        if problems:
            raise CampaignError(in_order(problems))

    def _drafts(
        self, orders: list[Order], signed: Signed, audience: Audience, theme: Theme
    ) -> Iterator[tuple[Order, Future[Letter]]]:
        """The orders and their letters, a few of them drafted ahead."""
        lane, drafting = self._lanes[-1], (signed, audience, theme)
        ahead: deque[tuple[Order, Future[Letter]]] = deque()
        for order in orders:
            ahead.append((order, lane.submit(self._seconds, _draft, order, *drafting)))
            if len(ahead) > _UNDER_WAY:
                yield ahead.popleft()
        yield from ahead

    def _result(self, future: Future[T]) -> T:
        try:
            return future.result()
        except BrokenProcessPool:
            place = Place("letter.yaml")
            if self._campaign:
                place = self._campaign.letter_place.place("template")
            message = "the template takes too much time or memory and was stopped"
            hint = f"a letter may take {self._seconds:g} s of processor time: look at its loops"
            raise _StoppedError([Problem(place, message, hint)]) from None


def _signatures(letter: Letter) -> int:
    return sum(
        len(group.signatures)
        for each in letter.blocks
        for block in (each.blocks if isinstance(each, Passage) else (each,))
        if isinstance(block, SignatureBlock)
        for group in block.groups
    )


# --- in the lanes -----------------------------------------------------------------------------

_held: list[Campaign] = []
_editions: dict[tuple[str, Audience], Edition] = {}


def _nothing() -> None:
    """A lane that only presses needs nothing of the campaign."""


def _hold(campaign: Campaign) -> None:
    _held.append(campaign)


def _text() -> Text:
    from letters.draft.compose import text_of

    return text_of(_held[0], _editions)


def _worded() -> dict[str, tuple[Wording, ...]]:
    from letters.draft.worded import worded

    return worded(_held[0], _editions)


def _draft(order: Order, signed: Signed, audience: Audience, theme: Theme) -> Letter:
    """The letter; what its fonts or the window of its envelope lack is a problem of it."""
    from letters.draft.compose import edition_for
    from letters.press import envelope, glyphs

    edition = edition_for(_held[0], order.language, audience, _editions)
    if order.second:
        from letters.draft.bilingual import bilingual

        both = edition, edition_for(_held[0], order.second, audience, _editions)
        letter = bilingual(both, order.recipient, signed, _picture, order.layout)
    else:
        letter = edition.letter(order.recipient, signed, _picture)
    lacking = glyphs.missing(letter, theme, _held[0], order.recipient)
    if problems := (*lacking, *envelope.misfits(letter, theme)):
        raise CampaignError(problems)
    return letter


def _picture(path: str, alt: str) -> Image:
    from letters.press.pictures import clean

    return clean(_held[0], path, alt)


def _warm(formats: tuple[Format, ...]) -> None:
    if "pdf" in formats:
        from letters.press import pdf

        pdf.engine()


def _press(
    order: Order, formats: tuple[Format, ...], letter: Letter, theme: Theme
) -> list[Product]:
    return [_product(order, made, letter, theme) for made in formats]


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
