"""The lists of ``letters status``: of everybody, or of those in one state or with one word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple, get_args

from msgspec import Struct

from letters.cli.exit import Status, fail, note, say, table
from letters.cli.narrowed import finds, first, left_out
from letters.problem import did_you_mean


class Narrowing(Struct, frozen=True):
    """Who is listed: those in one state, if any is given, with that word in their id or name."""

    state: str = ""
    search: str = ""
    limit: int = 0

    def takes(self, identifier: str, state: str, name: Callable[[], str]) -> bool:
        """Whether somebody is among them, by their name only where a word is searched for."""
        if self.state and state != self.state:
            return False
        return not self.search or finds(self.search, (identifier, name()))


def expect_state(state: str) -> None:
    """End the command where no signatory and no letter can be in such a state."""
    from letters.ledger.status import State
    from letters.post.answers.progress import State as LetterState

    made = ("pending", "outdated", "draft", "rendered", "sent earlier")
    known = {*get_args(State), *made, *filter(None, get_args(LetterState))}
    if state and state not in known:
        hint = did_you_mean(state, known) or f"known: {', '.join(sorted(known))}"
        fail(Status.USAGE, f"there is no state “{state}”", hint)


class StatusRow(NamedTuple):
    """Somebody in a list; the name of one among thousands is asked for only where it shows."""

    id: str
    state: str
    name: Callable[[], str]
    due: dt.date | None = None
    """The day until which an answer is waited for."""


def show(
    head: tuple[str, str], rows: Sequence[StatusRow], chosen: Narrowing, many: str, noun: str
) -> None:
    """One list, and what of it is left out; the day is a column once one of ``rows`` has one."""
    own = [row for row in rows if chosen.takes(row.id, row.state, row.name)]
    if chosen.state or chosen.search:
        note(f"{len(own)} of {len(rows)} {many if len(rows) != 1 else noun} chosen")
    if own or not (chosen.state or chosen.search):
        say("")
        days = any(row.due for row in rows)
        lines = [
            (row.id, row.state, *([str(row.due or "")] if days else []), row.name())
            for row in first(own, chosen.limit)
        ]
        say(table([(*head, *(["ANSWER DUE"] if days else []), "NAME"), *lines]))
    left_out(len(own), chosen.limit, "status", many)
