"""A list of people is read and compared with the campaign where it can do no harm."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

from letters.intake import task
from letters.intake.row import UnreadableError
from letters.workshop.workers import Worker, Workers

if TYPE_CHECKING:
    from letters.intake.order import Order
    from letters.intake.task import Prepared

_SECONDS = 180.0  # of processor time, for a list that may be made to take for ever


def prepared(order: Order, waiting: Callable[[Future[Any]], None]) -> Prepared:
    """What an import would do. Raises UnreadableError, for time and memory that run out too."""
    worker = Worker(task.begin)
    with Workers([worker]):
        try:
            preparing = worker.submit(_SECONDS, task.prepare, order)
            waiting(preparing)
            return preparing.result()
        except BrokenProcessPool:
            raise UnreadableError(
                f"{order.path.name}: takes too much memory or time to be read",
                "nothing was written; export the list alone, as CSV",
            ) from None
