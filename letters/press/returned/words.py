"""The paragraphs of a Word file, twice: with all tracked changes accepted, and with all refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters.press.docx import bookmarks
from letters.press.returned.container import W
from letters.press.returned.looks import Styles, WordLook

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOTE = "\ufffc"
"""What stands in words for the mark of a note, whatever its number."""

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOTE_STYLES = frozenset(
    f"{kind} {name}"
    for kind in ("endnote", "footnote")
    for name in ("reference", "characters", "anchor")  # the last two are LibreOffice's
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_INSERTED, _DELETED = {"ins", "moveTo"}, {"del", "moveFrom"}
_COUNTED = re.compile(r"NOTEREF|\b(?:PAGE|NUMPAGES)\b|^\s*IF\b")
"""Fields that a program fills in itself: marks of notes, and numbers of pages."""
_MOST_SPEAKING = 100
"""Comments about the same words; nobody has so many."""
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]+")
_UNSEEN = str.maketrans("\u2011", "-", "\u00ad\u200b\u2060\ufeff")
"""What is not seen goes, and a hyphen is a hyphen, whether a line may end there or not."""


def tidy(words: str) -> str:
    """Words with one kind of space between them, and one of hyphens: programs change them."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in words.translate(_UNSEEN).split("\n"))
    return "\n".join(line for line in lines if line)


class WordParagraph(Struct):
    """Its ``words``, and for each of their characters how it looks.

    ``known`` are the bookmarks of ours in it: the number and the fingerprint; ``comments`` the ids
    of those that begin in it; ``authors`` have tracked changes in it. ``edge`` is the head or
    the foot of pages that it is at.
    """

    words: str = ""
    style: str = ""
    align: str = ""
    looks: list[WordLook] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    is_note: bool = False
    edge: str = ""

    @property
    def tidy(self) -> str:
        """The words as they are compared; a note is without its number."""
        said = tidy(self.words)
        return re.sub(r"^\d{1,4} ", "", said) if self.is_note and "\t" in self.words else said


class Version(Struct):
    """The paragraphs as one of the two sees them, and the notes in the order of their marks."""

    paragraphs: list[WordParagraph] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    open: WordParagraph = field(default_factory=WordParagraph)

    def end(self) -> None:
        """The paragraph is whole; one without words is none."""
        if self.open.words.strip():
            self.paragraphs.append(self.open)
        self.open = WordParagraph()


