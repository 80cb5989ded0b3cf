"""A run of sending: one message after the other, at a pace, until all have had their turn.

One bad address never stops the rest. What the server wants later is tried again after a pause, a
few times, and else by the next run. A connection that breaks is opened anew; a server that can't
be used at all ends the run. Whoever stops it is heard between two messages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

from msgspec import Struct, field

from letters.ledger.errors import LedgerError
from letters.ledger.outgoing import Item
from letters.post.frozen_messages import ChangedError
from letters.post.server_errors import ServerError
from letters.post.transports.interface import (
    DoubtError,
    DroppedError,
    Reply,
    TakenError,
    Transport,
)

# Seconds before those that were put off are tried again; servers that greet newcomers with "later"
# mostly mean one to five minutes.
PAUSES = (60.0, 300.0)
_DROPS_IN_A_ROW = 3
_NAP = 0.1  # seconds between two looks at whether to stop


class SendingBox(Protocol):
    """Where messages are kept while they are on their way."""

    def bytes_of(self, item: Item) -> bytes: ...

    def claim(self, item: Item) -> bool: ...

    def accepted(self, item: Item) -> None: ...

    def put_off(self, item: Item, words: str) -> bool: ...

    def refused(self, item: Item, words: str) -> bool: ...


class Stop(Struct):
    """Set by whoever wants a run to end after the message in hand."""

    asked: bool = False


class Result(Enum):
    """What became of one message in this run."""

    ACCEPTED = "accepted by the server"
    LATER = "put off"
    REFUSED = "refused"
    DOUBT = "in doubt"
    TAKEN = "in another run’s hands"
    CHANGED = "changed since it was frozen"


class Step(Struct, frozen=True):
    """The news of one message; ``words`` are the server's, ``copies`` those it would not take."""

    item: Item
    result: Result
    words: str = ""
    copies: int = 0


class Outcome(Struct):
    """The last result of each message by recipient; ``ended`` is why the run ended early."""

    results: dict[str, Result] = field(default_factory=dict)
    ended: ServerError | None = None
    stopped: bool = False

    def count(self, result: Result) -> int:
        """How many ended so."""
        return sum(one is result for one in self.results.values())


class SendingRun(Struct):
    """How to send: ``rate`` is messages a minute (None: as fast as it goes).

    ``tell`` hears of each step, ``moved`` is called when a message is about to leave.
    """

    outbox: SendingBox
    line: Transport
    tell: Callable[[Step], None]
    moved: Callable[[], None] = lambda: None
    rate: float | None = None
    pauses: Sequence[float] = PAUSES
    stop: Stop = field(default_factory=Stop)
    _free_at: float = 0.0
    _drops: int = 0

    def send(self, items: Sequence[Item]) -> Outcome:
        """Send them all, and close the connection."""
        outcome = Outcome()
        waiting = list(items)
        try:
            for pause in (0.0, *self.pauses):
                if not waiting or self._waits(pause):
                    break
                waiting = [item for item in waiting if self._turn(item, outcome)]
        except ServerError as error:
            outcome.ended = error
        finally:
            self.line.close()
        outcome.stopped = self.stop.asked
        return outcome

    def _turn(self, item: Item, outcome: Outcome) -> bool:
        """Send one message, unless the run is to end; whether it wants another try."""
        if self._waits(self._free_at - time.monotonic()):
            return False
        if self.rate is not None:
            self._free_at = time.monotonic() + 60 / self.rate
        step = self._handed_over(item)
        outcome.results[item.recipient] = step.result
        self.tell(step)
        return step.result is Result.LATER

    def _handed_over(self, item: Item) -> Step:
        try:
            data = self.outbox.bytes_of(item)
        except ChangedError as error:
            return Step(item, Result.CHANGED, error.message)
        try:
            reply = self._delivered(item, data)
        except TakenError:
            return Step(item, Result.TAKEN)
        except DoubtError as error:
            return Step(item, Result.DOUBT, str(error))
        except DroppedError as error:
            self.outbox.put_off(item, str(error))
            return Step(item, Result.LATER, str(error))
        if reply.verdict == "accepted":
            self._accepted(item)
            return Step(item, Result.ACCEPTED, reply.words, reply.copies)
        if reply.verdict == "later":
            self.outbox.put_off(item, reply.words)
            return Step(item, Result.LATER, reply.words)
        self.outbox.refused(item, reply.words)
        return Step(item, Result.REFUSED, reply.words)

    def _accepted(self, item: Item) -> None:
        """Record it. Where that fails, it stays in doubt, and this is the one chance to say why."""
        try:
            self.outbox.accepted(item)
        except LedgerError:
            words = "the server has accepted it, and that could not be recorded"
            self.tell(Step(item, Result.DOUBT, words))
            raise

    def _delivered(self, item: Item, data: bytes) -> Reply:
        """Hand it over, over a new connection if the old one is gone."""

        def claim() -> bool:
            if not self.outbox.claim(item):
                return False
            self.moved()
            return True

        words = item.sender, item.addresses, data, claim
        try:
            reply = self.line.deliver(*words)
        except DroppedError:
            try:
                reply = self.line.deliver(*words)
            except DroppedError as error:
                self._drops += 1
                if self._drops >= _DROPS_IN_A_ROW:
                    message = "the server breaks the connection again and again"
                    raise ServerError(message, "try again later") from error
                raise
        self._drops = 0
        return reply

    def _waits(self, seconds: float) -> bool:
        """Wait, unless the run is to end; whether it is."""
        until = time.monotonic() + seconds
        while not self.stop.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _NAP))
        return self.stop.asked
