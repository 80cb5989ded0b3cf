"""Letters in numbers: drafted in one lane, pressed in all of them.

Drafting needs the campaign and runs the template; pressing is a function of one Letter and a
Theme. So a letter travels from the drafting lane to whichever lane presses it, both cores are
used, and however many letters there are, only a few are under way at a time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import cycle
from typing import TYPE_CHECKING, TypeVar

from letters.draft.document import Passage, SignatureBlock
from letters.press import tasks
from letters.press.lanes import SECONDS, Lane, Lanes
from letters.press.orders import Format, Order, PressRun, Product
from letters.problem import CampaignError, Place, Problem, in_order

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.document import Letter
    from letters.draft.mailing import MailingText
    from letters.draft.paragraphs import Variants
    from letters.draft.roster import Fields
    from letters.press.provenance import Identity

T = TypeVar("T")

_UNDER_WAY = 32
_SECONDS_A_RECIPIENT = 0.1
_SECONDS_A_SIGNATURE = 0.1


class _StoppedError(CampaignError):
    """A lane was ended by its bounds; nothing more can be made in it."""


class Press(Lanes):
    """The lanes for one campaign; use it in a ``with`` block.

    It can be warmed before the campaign is read, and must `take` one before it makes anything.
    """

    def __init__(self, lanes: int | None = None, *, seconds: float = SECONDS) -> None:
        """``lanes`` processes, one a core unless said.

        ``seconds`` of processor time are allowed for a letter, and more where thousands sign it.
        """
        self._seconds = seconds
        count = lanes or os.cpu_count() or 1
        super().__init__(Lane(tasks.nothing) for _ in range(count - 1))
        self._campaign: Campaign | None = None
        self._rosters: dict[str, Mapping[str, Fields]] = {}

    def warm(self, formats: tuple[Format, ...]) -> None:
        """Load the slow libraries in the first lane while the campaign is read and drafted."""
        if self._lanes:
            self._lanes[0].submit(self._seconds, tasks.warm, formats)

    def take(self, campaign: Campaign) -> None:
        """Open the lane that drafts ``campaign``: the last one."""
        self._campaign = campaign
        self._lanes.append(Lane(tasks.hold, campaign))

    def text(self) -> MailingText:
        """The text of the mailing and its digest. Raises CampaignError."""
        count = len(self._campaign.recipients) if self._campaign else 0
        seconds = self._seconds + count * _SECONDS_A_RECIPIENT
        return self._result(self._lanes[-1].submit(seconds, tasks.text))

    def paragraphs(self) -> dict[str, tuple[Variants, ...]]:
        """What each part of each edition says, by language. Raises CampaignError."""
        count = len(self._campaign.recipients) if self._campaign else 0
        seconds = self._seconds + count * _SECONDS_A_RECIPIENT
        return self._result(self._lanes[-1].submit(seconds, tasks.paragraphs_of))

    def press(self, orders: list[Order], run: PressRun) -> Iterator[Product]:
        """The files of all orders, in their order. Raises CampaignError with all problems.

        Without a format the letters are only drafted, to see whether they can be pressed.
        """
        # With a letter for each lane, a letter stays whole; else its formats are made side by side.
        whole = len(orders) >= len(self._lanes)
        together = [run.formats] if whole else [(made,) for made in run.formats]
        lanes = cycle(self._lanes)
        pressing: deque[Future[list[Product]]] = deque()
        problems: list[Problem] = []
        for order, drafted in self._ahead(tasks.draft, orders, run):
            try:
                letter = self._result(drafted)
            except _StoppedError:
                raise
            except CampaignError as error:
                problems += error.problems
                continue
            seconds = self._seconds + _signatures(letter.letter) * _SECONDS_A_SIGNATURE
            pressing.extend(
                next(lanes).submit(seconds, tasks.press, order, task, letter, run.theme)
                for task in together
            )
            while len(pressing) > _UNDER_WAY:
                yield from self._result(pressing.popleft())
        while pressing:
            yield from self._result(pressing.popleft())
        if problems:
            raise CampaignError(in_order(problems))

    def identities(self, orders: list[Order], run: PressRun) -> Iterator[dict[Format, Identity]]:
        """What the files of all orders would be made from now. Raises CampaignError."""
        for _, found in self._ahead(tasks.identify, orders, run):
            yield self._result(found)

    def roster(self, key: str) -> Mapping[str, Fields]:
        """What an identity that was given out names by that key."""
        if key not in self._rosters:
            self._rosters[key] = self._result(
                self._lanes[-1].submit(self._seconds, tasks.roster, key)
            )
        return self._rosters[key]

    def _ahead(
        self, task: Callable[[Order, PressRun], T], orders: list[Order], run: PressRun
    ) -> Iterator[tuple[Order, Future[T]]]:
        """The orders and what the drafting lane says of them, a few of them ahead."""
        lane = self._lanes[-1]
        ahead: deque[tuple[Order, Future[T]]] = deque()
        for order in orders:
            ahead.append((order, lane.submit(self._seconds, task, order, run)))
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
