"""A letter's Word file that came back is read and compared in a worker: it is a stranger's.

Whatever goes from here to the command has been looked through: where it holds what is protected,
it is hidden, whoever wrote it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.check.privacy import HIDDEN, holding
from letters.check.protected import secrets
from letters.press.returned import compared, document
from letters.problem import Place
from letters.workshop.held import held

if TYPE_CHECKING:
    from letters.check.protected import Secret
    from letters.press.jobs import Job, PressRun
    from letters.press.letter_key import LetterKey
    from letters.press.returned.document import Comment, WordDocument
    from letters.press.returned.edits import Edit
    from letters.press.returned.findings import WordComparison, WordFinding

_NOWHERE = Place("")


class WordLooked(Struct, frozen=True):
    """A comparison, and in how many places something protected was hidden."""

    comparison: WordComparison
    hidden: int


def key_of(data: bytes) -> LetterKey | None:
    """Which letter a Word file says it is. Raises UnfitWordError."""
    written = document.written(data)
    return written.key if written else None


def compare(data: bytes, job: Job, run: PressRun) -> WordLooked:
    """The file held against the letter as it is now. Raises UnfitWordError, CampaignError."""
    came = document.read(data)
    letter = _as_now(job, run)
    found = compared.compare(letter, held().letters.origins(job, run), came)
    every = secrets(held().campaign)
    known = tuple(one for one in every if run.audience == "public" or not one.for_recipient)
    return _Looking(known).looked(found)


class LetterWords(Struct, frozen=True):
    """What each paragraph of a letter says, and each of its notes."""

    body: tuple[str, ...]
    notes: tuple[str, ...]


def paragraphs(job: Job, run: PressRun) -> LetterWords:
    """What the letter says as it is now. Raises CampaignError."""
    letter = _as_now(job, run)
    return LetterWords(
        tuple(one.tidy for one in (*letter.now, *letter.edges) if not one.is_note),
        tuple(one.tidy for one in letter.now if one.is_note),
    )


def _as_now(job: Job, run: PressRun) -> WordDocument:
    """The letter through the very same reader."""
    from letters.draft.annex import Annex
    from letters.press import docx

    drafted = held().letters.drafted(job, run)
    assert not isinstance(drafted.letter, Annex)  # noqa: S101 - no such job is asked for here
    return document.read(docx.write(drafted.letter, run.theme, drafted.key))


class _Looking:
    """Hides what holds one of the protected strings and was not in the letter before."""

    def __init__(self, known: tuple[Secret, ...]) -> None:
        self._known = known
        self._hidden = 0

    def looked(self, found: WordComparison) -> WordLooked:
        findings = tuple(self._finding(one) for one in found.findings)
        comments = tuple(map(self._comment, found.comments))
        throughout = tuple(map(self._told, found.throughout))
        looked = replace(found, findings=findings, comments=comments, throughout=throughout)
        return WordLooked(looked, self._hidden)

    def _told(self, told: str) -> str:
        """How something looks now: the name of a font or a style may be anything."""
        return HIDDEN if told and self._holds([told]) else told

    def _finding(self, one: WordFinding) -> WordFinding:
        one = replace(one, edits=[replace(e, told=self._told(e.told)) for e in one.edits])
        comments = [self._comment(each) for each in one.comments]
        authors = tuple(HIDDEN if self._holds([each]) else each for each in one.authors)
        changed = [edit for edit in one.edits if edit.came and edit.kind != "look"]
        if changed and one.after != one.before and self._holds([one.after], one.before):
            self._hidden += 1
            edits = [self._edit(edit) for edit in one.edits]
            return replace(
                one, edits=edits, after=HIDDEN, comments=comments, authors=authors, is_hidden=True
            )
        return replace(one, comments=comments, authors=authors)

    @staticmethod
    def _edit(edit: Edit) -> Edit:
        return replace(edit, came=HIDDEN) if edit.came else edit

    def _comment(self, comment: Comment) -> Comment:
        if not self._holds([comment.author, comment.words, comment.about]):
            return comment
        self._hidden += 1
        return replace(comment, author=HIDDEN, words=HIDDEN, about="")

    def _holds(self, texts: Iterable[str], but: str = "") -> bool:
        """Whether one of the texts has something protected that is not in ``but``."""
        found = {problem.message for problem in holding(texts, self._known, _NOWHERE)}
        return bool(found) and bool(
            found - {problem.message for problem in holding([but], self._known, _NOWHERE)}
        )
