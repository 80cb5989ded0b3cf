"""What somebody has changed in a letter's Word file, and where each changed word was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from letters.ledger.diff import changes
from letters.press.docx.bookmarks import fingerprint
from letters.press.returned import edits, matching
from letters.press.returned.edits import Edit, Kind
from letters.press.returned.findings import WordComparison, WordFinding
from letters.press.returned.placing import PlacedParagraph, placed, signs
from letters.press.returned.words import NOTE, WordParagraph

if TYPE_CHECKING:
    from letters.draft.origins import PartOrigin
    from letters.press.returned.document import WordDocument

_FEW = 4  # paragraphs of which each is told by itself
_PLAIN = {"", "left", "start"}  # how a paragraph stands unless something is said


def compare(
    letter: WordDocument, origins: Sequence[PartOrigin], file: WordDocument
) -> WordComparison:
    """The ``file`` held against the ``letter`` as it would be rendered now."""
    own, came = (*letter.now, *letter.edges), (*file.now, *file.edges)
    places = placed(own, origins)
    as_written = letter.written.words if letter.written else ""
    same = file.written.words == as_written if file.written else None
    comparing = _Comparing(own, came, places, file, is_other=same is False)
    found = comparing.findings()
    about = {called for one in file.now for called in one.comments}
    rest = tuple(one for called, one in file.comments.items() if called not in about)
    words = tuple(one.tidy for one in own)
    return WordComparison(
        findings=found,
        paragraphs=words,
        places=tuple(places),
        pairs=tuple(comparing.pairs),
        notes=frozenset(number for number, one in enumerate(own, 1) if one.is_note),
        lost_notes=frozenset(comparing.lost_notes),
        same=same,
        since=comparing.since,
        tracked=file.tracked,
        throughout=comparing.throughout,
        comments=rest,
    )


class _Comparing:
    """``is_other``: the letter has changed since the file was made."""

    def __init__(
        self,
        own: Sequence[WordParagraph],
        came: Sequence[WordParagraph],
        places: Sequence[PlacedParagraph | None],
        file: WordDocument,
        *,
        is_other: bool,
    ) -> None:
        self.since = 0
        self.pairs = matching.pairs(own, came)
        self.lost_notes = set[int]()
        self.throughout: tuple[str, ...] = ()
        self._own, self._came, self._places, self._file, self._is_other = (
            own,
            came,
            places,
            file,
            is_other,
        )
        self._before = dict(matching.tracked(file.before, file.now)) if is_other else {}
        met = {number for one in file.now for number, _ in one.known}
        count = file.written.count if file.written else 0
        self._lost = len(set(range(1, count + 1)) - met)

    def findings(self) -> tuple[WordFinding, ...]:
        found: list[WordFinding] = []
        follows = 0
        for at, pair, kind in self._resolved():
            one = self._finding(pair, kind, follows)
            one.pair = at
            if pair.base is not None and not pair.moved:
                follows = pair.base + 1
            if {edit.kind for edit in one.edits} & {"added", "moved"} and pair.came is not None:
                self._set_between(one, at, self._came[pair.came])
            if one.edits or one.comments:
                found.append(one)
        return tuple(self._without_common_looks([*self._without_lost_notes(found)]))

    def _set_between(self, one: WordFinding, at: int, came: WordParagraph) -> None:
        left, right = matching.around(self.pairs, at)
        one.between = (self._place_of(left), self._place_of(right))
        one.alike = (self._is_like(left, came), self._is_like(right, came))

    def _place_of(self, pair: matching.Pair | None) -> PlacedParagraph | None:
        return None if pair is None or pair.base is None else self._places[pair.base]

    def _is_like(self, pair: matching.Pair | None, came: WordParagraph) -> bool:
        """Whether the two have one style, in the file: a program may have other ones."""
        if pair is None or pair.came is None:
            return False
        other = self._came[pair.came]
        return other.style == came.style and other.is_note == came.is_note

    def _without_common_looks(self, found: list[WordFinding]) -> Iterator[WordFinding]:
        """How most paragraphs look now, as in another font, is told once."""
        whole = Counter(
            edit.told
            for one in found
            for edit in one.edits
            if edit.kind == "style"
            or (edit.kind == "look" and len(signs(edit.went)) == len(signs(one.before)))
        )
        least = max(_FEW, len(self._own) // 2)
        self.throughout = tuple(told for told, count in whole.items() if count > least)
        for one in found:
            one.edits = [
                each for each in one.edits
                if each.kind not in {"look", "style"} or each.told not in self.throughout
            ]  # fmt: skip
            if one.edits or one.comments:
                yield one

    def _without_lost_notes(self, found: list[WordFinding]) -> Iterator[WordFinding]:
        """A note goes with its mark, and that was told where the mark was."""
        marks = sum(
            edit.went.count(NOTE) - edit.came.count(NOTE)
            for one in found
            for edit in one.edits
            if edit.kind in {"words", "note", "removed"}
        )
        for one in found:
            is_note = one.number > 0 and self._own[one.number - 1].is_note
            if is_note and marks > 0 and [edit.kind for edit in one.edits] == ["removed"]:
                marks -= 1
                self.lost_notes.add(one.number)
            else:
                yield one

    def _resolved(self) -> Iterator[tuple[int, matching.Pair, Kind | None]]:
        """The pairs, counted; what was divided or put together is one of them instead of two."""
        at = 0
        while at < len(self.pairs):
            one, *rest = self.pairs[at : at + 2]
            following = rest[0] if rest else matching.Pair(None, None)
            for place, first, other in ((at, one, following), (at + 1, following, one)):
                if kind := self._two(first, other):
                    yield place, first, kind
                    at += 2
                    break
            else:
                yield at, one, None
                at += 1

    def _two(self, pair: matching.Pair, other: matching.Pair) -> Kind | None:
        """Whether a pair and what has no partner are one paragraph that became two, or two one."""
        if pair.base is None or pair.came is None:
            return None
        own, came = self._own[pair.base], self._came[pair.came]
        if other.base is None and other.came is not None:
            halves = sorted([(pair.came, came), (other.came, self._came[other.came])])
            joined = "".join(signs(half.tidy) for _, half in halves)
            return "split" if joined == signs(own.tidy) else None
        if other.came is None and other.base is not None:
            halves = sorted([(pair.base, own), (other.base, self._own[other.base])])
            joined = "".join(signs(half.tidy) for _, half in halves)
            return "joined" if joined == signs(came.tidy) else None
        return None

    def _finding(self, pair: matching.Pair, kind: Kind | None, follows: int) -> WordFinding:
        own = self._own[pair.base] if pair.base is not None else None
        came = self._came[pair.came] if pair.came is not None else None
        one = WordFinding(
            number=pair.base + 1 if pair.base is not None else 0,
            follows=follows,
            before=own.tidy if own else "",
            after=came.tidy if came else "",
            placed=self._places[pair.base] if pair.base is not None else None,
            edge=(own or came or WordParagraph()).edge,
            is_note=(own or came or WordParagraph()).is_note,
            authors=tuple(dict.fromkeys(came.authors)) if came else (),
        )
        whole = one.placed.shares if one.placed else ()
        if came:
            one.comments = [
                self._file.comments[called]
                for called in came.comments
                if called in self._file.comments
            ]
        if kind:
            one.edits = [Edit(kind, one.before, one.after, shares=whole)]
        elif own is None and came is not None:
            if not self._is_untouched(came):
                one.edits = [Edit("added", came=one.after)]
        elif came is None:
            if self._is_other and not self._lost:
                self.since += 1
            else:
                one.in_doubt = self._is_other
                one.edits = [Edit("removed", one.before, shares=whole)]
        elif own is not None:
            if pair.moved and not own.is_note:  # they stand in the order of their marks
                one.edits.append(Edit("moved", one.before, one.after, shares=whole))
            self._compare(one, own, came, pair.came or 0)
        return one

    def _is_untouched(self, came: WordParagraph) -> bool:
        """Whether a paragraph says what it said when the file was made, and the letter does not."""
        if not self._is_other:
            return False
        said = fingerprint(came.tidy)
        if any(known == said for _, known in came.known):
            self.since += 1
            return True
        return False

    def _compare(self, one: WordFinding, own: WordParagraph, came: WordParagraph, at: int) -> None:
        if one.before != one.after:
            if self._is_untouched(came):
                return
            said = fingerprint(one.before)
            same = signs(one.before) == signs(one.after)
            if self._is_other and not same and all(known != said for _, known in came.known):
                one.in_doubt = True
                one.before = self._before.get(at, one.before)
                one.placed = one.placed if one.before == own.tidy else None
        pieces = list(changes(one.before, one.after))
        one.edits += edits.of_words(pieces, one.placed)
        if not one.in_doubt:
            whole = one.placed.shares if one.placed else ()
            if own.style != came.style:
                one.edits.append(Edit("style", told=f"style “{came.style}”", shares=whole))
            else:  # a style changes how all words look
                one.edits += edits.of_looks(pieces, own, came, one.placed)
            if own.align != came.align and not {own.align, came.align} <= _PLAIN:
                one.edits.append(
                    Edit("style", told=f"set {came.align or 'as its style says'}", shares=whole)
                )
