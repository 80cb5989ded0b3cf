"""Who is written to again, and what each of them is told of the first letter: only what is known.

Recipients of one letter have histories of their own. What differs stands with the recipient, under
``values``, as days; the words around them are the template's, so that whoever signs answers for
them, and nobody is told what came from somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from letters.counting import TOLD, listed
from letters.digests import TextDigest
from letters.post.answers.progress import Delivery, Progress
from letters.post.correspondence import CALLED, FINAL, Arrival

_LAST_CHECKED = "last_checked"
_FRESH = dt.timedelta(days=7)


class FollowedUp(Struct, frozen=True):
    """A recipient who is written to again, and the last day on which somebody looked.

    ``days`` are those of what came from them, by the names that the template knows: the last day
    of each kind.
    """

    recipient: str
    looked: dt.date
    days: dict[str, dt.date]


class Choice(Struct, frozen=True):
    """Who gets the letter; who doesn't, with the reason; and what speaks against all of it."""

    again: tuple[FollowedUp, ...]
    left_out: tuple[tuple[str, str], ...]
    refusals: tuple[str, ...]

    @property
    def last_checked(self) -> dt.date:
        """The day on which somebody last looked, for most; of two such days the earlier."""
        days = Counter(sorted(each.looked for each in self.again))
        return days.most_common(1)[0][0]

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What stands under ``values`` of each recipient's record, by id."""
        usual = self.last_checked
        return {
            each.recipient: {
                key: day.isoformat()
                for key, day in {**each.days, _LAST_CHECKED: each.looked}.items()
                if (key, day) != (_LAST_CHECKED, usual)
            }
            for each in self.again
        }

    def looked_long_ago(self, today: dt.date) -> list[str]:
        """For whose answer nobody has looked within a week."""
        return [each.recipient for each in self.again if each.looked < today - _FRESH]


def choose(known: Sequence[Progress], digest: TextDigest, only: Collection[str] = ()) -> Choice:
    """Those named in ``only``, else all who were sent the letter and have not answered the matter.

    ``digest`` is that of the first letter's text: who was sent another one was not sent this. An
    answer from before the letter went out is not one to it.
    """
    again, left_out, refusals, unseen = list[FollowedUp](), list[tuple[str, str]](), list[str](), []
    for one in known:
        if only and one.recipient not in only:
            left_out.append((one.recipient, "is not named with --to"))
            continue
        went = [each.on for each in _went(one, digest) if each.state == "sent"]
        answers = one.since(one.left(digest))
        final = [each for each in answers if each.kind in FINAL]
        if not went:
            reason = _unsent(one, digest)
            if only:
                refusals.append(f"{one.recipient} {reason}: there is nothing to follow up")
            else:
                left_out.append((one.recipient, reason))
        elif final and not only:
            left_out.append((one.recipient, f"{CALLED[final[-1].kind]} on {final[-1].on}"))
        elif one.looked is None or one.looked < min(went):
            unseen.append(one.recipient)
        else:
            again.append(FollowedUp(one.recipient, one.looked, _days(answers)))
    if unseen:
        refusals.append(
            f"{listed(unseen)}: nobody has recorded looking for an answer since the letter went "
            f"out (look, then: “letters track reply {' '.join(unseen[:TOLD])} --kind none”)"
        )
    elif not again and not refusals:
        refusals.append("there is nobody to write to again (name recipients with --to)")
    return Choice(tuple(again), tuple(left_out), tuple(refusals))


def _went(one: Progress, digest: TextDigest) -> list[Delivery]:
    return [each for each in one.deliveries if each.text_digest == digest]


def _unsent(one: Progress, digest: TextDigest) -> str:
    """In what way the letter did not go to this recipient."""
    ways = _went(one, digest)
    if ways:
        return f"was not sent the letter: {ways[-1].state} on {ways[-1].on}"
    earlier = [each for each in one.deliveries if each.state == "sent"]
    if earlier:
        return f"was sent another text on {earlier[-1].on}, and not the letter as it is now"
    return "was not sent the letter"


def _days(answers: Sequence[Arrival]) -> dict[str, dt.date]:
    """The last day of each kind of answer; they are in order."""
    return {
        called: max(each.on for each in answers if each.kind == kind)
        for kind, called in CALLED.items()
        if any(each.kind == kind for each in answers)
    }
