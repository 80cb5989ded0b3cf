"""Which column of a list is which key of ours: by its header first, and by what stands in it.

A guess is shown before anything is done, and is the user’s to change. Whether a name may be
published is never guessed from a question that may be meant the other way round.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from letters.intake.asked import are_answers, asked, is_told
from letters.intake.headers import is_mailbox
from letters.intake.names import is_anonymous
from letters.intake.row import Row
from letters.intake.vocabulary import IGNORED, UNCLEAR, Kind, is_field
from letters.intake.worded import data, phrases, unaccented

_NAMES = ("name", "name.given", "name.family")
# What the same words of a header mean where the list is of those whom we write to.
_OTHERWISE = {"role": "office", "affiliation": "organisation"}
# What nobody answers by yes or no: the question only holds such a word.
_WORDS = frozenset((*_NAMES, "role", "affiliation", "office", "organisation", "description"))
_NO_FIELDS = ("negations", "hiding", "naming", "naming.names")
_MOSTLY = 0.8


class Guess(Struct, frozen=True):
    """What the columns are, and what has to be said of those that were left alone."""

    fields: Mapping[str, str]
    remarks: tuple[str, ...] = ()


def guess(kind: Kind, columns: Sequence[str], sample: Sequence[Row]) -> Guess:
    """A field for each column, “ignore” for those that seem to be no business of ours."""
    filled = {column: [cell for row in sample if (cell := row.cells.get(column, "").strip())]
              for column in columns}  # fmt: skip
    remarks: list[str] = []
    offers = sorted(
        (-weight, at, field, column)
        for at, column in enumerate(columns)
        for weight, field in _offers(kind, column)
        if _suits(field, filled[column], len(sample))
    )
    fields: dict[str, str] = {}
    for _, _, field, column in offers:
        if column in fields or field in fields.values():
            continue
        fields[column] = field
    for column in columns:
        if column not in fields and _is_turned(column) and are_answers(filled[column]):
            fields[column] = "visibility" if kind == "signatories" else IGNORED
    if kind == "signatories":
        left = {column: cells for column, cells in filled.items() if column not in fields}
        known = "visibility" in fields.values()
        fields |= dict.fromkeys(asked(left, is_known=known), "visibility")
    fields, turned = straight(fields)
    remarks += turned
    if "email" not in fields.values():
        boxes = [c for c in columns if c not in fields and _mailboxes(filled[c]) >= _MOSTLY]
        fields |= dict.fromkeys(boxes[:1], "email")
    if {"name.given", "name.family"} <= set(fields.values()):
        fields = {c: "name.display" if f == "name" else f for c, f in fields.items()}
    elif "name" in fields.values():
        fields = {c: IGNORED if f in _NAMES[1:] else f for c, f in fields.items()}
    elif len(alone := {*fields.values()}.intersection(_NAMES)) == 1:  # it holds all of a name
        fields = {c: "name" if f in alone else f for c, f in fields.items()}
    remarks += _yes_or_no(kind, columns, fields, filled)
    return Guess({column: fields.get(column, IGNORED) for column in columns}, tuple(remarks))


def is_header(kind: Kind, column: str) -> bool:
    """Whether a column is called as columns of such lists are, and not after what stands in it.

    The first line of a list without headers is somebody’s name, address and number.
    """
    said = unaccented(column)
    return any(said == phrase for phrase, _ in _phrases()) or is_field(column, kind)


def _offers(kind: Kind, column: str) -> Iterator[tuple[int, str]]:
    """The fields that a header may mean, with how much speaks for each."""
    said = unaccented(column)
    padded = f" {said} "
    for phrase, field in _phrases():
        meant = _OTHERWISE.get(field, field) if kind == "recipients" else field
        if not is_field(meant, kind):
            continue
        if said == phrase:
            yield 1000 + len(phrase), meant
        elif f" {phrase} " in padded:
            yield len(phrase), meant


@functools.cache
def _phrases() -> tuple[tuple[str, str], ...]:
    words = {field: text for field, text in data("headers").items() if field not in _NO_FIELDS}
    return tuple((unaccented(p), field) for field, text in words.items() for p in phrases(text))


@functools.cache
def _negations() -> frozenset[str]:
    words = (data("headers")[key] for key in ("negations", "hiding"))
    return frozenset(unaccented(word) for text in words for word in phrases(text))


def straight(fields: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The fields without a question about being named that may be meant the other way round."""
    turned = [c for c, field in fields.items() if field == "visibility" and _is_turned(c)]
    said = [
        f"“{column}” may be meant the other way round, so that all are withheld: say what its "
        f'answers mean with --map "{column}=visibility" and --set answers.ANSWER=withheld'
        for column in turned
    ]
    return {**fields, **dict.fromkeys(turned, UNCLEAR)}, said


def _is_turned(column: str) -> bool:
    padded = f" {unaccented(column)} "
    return any(f" {word} " in padded for word in _negations())


def _suits(field: str, cells: Sequence[str], rows: int) -> bool:
    """Whether what stands in a column can be that field at all."""
    if not cells:
        return True
    match field:
        case "email":
            return _mailboxes(cells) >= 0.5
        case "signed_on":
            return sum(1 for cell in cells if any(map(str.isdigit, cell))) * 2 > len(cells)
        case "key":
            return len(cells) == rows == len(set(cells))
        case _ if field in _WORDS and are_answers(cells, but=is_anonymous):
            return False
        case _ if field in _NAMES:
            return _mailboxes(cells) < 0.5
        case _:
            return True


def _mailboxes(cells: Sequence[str]) -> float:
    """The share of the cells that hold an e-mail address."""
    return sum(map(is_mailbox, cells)) / max(1, len(cells))


def _yes_or_no(
    kind: Kind,
    columns: Iterable[str],
    fields: Mapping[str, str],
    filled: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """A column that nobody looks at may hold who wants not to be named, or something not told."""
    if kind == "recipients":
        return
    is_known = bool({"visibility", UNCLEAR} & {*fields.values()})
    for column in columns:
        if fields.get(column, IGNORED) != IGNORED or not are_answers(filled[column]):
            continue
        if is_told(column):
            yield (
                f"“{column}” seems to ask whether something may be told, and is not taken in: "
                "look at what people answered"
            )
        elif not is_known:
            yield (
                f"“{column}” holds answers such as yes and no, and is not taken in: if it asks "
                f'whether a name may be published, say --map "{column}=visibility"'
            )
