"""The editions of one language, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.markdown import Parsed
from letters.draft.markdown_faults import Fault
from letters.draft.paragraphs import Variants, marked, said, said_of_note
from letters.draft.parts import Part
from letters.draft.skeleton import Skeleton, fill_blocks
from letters.draft.source_map import SourceMap
from letters.draft.values import Hold, Sealed
from letters.problem import Place


def paragraphs(editions: Iterable[Edition]) -> tuple[Variants, ...]:
    """One language's parts, in order, each with all that it says to anybody.

    ``editions`` are in that language, for each audience. Raises CampaignError.
    """
    parts: dict[str, Variants] = {}
    for edition in editions:
        for one in _Reader(edition).wordings():
            before = parts.setdefault(one.id, one)
            parts[one.id] = replace(before, texts=before.texts | one.texts)
    # Sources are noted at the end of a letter, and stand at the end here.
    return tuple(sorted(parts.values(), key=lambda part: part.id.startswith("sources.")))


class _Reader:
    """Reads one edition, recipient by recipient."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._source_maps: dict[int, SourceMap] = {}

    def wordings(self) -> Iterator[Variants]:
        """What each part says to each recipient, and each source that it refers to."""
        done: dict[tuple[str, ...], Skeleton] = {}
        for index in range(len(self._edition.campaign.recipients)):
            parsed, hold = self._edition.parsed(index)
            values = tuple(value.slot or value.text for value in hold.values)
            if done.get(values) is parsed.skeleton:
                continue
            done[values] = parsed.skeleton
            yield from self._wordings(index, parsed, hold)
        yield from self._notice()

    def _notice(self) -> Iterator[Variants]:
        """What stands at the foot of every page."""
        letter, tag = self._edition.campaign.letter, self._edition.tag
        if letter.notice and (key := letter.notice.tag_for(tag)) is not None:
            place = self._edition.campaign.letter_place.place("notice", *filter(None, [key]))
            words = said(d.Paragraph((d.Text(letter.notice.texts[key]),)), {})
            yield Variants("notice", True, place, frozenset({words}))

    def _wordings(self, index: int, parsed: Parsed, hold: Hold) -> Iterator[Variants]:
        def mark(value: Sealed) -> d.Text:
            return marked(value, self._edition.name(value))

        def printed(hole: int) -> d.Inlines:
            return (mark(hold.values[hole]),)

        keys, at = parsed.skeleton.notes, self._edition.campaign.letter_place
        notes: dict[int, str] = {}
        for note in self._edition.notes(parsed.skeleton, printed, of=mark):
            key, words = keys[note.number - 1], said_of_note(note.content)
            notes[note.number] = f" {key}" if isinstance(key, str) else f":{words}"
            if isinstance(key, str):
                place = at.place("sources", key)
                yield Variants(f"sources.{key}", True, place, frozenset({words}))
        for part in self._edition.parts_of(parsed, hold):
            for block in fill_blocks((part.block,), printed):
                words = said(block, notes)
                yield Variants(part.id, part.named, self._place(part, index), frozenset({words}))

    def _place(self, part: Part, index: int) -> Place:
        """Where the words of a part are written: in the campaign's data, else in the template."""
        for value in part.values:
            if value.local and value.origin and not value.slot:
                at = value.origin
                return Place(at.path, at.line, at.column, at.key)
        if index not in self._source_maps:
            self._source_maps = {index: self._edition.source_map(index)}
        return self._source_maps[index].problem(Fault("", line=part.line)).place
