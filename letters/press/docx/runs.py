"""Words of the tree as runs of a Word paragraph: marks, links, notes, and their direction."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from letters.draft.document import (
    Break,
    Direction,
    Emphasis,
    Inlines,
    Letter,
    Link,
    NoteMark,
    Spoken,
    Strong,
    Text,
    TextLanguage,
    Value,
    plain,
)
from letters.press import direction, name_language
from letters.press.docx.languages import forms, home, said
from letters.press.docx.ooxml import address, escape, for_word, tag
from letters.press.inseparable import HYPHEN
from letters.press.raised import has_ordinals, parts
from letters.press.theme import NotesAt

_KEPT_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


class Relations(Struct):
    """The relationship ids of one part, given out while its XML is written."""

    addresses: dict[str, str] = field(default_factory=dict)
    pictures: dict[bytes, str] = field(default_factory=dict)

    def to_address(self, target: str) -> str:
        return self.addresses.setdefault(target, f"rIdLink{len(self.addresses) + 1}")

    def to_picture(self, png: bytes) -> str:
        return self.pictures.setdefault(png, f"rIdImage{len(self.pictures) + 1}")


class Marks(Struct, frozen=True):
    """How words stand out. ``bold_already``, ``italic_already``: what the paragraph's style is.

    Bold in a character style *toggles* bold of the paragraph's style in Word, so that strong words
    in a bold line would come out thin.
    """

    strong: bool = False
    emphasis: bool = False
    style: str = ""
    bold_already: bool = False
    italic_already: bool = False
    raised: bool = False

    def properties(self, rtl: bool = False, language: str = "", family: str = "") -> str:
        """The run properties: one named style, its direction, its language and its own font."""
        style = self.style
        if not style or style in _MARKED_APART:
            style += "Emphasis" if self.emphasis and not self.italic_already else ""
            style += "Strong" if self.strong and not self.bold_already else ""
            style += "Ordinal" if self.raised and not self.style else ""
        written = (tag("rStyle", style) if style else "") + family
        written += ("<w:rtl/>" if rtl else "") + language
        return f"<w:rPr>{written}</w:rPr>" if written else ""


PLAIN = Marks()
_MARKED_APART = ("Hyperlink", "LetterheadName")
"""Styles that have others of their own for what stands out in them."""


class RunWriter(Struct):
    """Turns inline content into runs for one part of a file.

    ``home`` is the language of the letter, ``language`` that of these words. ``notes`` are the
    numbers that the letter has notes for, which stand ``at`` its end or the foot of a page;
    ``marked`` those whose first mark has been set. For the words of the notes themselves ``notes``
    is empty: a note can't open one. ``set_apart`` is the direction of words that run against their
    language, ``beside`` the family of Word's that they stand in.
    """

    home: TextLanguage
    relations: Relations
    notes: frozenset[int] = frozenset()
    marked: set[int] = field(default_factory=set)
    at: NotesAt = "end"
    language: TextLanguage | None = None
    set_apart: Direction | None = None
    beside: str = ""

    @property
    def direction(self) -> Direction:
        """The way that these words run."""
        return self.set_apart or (self.language or self.home).direction

    @property
    def decimal(self) -> str:
        """The sign before decimals, by which figures are set."""
        return (self.language or self.home).decimal

    @property
    def rtl(self) -> bool:
        """Whether these words run from right to left."""
        return self.direction == "rtl"

    def speaking(self, language: TextLanguage | None) -> RunWriter:
        """The same part in another language; its notes are counted on."""
        return replace(self, language=language)

    def runs(self, content: Inlines, marks: Marks = PLAIN) -> str:
        return "".join(self._pieces(content, marks))

    def plain(self, text: str, marks: Marks = PLAIN) -> str:
        """Words that stand in the tree as a bare string."""
        return self.runs((Text(text),), marks)

    def line(self, content: Inlines, marks: Marks = PLAIN) -> str:
        """A line of its own, such as one of an address: written in its own direction."""
        return self._turned(content, direction.own(plain(content), self.direction), marks)

    def cell(self, content: Inlines, marks: Marks = PLAIN) -> str:
        """The words of a cell, which stand among no others."""
        return self._turned(content, direction.only(plain(content), self.direction), marks)

    def _turned(self, content: Inlines, own: Direction, marks: Marks) -> str:
        if own == self.direction:
            return self.runs(content, marks)
        opened, closed = Text(direction.ISOLATES[own]), Text(direction.ISOLATES_END)
        return replace(self, set_apart=own).runs((opened, *content, closed), marks)

    def _pieces(self, content: Inlines, marks: Marks) -> Iterable[str]:
        for node in content:
            match node:
                case Value(text=text) if own := direction.apart(text, self.direction):
                    yield from self._apart(text, own, marks)
                case Value(text=text) if tag := self._tongue(text):
                    named = replace(self, language=TextLanguage(tag, self.direction))
                    yield from named._text(text, marks)  # noqa: SLF001 - another of these
                case Text(text=text) | Value(text=text):
                    yield from self._text(text, marks)
                case Strong(content=inner):
                    yield self.runs(inner, replace(marks, strong=True))
                case Emphasis(content=inner):
                    yield self.runs(inner, replace(marks, emphasis=True))
                case Spoken(language=language, content=inner):
                    yield self._spoken(language, inner, marks)
                case Link(href=href, content=inner):
                    yield self._link(href, inner, marks)
                case Break():
                    yield "<w:r><w:br/></w:r>"
                case NoteMark(number=number):
                    yield self._note_mark(number)
                case _:
                    assert_never(node)

    def _tongue(self, text: str) -> str:
        """The language of a name in another script, where it is one that Word knows."""
        tag = name_language.by_letters(text, (self.language or self.home).tag)
        return "" if tag.startswith("und") else tag

    def _text(self, text: str, marks: Marks) -> Iterable[str]:
        at = 0
        for number in direction.GROUPED.finditer(text) if self.rtl else ():
            yield from self._written(text[at : number.start()], marks)
            yield from self._apart(number[0], "ltr", marks)
            at = number.end()
        yield from self._written(text[at:], marks)

    def _apart(self, text: str, own: Direction, marks: Marks) -> Iterable[str]:
        held = f"{direction.ISOLATES[own]}{text}{direction.ISOLATES_END}"
        return replace(self, set_apart=own)._written(held, marks)  # noqa: SLF001 - another of these

    def _written(self, text: str, marks: Marks) -> Iterable[str]:
        return _written(text, marks, self.language, self.home, self.beside, rtl=self.rtl)

    def _spoken(self, language: TextLanguage, content: Inlines, marks: Marks) -> str:
        turned = replace(self, language=language, set_apart=None)
        if language.direction == self.direction:
            return turned.runs(content, marks)
        opened, closed = Text(direction.ISOLATES[language.direction]), Text(direction.ISOLATES_END)
        return turned.runs((opened, *content, closed), marks)

    def _link(self, href: str, content: Inlines, marks: Marks) -> str:
        target = address(href)
        if not target:
            return self.runs(content, marks)
        inner = self.runs(content, replace(marks, style="Hyperlink"))
        relation = self.relations.to_address(target)
        return f'<w:hyperlink r:id="{relation}" w:history="1">{inner}</w:hyperlink>'

    def _note_mark(self, number: int) -> str:
        """The mark of a note: Word's own, and its bare number where notes stand in the text."""
        name = "footnote" if self.at == "foot" else "endnote"
        properties = Marks(style=f"{name.capitalize()}Reference").properties(self.rtl)
        shown = f"<w:r>{properties}<w:t>{self.home.number(number)}</w:t></w:r>"
        bookmark = f"_RefNote{number}"
        if number in self.marked:
            return for_word(field_runs(f"NOTEREF {bookmark} \\f \\h", shown, properties), shown)
        if number not in self.notes:
            return shown
        self.marked.add(number)
        own = (
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>'
            f'<w:r>{properties}<w:{name}Reference w:id="{number}"/></w:r>'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
        return own if self.at == "foot" else for_word(own, shown)


@functools.lru_cache(maxsize=2048)  # most words are the same in every letter
def _written(
    text: str,
    marks: Marks,
    language: TextLanguage | None,
    home: TextLanguage,
    beside: str,
    *,
    rtl: bool,
) -> tuple[str, ...]:
    """The runs of words that are neither links nor marks."""
    out: list[str] = []
    french = has_ordinals((language or home).tag)
    for piece, turned in direction.by_direction(text, rtl):
        family = forms(piece, language, home, beside)
        spoken = said(piece, language, home, rtl=turned)
        for words, end in parts(piece) if french else ((piece, ""),):
            out.append(_run(words, marks.properties(turned, spoken, family)))
            if end:
                raised = replace(marks, raised=True)
                out.append(_run(end, raised.properties(turned, spoken, family)))
    return tuple(out)


def _run(text: str, properties: str) -> str:
    written = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    # Word would look for another font that has the character.
    return f"<w:r>{properties}{written.replace(HYPHEN, _KEPT_HYPHEN)}</w:r>"


def field_runs(instruction: str, shown: str, properties: str = "") -> str:
    """A field that Word keeps up to date; ``shown`` are the runs to be seen until then."""

    def run(content: str) -> str:
        return f"<w:r>{properties}{content}</w:r>"

    return (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run(f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + shown
        + run('<w:fldChar w:fldCharType="end"/>')
    )


def words_of(letter: Letter, relations: Relations | None = None, beside: str = "") -> RunWriter:
    """What writes words in the letter's own language, around its text."""
    return RunWriter(home(letter), relations or Relations(), beside=beside)
