"""A list of people is read and compared with the campaign where it can do no harm."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from letters import limits
from letters.intake import task
from letters.intake.row import UnreadableError
from letters.reading import OddFileError
from letters.workshop.looking import yaml_mib
from letters.workshop.workers import Waiting, Worker, Workers

if TYPE_CHECKING:
    from letters.intake.order import Order
    from letters.intake.task import Prepared

_PACKED = {".xlsx", ".xlsm", ".xls", ".ods"}
_MOST_FILES = 200_000


def prepared(order: Order, waiting: Waiting) -> Prepared:
    """What an import would do. Raises UnreadableError, for time and memory that run out too."""
    worker = Worker(task.begin)
    with Workers([worker]):
        try:
            return waiting(worker.submit(_seconds(order), task.prepare, order))
        except OddFileError as error:
            name = Path(error.path).name
            raise UnreadableError(f"{name}: {error.why}", error.hint) from None
        except BrokenProcessPool:
            raise UnreadableError(
                f"{order.path.name}: takes too much memory or time to be read",
                "nothing was written; export the list alone, as CSV",
            ) from None


def _seconds(order: Order) -> float:
    """For a list that may be made to take for ever, by its size and that of who is there."""
    packed = order.path.suffix.lower() in _PACKED
    each = limits.SECONDS_A_PACKED_MIB if packed else limits.SECONDS_A_MIB
    files = order.path.rglob("*") if order.path.is_dir() else [order.path]
    size = sum(path.stat().st_size for path in islice(files, _MOST_FILES) if path.is_file())
    people = yaml_mib(order.root) * limits.SECONDS_A_MIB
    return limits.SECONDS + size / limits.MIB * each + people
