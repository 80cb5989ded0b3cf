"""A list of people is read and compared with the campaign where it can do no harm."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from letters.intake import task
from letters.intake.row import UnreadableError
from letters.workshop.workers import Waiting, Worker, Workers

if TYPE_CHECKING:
    from letters.intake.order import Order
    from letters.intake.task import Prepared

_SECONDS = 180.0  # of processor time, for a list that may be made to take for ever


def prepared(order: Order, waiting: Waiting) -> Prepared:
    """What an import would do. Raises UnreadableError, for time and memory that run out too."""
    worker = Worker(task.begin)
    with Workers([worker]):
        try:
            return waiting(worker.submit(_SECONDS, task.prepare, order))
        except BrokenProcessPool:
            raise UnreadableError(
                f"{order.path.name}: takes too much memory or time to be read",
                "nothing was written; export the list alone, as CSV",
            ) from None
