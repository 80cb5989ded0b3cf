"""What somebody has changed in a Word file, as changes of the files that the letter comes from.

Each change of words goes where its words were written, if that is one place. What has no such place
is given back with the reason, and nobody guesses. Whether the letter then says what the Word file
says is for a new draft to show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letters.campaign import yaml_value
from letters.campaign.word_changes import NoPlaceError, WordChange, is_sign
from letters.draft import template_words
from letters.draft.template_words import TemplateWords
from letters.press.returned.placing import signs
from letters.press.returned.words import NOTE

if TYPE_CHECKING:
    from letters.draft.origins import Piece
    from letters.press.returned.compared import WordFinding
    from letters.press.returned.edits import Edit
    from letters.press.returned.placing import Share
    from letters.problem import Place

_BUILT_IN = "<"
_NOT_WORDS = {
    "note": "a note was put in or taken out: do that in the template",
    "look": "how words look is for the template (**bold**, *italic*) and the theme",
    "style": "how a paragraph looks is for the template and the theme",
    "moved": "a paragraph is moved in the template, or in the list that it is printed from",
    "added": "a new paragraph: where it belongs is for you to say",
    "removed": "a whole paragraph is taken out of the template, or of the list that it is from",
    "split": "one paragraph was made two: an empty line between them in the template does it",
    "joined": "two paragraphs were made one: do that in the template",
}
_DOUBTFUL = "the letter was changed here, too, since this file was made: compare them yourself"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One change of words and the piece that is to get it; ``number`` is that of its paragraph."""

    number: int
    edit: Edit
    piece: Piece
    change: WordChange

    @property
    def place(self) -> Place:
        """Where the piece was written; only such pieces are wanted."""
        assert self.piece.place is not None  # noqa: S101 - `wanted` looks
        return self.piece.place


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A change that is for a person to make, and why."""

    finding: WordFinding
    edit: Edit
    why: str


def wanted(findings: Iterable[WordFinding]) -> tuple[list[Wanted], list[Unplaced]]:
    """The changes that have a place, and those that have none."""
    found: list[Wanted] = []
    rest: list[Unplaced] = []
    for finding in findings:
        for edit in finding.edits:
            try:
                found.append(_wanted(finding, edit))
            except NoPlaceError as error:
                rest.append(Unplaced(finding, edit, str(error)))
    return found, rest


def _wanted(finding: WordFinding, edit: Edit) -> Wanted:
    if edit.kind != "words":
        raise NoPlaceError(_NOT_WORDS[edit.kind])
    if finding.in_doubt:
        raise NoPlaceError(_DOUBTFUL)
    if finding.is_hidden:
        raise NoPlaceError("it holds what is protected, and nothing of that goes into a letter")
    if NOTE in edit.went + edit.came:
        raise NoPlaceError(_NOT_WORDS["note"])
    if "\n" in edit.came or "\t" in edit.came:
        raise NoPlaceError("it has a line break")
    share = _share(finding, edit)
    piece = share.piece
    if piece.kind == "toolkit" or piece.place is None:
        raise NoPlaceError("these are words of letters itself, or of its languages")
    if piece.kind == "template" and piece.place.path.startswith(_BUILT_IN):
        name = piece.place.path.split("/")[1] if "/" in piece.place.path else "NAME"
        hint = f"“letters templates eject {name}” makes it your own, to be edited"
        raise NoPlaceError(f"these are words of a template that comes with letters; {hint}")
    begun = len(signs(finding.before[: edit.start])) - share.start
    change = WordChange(
        begun,
        begun + len(signs(edit.went)),
        edit.came,
        after_sign=_is_sign(finding.before, edit.start - 1),
        before_sign=_is_sign(finding.before, edit.end),
    )
    if change.start < 0 or change.end > share.end - share.start:
        raise NoPlaceError("it reaches over words from several places")
    whole = change.start == 0 and change.end == share.end - share.start
    if whole and not signs(edit.came):
        raise NoPlaceError("nothing would be left there: take it out of the file yourself")
    return Wanted(finding.number, edit, piece, change)


def _share(finding: WordFinding, edit: Edit) -> Share:
    """The piece that a change is of; what is put in between two goes with what it touches."""
    if not edit.shares:
        raise NoPlaceError("it can’t be told where these words come from")
    if len(edit.shares) == 1:
        return edit.shares[0]
    if signs(edit.went):
        raise NoPlaceError("it reaches over words from several places")
    left, right = edit.shares[0], edit.shares[-1]
    first, other = (left, right) if _is_sign(finding.before, edit.start - 1) else (right, left)
    return first if _is_own(first) else other


def _is_own(share: Share) -> bool:
    """Whether there is a file that can be changed."""
    place = share.piece.place
    return share.piece.kind != "toolkit" and bool(place and not place.path.startswith(_BUILT_IN))


def _is_sign(words: str, at: int) -> bool:
    return 0 <= at < len(words) and words[at] != NOTE and is_sign(words[at])


def carried_out(
    changes: Sequence[Wanted], text_of: Callable[[str], str]
) -> tuple[dict[str, str], dict[int, str]]:
    """The files that change, as they would be; and why changes, by their position, can't be made.

    ``text_of`` gives the text of a file by its path in the campaign.
    """
    groups: dict[tuple[str, str, TemplateWords | None], list[int]] = defaultdict(list)
    for number, one in enumerate(changes):
        where = None
        if one.piece.kind == "template":
            last = max(one.piece.last, one.place.line)
            where = TemplateWords(one.place.line, one.place.column, last, one.piece.words)
        groups[one.place.path, one.place.key, where].append(number)
    texts: dict[str, str] = {}
    refused: dict[int, str] = {}

    def order(group: tuple[str, str, TemplateWords | None]) -> tuple[int, int]:
        """From the end of a template to its beginning: what is before a change stays there."""
        where = group[2]
        return (-where.line, -where.column) if where else (0, 0)

    for group in sorted(groups, key=order):
        path, key, where = group
        members = groups[group]
        try:
            text = texts[path] if path in texts else text_of(path)
            if where:
                own = [changes[number].change for number in members]
                texts[path] = template_words.reworded(text, where, own)
            else:
                said = [(changes[n].piece.words, changes[n].change) for n in members]
                texts[path] = yaml_value.reworded(text, key, said)
        except NoPlaceError as error:
            refused |= dict.fromkeys(members, str(error))
    return texts, refused


def expected(paragraphs: Sequence[str], changes: Iterable[Wanted]) -> list[str]:
    """What the letter's paragraphs say with these changes."""
    found = list(paragraphs)
    for one in sorted(changes, key=lambda each: (each.number, -each.edit.start)):
        before = found[one.number - 1]
        found[one.number - 1] = before[: one.edit.start] + one.edit.came + before[one.edit.end :]
    return found
