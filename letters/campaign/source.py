"""YAML read as text, with the place of every key and value kept.

PyYAML's own loaders guess types (``No`` becomes False, ``0x0000ff`` a number, ``01234`` another),
take the last of two equal keys in silence, expand aliases into bombs and crash on deep nesting.
All of that has spoiled real names in real petitions. Here every scalar stays the text that was
written; the schema gives it a type. Only libyaml's events are used, so ten thousand people load
in a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from letters import limits, reading
from letters.campaign import named_file, source_list
from letters.campaign.plaintext import HINT, UNUSABLE, complaint, decode, place_in
from letters.campaign.source_tree import (
    MAX_DEPTH,
    Mapping,
    Mark,
    Sequence_,
    UnreadError,
    build,
    shown,
)
from letters.problem import Place, Problem

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "MOST_OF_ONE", "Location", "Mapping", "Mark", "Sequence_", "Source",
    "parse", "read",
]  # fmt: skip

MAX_BYTES = limits.PEOPLE.most
MOST_OF_ONE = limits.ONE_THING

_CLOSE = "close the quotation mark or bracket, or put a text that holds , [ ] { } in quotes"

Location: TypeAlias = Sequence[str | int]
# libyaml takes these for line breaks and editors don't, so that no line number would be right.
_LINE_BREAKS = "\x85\u2028\u2029"


class Source(Struct, frozen=True):
    """One file as read: ``root`` is a Mapping, a Sequence_, a text or None (an empty file)."""

    path: str
    root: Any
    start: Mark = (1, 1)

    def node(self, location: Location) -> Any:
        """What stands at ``location``, with the places of all that is in it."""
        node = self.root
        for step in location:
            is_item = isinstance(node, Sequence_) and isinstance(step, int)
            node = node.whole(step) if is_item else node[step]
        return node

    def place(self, location: Location, *, at_key: bool = False) -> Place:
        """Where the value at ``location`` stands, or the nearest thing around it that exists.

        With ``at_key`` the place of its key, which is where an unknown key is reported.
        """
        mark, node = self.start, self.root
        names: list[str] = []
        for position, step in enumerate(location):
            if isinstance(node, Mapping) and step in node.value_marks:
                name = str(step)
                last = position == len(location) - 1
                mark = (node.key_marks if at_key and last else node.value_marks)[name]
                node = node.get(name)
            elif isinstance(node, Sequence_) and isinstance(step, int) and step < len(node):
                mark, node = node.marks[step], node.whole(step)
            else:
                node = None
            names.append(shown(step, first=not names))
        return Place(self.path, mark[0], mark[1], "".join(names))


def read(
    file: Path, shown_as: str, most: limits.Size | None = None
) -> tuple[Source, list[Problem]]:
    """Read one YAML file; ``shown_as`` is its path as the user should see it.

    Where that is its path in the campaign, no link leads out of it. ``most`` is how large it may
    be, unless it is letter.yaml or has people in it. A file that can't be read at all gives a
    Source whose root is None, and the reason.
    """
    empty = Source(shown_as, None)
    size = most or (limits.LETTER if shown_as == "letter.yaml" else limits.PEOPLE)
    try:
        data = named_file.read(file, shown_as, size)
    except reading.OddFileError as error:
        return empty, [named_file.problem(error, shown_as)]
    except FileNotFoundError:
        return empty, [Problem(Place(shown_as), "there is no such file", "“letters new” makes one")]
    except OSError as error:
        return empty, [Problem(Place(shown_as), f"can’t be read: {error.strerror or 'I/O error'}")]
    return parse(data, shown_as)


def parse(data: bytes, shown_as: str) -> tuple[Source, list[Problem]]:
    """Parse YAML bytes; see `read`."""
    text, undecoded = decode(data, shown_as)
    if undecoded:
        return Source(shown_as, None), [undecoded]
    if breaks := [at for sign in _LINE_BREAKS if (at := text.find(sign)) >= 0]:
        return Source(shown_as, None), [_character_problem(text, min(breaks), shown_as)]
    problems: list[Problem] = []
    if records := source_list.read(text):
        return Source(shown_as, records, records.start), problems
    try:
        root, start = build(text, shown_as, problems)
    except UnreadError as refused:
        place = Place(shown_as, *refused.mark)
        return Source(shown_as, None), [*problems, Problem(place, refused.message, refused.hint)]
    except yaml.MarkedYAMLError as error:
        return Source(shown_as, None), [*problems, _syntax_problem(error, shown_as)]
    except yaml.YAMLError:  # a raw control character, which YAML itself refuses
        found = UNUSABLE.search(text)
        unread = _character_problem(text, found.start() if found else 0, shown_as)
        return Source(shown_as, None), [*problems, unread]
    return Source(shown_as, root, start), problems


def _syntax_problem(error: yaml.MarkedYAMLError, shown_as: str) -> Problem:
    mark, context, said = error.problem_mark, error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context
    at_end = "unexpected end" in said
    if (
        opened
        and error.context_mark
        and (at_end or not mark or mark.line != error.context_mark.line)
    ):
        place = Place(shown_as, error.context_mark.line + 1, error.context_mark.column + 1)
        return Problem(place, "is not valid YAML: what opens here is not closed", _CLOSE)
    place = Place(shown_as, mark.line + 1, mark.column + 1) if mark else Place(shown_as)
    if "mapping values are not allowed" in said:
        hint = "put a text that holds “: ” in quotes, or check the indentation"
    elif "cannot start any token" in said:
        hint = "indent with spaces, never tabs; a text that starts with @ or ` needs quotes"
    elif "alias" in said or "anchor" in said:
        hint = "put a text that starts with * or & in quotes"
    elif opened:
        hint = _CLOSE
    else:
        hint = "check the indentation and the line before"
    return Problem(place, f"is not valid YAML: {said or 'unreadable'}", hint)


def _character_problem(text: str, offset: int, shown_as: str) -> Problem:
    return Problem(place_in(text, offset, shown_as), complaint(text[offset]), HINT)
