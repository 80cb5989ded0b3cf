"""What a task costs, as groups of tasks tell it."""

from __future__ import annotations

from collections import deque

_LATEST = 2


class Costs:
    """Seconds of processor time that a task takes, as the latest groups of them took it.

    One task of a group may take as long as fifty others, such as a letter from a plate that is also
    laid out in full, to be compared. So what counts is the cheapest of those groups.
    """

    def __init__(self, least: int) -> None:
        """Groups of fewer tasks than ``least`` tell nothing: the first load what all need."""
        self._least = least
        self._latest: deque[float] = deque(maxlen=_LATEST)

    def tell(self, seconds: float, tasks: int) -> None:
        """So many tasks took that long together."""
        if tasks >= self._least:
            self._latest.append(seconds / tasks)

    @property
    def each(self) -> float | None:
        """What one takes; None as long as too few groups have told it."""
        return min(self._latest) if len(self._latest) == _LATEST else None
