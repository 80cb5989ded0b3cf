"""Whole paragraphs that went, came or moved in a Word file, and where they are to be written.

A paragraph that a template has among its own lines goes, comes and moves there; one that is an
entry of a list in YAML goes and moves with its entry. All else is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from letters.campaign.word_changes import NoPlaceError
from letters.press.returned.placing import signs
from letters.press.returned.words import NOTE

if TYPE_CHECKING:
    from letters.draft.origins import Piece
    from letters.press.returned.edits import Edit
    from letters.press.returned.findings import WordComparison, WordFinding
    from letters.press.returned.placing import PlacedParagraph

BUILT_IN = "<"
_ENTRY = re.compile(r"(.*)\[(\d+)\][^\[\]]*")
_PEOPLE = "it belongs to a person or an office: “letters people” adds and removes them"
_LOOPED = "the template prints it in a loop, and not from one entry of one list"


class TemplateHome(Struct, frozen=True):
    """The lines of a template's file that print a paragraph."""

    path: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        """The file with the first line and the last one."""
        first, last = self.lines[0], self.lines[-1]
        return f"{self.path}:{first}{f'–{last}' if last > first else ''}: the template"


@dataclass(frozen=True, slots=True)
class EntryHome:
    """The entry of a list in YAML that a loop prints: the list's ``key``, and the position."""

    path: str
    key: str
    index: int
    line: int = field(compare=False)

    def __str__(self) -> str:
        """The file, the line and the key of the entry."""
        return f"{self.path}:{self.line}: {self.key}[{self.index}]"


Home: TypeAlias = TemplateHome | EntryHome


class WholeWanted(Struct, frozen=True):
    """A paragraph that goes or moves from its ``home``, or comes and has none yet.

    It is to stand ``after`` the one and ``before`` the other; next to one alone where the other is
    of another kind.
    """

    finding: WordFinding
    edit: Edit
    home: Home | None
    after: Home | None = None
    before: Home | None = None

    @property
    def number(self) -> int:
        """That of the paragraph in the letter; 0 for a new one."""
        return self.finding.number

    @property
    def path(self) -> str:
        """The file that changes."""
        found = self.home or self.after or self.before
        assert found is not None  # noqa: S101 - `wanted` looks
        return found.path


def home(place: PlacedParagraph | None) -> Home:
    """Where a whole paragraph is written. Raises NoPlaceError."""
    if place is None:
        raise NoPlaceError("it can’t be told where this paragraph comes from")
    pieces = [share.piece for share in place.shares]
    values = [one for one in pieces if one.kind == "value" and one.place]
    own = any(one.kind == "template" and signs(one.words) for one in pieces)
    if not own and any(one.place and one.place.key.startswith("[") for one in values):
        raise NoPlaceError(_PEOPLE)
    if any(one.looped for one in pieces):
        entries = {_entry(one) for one in values}
        entry = next(iter(entries), None)
        if len(entries) != 1 or entry is None:
            raise NoPlaceError(_LOOPED)
        return entry
    found = template_home(place)
    if found is None:
        raise NoPlaceError("these are words of letters itself, or of its languages")
    if not own:
        keys = ", ".join(dict.fromkeys(str(one.place and one.place.key) for one in values))
        message = f"all of it is printed from {keys}: empty that, or take it out of the template"
        raise NoPlaceError(message)
    return found


def template_home(place: PlacedParagraph) -> TemplateHome | None:
    """The lines of the one template that print it."""
    lines = {line for share in place.shares for line in share.piece.lines}
    paths = {path for path, _ in lines}
    return (
        TemplateHome(paths.pop(), tuple(sorted(n for _, n in lines))) if len(paths) == 1 else None
    )


def _entry(piece: Piece) -> EntryHome | None:
    place = piece.place
    found = _ENTRY.fullmatch(place.key) if place else None
    if place is None or found is None or not found[1] or place.key.startswith("["):
        return None
    return EntryHome(place.path, found[1], int(found[2]), place.line)


