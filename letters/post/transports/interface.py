"""What a run of sending asks of whatever hands its messages over, and what may become of each.

A transport has to know one moment: that from which the other side may have the message. Before it
nothing has left (`DroppedError`); after it, until there is an answer, nobody here knows
(`DoubtError`). An answer is a `Reply`. Words are as a person may be shown them, without addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from msgspec import Struct

Decision = Literal["accepted", "later", "refused"]


class DroppedError(Exception):
    """The way broke off before the message left: nothing has, and it may be tried again."""


class DoubtError(Exception):
    """The way broke off, or fell silent, while the other side had the message: nobody here knows.

    Like the one above it says in words what happened.
    """


class TakenError(Exception):
    """Another run has this message in hand; it was not sent by this one."""


class Reply(Struct, frozen=True):
    """What the other side made of one message; ``copies`` is how many copies it would not take."""

    verdict: Decision
    words: str
    copies: int = 0


class Transport(Protocol):
    """What hands messages over, one after the other.

    Whatever it is, a method raises ServerError where it can't be used at all, by which a run ends.
    """

    def open(self) -> None:
        """Make sure that it can be used, before anything is frozen."""

    def deliver(
        self, sender: str, addresses: Sequence[str], data: bytes, claim: Callable[[], bool]
    ) -> Reply:
        """Hand over one message; ``claim`` is called right before its first byte may be had.

        The first address decides, others are copies. Raises DroppedError, DoubtError, and
        TakenError where ``claim`` says no. What ``claim`` raises is raised, and nothing leaves.
        """

    def close(self) -> None:
        """Say goodbye; closing twice does no harm, and it may be opened again."""
