"""Words of a starter that are still in a letter: invented, and nobody's to send.

Each starter tells what is invented in it: its notice says so, and its telephone numbers are of
those that no one has (555-0100 to 555-0199). Where it has neither, it is known by the e-mail
address of its letterhead, or else by the sender's name. So the rule is read from the starters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from letters import shipped
from letters.campaign.source import parse
from letters.problem import Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign

LEFT_OVER = "is invented text of the starter"
_HINT = "write your own, or delete it; “letters send” and “letters print” refuse it"

# Numbers in North America that are kept for invented people.
_TELEPHONE = re.compile(r"(?<![0-9])555[-. \u2011]?01[0-9]{2}(?![0-9])")
_MAILBOX = re.compile(r"\S+@example\.org")
# The two entries of a starter that are looked at: reading all of it takes ten times as long.
_TELLING = re.compile(r"^(?:from|notice):.*\n(?:[ #].*\n|\n)*", re.MULTILINE)
_UNPRINTED = frozenset(("mail", "consent"))


def left_over(campaign: Campaign) -> Iterator[Problem]:
    """A warning for each text of letter.yaml that nobody but a starter can have written."""
    at = campaign.letter_place
    for steps, text in _texts(at.source.root):
        words = _folded(text)
        if _TELEPHONE.search(text) or any(mark in words for mark in _marks()):
            yield Problem(at.place(*steps), LEFT_OVER, _HINT, severity="warning")


@functools.cache
def _marks() -> frozenset[str]:
    """What tells the starters, but for the telephone numbers."""
    found: set[str] = set()
    for file in shipped.TEMPLATES.glob("*/starter/letter.yaml"):
        told_there = "".join(_TELLING.findall(file.read_text("utf-8")))
        root = parse(told_there.encode(), file.name)[0].root
        sender = root["from"]
        contact = [text for _, text in _texts(sender.get("contact", []))]
        notice = [text for _, text in _texts(root.get("notice", []))]
        mailboxes = [text for text in contact if _MAILBOX.fullmatch(text)]
        told = bool(notice) or any(map(_TELEPHONE.search, contact))
        names = [text for _, text in _texts(sender["organisation"])]
        found.update(notice if told else mailboxes or names)
    return frozenset(map(_folded, found))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _texts(node: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """All that may be printed below a node of the file, with the keys that lead to it."""
    if isinstance(node, str):
        yield steps, node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in _UNPRINTED:
                yield from _texts(value, (*steps, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _texts(value, (*steps, index))