class Reader:
    """Reads one part of a file; ``anchored`` has for each comment the words that it is about."""

    def __init__(self, styles: Styles) -> None:
        self.now, self.before = Version(), Version()
        self.beside: list[Element] = []
        self.anchored: dict[str, list[str]] = {}
        self._styles = styles
        self._fields: list[list[str]] = []
        self._speaking: set[str] = set()

    def read(self, root: Element, *, note: bool = False) -> None:
        """All paragraphs below an element, in order."""
        self._note = note
        self._blocks(root, inserted=False, deleted=False)
        self._end(inserted=False, deleted=False)

    # --- what holds paragraphs --------------------------------------------------------------------

    def _blocks(self, node: Element, *, inserted: bool, deleted: bool) -> None:
        for child in _chosen(node):
            name = _name(child)
            if name == "p":
                self._paragraph(child, inserted=inserted, deleted=deleted)
            elif name == "tr":
                change = {_name(each) for each in child.iterfind(f"{W}trPr/*")}
                added, gone = inserted or "ins" in change, deleted or "del" in change
                self._blocks(child, inserted=added, deleted=gone)
            elif name == "tc":
                self._blocks(child, inserted=inserted, deleted=deleted)
                self._end(inserted=inserted, deleted=deleted)
            elif name == "Fallback":
                self.beside.append(child)
            elif not name.endswith("Pr"):
                added, gone = inserted or name in _INSERTED, deleted or name in _DELETED
                self._blocks(child, inserted=added, deleted=gone)

    def _end(self, *, inserted: bool, deleted: bool) -> None:
        if not deleted:
            self.now.end()
        if not inserted:
            self.before.end()

    def _paragraph(self, node: Element, *, inserted: bool, deleted: bool) -> None:
        properties = node.find(f"{W}pPr")
        style, align, change = "", "", set[str]()
        if properties is not None:
            style = _value(properties, "pStyle")
            align = _value(properties, "jc")
            change = {_name(each) for each in properties.iterfind(f"{W}rPr/*")}
        name = self._styles.name(style)
        for version in (self.now, self.before):
            if not version.open.words:
                version.open.style, version.open.align = name, align
                version.open.is_note = self._note
        self._inlines(node, style, inserted=inserted, deleted=deleted)
        # A change of the mark at its end makes one paragraph of two, or two of one.
        if not deleted and not change & _DELETED:
            self.now.end()
        if not inserted and not change & _INSERTED:
            self.before.end()

    # --- what stands in them ----------------------------------------------------------------------

    def _inlines(self, node: Element, style: str, *, inserted: bool, deleted: bool) -> None:
        for child in _chosen(node):
            name = _name(child)
            if name == "r":
                self._run(child, style, inserted=inserted, deleted=deleted)
            elif name == "bookmarkStart":
                if found := bookmarks.told_by(child.get(f"{W}name", "")):
                    for version in self._versions(inserted=inserted, deleted=deleted):
                        version.open.known.append(found)
            elif name == "commentRangeStart":
                self._comment(child, speaking=True)
            elif name == "commentRangeEnd":
                self._speaking.discard(child.get(f"{W}id", ""))
            elif name == "fldSimple":
                self._fields.append(["result", child.get(f"{W}instr", "")])
                self._inlines(child, style, inserted=inserted, deleted=deleted)
                self._field_end(inserted=inserted, deleted=deleted)
            elif name == "p":  # of a Fallback in the middle of a line
                continue
            elif not name.endswith("Pr"):
                added, gone = inserted or name in _INSERTED, deleted or name in _DELETED
                if (added, gone) != (inserted, deleted) and (author := child.get(f"{W}author")):
                    self.now.open.authors.append(author)
                self._inlines(child, style, inserted=added, deleted=gone)

    def _comment(self, node: Element, *, speaking: bool) -> None:
        called = node.get(f"{W}id", "")
        if called not in self.anchored:
            self.anchored[called] = []
            self.now.open.comments.append(called)
        if speaking and len(self._speaking) < _MOST_SPEAKING:
            self._speaking.add(called)

    def _versions(self, *, inserted: bool, deleted: bool) -> Iterator[Version]:
        if not deleted:
            yield self.now
        if not inserted:
            yield self.before

    def _run(self, node: Element, style: str, *, inserted: bool, deleted: bool) -> None:
        properties = node.find(f"{W}rPr")
        called = "" if properties is None else _value(properties, "rStyle")
        is_mark = bool(called) and self._styles.name(called, "character") in _NOTE_STYLES
        look = self._styles.look(style, properties)

        def add(words: str) -> None:
            if any(state == "instruction" for state, _ in self._fields):
                return
            if any(_COUNTED.search(instruction) for _, instruction in self._fields):
                return
            if is_mark and words.strip().isdecimal():
                words = NOTE
            for version in self._versions(inserted=inserted, deleted=deleted):
                version.open.words += words
                version.open.looks += [look] * len(words)
            if not deleted:
                for comment in self._speaking:
                    self.anchored[comment].append(words)

        for child in _chosen(node):
            match _name(child):
                case "t" | "delText":
                    add(child.text or "")
                case "br" if child.get(f"{W}type", "textWrapping") != "textWrapping":
                    pass  # the end of a page or of a column
                case "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" as sign:
                    add(_SIGNS[sign])
                case "sym":
                    add(_symbol(child.get(f"{W}char", "")))
                case "endnoteReference" | "footnoteReference" as kind:
                    add(NOTE)
                    for version in self._versions(inserted=inserted, deleted=deleted):
                        version.notes.append((kind, child.get(f"{W}id", "")))
                case "commentReference":
                    self._comment(child, speaking=False)
                case "fldChar":
                    self._field(child.get(f"{W}fldCharType"), inserted=inserted, deleted=deleted)
                case "instrText" if self._fields:
                    self._fields[-1][1] += child.text or ""
                case "drawing" | "pict" | "object":
                    self.beside += child.iter(f"{W}txbxContent")

    def _field(self, kind: str | None, *, inserted: bool, deleted: bool) -> None:
        if kind == "begin":
            self._fields.append(["instruction", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "result"
        elif kind == "end":
            self._field_end(inserted=inserted, deleted=deleted)

    def _field_end(self, *, inserted: bool, deleted: bool) -> None:
        """A reference to a note that has a mark elsewhere is a mark, too."""
        if self._fields and "NOTEREF" in self._fields.pop()[1] and not self._fields:
            for version in self._versions(inserted=inserted, deleted=deleted):
                version.open.words += NOTE
                version.open.looks.append(WordLook())


def _chosen(node: Element) -> Iterator[Element]:
    """The elements in it; of what is said twice, what is for Word, unless that is nothing."""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{_COMPATIBILITY}AlternateContent":
            choice = child.find(f"{_COMPATIBILITY}Choice")
            if choice is not None and len(choice):
                yield from _chosen(choice)
            elif (rest := child.find(f"{_COMPATIBILITY}Fallback")) is not None:
                yield rest
        else:
            yield child


def _name(node: Element) -> str:
    """The name without its namespace: nobody gives another one such words."""
    return str(node.tag).rpartition("}")[2]


def _value(node: Element, name: str) -> str:
    found = node.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
