"""Of whom a command records something: ids that are named, a state, a list, or mails.

Who is named by id is meant, and recorded at once. What is chosen in another way is shown first, and
recorded when its number is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from msgspec import Struct

from letters.cli.exit import Status, fail, note
from letters.cli.shared_options import Command, as_one
from letters.problem import did_you_mean

_WHO: dict[str, Any] = {
    "who": (
        Annotated[
            list[str] | None,
            typer.Argument(metavar="ID", help="The signatories' ids in signatories.yaml."),
        ],
        None,
    ),
    "state": (
        Annotated[
            str | None,
            typer.Option("--state", metavar="STATE", help="All who are in this state."),
        ],
        None,
    ),
    "listed": (
        Annotated[
            Path | None,
            typer.Option(
                "--from",
                metavar="FILE",
                help="Those in a CSV: id or mailbox, and day, channel, note, evidence.",
            ),
        ],
        None,
    ),
    "skip_wrong": (
        Annotated[
            bool, typer.Option("--skip-wrong", help="Leave out the rows of --from that are wrong.")
        ],
        False,
    ),
    "confirm": (
        Annotated[
            int | None,
            typer.Option(
                "--confirm", metavar="COUNT", help="Record it; COUNT is the number of the plan."
            ),
        ],
        None,
    ),
}
_MAIL: dict[str, Any] = {
    "mail": (
        Annotated[
            Path | None,
            typer.Option(
                "--mail",
                metavar="PATH",
                help="Those who wrote the mails in this folder, .eml file or mbox.",
            ),
        ],
        None,
    ),
}


class Chosen(Struct, frozen=True):
    """How those are chosen of whom something is recorded, and what was confirmed."""

    who: tuple[str, ...] = ()
    state: str | None = None
    listed: Path | None = None
    mail: Path | None = None
    skip_wrong: bool = False
    confirm: int | None = None

    @property
    def are_named(self) -> bool:
        """Whether they are named one by one, which needs no other word."""
        return bool(self.who)

    def agreed(self, count: int, total: int) -> bool:
        """Whether ``count``, what is left of ``total``, is to be recorded; a wrong number ends it.

        A run that was interrupted may be begun anew as it was.
        """
        if self.confirm is None and not self.are_named:
            note(f"nothing was recorded; to record this, add --confirm {count}")
            return False
        if self.confirm not in {None, count, total}:
            fail(
                Status.REFUSED,
                f"{self.confirm} is not the number of the plan, which is {count}",
                f"look at it again; then say --confirm {count}",
            )
        return True


def chosen(*, mail: bool = True) -> Callable[[Command], Command]:
    """The options behind a `Chosen`, for a command with a parameter ``chosen``.

    ``mail`` is whether mails can be what shows it.
    """
    options = _WHO | (_MAIL if mail else {})
    return as_one("chosen", options, _chosen)


def _chosen(*, who: list[str] | None, state: str | None, **more: Any) -> Chosen:
    from letters.ledger.status import State

    found = Chosen(tuple(dict.fromkeys(who or ())), state, **more)
    ways = [found.who, found.state, found.listed, found.mail]
    if sum(bool(way) for way in ways) != 1:
        others = ", or --mail PATH" if "mail" in more else ""
        hint = f"ID …, or --state STATE, or --from FILE{others}"
        fail(Status.USAGE, "say of whom, in one way", hint)
    if state and state not in get_args(State):
        hint = did_you_mean(state, get_args(State)) or f"known: {', '.join(get_args(State))}"
        fail(Status.USAGE, f"there is no state “{state}”", hint)
    if found.skip_wrong and not found.listed:
        fail(Status.USAGE, "--skip-wrong is about rows", "--from FILE")
    return found
