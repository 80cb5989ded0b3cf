"""The lists of ``letters status``: of everybody, or of those in one state or with one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from letters.cli.exit import Status, fail, note, say, table
from letters.cli.narrowed import finds, first, left_out
from letters.problem import did_you_mean


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Who is listed: those in one state, if any is given, with that word in their id or name."""

    state: str = ""
    search: str = ""
    limit: int = 0

    def takes(self, identifier: str, state: str, name: str) -> bool:
        """Whether somebody is among them."""
        return (not self.state or state == self.state) and finds(self.search, (identifier, name))


def expect_state(state: str) -> None:
    """End the command where no signatory and no letter can be in such a state."""
    from letters.ledger.status import State
    from letters.post.answers.progress import State as LetterState

    made = ("pending", "outdated", "draft", "rendered", "sent earlier")
    known = {*get_args(State), *made, *filter(None, get_args(LetterState))}
    if state and state not in known:
        hint = did_you_mean(state, known) or f"known: {', '.join(sorted(known))}"
        fail(Status.USAGE, f"there is no state “{state}”", hint)


def show(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], chosen: Narrowing, many: str, noun: str
) -> None:
    """One list, and what of it is left out; rows begin with id and state and end with the name."""
    own = [row for row in rows if chosen.takes(row[0], row[1], row[-1])]
    if chosen.state or chosen.search:
        note(f"{len(own)} of {len(rows)} {many if len(rows) != 1 else noun} chosen")
    if own or not (chosen.state or chosen.search):
        say("")
        say(table([head, *first(own, chosen.limit)]))
    left_out(len(own), chosen.limit, "status", many)
