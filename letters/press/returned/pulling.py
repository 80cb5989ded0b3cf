"""What somebody has changed in a Word file, as changes of the files that the letter comes from.

Each change of words goes where its words were written, if that is one place. What has no such place
is given back with the reason, and nobody guesses. Whether the letter then says what the Word file
says is for a new draft to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from letters.campaign.word_changes import NoPlaceError, WordChange, is_sign
from letters.press.returned import whole
from letters.press.returned.placing import Share, signs
from letters.press.returned.whole import BUILT_IN, WholeWanted
from letters.press.returned.words import NOTE

if TYPE_CHECKING:
    from letters.draft.origins import Piece
    from letters.press.returned.edits import Edit
    from letters.press.returned.findings import WordComparison, WordFinding
    from letters.problem import Place

LOOK = "how words look is for the template (**bold**, *italic*) and the theme"
_NOT_WORDS = {
    "note": "a note was put in or taken out: do that in the template",
    "look": LOOK,
    "style": "how a paragraph looks is for the template and the theme",
    "split": "one paragraph was made two: an empty line between them in the template does it",
    "joined": "two paragraphs were made one: do that in the template",
}
_DOUBTFUL = "the letter was changed here, too, since this file was made: compare them yourself"


class WordsWanted(Struct, frozen=True):
    """One change of words and the piece that is to get it."""

    finding: WordFinding
    edit: Edit
    piece: Piece
    change: WordChange

    @property
    def number(self) -> int:
        """That of its paragraph."""
        return self.finding.number

    @property
    def path(self) -> str:
        """The file that changes."""
        return self.place.path

    @property
    def place(self) -> Place:
        """Where the piece was written; only such pieces are wanted."""
        assert self.piece.place is not None  # noqa: S101 - `wanted` looks
        return self.piece.place


AnyWanted: TypeAlias = WordsWanted | WholeWanted


class Unplaced(Struct, frozen=True):
    """A change that is for a person to make, and why."""

    finding: WordFinding
    edit: Edit
    why: str


def wanted(
    comparison: WordComparison, findings: Iterable[WordFinding]
) -> tuple[list[AnyWanted], list[Unplaced]]:
    """The changes that have a place, and those that have none."""
    found: list[AnyWanted] = []
    rest: list[Unplaced] = []
    for finding in findings:
        for edit in finding.edits:
            try:
                found.append(_wanted(comparison, finding, edit))
            except NoPlaceError as error:
                rest.append(Unplaced(finding, edit, str(error)))
    return found, rest


def _wanted(comparison: WordComparison, finding: WordFinding, edit: Edit) -> AnyWanted:
    if edit.kind in _NOT_WORDS:
        raise NoPlaceError(_NOT_WORDS[edit.kind])
    if finding.in_doubt:
        raise NoPlaceError(_DOUBTFUL)
    if finding.is_hidden:
        raise NoPlaceError("it holds what is protected, and nothing of that goes into a letter")
    if edit.kind != "words":
        return whole.wanted(comparison, finding, edit)
    if NOTE in edit.went + edit.came:
        raise NoPlaceError(_NOT_WORDS["note"])
    if "\n" in edit.came or "\t" in edit.came:
        raise NoPlaceError("it has a line break")
    share = _share(finding, edit)
    piece = share.piece
    if piece.kind == "toolkit" or piece.place is None:
        raise NoPlaceError("these are words of letters itself, or of its languages")
    if piece.kind == "template" and piece.place.path.startswith(BUILT_IN):
        raise NoPlaceError(whole.not_yours(piece.place.path))
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
    is_all = change.start == 0 and change.end == share.end - share.start
    if is_all and not signs(edit.came):
        raise NoPlaceError("nothing would be left there: take it out of the file yourself")
    return WordsWanted(finding, edit, piece, change)


def _share(finding: WordFinding, edit: Edit) -> Share:
    """The piece that a change is of; what is put in between two goes with what it touches."""
    if not edit.shares:
        raise NoPlaceError("it can’t be told where these words come from")
    if len(edit.shares) == 1:
        return edit.shares[0]
    if signs(edit.went) and (joined := _joined(edit.shares)):
        return joined
    if signs(edit.went):
        raise NoPlaceError("it reaches over words from several places")
    left, right = edit.shares[0], edit.shares[-1]
    first, other = (left, right) if _is_sign(finding.before, edit.start - 1) else (right, left)
    return first if _is_own(first) else other


def _joined(shares: Sequence[Share]) -> Share | None:
    """Words of one paragraph of a template, of which some have emphasis, as one piece."""
    pieces = [share.piece for share in shares]
    first = pieces[0]
    lines = sorted({line for one in pieces for _, line in one.lines})
    if first.place is None or any(
        one.kind != "template" or one.place is None or one.place.path != first.place.path
        for one in pieces
    ):
        return None
    if lines[-1] - lines[0] >= len(lines):
        return None  # something else stands between
    words = "".join(one.words for one in pieces)
    whole_piece = replace(first, words=words, last=lines[-1])
    return Share(whole_piece, shares[0].start, shares[-1].end)


def _is_own(share: Share) -> bool:
    """Whether there is a file that can be changed."""
    place = share.piece.place
    return share.piece.kind != "toolkit" and bool(place and not place.path.startswith(BUILT_IN))


def _is_sign(words: str, at: int) -> bool:
    return 0 <= at < len(words) and words[at] != NOTE and is_sign(words[at])


def expected(comparison: WordComparison, made: Iterable[AnyWanted]) -> list[tuple[int, str]]:
    """What the paragraphs say with these changes, each with its number, 0 for a new one."""
    said = dict(enumerate(comparison.paragraphs, 1))
    wholes: dict[str, dict[int, WholeWanted]] = {"added": {}, "removed": {}, "moved": {}}
    for one in sorted(made, key=lambda each: (each.number, -each.edit.start)):
        if isinstance(one, WholeWanted):
            at = one.finding.pair if one.edit.kind == "added" else one.number
            wholes[one.edit.kind][at] = one
        else:
            before = said[one.number]
            said[one.number] = before[: one.edit.start] + one.edit.came + before[one.edit.end :]
    found: list[tuple[int, str]] = []
    waiting: list[int] = []
    for at, pair in enumerate(comparison.pairs):
        number = 0 if pair.base is None else pair.base + 1
        if pair.moved and number not in wholes["moved"]:
            waiting.append(number)
        elif number and number not in wholes["removed"]:
            found.append((number, said[number]))
        elif at in wholes["added"]:
            found.append((0, wholes["added"][at].finding.after))
    for number in sorted(waiting):  # what stays where it was
        before_it = [
            at for at, (n, _) in enumerate(found) if 0 < n < number and n not in wholes["moved"]
        ]
        found.insert(before_it[-1] + 1 if before_it else 0, (number, said[number]))
    return found
