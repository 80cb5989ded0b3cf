"""Long lists made short: by a word, by a number of lines, and with a word of what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar

import typer

from letters.cli.exit import note

T = TypeVar("T")

LIMIT = 40
"""Lines of a list that are shown unless somebody asks for more: about a screen."""

_IN_A_SENTENCE = 12

Search = Annotated[
    str, typer.Option("--search", metavar="WORD", help="Only whose id or name has this in it.")
]
Limit = Annotated[
    int, typer.Option("--limit", metavar="N", min=0, help="At most so many of each list; 0: all.")
]


def finds(word: str, texts: Iterable[str]) -> bool:
    """Whether a word stands in one of the texts, whatever its case and accents are."""
    from letters.campaign.personcheck import folded

    wanted = folded(word)
    return not wanted or any(wanted in folded(text) for text in texts)


def first(rows: Sequence[T], limit: int) -> Sequence[T]:
    """As many of them as are shown."""
    return rows[:limit] if limit else rows


def some(names: Sequence[str], between: str = ", ") -> str:
    """Names within a sentence, as many as can be read, and how many more there are."""
    more = len(names) - _IN_A_SENTENCE
    if more <= 1:
        return between.join(names)
    return f"{between.join(names[:_IN_A_SENTENCE])}{between}and {more} more"


def left_out(total: int, limit: int, command: str, what: str = "") -> None:
    """Say how many are not shown, and how they can be."""
    more = total - limit if limit else 0
    if more > 0:
        note(
            f"{more} of {total}{f' {what}' if what else ''} left out "
            f"(“letters {command} --limit 0” shows all, --search finds one)"
        )
