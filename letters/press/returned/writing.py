"""The files of a campaign as they would be with changes of a Word file written into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from letters.campaign import yaml_items, yaml_value
from letters.campaign.word_changes import NoPlaceError
from letters.draft import template_words
from letters.draft.template_paragraphs import (
    Splice,
    TemplateParagraph,
    TemplateText,
    rearranged,
    spliced,
)
from letters.draft.template_words import TemplateWords
from letters.press.returned.pulling import WordsWanted
from letters.press.returned.whole import EntryHome, Home, TemplateHome, WholeWanted, template_home

if TYPE_CHECKING:
    from letters.press.returned.findings import WordComparison
    from letters.press.returned.pulling import AnyWanted

_TWICE = "it is printed in several places, and was changed in different ways there"


def carried_out(
    comparison: WordComparison, changes: Sequence[AnyWanted], text_of: Callable[[str], str]
) -> tuple[dict[str, str], dict[int, str]]:
    """The files that change, as they would be; and why changes, by their position, can't be made.

    ``text_of`` gives the text of a file by its path in the campaign.
    """
    files: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(changes):
        files[one.path].append(number)
    texts: dict[str, str] = {}
    refused: dict[int, str] = {}
    for path, members in files.items():
        try:
            file = _File(comparison, changes, refused, text_of(path))
        except NoPlaceError as error:
            refused |= dict.fromkeys(members, str(error))
        else:
            texts[path] = file.with_all(path, members)
    return texts, refused


class _File:
    """One file; why a change can't be made goes into ``refused``, by its position."""

    def __init__(
        self,
        comparison: WordComparison,
        changes: Sequence[AnyWanted],
        refused: dict[int, str],
        text: str,
    ) -> None:
        self._comparison, self._changes, self._refused = comparison, changes, refused
        self._text = text

    def with_all(self, path: str, members: Sequence[int]) -> str:
        """The text with all of these changes."""
        words: list[tuple[int, WordsWanted]] = []
        lines: list[tuple[int, WholeWanted]] = []
        entries: dict[str, list[tuple[int, WholeWanted]]] = defaultdict(list)
        for number in members:
            one = self._changes[number]
            if isinstance(one, WordsWanted):
                words.append((number, one))
            elif isinstance(one.home, EntryHome):
                entries[one.home.key].append((number, one))
            else:
                lines.append((number, one))
        splices = list(self._splices(words))
        text = self._with_paragraphs(path, splices, lines)
        text = self._with_values(text, words)
        for key, own in entries.items():
            try:
                order = _order(yaml_items.length(text, key), [one for _, one in own])
                text = yaml_items.rearranged(text, key, order)
            except NoPlaceError as error:
                self._refused |= dict.fromkeys((number for number, _ in own), str(error))
        return text

    # --- a template -------------------------------------------------------------------------------

    def _splices(self, words: Iterable[tuple[int, WordsWanted]]) -> Iterator[Splice]:
        """The exchanges of a template's words."""
        groups: dict[TemplateWords, list[int]] = defaultdict(list)
        own = dict(words)
        for number, each in own.items():
            if each.piece.kind == "template":
                last = max(each.piece.last, each.place.line)
                where = TemplateWords(each.place.line, each.place.column, last, each.piece.words)
                groups[where].append(number)
        found: dict[Splice, list[int]] = {}
        for where, members in groups.items():
            try:
                changes = [own[number].change for number in members]
                for exchange in template_words.exchanges(self._text, where, changes):
                    found.setdefault(exchange, []).extend(members)
            except NoPlaceError as error:
                self._refused |= dict.fromkeys(members, str(error))
        for (one, members), (other, others) in pairwise(sorted(found.items())):
            if other[0] < one[1]:
                self._refused |= dict.fromkeys((*members, *others), _TWICE)
        for splice, members in found.items():
            if not any(number in self._refused for number in members):
                yield splice

    def _with_paragraphs(
        self, path: str, splices: Sequence[Splice], lines: Sequence[tuple[int, WholeWanted]]
    ) -> str:
        if not lines:
            return rearranged(self._text, splices, (), ())
        file = TemplateText(self._text)
        paragraphs = _Paragraphs(self._comparison, path, file)
        cuts: list[tuple[int, int]] = []
        put: list[tuple[int, str]] = []
        for number, one in sorted(lines, key=lambda each: each[1].finding.pair):
            try:
                cut, new = self._one(file, paragraphs, one, splices)
            except NoPlaceError as error:
                self._refused[number] = str(error)
            else:
                cuts += cut
                put += new
        return rearranged(self._text, splices, cuts, put)

    def _one(
        self,
        file: TemplateText,
        paragraphs: _Paragraphs,
        one: WholeWanted,
        splices: Sequence[Splice],
    ) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
        """What is cut out for one paragraph, and what is put in."""
        own = paragraphs.at(one.home)
        cuts = [file.cut(own)] if own else []
        if one.edit.kind == "removed":
            return cuts, []
        after, before = paragraphs.at(one.after), paragraphs.at(one.before)
        markers = {bool(each.marker) for each in (own, after, before) if each}
        if len(markers) > 1:
            raise NoPlaceError("it stands between an entry of a list and what is none")
        beside = after or before
        assert beside is not None  # noqa: S101 - there is one of the two
        at = file.place(after, before, paragraphs.gone())
        if own:
            start, end = file.span(own)
            own_words = [
                (a - start, b - start, new) for a, b, new in splices if start <= a and b <= end
            ]
            text = spliced(self._text[start:end], own_words).rstrip()
        else:
            text = f"{beside.marker}{template_words.escaped(one.finding.after)}"
        return cuts, [(at, file.set_in(at, text, entry=bool(beside.marker)))]

    # --- YAML -------------------------------------------------------------------------------------

    def _with_values(self, text: str, words: Iterable[tuple[int, WordsWanted]]) -> str:
        groups: dict[str, list[int]] = defaultdict(list)
        own = dict(words)
        for number, one in own.items():
            if one.piece.kind != "template":
                groups[one.place.key].append(number)
        for key, members in groups.items():
            try:
                said = [(own[number].piece.words, own[number].change) for number in members]
                text = yaml_value.reworded(text, key, said)
            except NoPlaceError as error:
                self._refused |= dict.fromkeys(members, str(error))
        return text


