"""Since which texts the letter says something else: those that were signed, or judged last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters import framed
from letters.digests import TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.check.protected import Secret
    from letters.cli.log_records import LogRecords
    from letters.draft.mailing import MailingText
    from letters.ledger.editions import KnownEditions
    from letters.ledger.store import Ledger

_HIDDEN = "\ue000"  # stands for a line as one word; no text can hold it


def in_force(records: LogRecords) -> list[TextDigest]:
    """Every text that was signed, or judged, the latest first."""
    return [
        entry.event.text_digest
        for entry in reversed(records.entries)
        if entry.event.kind in {"signed", "reaffirmed", "sheet-counted", "edit-approved"}
    ]


def changed(records: LogRecords) -> dict[TextDigest, set[str]]:
    """Those that say something else than the letter does now, and the languages in which."""
    found = in_force(records)
    return {digest: tags for digest in found if (tags := _changed(records.words, digest))}


def latest(since: dict[TextDigest, set[str]]) -> list[TextDigest]:
    """Of those, for each language the one that was last in force."""
    chosen, covered = list[TextDigest](), set[str]()
    for digest, tags in since.items():
        if tags - covered:
            chosen.append(digest)
            covered |= tags
    return chosen


def both(ledger: Ledger, text: MailingText, before: TextDigest) -> tuple[str, str]:
    """An earlier text and the one of now, in the languages that both have."""
    old = ledger.text(before) or ""
    # In the format of the earlier text, or its frame would be among what changed.
    new = text.former if old.startswith(framed.FORMER) else text.canonical
    tags = framed.editions(old).keys() & framed.editions(new).keys()
    return framed.only(old, tags), framed.only(new, tags)


def word_diff(campaign: Campaign, old: str, new: str) -> str:
    """What changed between two such texts, by word.

    Whoever was named in the text of then may be withheld now: such lines are hidden.
    """
    from letters.check.privacy import HIDDEN, held_among
    from letters.check.protected import secrets

    sides = _read(old), _read(new)
    if known := held_among("\n".join(sides).split("\n"), secrets(campaign)):
        sides = _without(sides[0], known), _without(sides[1], known)
    return "".join(_once_an_edition(*sides)).replace(_HIDDEN, HIDDEN)


def _once_an_edition(before: str, after: str) -> Iterator[str]:
    """Each change of an edition once, in however many of its copies it stands.

    There is a copy for the public, and one for each recipient who is told something else: who has
    to judge a comma, or is told of it, would read it eighty times. A change that one copy has
    twice is said twice.
    """
    from letters.ledger import diff

    lines = after.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("== ")]
    said, here, copy = Counter[tuple[str, str]](), Counter[str](), -1
    for at, words in diff.stretches(before, after):
        number = bisect_right(heads, at - 1) - 1
        if number != copy:
            here, copy = Counter[str](), number
        here[words] += 1
        edition = lines[heads[number]] if number >= 0 else ""
        if here[words] > said[edition, words]:
            said[edition, words] += 1
            yield words


def _without(text: str, known: tuple[Secret, ...]) -> str:
    from letters.check.privacy import held_in

    lines = text.split("\n")
    return "\n".join(_HIDDEN if held_in(line, known) else line for line in lines)


def _read(canonical: str) -> str:
    """A canonical text without the lengths, which change with every word."""
    return re.sub(r"^(== \S+) \d+$", r"\1", canonical, flags=re.MULTILINE)


def _changed(words: KnownEditions | None, digest: TextDigest) -> set[str]:
    """The languages in which the letter says something else now than that text did."""
    if words is None:
        return set()
    editions = words.known.get(digest, {})
    return {tag for tag, own in editions.items() if own not in words.now.get(tag, (own,))}