def _beside(place: PlacedParagraph | None) -> Home | None:
    """Where a paragraph is written beside which another one is to stand."""
    if place is None:
        return None
    try:
        return home(place)
    except NoPlaceError:
        looped = any(share.piece.looped for share in place.shares)
        return None if looped else template_home(place)


def wanted(comparison: WordComparison, finding: WordFinding, edit: Edit) -> WholeWanted:
    """What is to be done in which file. Raises NoPlaceError."""
    if finding.edge:
        raise NoPlaceError("what stands at the head and the foot of pages is put there by letters")
    if finding.is_note:
        raise NoPlaceError("a note goes and comes with its mark: do that in the template")
    if edit.kind == "added":
        one = _put(finding, edit, None)
    else:
        own = home(finding.placed)
        if isinstance(own, EntryHome):
            _expect_whole(comparison, own, edit)
        one = _put(finding, edit, own) if edit.kind == "moved" else WholeWanted(
            finding, edit, own
        )  # fmt: skip
    if one.path.startswith(BUILT_IN):
        raise NoPlaceError(not_yours(one.path))
    return one


def not_yours(path: str) -> str:
    """Why nothing is written into a template that comes with letters, and what to do."""
    name = path.split("/")[1] if "/" in path else "NAME"
    hint = f"“letters templates eject {name}” makes it your own, to be edited"
    return f"these are words of a template that comes with letters; {hint}"


def _put(finding: WordFinding, edit: Edit, own: Home | None) -> WholeWanted:
    """Between which two it is to stand."""
    if own is None and (set(finding.after) & {"\n", "\t", NOTE}):
        raise NoPlaceError(
            "it has a line break, a tab or a note: write it into the template yourself"
        )
    left, right = map(_beside, finding.between)
    if isinstance(own, EntryHome):
        ends = (_same_list(left, own), _same_list(right, own))
        if not any(ends):
            raise NoPlaceError(f"it was moved out of its list, {own.key}")
        return WholeWanted(finding, edit, own, *ends)
    if not any(finding.alike):
        raise NoPlaceError("it looks like none of the two paragraphs that it stands between")
    after, before = (
        one if same else None for one, same in zip((left, right), finding.alike, strict=True)
    )
    for one, same in zip((after, before), finding.alike, strict=True):
        if isinstance(one, EntryHome):
            message = f"it stands beside an entry of {one.key} ({one}): is it one, too?"
            raise NoPlaceError(message)
        if same and one is None:
            raise NoPlaceError("it stands beside a paragraph that no single place prints")
    paths = {one.path for one in (own, after, before) if one}
    if len(paths) > 1:
        raise NoPlaceError("the paragraphs around it are printed by several files")
    return WholeWanted(finding, edit, own, after, before)


def _same_list(one: Home | None, own: EntryHome) -> EntryHome | None:
    same = isinstance(one, EntryHome) and (one.path, one.key) == (own.path, own.key)
    return one if same and isinstance(one, EntryHome) else None


def _expect_whole(comparison: WordComparison, own: EntryHome, edit: Edit) -> None:
    """Raise NoPlaceError unless all that the entry prints had the same done to it."""
    done = {
        one.number for one in comparison.findings if edit.kind in {each.kind for each in one.edits}
    }
    for number, place in enumerate(comparison.places, 1):
        if number in done or place is None:
            continue
        if any(own in _above(share.piece) for share in place.shares):
            message = f"only a part of {own.key}[{own.index}] was {edit.kind}: do that yourself"
            raise NoPlaceError(message)


def _above(piece: Piece) -> Iterator[EntryHome]:
    """All entries of lists that a value is in."""
    place = piece.place
    key = place.key if place and piece.kind == "value" else ""
    while place and (found := _ENTRY.fullmatch(key)):
        yield EntryHome(place.path, found[1], int(found[2]), place.line)
        key = found[1]
