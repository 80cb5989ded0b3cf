"""Where the words of a drafted letter come from: lines of the template, keys of YAML, the toolkit.

Each part of a letter, under the id that it has everywhere (see `letters.draft.parts`), is told in
pieces: who wants to change what stands there has to know where it was written. The template runs
once more for it, so that nothing is spent on letters of which nobody asks.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from letters.draft import document as d
from letters.draft.notes import value_in
from letters.draft.signatures import signers
from letters.draft.values import split
from letters.problem import Place

if TYPE_CHECKING:
    from letters.draft.compose import Edition
    from letters.draft.parts import Part
    from letters.draft.signatures import Pictures, Signed
    from letters.draft.source_map import SourceMap

_WORD = re.compile(r"\w+")
_OWN_WORDS = ("label", "state", "remarks")
"""The fields of blocks in which words of the toolkit stand."""


class Piece(Struct, frozen=True):
    """Words that stand together in a letter and were written in one place.

    Those of a ``value`` are at ``place`` in the campaign's data, which has their key; ``slot`` is
    its name where it is the recipient's own. Those of the template are at ``place`` in one of its
    files, up to line ``last``. Those of the ``toolkit`` have no place.
    ``at`` is the line of the template that prints them, if one does, in a loop if ``looped``.
    """

    kind: Literal["template", "value", "toolkit"]
    words: str
    place: Place | None
    at: Place | None = None
    last: int = 0
    slot: str = ""
    looped: bool = False

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """The lines of the template that it was printed by."""
        if not self.at:
            return ()
        every = range(self.at.line, max(self.last, self.at.line) + 1)
        return tuple((self.at.path, line) for line in every)


class _Printed(Struct, frozen=True):
    """Where the template prints something, and the line where that ends."""

    place: Place
    last: int
    looped: bool


class PartOrigin(Struct, frozen=True):
    """A part of a letter: ``place`` is where it begins in the template, or in the data.

    ``lines`` are all lines of the template that have a share in it, each with its file. ``named``
    is as in Part: whether the ``id`` stays whatever is put in before it.
    """

    id: str
    named: bool
    place: Place
    lines: tuple[tuple[str, int], ...]
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """All that it says, without the marks of notes."""
        return "".join(piece.words for piece in self.pieces)


def origins(
    edition: Edition, index: int, signed: Signed, pictures: Pictures
) -> tuple[PartOrigin, ...]:
    """The parts of the letter to the recipient of that index, its notes and the edges of its pages.

    Raises CampaignError.
    """
    own = signed.to(edition.bindings, edition.campaign.recipients[index].id)
    parsed, hold = edition.parsed(index, signers(edition.campaign, own))
    reader = _Reader(edition.source_map(index))
    parts = edition.parts(index, signed, pictures)
    found = [*reader.parts(parts)]
    skeleton = parsed.skeleton
    notes = edition.notes(skeleton, functools.partial(value_in, hold))
    for note, key, line in zip(notes, skeleton.notes, parsed.lines_of_notes, strict=True):
        by_key = isinstance(key, str)
        called = f"sources.{key}" if by_key else f"note+{note.number}"
        found.append(reader.note(called, note.content, line, written=not by_key))
    return (*found, *_edges(edition, index, edition.letter(index, signed, pictures)))


EDGES = frozenset(("running-head", "letter-date", "notice", "page-number", "draft-mark"))
"""The ids of what stands at the head and the foot of pages."""


def _edges(edition: Edition, index: int, letter: d.Letter) -> Iterator[PartOrigin]:
    campaign, at = edition.campaign, edition.campaign.letter_place
    notice = campaign.letter.notice
    name, day = letter.running_head
    yield _edge("running-head", name, campaign.recipient_places[index].place("name"))
    yield _edge("letter-date", day, at.place("date"))
    if notice and (key := notice.tag_for(edition.tag)) is not None:
        yield _edge("notice", notice.texts[key], at.place("notice", *filter(None, [key])))
    yield _edge("page-number", re.sub(r"\{pages?\}", "", letter.page_label), None)
    yield _edge("draft-mark", letter.draft_mark, None)


def _edge(called: str, words: str, place: Place | None) -> PartOrigin:
    piece = Piece("value" if place else "toolkit", words, place)
    return PartOrigin(called, True, place or Place(""), (), (piece,))


class _Reader:
    """Finds what was printed in the Markdown it was printed through, from its beginning on."""

    def __init__(self, source_map: SourceMap) -> None:
        self._map = source_map
        self._offsets: list[int] = []
        self._tokens: list[str | int] = []
        self._found: dict[str | int, list[int]] = defaultdict(list)
        position = 0
        for part in split(source_map.markdown):
            if isinstance(part, int):
                self._add(position, part)
                position += len(str(part)) + 2
                continue
            for word in _WORD.finditer(part):
                self._add(position + word.start(), word[0].casefold())
            position += len(part)
        self._at, self._end = 0, len(self._tokens)
        self._printed_at: dict[int, _Printed] = {}

    def _add(self, offset: int, token: str | int) -> None:
        self._found[token].append(len(self._tokens))
        self._offsets.append(offset)
        self._tokens.append(token)

    def parts(self, parts: tuple[Part, ...]) -> Iterator[PartOrigin]:
        """Where each part comes from, in their order."""
        starts = sorted({part.line for part in parts})
        ends = dict(pairwise(starts))
        before = -1
        for part in parts:
            begin, end = self._map.start_of(part.line), ends.get(part.line)
            if part.line != before:
                self._at = bisect_left(self._offsets, begin)
            stop = len(self._map.markdown) if end is None else self._map.start_of(end)
            self._end = bisect_left(self._offsets, stop)
            whole = (begin, stop) if part.line != before else None
            before = part.line
            signed = isinstance(part.block, d.SignatureBlock)
            pieces = tuple(self._pieces(part.block, "toolkit" if signed else "template"))
            yield self._origin(part.id, part.named, pieces, part.line, whole)

    def note(self, called: str, content: d.Inlines, line: int, *, written: bool) -> PartOrigin:
        """Where a note comes from; ``written`` are the words of a template's own note."""
        self._at, self._end = 0, len(self._tokens)
        pieces = tuple(self._pieces(content, "template" if written else "toolkit"))
        return self._origin(called, not written, pieces, line, None)

    def _origin(
        self,
        called: str,
        named: bool,
        pieces: tuple[Piece, ...],
        line: int,
        whole: tuple[int, int] | None,
    ) -> PartOrigin:
        lines = {at for piece in pieces for at in piece.lines}
        if whole and not lines:
            lines = {self._map.origin_at(whole[0])}
        begun = min(lines, default=self._map.origin_at(self._map.start_of(line)))
        return PartOrigin(called, named, Place(*begun), tuple(sorted(lines)), pieces)

    def _pieces(self, node: Any, kind: Literal["template", "toolkit"]) -> Iterator[Piece]:
        match node:
            case d.Text(text=text):
                yield self._words(text) if kind == "template" else Piece("toolkit", text, None)
            case d.Value(text=text, origin=origin, slot=slot):
                if (at := self._printed([node.hole])) is None:  # another line of the same value
                    at = self._printed_at.get(node.hole)
                elif node.hole >= 0:
                    self._printed_at[node.hole] = at
                place = _place(origin)
                if at is None:
                    yield Piece("value" if place else "toolkit", text, place, slot=slot)
                else:
                    yield Piece(
                        "value" if place else "toolkit", text, place, at.place, 0, slot, at.looped
                    )
            case d.Break():
                yield Piece("template", "\n", None)
            case tuple():
                for each in node:
                    yield from self._pieces(each, kind)
            case d.Table():  # as it is printed, and not in the order of its fields
                yield from self._pieces((node.caption, node.head, node.rows), kind)
            case Struct():
                for name in node.__struct_fields__:
                    value = getattr(node, name)
                    if name in _OWN_WORDS:
                        own = (value,) if isinstance(value, str) else value
                        yield from (Piece("toolkit", each, None) for each in own if each)
                    elif not isinstance(value, str):
                        yield from self._pieces(value, kind)

    def _words(self, text: str) -> Piece:
        """Words of the template: they stand in the Markdown, but for signs and spaces."""
        sought: list[str | int] = [word[0].casefold() for word in _WORD.finditer(text)]
        at = self._printed(sought) if sought else None
        if at is None:
            return Piece("template", text, None)
        return Piece("template", text, at.place, at.place, at.last, looped=at.looped)

    def _printed(self, sought: list[str | int]) -> _Printed | None:
        """Where the template printed these."""
        candidates = self._found.get(sought[0], [])
        for start in candidates[bisect_left(candidates, self._at) :]:
            if start >= self._end:
                break
            if self._tokens[start : start + len(sought)] == sought:
                last = start + len(sought) - 1
                self._at = last + 1
                path, line = self._map.origin_at(self._offsets[start])
                place = Place(path, line, self._map.column(path, line, str(sought[0])))
                ends = self._map.origin_at(self._offsets[last])
                looped = self._map.is_looped(self._offsets[start])
                return _Printed(place, max(line, ends[1] if ends[0] == path else line), looped)
        return None


def _place(origin: d.ValueOrigin | None) -> Place | None:
    return Place(origin.path, origin.line, origin.column, origin.key) if origin else None
