"""Drafted letters on their way through the workers that press them, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from letters.draft.annex import Annex
from letters.draft.document import Passage, SignatureBlock
from letters.limits import SECONDS_A_SIGNATURE
from letters.press import files
from letters.press.tightness import is_looked_at
from letters.problem import CampaignError, Problem, in_order
from letters.workshop.turns import Turns

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.jobs import Drafted, Format, Job, PressRun, Product
    from letters.workshop.presser import Presser

UNDER_WAY = 32


class StoppedError(CampaignError):
    """A worker was ended by its bounds; nothing more can be made in it."""


def pressed(
    pressers: Sequence[Presser],
    count: int,
    letters: Iterator[tuple[Job, Future[Drafted]]],
    run: PressRun,
    *,
    seconds: float,
    result: Callable[[Future[Any]], Any],
    under_way: int = UNDER_WAY,
) -> Iterator[Product]:
    """The files of ``count`` letters, in order; raises CampaignError with all problems at the end.

    ``seconds`` are for a letter, and there are more where thousands sign it. ``result`` waits for
    what a worker does; it raises StoppedError where that was ended.
    """
    # With a letter for each of them, a letter stays whole; else its formats are made side by side.
    whole = count >= len(pressers)
    turns = Turns(pressers) if whole else Turns(pressers, keeping_up=1, beginning=0.0)
    pressing: deque[Future[list[Product]]] = deque()
    problems: list[Problem] = []
    for job, drafted in letters:
        try:
            letter = result(drafted)
        except StoppedError:
            raise
        except CampaignError as error:
            problems += error.problems
            continue
        allowed = seconds + _signatures(letter.letter) * SECONDS_A_SIGNATURE
        pressing.extend(
            turns.submit(allowed, files.press, job, task, letter, run.theme)
            for task in ([run.formats] if whole else _apart(run.formats, letter.letter))
        )
        # What is finished goes out at once: a run that is killed keeps only what it has given out.
        while pressing and (len(pressing) > under_way or pressing[0].done()):
            yield from result(pressing.popleft())
    while pressing:
        yield from result(pressing.popleft())
    if problems:
        raise CampaignError(in_order(problems))


def _apart(formats: tuple[Format, ...], letter: Letter | Annex) -> list[tuple[Format, ...]]:
    """What is made side by side. A letter for Word that goes by the PDF’s pages stays with it."""
    paged: tuple[Format, ...] = ()
    if not isinstance(letter, Annex) and is_looked_at(letter):
        paged = tuple(made for made in formats if made in ("pdf", "docx"))
    others: list[tuple[Format, ...]] = [(made,) for made in formats if made not in paged]
    return [paged, *others] if paged else others


def _signatures(letter: Letter | Annex) -> int:
    if isinstance(letter, Annex):
        return letter.count
    behind = letter.annex.count if letter.annex else 0
    return behind + sum(
        len(group.signatures)
        for each in letter.blocks
        for block in (each.blocks if isinstance(each, Passage) else (each,))
        if isinstance(block, SignatureBlock)
        for group in block.groups
    )
