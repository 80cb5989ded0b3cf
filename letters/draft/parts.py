"""The parts of an edition: its paragraphs, each under an id that its translations share.

A template may give an id. Where it does not, a part is called by what every language has in common:
the kind of its block, or the first value that it prints. What has neither is counted from the part
before it, so that a paragraph put in moves no ids but those up to the next one that has a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from letters.campaign import shown
from letters.campaign.model import Campaign
from letters.draft import document as d
from letters.draft.skeleton import holes
from letters.draft.values import Sealed

_STEP = re.compile(r"(?:\.|^)?\[(\d+)\]")
_MAIN = (".text", ".value", ".label", ".person", ".name")  # of a record: not worth saying


class Part(Struct, frozen=True):
    """One paragraph, ask, or entry of a list, as it stands in the skeleton or filled.

    ``named`` tells that the id stays the same whatever is put in before the part; an entry of a
    list is counted. ``line`` is where it begins in the Markdown, ``values`` are those it prints.
    """

    id: str
    named: bool
    block: d.Matter
    line: int
    values: tuple[Sealed, ...]


def parts(
    blocks: d.Matters,
    ids: tuple[str, ...],
    lines: tuple[int, ...],
    values: list[Sealed],
    name: Callable[[Sealed], str],
) -> tuple[Part, ...]:
    """The parts of a skeleton's ``blocks``; ``ids`` and ``lines`` have an entry for each.

    ``values`` are those of the skeleton's holes; ``name`` says what a part that prints one is
    called.
    """
    taken = {given for given in ids if given}
    found: list[Part] = []
    anchor, since = "start", 0

    def free(wanted: str) -> str:
        tried, number = wanted, 1
        while tried in taken:
            number += 1
            tried = f"{wanted}-{number}"
        taken.add(tried)
        return tried

    for block, given, line in zip(blocks, ids, lines, strict=True):
        for number, piece in _pieces(block):
            printed = tuple(values[hole] for hole in holes(piece))
            common = _name_of(piece) or next(filter(None, map(name, printed)), "")
            common = next((common.removesuffix(e) for e in _MAIN if common.endswith(e)), common)
            if given:
                called = f"{given}.{number}" if number else given
            elif common:
                called = free(common)
            else:
                since += 1
                called = free(f"{anchor}+{since}")
            named = bool(given or common) and not number
            found.append(Part(called, named, piece, line, printed))
            if given or common:
                anchor, since = called, 0
    return tuple(found)


def _name_of(piece: d.Matter) -> str:
    """What every language calls it; asks are told apart by what they ask for."""
    match piece:
        case d.Asks():
            return ""
        case d.Named() | d.SignatureBlock():
            return piece.name
        case _:
            return ""


def _pieces(block: d.Matter) -> Iterator[tuple[int, d.Matter]]:
    """The block, or the entries of a list, each with its number and as a list of its own."""
    match block:
        case d.Asks(items=items):
            for number, item in enumerate(items, 1):
                yield number, d.Asks((item,), number)
        case d.List(items=items, start=start):
            for number, item in enumerate(items, 1):
                yield number, replace(block, items=(item,), start=start + number - 1)
        case _:
            yield 0, block


def namer(campaign: Campaign) -> Callable[[Sealed], str]:
    """What a value is called: by its key, with the ids of people and cases instead of numbers."""
    cases = [case.id for case in shown.cases(campaign)]
    people = {
        (place.path, place.key): signatory.id
        for signatory in shown.signatories(campaign)
        for place in (signatory.place(),)
    }

    def name(value: Sealed) -> str:
        if value.slot:
            return value.slot
        if value.origin is None:
            return ""
        path, key = value.origin.path, value.name
        record = re.match(r"(\[\d+\])?", key)
        person = people.get((path, record[0] if record else ""))
        if person:
            key = f"signatories.{person}.{key.removeprefix(record[0] if record else '').strip('.')}"
        elif found := re.match(r"cases\[(\d+)\]", key):
            key = f"cases.{cases[int(found[1])]}{key[found.end() :]}"
        return _STEP.sub(lambda step: f".{int(step[1]) + 1}", key)

    return name
