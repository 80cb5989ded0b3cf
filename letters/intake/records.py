"""Lists that are no tables: JSON, YAML, XML, vCard, and folders with one file a person.

A file is read as a whole, so that memory is bounded by the largest one that is taken (64 MiB).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.campaign.source import Sequence_
from letters.intake import folder, jsonfile, nested, textfile, vcard, xmlfile, yamlfile
from letters.intake.remark import noted
from letters.intake.row import Row, UnreadableError

if TYPE_CHECKING:
    from letters.intake.recipe import Recipe

KEY = "key"
"""The column of a record’s name, where a file has them by name and not as a list."""

_JSON = {".json", ".jsonl", ".ndjson", ".js", ".geojson"}
_YAML = {".yaml", ".yml"}
_CARDS = {".vcf", ".vcard"}
_DEEPEST_LIST = 3
# Where a file has several lists, the people are in the one that is called so.
_PEOPLE = {"people", "persons", "members", "items", "legislators", "signatories", "recipients"}


def reads(path: Path) -> bool:
    """Whether a file or folder is of a kind that is read here."""
    return path.is_dir() or path.suffix.lower() in {*_JSON, *_YAML, *_CARDS, ".xml"}


def read(
    path: Path,
    recipe: Recipe | None,
    encoding: str = "",
    say: Callable[[str], object] = bool,
) -> Iterator[Row]:
    """The records of a file or folder: the n-th has the number n.

    ``encoding`` is the user's word for that of an address book; what was guessed of it is said.
    """
    for number, (cells, record) in enumerate(_records(path, recipe, encoding, say), 1):
        row = Row(number, cells)
        yield recipe.complete(row, record) if recipe else row


def _records(
    path: Path, recipe: Recipe | None, encoding: str, say: Callable[[str], object]
) -> Iterator[tuple[dict[str, str], Any]]:
    if path.is_dir():
        yield from folder.read(path)
        return
    kind, name = path.suffix.lower(), path.name
    data = textfile.read_bytes(path)
    if kind in _CARDS:
        text, codec, guessed = textfile.in_any_encoding(data, name, encoding)
        if guessed:
            say(guessed)
        for cells in vcard.parse(text, name, codec):
            yield cells, cells
        return
    taken_out: list[int] = []
    if kind == ".xml":
        root: Any = xmlfile.parse(data, name)
    elif kind in _YAML:
        root, taken_out = yamlfile.parse(textfile.decoded(data, name), name)
    else:
        root = jsonfile.parse(textfile.decoded(data, name), name)
    found = _list(root, recipe.records if recipe else None, name)
    touched = _touched(found, taken_out)
    for number, record in enumerate(found):
        cells = nested.flatten(record)
        if number in touched:
            said = "held a character that no letter can hold; it was taken out"
            cells = noted(cells, "", said)
        yield cells, record


def _list(root: Any, named: str | None, name: str) -> list[Any]:
    """The list of records in a file: the one that is named, or the only one there is."""
    node = nested.at(root, named) if named else root
    if named and node is None:
        message = f"{name} has no “{named}”, where the recipe expects the records"
        raise UnreadableError(message, "name another recipe, or correct its “records”")
    if isinstance(node, list):
        return node
    if not isinstance(node, dict):
        raise UnreadableError(f"{name} holds no list of records")
    if named:
        return [node]  # a list of one can't be told from one thing in XML
    lists = list(_lists(node, "", 1))
    if len(lists) > 1:
        lists = [each for each in lists if each[0] in _PEOPLE] or lists
    if len(lists) == 1:
        return lists[0][1]
    if lists:
        shown = ", ".join(path for path, _ in lists[:6])
        hint = "say in a recipe which of them has the people: “records: …”"
        raise UnreadableError(f"{name} holds several lists ({shown})", hint)
    if len(node) > 1 and all(isinstance(each, dict) for each in node.values()):
        return [{KEY: key, **each} for key, each in node.items()]
    return [node]


def _lists(node: dict[str, Any], path: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """The lists of groups outside of any other list."""
    for key, inner in node.items():
        here = f"{path}.{key}" if path else str(key)
        if isinstance(inner, list) and inner and all(isinstance(each, dict) for each in inner):
            yield here, inner
        elif isinstance(inner, dict) and depth < _DEEPEST_LIST:
            yield from _lists(inner, here, depth + 1)


def _touched(records: list[Any], lines: list[int]) -> set[int]:
    """The records that stand in those lines of a YAML file."""
    if not lines or not isinstance(records, Sequence_):
        return set()
    starts = [line for line, _ in records.marks]
    return {bisect_right(starts, line) - 1 for line in lines}
