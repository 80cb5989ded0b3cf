"""The nodes of a YAML text, and how they are built from libyaml’s events, with every place."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

import yaml
from msgspec import Struct

from letters import limits
from letters.campaign.plaintext import HINT, UNUSABLE, complaint, unusable
from letters.campaign.types import own_words
from letters.problem import Place, Problem

MAX_DEPTH = 50

Mark: TypeAlias = tuple[int, int]
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
        self.marks: Any = []  # a `Mark` for each; see `record_list.ListMarks`

    def whole(self, position: int) -> Any:
        """An item with the places of all that is in it."""
        return self[position]


NODES = frozenset((yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent))
ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
NO_TAG = (None, "!")


def shown(step: str | int, *, first: bool = False) -> str:
    """A step of a location as it may be read by anybody."""
    if isinstance(step, int):
        return f"[{step}]"
    name = step if _PLAIN_KEY.fullmatch(step) else "…"
    return name if first else f".{name}"


class UnreadError(Exception):
    """A text that could be read by YAML’s rules, and not by ours."""

    def __init__(self, mark: Mark, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


def build(
    text: str, shown_as: str, problems: list[Problem], *, line: int = 1, alone: bool = False
) -> tuple[Any, Mark]:
    """The root and its place; the text begins in that ``line`` of its file.

    ``alone``: what stands behind the first thing is not looked at. Raises UnreadError, or
    yaml.YAMLError.
    """
    stack: list[_Frame] = []
    root, start, documents, count = None, (1, 1), 0, 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind in ENDS:
            stack.pop()
            continue
        at = event.start_mark
        mark = (at.line + line, at.column + 1)
        if kind in NODES:
            count += 1
            if count > limits.MOST_NODES or len(problems) > limits.MOST_MISTAKES:
                raise UnreadError(mark, *_too_many(count))
            if event.anchor or event.tag not in NO_TAG:
                what = "anchors (&name)" if event.anchor else "tags (!name)"
                raise UnreadError(mark, f"{what} are not read", "put the text in quotes")
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
                    raise UnreadError(mark, f"is nested deeper than {MAX_DEPTH} levels")
                stack.append(_Frame(node, bool(event.flow_style)))
        elif kind is yaml.DocumentEndEvent and alone:
            break
        elif kind is yaml.AliasEvent:
            raise UnreadError(mark, "aliases (*name) are not read", "write the text out in full")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise UnreadError(mark, "a second document starts here", "remove the line “---”")
    return root, start


def _too_many(count: int) -> tuple[str, str]:
    if count > limits.MOST_NODES:
        return f"more than {limits.MOST_NODES:,} words stand before this", "divide the file"
    message = f"nothing is read from here on: there are more than {limits.MOST_MISTAKES:,} mistakes"
    return message, "mend the first ones, and look again"


class _Frame(Struct):
    """A collection that is being filled, and the key whose value comes next."""

    node: Any
    flow: bool
    key: str | None = None

    def put(self, node: Any, mark: Mark, shown_as: str, problems: list[Problem]) -> None:
        if isinstance(self.node, Sequence_):
            if len(self.node) >= limits.MOST_ITEMS:
                message = f"the list has more than {limits.MOST_ITEMS:,} entries"
                raise UnreadError(mark, message, "divide it into several files")
            self.node.append(node)
            self.node.marks.append(mark)
        elif self.key is None:
            if not isinstance(node, str):
                raise UnreadError(mark, "a key must be a text", "is a “:” missing?")
            if len(self.node.key_marks) >= limits.MOST_KEYS:
                message = f"the group has more than {limits.MOST_KEYS:,} keys"
                raise UnreadError(mark, message, "is it a list of people? each begins with “- ”")
            if node in self.node.key_marks:
                first = self.node.key_marks[node][0]
                key = node if node in own_words() else "…"  # which may be a name
                place, hint = Place(shown_as, *mark, key=key), "remove one of the two"
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
