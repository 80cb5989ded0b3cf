"""The notices of mail servers in a mailbox, found without reading all the rest of it.

The server searches, the heads of what it finds are looked at, and only what looks like a notice is
read, up to a size. Nothing is marked as read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from letters.post.mailbox import notice
from letters.post.mailbox.notice import Notice
from letters.post.mailbox.session import Criteria, Found, NoError, Session

MOST = 2_000
MOST_OCTETS = 1 << 27
"""Messages that are read in one look, and octets of them; the newest are."""

_MOST_HEADS = 20_000
_SIGNS: tuple[Criteria, ...] = (
    ("HEADER", "CONTENT-TYPE", "delivery-status"),
    ("HEADER", "RETURN-PATH", "<>"),
    ("HEADER", "X-FAILED-RECIPIENTS", "@"),
    ("FROM", "mailer-daemon"),
    ("FROM", "postmaster"),
    ("FROM", "microsoftexchange"),
    ("FROM", "mdaemon"),
)


Reader: TypeAlias = Callable[[bytes], Notice | None]


class TooLongError(Exception):
    """A message that takes too much time or memory to be read."""


class ReturnedMail(Struct, frozen=True):
    """A notice, with the message that it was read from: when it came, and its octets."""

    found: Found
    notice: Notice


class Look(Struct):
    """What a look into a folder took: how many messages might be notices.

    ``left`` are those that were not looked at: because they are too many, or because the server
    doesn't give them.
    """

    candidates: int = 0
    left: int = 0


def notices(
    session: Session,
    folder: str,
    since: dt.date,
    look: Look,
    tell: Callable[[int, int], None],
    *,
    reader: Reader = notice.read,
) -> Iterator[ReturnedMail]:
    """The notices in ``folder`` that came on that day or later, in the order in which they came.

    ``tell`` hears how many of how many messages are read; ``reader`` is `notice.read`, where it can
    do no harm, and raises TooLongError for what it gives up. Raises ServerError.
    """
    session.enter(folder)
    numbers = _candidates(session, since)
    wanted, heads = list[Found](), 0
    for head in session.heads(numbers[-_MOST_HEADS:], notice.FIELDS):
        heads += 1
        if notice.may_be(head.data):  # of which nothing but the number and the size is kept
            wanted.append(replace(head, data=b""))
    chosen = _newest(wanted)
    look.candidates = len(wanted)
    look.left = len(numbers) - heads + len(wanted) - len(chosen)
    for count, number in enumerate(chosen, 1):
        tell(count, len(chosen))
        found = session.read(number, notice.LARGEST)
        if found is None:
            look.left += 1
            continue
        try:
            read = reader(found.data)
        except TooLongError:
            look.left += 1
            continue
        if read:
            yield ReturnedMail(found, read)


def _newest(wanted: Sequence[Found]) -> list[int]:
    """The numbers of those that one look can take."""
    sizes = accumulate(min(head.size, notice.LARGEST) for head in reversed(wanted))
    fitting = sum(size <= MOST_OCTETS for size in sizes)
    return [head.number for head in wanted[len(wanted) - min(fitting, MOST) :]]


def _candidates(session: Session, since: dt.date) -> list[int]:
    """Messages with the signs of a notice; all of them where the server can't search for these."""
    signs: Criteria = _SIGNS[0]
    for other in _SIGNS[1:]:
        signs = ("OR", signs, other)
    start = ("SINCE", since)
    try:
        return session.search([*start, signs])
    except NoError:
        return session.search([*start])
