"""The lists of ``letters status``: of everybody, or of those in one state or with one word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, get_args

from letters.cli.exit import Status, fail, note, say, table
from letters.cli.narrowed import finds, first, left_out
from letters.problem import did_you_mean


@dataclass(frozen=True, slots=True)
class Narrowing:
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


Row: TypeAlias = tuple[str, str, str, Callable[[], str]]
"""Id, state, a day or nothing, and the name, which of thousands is asked for only where it shows.
"""


def show(
    head: tuple[str, ...], rows: Sequence[Row], chosen: Narrowing, many: str, noun: str
) -> None:
    """One list, and what of it is left out; ``head`` names the day where there is one."""
    own = [row for row in rows if chosen.takes(row[0], row[1], row[-1])]
    if chosen.state or chosen.search:
        note(f"{len(own)} of {len(rows)} {many if len(rows) != 1 else noun} chosen")
    if own or not (chosen.state or chosen.search):
        say("")
        days = len(head) > 3
        lines = [
            (id_, said, *([day] if days else []), name())
            for id_, said, day, name in first(own, chosen.limit)
        ]
        say(table([head, *lines]))
    left_out(len(own), chosen.limit, "status", many)
