"""A finished letter as a rule reads it: run by run, each with its part of the letter and its place.

What a rule finds must lead back to a line that somebody can edit: to the YAML value where the words
came from, else to the template's own line, else to the key that chose the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, assert_never

from msgspec import Struct

from letters.campaign.model import Campaign
from letters.check.phrases import folded
from letters.draft import document as d
from letters.problem import Place

Part: TypeAlias = d.PartName


class WordRun(Struct, frozen=True):
    """Words that stand together: a paragraph, a line, a cell. Names of signatories are none."""

    part: Part
    content: d.Inlines

    @property
    def text(self) -> str:
        return d.plain(self.content)

    def prints(self, *keys: str) -> bool:
        """Whether a value is printed here whose key begins with one of these."""
        return any(origin.key.startswith(keys) for origin in origins(self))

    @property
    def longest(self) -> d.Value | None:
        """The value that most of these words came from."""
        values = [node for node in _leaves(self.content) if isinstance(node, d.Value)]
        return max(values, key=lambda value: len(value.text), default=None)


class Reading(Struct, frozen=True):
    """One edition of the letter. ``pages`` lays blocks out and counts the pages they take.

    ``template`` is the body's text and ``shown`` its path, to find a line of it.
    """

    campaign: Campaign
    letter: d.Letter
    runs: tuple[WordRun, ...]
    template: str
    shown: str
    page_mm: tuple[float, float]
    pages: Callable[[d.Blocks], int]

    @property
    def tag(self) -> str:
        return self.letter.language

    def of(self, *parts: str) -> Iterator[WordRun]:
        """The runs of these parts, in reading order."""
        return (run for run in self.runs if run.part in parts)

    def blocks(self) -> Iterator[d.Block]:
        """Every block of the letter, those inside others included."""
        return _blocks(self.letter.blocks)

    def prayer(self, *values: str) -> tuple[WordRun, ...]:
        """What is asked: the asks, the words that lead to them, and what the sheets repeat.

        ``values`` are those of letter.yaml in which a template keeps a request of its own.
        """
        keys = ("asks[", *(f"values.{value}" for value in values))
        prayer: list[WordRun] = []
        before: d.Block | None = None
        for block in self.letter.blocks:
            if isinstance(block, d.Asks):
                prayer += (
                    [WordRun("text", before.content)] if isinstance(before, d.Paragraph) else []
                )
                prayer += _runs(block, "asks")
            elif isinstance(block, d.Sheet):
                prayer += [run for inner in block.prayer for run in _runs(inner, "sheet")]
            else:
                runs = [run for run in _runs(block, "text") if run.part == "text"]
                prayer += [run for run in runs if run.prints(*keys)]
            before = block
        return tuple(prayer)

    def place(self, run: WordRun | None = None, at: int | None = None) -> Place:
        """Where the words of ``run`` were written: those at the offset ``at``, or the most of them.

        Without a run, the template as a whole.
        """
        if run is None:
            return self.campaign.letter_place.place("template")
        value = _value_at(run.content, at) if at is not None else run.longest
        if value is not None and value.origin is not None:
            origin = value.origin
            return Place(origin.path, origin.line, origin.column, origin.key)
        return self._in_template(run, at) or self.place()

    def line_of(self, words: str) -> Place:
        """The template's first line that holds ``words``, else the template as a whole."""
        for number, line in enumerate(self.template.split("\n"), 1):
            if words in line:
                return Place(self.shown, number, line.index(words) + 1)
        return self.place()

    def _in_template(self, run: WordRun, at: int | None) -> Place | None:
        """The template's line that holds the word at ``at``, or else a beginning of the run."""
        own = [node.text.split() for node in _leaves(run.content) if isinstance(node, d.Text)]
        sought = [" ".join(words[:3]) for words in sorted(own, key=len, reverse=True)]
        if at is not None:  # code may stand right behind the word
            sought = [run.text[at:].split()[0][:12], *sought]
        for words in filter(None, map(folded, sought)):
            for number, line in enumerate(self.template.split("\n"), 1):
                if words in folded(line):
                    return Place(self.shown, number)
        return None


def runs_of(letter: d.Letter) -> tuple[WordRun, ...]:
    """All runs of the letter and of its notes."""
    runs = [run for block in letter.blocks for run in _runs(block, "text")]
    return (*runs, *(WordRun("notes", note.content) for note in letter.notes))


def origins(run: WordRun) -> Iterator[d.ValueOrigin]:
    """Where the values in a run were written."""
    for node in _leaves(run.content):
        if isinstance(node, d.Value) and node.origin is not None:
            yield node.origin


def _runs(block: d.Block, part: Part) -> Iterator[WordRun]:
    match block:
        case d.Letterhead(lines=lines) | d.AddressBlock(lines=lines):
            yield from (WordRun(block.name, line) for line in lines)
        case d.Enclosures(items=items) | d.Copies(items=items):
            yield from (WordRun(block.name, item) for item in items)
        case d.Paragraph() | d.Heading():
            yield WordRun(part, block.content)
        case d.Worded():
            yield WordRun(block.name, block.content)
        case d.Asks(items=groups):
            yield from (
                run for group in groups for inner in group for run in _runs(inner, block.name)
            )
        case d.List(items=groups):
            yield from (run for group in groups for inner in group for run in _runs(inner, part))
        case d.Quote(blocks=blocks) | d.Passage(blocks=blocks):
            yield from (run for inner in blocks for run in _runs(inner, part))
        case d.Table(head=head, rows=rows, caption=caption):
            yield from ([WordRun(part, caption)] if caption else [])
            yield from (WordRun(part, cell) for row in (head, *rows) for cell in row)
        case d.Sheet(prayer=prayer, head=head):
            yield from (run for inner in prayer for run in _runs(inner, block.name))
            yield from (WordRun(block.name, cell) for cell in head)
        case d.Parallel(rows=pairs):
            yield from (
                run
                for pair in pairs
                for cell in pair
                for inner in cell
                for run in _runs(inner, part)
            )
        case d.Figure(alt=alt, caption=caption):
            yield from (WordRun(block.name, run) for run in (alt, caption))
        case d.SignatureBlock() | d.Divider():
            return
        case _:
            assert_never(block)


def _blocks(blocks: d.Blocks) -> Iterator[d.Block]:
    for block in blocks:
        yield block
        match block:
            case d.Asks(items=groups) | d.List(items=groups):
                yield from (inner for group in groups for inner in _blocks(group))
            case d.Quote(blocks=inner) | d.Passage(blocks=inner):
                yield from _blocks(inner)


def _leaves(content: d.Inlines) -> Iterator[d.Inline]:
    for node in content:
        if isinstance(node, d.Around):
            yield from _leaves(node.content)
        else:
            yield node


def _value_at(content: d.Inlines, at: int) -> d.Value | None:
    position = 0
    for node in _leaves(content):
        size = len(d.plain((node,)))
        if position <= at < position + size:
            return node if isinstance(node, d.Value) else None
        position += size
    return None
