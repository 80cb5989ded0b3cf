"""Which letters need not be pressed: every file of theirs was made from the very same before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol

from letters.press.jobs import AlreadyMade
from letters.problem import CampaignError

if TYPE_CHECKING:
    from letters.press.jobs import Drafted, Format, Job
    from letters.press.provenance import Identity


class There(Protocol):
    """Whoever knows the files that were made before."""

    def offered(self, job: Job) -> Mapping[Format, str]:
        """The identities of the files that lie there byte for byte as they were made."""
        ...

    def stands(self, job: Job, standing: Mapping[Format, Identity]) -> None:
        """Hear that these would be made from the very same now, and are not made again."""
        ...


class _Nothing:
    """Nothing was made before."""

    def offered(self, _: Job) -> Mapping[Format, str]:
        return {}

    def stands(self, _: Job, __: Mapping[Format, Identity]) -> None:
        """Nothing is offered, so nothing stands."""


NOTHING: There = _Nothing()


def missing(
    letters: Iterator[tuple[Job, Future[Drafted | AlreadyMade]]],
    there: There,
    result: Callable[[Future[Any]], Any],
) -> Iterator[tuple[Job, Future[Drafted]]]:
    """The letters that are to be pressed. A problem of one is left for whoever presses it."""
    for job, future in letters:
        try:
            letter: Drafted | AlreadyMade = result(future)
        except CampaignError as error:
            lost: Future[Drafted] = Future()
            lost.set_exception(error)
            yield job, lost
            continue
        if letter.standing:
            there.stands(job, letter.standing)
        if not isinstance(letter, AlreadyMade):
            drafted: Future[Drafted] = Future()
            drafted.set_result(letter)
            yield job, drafted
