"""A recipe as it is written down, and what can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from letters.campaign.source import Source
from letters.campaign.types import Country, Identifier, Lines, Model, Visibility
from letters.intake.days import is_zone
from letters.intake.vocabulary import Kind, fields, is_added, is_field
from letters.intake.worded import folded
from letters.problem import Problem, did_you_mean

_LONGEST_PATTERN = 300
_GROUP = re.compile(r"\\(\d)")
# Two repetitions inside each other can take for ever on a text that was made for it.
_ENDLESS = re.compile(r"[+*}]\)[+*{]")


def _zone(value: str) -> str:
    if not is_zone(value):
        raise PydanticCustomError("zone", "must be a time zone such as America/Toronto")
    return value


def _several(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


def _kinds(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class ColumnChoice(Model):
    """A field by what another column says: a form of address by the kind of a term."""

    by: str = Field(description="The column")
    values: dict[str, str] = Field(
        default_factory=dict,
        description="What each of its values means; a /pattern/ stands for many, \\1 for its group",
    )
    otherwise: str | None = Field(None, description="What any other value means")

    def of(self, text: str) -> str | None:
        """What the column’s text means here; None where nothing is said of it."""
        text = text.strip()
        if not text:
            return None
        for said, meant in self.values.items():
            if is_pattern(said):
                if found := re.search(said[1:-1], text, re.DOTALL):
                    return _GROUP.sub(lambda one: found[int(one[1])] or "", meant).strip()
            elif said == text or folded(said) == folded(text):
                return meant
        return self.otherwise


class RecipeFile(Model):
    """The whole of a recipe's file."""

    title: str | None = Field(None, description="Whose list it is")
    like: Identifier | None = Field(None, description="The recipe to look up what this doesn’t say")
    source: str | None = Field(None, description="Where the list’s shape was read")
    for_: Annotated[tuple[Kind, ...], BeforeValidator(_kinds)] = Field(
        (), alias="for", description="Whom it lists: signatories, recipients or both"
    )
    records: str | None = Field(None, description="Where in a nested file the list of people is")
    recognise: Lines = Field((), description="Columns by which a file of this kind is known")
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="Where each column leads; of several for one field, the first with a text",
    )
    constants: dict[str, str] = Field(
        default_factory=dict, description="What holds for everybody in the list"
    )
    choose: dict[str, Annotated[tuple[ColumnChoice, ...], BeforeValidator(_several)]] = Field(
        default_factory=dict, description="Fields by what a column says"
    )
    compose: dict[str, Lines] = Field(
        default_factory=dict,
        description="Fields put together from columns: the first of these whose {columns} all say "
        "something",
    )
    repair: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Typing mistakes of a column that are known"
    )
    needs: dict[str, str] = Field(
        default_factory=dict,
        description="Columns without whose text a row is refused, and what is said then",
    )
    answers: dict[str, Visibility] = Field(
        default_factory=dict, description="What the answers to “may we publish your name” mean"
    )
    zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None, description="The time zone of time stamps that don’t say theirs"
    )
    order: Literal["ymd", "dmy", "mdy"] | None = Field(
        None, description="The order of the numbers in a day"
    )
    country: Country | None = Field(None, description="Where addresses without a country are")


def is_pattern(text: str) -> bool:
    """Whether a text between strokes is a regular expression."""
    return len(text) > 2 and text[0] == text[-1] == "/"


def faults(source: Source) -> list[Problem]:
    """What is wrong with a recipe beyond the types of its keys: fields and patterns."""
    root = source.root
    if not isinstance(root, Mapping):
        return []
    said = root.get("for", ["signatories", "recipients"])
    kinds: list[Kind] = [
        kind for kind in ("signatories", "recipients") if kind in said or kind == said
    ]
    return list(_faults(source, root, kinds or ["signatories", "recipients"]))


def _faults(source: Source, root: Mapping[str, Any], kinds: list[Kind]) -> Iterator[Problem]:
    for column, name in _group(root, "columns").items():
        if wrong := _pattern_fault(column):
            yield Problem(source.place(("columns", column), at_key=True), *wrong)
        if isinstance(name, str) and not any(is_field(name, kind) for kind in kinds):
            place = source.place(("columns", column))
            yield Problem(place, *_no_field(name, kinds))
    for group in ("constants", "choose", "compose"):
        for name in _group(root, group):
            if not is_added(name) and not any(is_field(name, kind) for kind in kinds):
                place = source.place((group, name), at_key=True)
                yield Problem(place, *_no_field(name, kinds))
    for name, choices in _group(root, "choose").items():
        for number, choice in enumerate(choices if isinstance(choices, list) else [choices]):
            at = ("choose", name, number) if isinstance(choices, list) else ("choose", name)
            for said, meant in _group(choice, "values").items():
                if wrong := _pattern_fault(said, meant):
                    yield Problem(source.place((*at, "values", said), at_key=True), *wrong)
    for number, column in enumerate(_list(root.get("recognise"))):
        if wrong := _pattern_fault(column):
            yield Problem(source.place(("recognise", number)), *wrong)


def _no_field(name: str, kinds: list[Kind]) -> tuple[str, str]:
    known = frozenset[str]().union(*(fields(kind) for kind in kinds))
    hint = did_you_mean(name, known) or "docs/recipes.md lists the fields"
    return f"is no field of {' or '.join(kinds)}", hint


def _pattern_fault(text: Any, meant: Any = "") -> tuple[str, str] | None:
    if not isinstance(text, str) or not is_pattern(text):
        return None
    if len(text) > _LONGEST_PATTERN:
        return f"the pattern is longer than {_LONGEST_PATTERN} characters", "write two of them"
    if _ENDLESS.search(text):
        return "the pattern repeats what repeats already, which could take for ever", ""
    try:
        pattern = re.compile(text[1:-1])
        if isinstance(meant, str):
            highest = max((int(one) for one in _GROUP.findall(meant)), default=0)
            if highest > pattern.groups:
                return f"the pattern has no group {highest}", "put what is meant in round brackets"
    except re.error as error:
        return f"is not a valid pattern: {error.msg}", "a pattern stands between two strokes"
    return None


def _group(node: Any, key: str) -> Mapping[str, Any]:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [node] if isinstance(node, str) else []
