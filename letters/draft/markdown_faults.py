"""Mistakes in a letter's Markdown, and those that a Markdown reader would print as plain text.

A comment in HTML, or a note that was never written, is no error to a Markdown parser: it comes out
as words, and would go to the recipient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct


class Fault(Struct, frozen=True):
    """A mistake in line ``line`` (from 0) of the Markdown, or in the first after it with ``near``.

    `letters.draft.source_map` finds the place in the template.
    """

    message: str
    hint: str = ""
    near: str = ""
    line: int = 0


_WEB = ("https://", "http://", "mailto:")
_FENCE = re.compile(r":{3,}+[ \t]*(.*?)[ \t]*")
_LEFTOVERS = (
    (
        re.compile(r"</?[A-Za-z][^<>]*>"),
        "HTML is not read in a letter",
        "write **bold**, *italic* or a “\\” at the end of a line for a line break",
    ),
    (
        re.compile(r"<!--"),
        "HTML is not read in a letter, and this would be printed",
        "write a remark that is for you alone {# like this #}",
    ),
    (
        re.compile(r"\[\^[^\[\]\s]+\]"),
        "this note is never written",
        "give it a line of its own such as “[^1]: The words of the note.”",
    ),
    (
        re.compile(r"\{\s*id\s*=[^{}]*\}?"),
        "this id would be printed",
        "write it alone in a line such as {id=thanks}, in small letters, with an empty line above",
    ),
    (
        re.compile(r"\{\s*lang\s*=[^{}]*\}?"),
        "this language would be printed",
        "write the words before it in square brackets, such as [ainsi]{lang=fr}",
    ),
    (
        re.compile(r"\[@[^\[\]\s]*\]"),
        "this is not the key of a source",
        "a key is of small letters a–z, digits and hyphens, as under “sources” in letter.yaml",
    ),
)


def leftovers(text: str, line: int = 0) -> Iterator[Fault]:
    """What in the words of a letter was meant as markup and was not understood as such."""
    for pattern, message, hint in _LEFTOVERS:
        if found := pattern.search(text):
            yield Fault(message, hint, found.group(), line)


def link(href: str, line: int) -> Iterator[Fault]:
    """What is wrong with the address of a link."""
    if not href.startswith(_WEB) or re.search(r"\s", href):
        hint = "a link starts with https:// or mailto:, and holds no space"
        yield Fault("this link leads nowhere for a reader", hint, "](", line)


def fences(markdown: str) -> Iterator[Fault]:
    """Blocks that are never closed, or closed twice; the parser would guess."""
    opened, start = "", 0
    for number, line in enumerate(markdown.split("\n")):
        found = _FENCE.fullmatch(line.strip())
        if found is None:
            continue
        if found[1] and opened:
            yield Fault(f"the block “{opened}” is not closed", "end it with :::", ":::", start)
        elif not found[1] and not opened:
            yield Fault("nothing is open that this ::: could close", near=":::", line=number)
        opened, start = found[1], number
    if opened:
        yield Fault(f"the block “{opened}” is not closed", "end it with :::", ":::", start)
