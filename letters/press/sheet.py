"""A theme's own style sheet: it may change how a letter looks, and not a word of what it says.

CSS can hide text and print text of its own. Both would make the PDF say something that the DOCX
does not, and that nobody signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from letters.campaign.plaintext import decode, place_in
from letters.problem import Place, Problem

# Inside <style>, these could end the style sheet and start markup.
_MARKUP = re.compile(r"</|<!--")
_WORDS = frozenset(("content", "visibility", "text-transform", "string-set", "quotes"))


def read_sheet(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """The sheet as text, and what in it can't be allowed."""
    css, problem = decode(data, shown)
    if problem:
        return "", [problem]
    problems = [
        Problem(place_in(css, found.start(), shown), "holds markup; only CSS is read here")
        for found in _MARKUP.finditer(css)
    ]
    problems += _changes_words(css, shown)
    return css, problems


def _changes_words(css: str, shown: str) -> Iterator[Problem]:
    import tinycss2

    for name, token, rest in _declarations(tinycss2.parse_component_value_list(css)):
        hides = name == "display" and any(_ident(part) == "none" for part in rest)
        if name in _WORDS or hides:
            place = Place(shown, token.source_line, token.source_column, name)
            message = "would change what the letter says, in the PDF alone"
            yield Problem(place, message, "change the words in the template instead")


def _declarations(tokens: list[Any]) -> Iterator[tuple[str, Any, list[Any]]]:
    """Every “name:” with what follows it up to the next “;”, however deep it stands."""
    for index, token in enumerate(tokens):
        if token.type in ("{} block", "() block", "[] block"):
            yield from _declarations(token.content)
        name, rest = _ident(token), tokens[index + 1 :]
        while rest and rest[0].type in ("whitespace", "comment"):
            rest = rest[1:]
        if name and rest and rest[0] == ":":
            end = next((i for i, part in enumerate(rest) if part == ";"), len(rest))
            yield name, token, rest[:end]


def _ident(token: Any) -> str:
    """A name as CSS understands it: without case and without escapes."""
    return str(token.lower_value) if token.type == "ident" else ""
