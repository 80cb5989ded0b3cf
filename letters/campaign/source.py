"""YAML read as text, with the place of every key and value kept.

PyYAML's own loaders guess types (``No`` becomes False, ``0x0000ff`` a number, ``01234`` another),
take the last of two equal keys in silence, expand aliases into bombs and crash on deep nesting.
All of that has spoiled real names in real petitions. Here every scalar stays the text that was
written; the schema gives it a type. Only libyaml's events are used, so ten thousand people load
in a fraction of a second.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from letters.campaign.plaintext import HINT, UNUSABLE, complaint, decode, place_in, unusable
from letters.problem import Place, Problem

MAX_BYTES = 64 * 1024 * 1024
MOST_OF_ONE = 1024 * 1024
"""Bytes of a file that describes one thing: a form of address, a body, how addresses look."""
MAX_DEPTH = 50

_CLOSE = "close the quotation mark or bracket, or put a text that holds , [ ] { } in quotes"

Mark: TypeAlias = tuple[int, int]
Location: TypeAlias = Sequence[str | int]
# libyaml takes these for line breaks and editors don't, so that no line number would be right.
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")
# A known key, an id or a language; anything else may be a name in the wrong place.
_PLAIN_KEY = re.compile("[A-Za-z0-9_-]{1,64}")


class Mapping(dict[str, Any]):
    """A YAML mapping that remembers where each key and each value stands.

    A key that was written with nothing behind it is in ``gaps``: it has marks and no value.
    """

    __slots__ = ("gaps", "key_marks", "value_marks")

    def __init__(self) -> None:
        super().__init__()
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}
        self.gaps: list[str] = []


class Sequence_(list[Any]):  # noqa: N801 - the YAML noun, beside typing's
    """A YAML sequence that remembers where each item stands."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: ``root`` is a Mapping, a Sequence_, a text or None (an empty file)."""

    path: str
    root: Any
    start: Mark = (1, 1)

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
                mark, node = node.marks[step], node[step]
            else:
                node = None
            names.append(_shown(step, first=not names))
        return Place(self.path, mark[0], mark[1], "".join(names))


_NODES = frozenset((yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent))
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_NO_TAG = (None, "!")


def _shown(step: str | int, *, first: bool = False) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    name = step if _PLAIN_KEY.fullmatch(step) else "…"
    return name if first else f".{name}"


class _RefusedError(Exception):
    def __init__(self, mark: Mark, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


def read(file: Path, shown_as: str, most: int = MAX_BYTES) -> tuple[Source, list[Problem]]:
    """Read one YAML file of ``most`` bytes; ``shown_as`` is its path as the user should see it.

    A file that can't be read at all gives a Source whose root is None, and the reason.
    """
    empty = Source(shown_as, None)
    try:
        if file.stat().st_size > most:
            return empty, [
                Problem(
                    Place(shown_as),
                    f"is larger than {most // 2**20} MiB",
                    "split the people into a folder of files" if most == MAX_BYTES else "",
                )
            ]
        data = file.read_bytes()
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
    if found := _LINE_BREAKS.search(text):
        return Source(shown_as, None), [_character_problem(text, found.start(), shown_as)]
    problems: list[Problem] = []
    try:
        root, start = _build(text, shown_as, problems)
    except _RefusedError as refused:
        place = Place(shown_as, *refused.mark)
        return Source(shown_as, None), [*problems, Problem(place, refused.message, refused.hint)]
    except yaml.MarkedYAMLError as error:
        return Source(shown_as, None), [*problems, _syntax_problem(error, shown_as)]
    except yaml.YAMLError:  # a raw control character, which YAML itself refuses
        found = UNUSABLE.search(text)
        unread = _character_problem(text, found.start() if found else 0, shown_as)
        return Source(shown_as, None), [*problems, unread]
    return Source(shown_as, root, start), problems


def _build(text: str, shown_as: str, problems: list[Problem]) -> tuple[Any, Mark]:
    stack: list[_Frame] = []
    root, start, documents = None, (1, 1), 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind in _ENDS:
            stack.pop()
            continue
        at = event.start_mark
        mark = (at.line + 1, at.column + 1)
        if kind in _NODES:
            if event.anchor or event.tag not in _NO_TAG:
                what = "anchors (&name)" if event.anchor else "tags (!name)"
                raise _RefusedError(mark, f"{what} are not read", "put the text in quotes")
            node: Any
            if kind is yaml.ScalarEvent:
                node = _scalar(event, mark, shown_as, problems)
            else:
                node = Mapping() if kind is yaml.MappingStartEvent else Sequence_()
            if stack:
                stack[-1].put(node, mark, shown_as, problems)
            else:
                root, start = node, mark
            if kind is not yaml.ScalarEvent:
                if len(stack) >= MAX_DEPTH:
                    raise _RefusedError(mark, f"is nested deeper than {MAX_DEPTH} levels")
                stack.append(_Frame(node, bool(event.flow_style)))
        elif kind is yaml.AliasEvent:
            raise _RefusedError(mark, "aliases (*name) are not read", "write the text out in full")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _RefusedError(mark, "a second document starts here", "remove the line “---”")
    return root, start


@dataclass(slots=True)
class _Frame:
    """A collection that is being filled, and the key whose value comes next."""

    node: Any
    flow: bool
    key: str | None = None

    def put(self, node: Any, mark: Mark, shown_as: str, problems: list[Problem]) -> None:
        if isinstance(self.node, Sequence_):
            self.node.append(node)
            self.node.marks.append(mark)
        elif self.key is None:
            if not isinstance(node, str):
                raise _RefusedError(mark, "a key must be a text", "is a “:” missing?")
            if node in self.node.key_marks:
                first = self.node.key_marks[node][0]
                place = Place(shown_as, *mark, key=_shown(node, first=True))
                hint = "remove one of the two"
                problems.append(Problem(place, f"stands here twice (first in line {first})", hint))
            self.key = node
            self.node.key_marks.setdefault(node, mark)
        else:
            if self.key not in self.node.value_marks:
                self.node.value_marks[self.key] = mark
                if node is not None:
                    self.node[self.key] = node
                elif self.flow:
                    # Not a key at all, but the rest of a text: half of a name, perhaps.
                    place = Place(shown_as, *self.node.key_marks[self.key])
                    hint = "put a text that holds a comma in quotes"
                    problems.append(Problem(place, "nothing stands behind this word", hint))
                else:
                    self.node.gaps.append(self.key)
            self.key = None


def _scalar(event: Any, mark: Mark, shown_as: str, problems: list[Problem]) -> str | None:
    value: str = event.value
    if event.implicit[0] and value in ("", "~"):
        return None
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if bad := unusable(value):
        problems.append(Problem(Place(shown_as, *mark), complaint(bad), HINT))
        value = UNUSABLE.sub("", value)
    return value


def _syntax_problem(error: yaml.MarkedYAMLError, shown_as: str) -> Problem:
    mark, context, said = error.problem_mark, error.context or "", error.problem or ""
    opened = "quoted scalar" in context or "flow" in context
    if opened and error.context_mark and (not mark or mark.line != error.context_mark.line):
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
