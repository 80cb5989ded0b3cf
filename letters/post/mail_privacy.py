"""Mails searched for protected names before they can go out: a cover note is anybody's template.

A withheld name never reaches a template, but whoever edits one may type it, and what is enclosed
may come from anywhere. ``letters check --privacy`` searches the same files before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from letters.check.privacy import search
from letters.problem import Place, Problem

if TYPE_CHECKING:
    from letters.check.protected import Secret
    from letters.post.ready_messages import Ready

Searching: TypeAlias = Callable[[bytes, str], list[Problem]]
"""Searches a file, which may be a stranger's, and is told which mail it goes with."""


def leaks(known: tuple[Secret, ...], messages: Sequence[Ready]) -> list[Problem]:
    """A problem for each protected string in the words of a mail; the string is not repeated."""
    words = {message.letter.recipient: _words(message) for message in messages}
    # Most mails say the same to others, so one look at all of them mostly settles it.
    if not search("", "\n".join(words.values()).encode(), known):
        return []
    return [
        problem
        for who, text in words.items()
        for problem in search(f"the mail to {who}", text.encode(), known)
    ]


def leaks_in_files(messages: Iterable[Ready], searching: Searching) -> list[Problem]:
    """A problem for each protected string in an attached file, at the first mail that has it.

    Files that go with several mails are searched once.
    """
    found: dict[tuple[str, str], Problem] = {}
    seen = set[bytes]()
    for message in messages:
        for number, attached in enumerate(message.mail.attachments, 1):
            if attached.data in seen:
                continue
            seen.add(attached.data)
            going_with = f"the mail to {message.letter.recipient}"
            for one in searching(attached.data, going_with):
                words = f"file {number} of it {one.message}"
                told = replace(one, place=Place(going_with), message=words)
                found.setdefault((told.message, told.hint), told)
    return [*found.values()]


def _words(message: Ready) -> str:
    mail = message.mail
    return "\n".join((mail.subject, mail.text, mail.html, *(a.name for a in mail.attachments)))
