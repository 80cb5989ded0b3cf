"""Mistakes in a letter's Markdown, and those that a Markdown reader would print as plain text.

A comment in HTML, or a note that was never written, is no error to a Markdown parser: it comes out
as words, and would go to the recipient.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake in the Markdown; ``near`` is text by which the template's line can be found."""

    message: str
    hint: str = ""
    near: str = ""


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
        re.compile(r"\[\^[^\]\s]+\]"),
        "this note is never written",
        "give it a line of its own such as “[^1]: The words of the note.”",
    ),
    (
        re.compile(r"\[@[^\]\s]*\]"),
        "this is not the key of a source",
        "a key is of small letters a–z, digits and hyphens, as under “sources” in letter.yaml",
    ),
)


def leftovers(text: str) -> Iterator[Fault]:
    """What in the words of a letter was meant as markup and was not understood as such."""
    for pattern, message, hint in _LEFTOVERS:
        if found := pattern.search(text):
            yield Fault(message, hint, found.group())