def _order(count: int, changes: Sequence[WholeWanted]) -> list[int]:
    """The entries of a list that stay, by their positions, in their new order."""
    homes = {one.home.index: one for one in changes if isinstance(one.home, EntryHome)}
    order = [number for number in range(count) if number not in homes]
    for index, one in sorted(homes.items(), key=lambda each: each[1].finding.pair):
        if one.edit.kind == "moved":
            after, before = (
                side.index if isinstance(side, EntryHome) else None
                for side in (one.after, one.before)
            )
            if before in order:
                order.insert(order.index(before), index)
            else:
                order.insert(order.index(after) + 1 if after in order else len(order), index)
    return order


class _Paragraphs:
    """The paragraphs of the letter as they stand in one template."""

    def __init__(self, comparison: WordComparison, path: str, file: TemplateText) -> None:
        self._comparison, self._path, self._file = comparison, path, file
        self._printed: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for number, place in enumerate(comparison.places, 1):
            found = template_home(place) if place else None
            if found and found.path == path:
                self._printed[found.lines].add(number)

    def at(self, home: Home | None) -> TemplateParagraph | None:
        """The paragraph that is printed by these lines alone. Raises NoPlaceError."""
        if not isinstance(home, TemplateHome):
            return None
        if self._file.is_row(home.lines[0]):
            raise NoPlaceError("it stands in a table: change its rows and columns in the template")
        if len(self._printed[home.lines]) > 1:
            raise NoPlaceError("the template prints it in several places")
        others = {line for lines in self._printed for line in lines if lines != home.lines}
        return self._file.paragraph(home.lines, others)

    def gone(self) -> list[TemplateParagraph]:
        """Those that are not in the file any more, or in another place."""
        found: list[TemplateParagraph] = []
        for one in self._comparison.findings:
            kinds = {edit.kind for edit in one.edits}
            where = template_home(one.placed) if one.placed else None
            if where and where.path == self._path and kinds & {"removed", "moved"}:
                with suppress(NoPlaceError):
                    found += filter(None, [self.at(where)])
        return found
