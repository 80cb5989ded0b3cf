"""A Word file as it came back: which letter it was, its paragraphs, what is said beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.press.docx import properties
from letters.press.docx.properties import AsWritten
from letters.press.docx.word_parts import UnfitWordError
from letters.press.returned.container import Container, W
from letters.press.returned.looks import Styles
from letters.press.returned.words import Reader, Version, WordParagraph, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FOOT = "footer"  # of which text the letter is, for programs without fields: no paragraph of it
_HINT = "save it as a Word document (.docx) once more"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_NOTES = (
    ("endnoteReference", "endnotes", "endnote"),
    ("footnoteReference", "footnotes", "footnote"),
)


class Comment(Struct, frozen=True):
    """What somebody remarks; ``about`` are the words that it is tied to."""

    author: str
    words: str
    about: str


class WordDocument(Struct, frozen=True):
    """``now`` are its paragraphs with all tracked changes, ``before`` without them.

    The notes follow the text, and ``edges``, the heads and feet of pages, stand apart. ``written``
    is what the file says of itself, if it says anything.
    """

    written: AsWritten | None
    now: tuple[WordParagraph, ...]
    before: tuple[WordParagraph, ...]
    edges: tuple[WordParagraph, ...]
    comments: dict[str, Comment]
    tracked: bool


def written(data: bytes) -> AsWritten | None:
    """What the file says of itself, without reading the rest of it. Raises UnfitWordError."""
    with _told():
        return _written(Container(data).part("custom-properties"))


def read(data: bytes) -> WordDocument:
    """The file as a document. Raises UnfitWordError."""
    with _told():
        return _read(data)


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a file becomes a sentence."""
    try:
        yield
    except UnfitWordError as error:
        raise UnfitWordError(f"this file {error.message}", error.hint or _HINT) from None


def _read(data: bytes) -> WordDocument:
    container = Container(data)
    styles = Styles(container.part("styles"))
    reader = Reader(styles)
    reader.read(container.document)
    beside = Reader(styles)
    for each in reader.beside:
        beside.read(each, note=each.tag != f"{W}txbxContent")
    notes = {kind: _notes(container, styles, part, name) for kind, part, name in _NOTES}
    now = _whole(reader.now, beside.now, notes, 0)
    before = _whole(reader.before, beside.before, notes, 1)
    tracked = [one.tidy for one in now] != [one.tidy for one in before]
    return WordDocument(
        _written(container.part("custom-properties")),
        now,
        before,
        tuple(_edges(container, styles)),
        _comments(container.part("comments"), styles, reader.anchored),
        tracked,
    )


def _edges(container: Container, styles: Styles) -> Iterator[WordParagraph]:
    """With tracked changes; words in a frame follow the others."""
    for name, root in container.edges():
        reader, beside = Reader(styles), Reader(styles)
        reader.read(root)
        for each in reader.beside:
            beside.read(each)
        for one in (*reader.now.paragraphs, *beside.now.paragraphs):
            one.edge = name
            yield one


def _whole(
    body: Version, beside: Version, notes: dict[str, dict[str, list[Version]]], side: int
) -> tuple[WordParagraph, ...]:
    """The text, and behind it the notes in the order of their marks."""
    found: list[WordParagraph] = []
    met = set[tuple[str, str]]()
    for kind, called in body.notes:
        if (kind, called) not in met and (both := notes[kind].get(called)):
            met.add((kind, called))
            found += _joined(both[side])
    aside = [one for one in beside.paragraphs if one.style != _FOOT]
    fallen = [one for one in aside if one.is_note]
    if not found:  # a reader that has put the notes into the text
        found = fallen
    elif len(fallen) == len(found):
        for one, other in zip(found, fallen, strict=True):
            one.known = other.known
    rest = (one for one in aside if not one.is_note)
    own = [_as_note(one) for one in body.paragraphs if one.style != _FOOT]
    return (*own, *rest, *found)


def _as_note(paragraph: WordParagraph) -> WordParagraph:
    """LibreOffice has the notes as lines of the text, each with its number and a tab."""
    number, tab, _ = paragraph.words.partition("\t")
    if tab and number.strip().isdecimal() and "endnote" in paragraph.style:
        paragraph.is_note = True
    return paragraph


def _joined(version: Version) -> list[WordParagraph]:
    """A note as one paragraph."""
    if not version.paragraphs:
        return []
    first, *others = version.paragraphs
    first.words = "\n".join([first.words, *(other.words for other in others)])
    for other in others:
        first.looks += [*other.looks[:1], *other.looks]
    first.is_note = True
    return [first]


def _notes(container: Container, styles: Styles, part: str, name: str) -> dict[str, list[Version]]:
    """By its id each note in both versions, without the lines that set notes apart."""
    root = container.part(part)
    found: dict[str, list[Version]] = {}
    for note in () if root is None else root.iterfind(f"{W}{name}"):
        if note.get(f"{W}type", "normal") == "normal":
            reader = Reader(styles)
            reader.read(note, note=True)
            for version in (reader.now, reader.before):
                for paragraph in version.paragraphs:
                    stripped = len(paragraph.words) - len(paragraph.words.lstrip("\t "))
                    paragraph.words = paragraph.words[stripped:]
                    paragraph.looks = paragraph.looks[stripped:]
            found.setdefault(note.get(f"{W}id", ""), [reader.now, reader.before])
    return found


def _comments(
    root: Element | None, styles: Styles, anchored: dict[str, list[str]]
) -> dict[str, Comment]:
    found: dict[str, Comment] = {}
    for comment in () if root is None else root.iterfind(f"{W}comment"):
        reader = Reader(styles)
        reader.read(comment)
        called = comment.get(f"{W}id", "")
        words = "\n".join(tidy(one.words) for one in reader.now.paragraphs)
        about = tidy("".join(anchored.get(called, ())))
        found.setdefault(called, Comment(comment.get(f"{W}author", ""), words, about))
    return found


def _written(root: Element | None) -> AsWritten | None:
    said: dict[str, str] = {}
    for one in () if root is None else root.iterfind(f"{_CUSTOM}property"):
        said.setdefault(one.get("name", ""), "".join(map(str, one.itertext())))
    return properties.read(said)
