"""The letter as a small tree: what PDF, DOCX, HTML and plain text are readings of.

Every word that is printed stands in this tree, the draft mark and the page label included, so that
the formats cannot say different things. The tree knows nothing of fonts or places on a page, and
this module imports nothing of the project.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, TypeAlias

from msgspec import Struct

from letters.draft.annex import Annex
from letters.draft.inlines import (
    Around,
    Break,
    Direction,
    Emphasis,
    Image,
    Inline,
    Inlines,
    Link,
    NoteMark,
    Spoken,
    Strong,
    Text,
    TextLanguage,
    Value,
    ValueOrigin,
    plain,
)
from letters.draft.shapes import Labelled, Named, PartName, Worded
from letters.draft.signature_block import Signature, SignatureBlock, SignatureGroup

__all__ = [
    "AddressBlock", "Alignment", "Around", "Asks", "Block", "Blocks", "Box", "Break", "Close",
    "Copies", "DateLine", "Direction", "Divider", "Emphasis", "Enclosures", "Figure", "Heading",
    "Image",
    "Inline", "Inlines", "Labelled", "Letter", "Letterhead", "Link", "List", "Matter",
    "Matters", "Named", "Note", "NoteMark",
    "NumberedSheet", "Paragraph", "Parallel", "PartName", "Passage", "Postscript", "Quote",
    "Salutation", "Sheet", "Signature", "SignatureBlock", "SignatureGroup", "Spoken", "Strong",
    "Subject", "Table", "Text", "TextLanguage", "Value", "ValueOrigin", "Worded", "plain",
]  # fmt: skip


class Letterhead(Named, Struct, frozen=True):
    """Sender: the first line is the organisation, the others how to reach it."""

    name: ClassVar[PartName] = "letterhead"
    lines: tuple[Inlines, ...]
    logo: Image | None = None


class DateLine(Named, Worded, Struct, frozen=True):
    name: ClassVar[PartName] = "date"
    kind: ClassVar[str] = "dateline"
    content: Inlines


class AddressBlock(Named, Struct, frozen=True):
    name: ClassVar[PartName] = "address"
    lines: tuple[Inlines, ...]


class Subject(Named, Worded, Struct, frozen=True):
    name: ClassVar[PartName] = "subject"
    kind: ClassVar[str] = "subject"
    content: Inlines


class Salutation(Named, Worded, Struct, frozen=True):
    name: ClassVar[PartName] = "salutation"
    kind: ClassVar[str] = "salutation"
    content: Inlines


class Paragraph(Worded, Struct, frozen=True):
    kind: ClassVar[str] = "paragraph"
    content: Inlines


class Heading(Worded, Struct, frozen=True):
    """A heading inside the letter; ``level`` is 1 or 2, below the letter's own title."""

    kind: ClassVar[str] = "heading"
    level: int
    content: Inlines


class List(Struct, frozen=True):
    """A list; each item is one or more blocks. ``start`` counts only where ``ordered``."""

    ordered: bool
    items: tuple[Matters, ...]
    start: int = 1


class Asks(Named, Struct, frozen=True):
    """What the letter asks for, numbered so that the recipient can answer point by point."""

    name: ClassVar[PartName] = "asks"
    items: tuple[Matters, ...]
    start: int = 1


class Quote(Struct, frozen=True):
    blocks: Matters


class Box(Named, Worded, Struct, frozen=True):
    """A statement set off from the text by lines around it."""

    name: ClassVar[PartName] = "box"
    kind: ClassVar[str] = "box"
    content: Inlines


class Figure(Named, Struct, frozen=True):
    """A picture, what it shows for whoever can't see it, and its caption.

    In a skeleton it has the ``path`` of its file, in what is signed the ``file`` by its SHA-256,
    and in a letter the ``image``.
    """

    name: ClassVar[PartName] = "figure"
    path: str
    alt: Inlines
    caption: Inlines
    file: str = ""
    image: Image | None = None


class Divider(Struct, frozen=True):
    """A line across the page between two parts of the text. It says nothing."""


Alignment: TypeAlias = Literal["start", "center", "end"]


class Table(Struct, frozen=True):
    """``align`` has one entry a column; every row has as many cells as ``head``."""

    name: ClassVar[str] = "table"
    align: tuple[Alignment, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines = ()


class Sheet(Named, Struct, frozen=True):
    """Room for signatures by hand, as paper petitions ask for.

    Under ``head`` stand ``rows`` empty rows; ``shares`` are the columns' widths in relation to
    each other. With a ``prayer`` the sheet begins a page of its own, and the prayer and the head
    are repeated at the top of every page that it reaches: nobody signs below a page that does not
    say for what. Where it ``fills`` its page, it has as many more rows as fit there. ``blank`` is
    room for its number, ``back`` where it is returned to: neither is signed.
    """

    name: ClassVar[PartName] = "sheet"
    prayer: Matters
    head: tuple[Inlines, ...]
    shares: tuple[int, ...]
    rows: int
    fills: bool = False
    blank: str = ""
    back: str = ""


class NumberedSheet(Sheet, frozen=True):
    """One of many printed sheets: ``label`` says its ``number`` in words.

    Where it is ``coded``, the number stands there for a machine too.
    """

    number: str = ""
    label: str = ""
    coded: bool = True


class Close(Named, Worded, Struct, frozen=True):
    """The complimentary close ("Yours sincerely,")."""

    name: ClassVar[PartName] = "close"
    kind: ClassVar[str] = "close"
    content: Inlines


class Enclosures(Named, Labelled, Struct, frozen=True):
    name: ClassVar[PartName] = "enclosures"
    label: str
    items: tuple[Inlines, ...]


class Copies(Named, Labelled, Struct, frozen=True):
    name: ClassVar[PartName] = "copies"
    label: str
    items: tuple[Inlines, ...]


class Postscript(Named, Worded, Labelled, Struct, frozen=True):
    """What follows the signatures; ``label`` is the letter's own “P.S.”, "" in a skeleton."""

    name: ClassVar[PartName] = "postscript"
    kind: ClassVar[str] = "postscript"
    label: str
    content: Inlines

    @property
    def printed(self) -> Inlines:
        """The words behind their label."""
        return (Text(f"{self.label} "), *self.content) if self.label else self.content


class Passage(Struct, frozen=True):
    """Blocks in another language than the letter's own: the second edition of a bilingual one."""

    language: TextLanguage
    blocks: Matters
    new_page: bool = False


class Parallel(Struct, frozen=True):
    """Two editions side by side; the two cells of a row say the same."""

    languages: tuple[TextLanguage, TextLanguage]
    rows: tuple[tuple[Matters, Matters], ...]


Matter: TypeAlias = (
    Letterhead
    | DateLine
    | AddressBlock
    | Subject
    | Salutation
    | Paragraph
    | Heading
    | List
    | Asks
    | Quote
    | Box
    | Figure
    | Divider
    | Table
    | Sheet
    | Close
    | SignatureBlock
    | Postscript
    | Enclosures
    | Copies
)
"""A block that says something: what one edition consists of."""

Matters: TypeAlias = tuple[Matter, ...]

Block: TypeAlias = Matter | Passage | Parallel
"""Also what sets two editions into one letter; the canonical text knows nothing of that."""

Blocks: TypeAlias = tuple[Block, ...]


class Note(Struct, frozen=True):
    """A source or a remark, printed at the end under its number (from 1, in order of mention).

    ``language`` is said where it is not the letter's own.
    """

    number: int
    content: Inlines
    language: TextLanguage | None = None


class Letter(Struct, frozen=True):
    """One letter to one recipient in one language, ready for every press.

    ``running_head`` (left, right) stands on every page after the first. ``notice`` and the page
    label stand at the foot of each page; ``{page}`` and ``{pages}`` in the label are filled there.
    ``version`` says by which text this is, at the foot of the last page; ``code`` is what a QR code
    beside it holds, and "" where none is wanted.
    ``draft_mark`` stands at the head of every page, the first included: that it is a draft, that it
    is confidential; it is empty on a final letter that anybody may read. ``watermark`` stands large
    across each page, behind the words. ``author`` is the sending organisation, never a person: it
    goes into file properties. ``note_labels`` are what the link to a note is called, and the one
    back, to whoever doesn't see it.
    ``hyphenate`` allows that words are divided. ``digits`` are the language's own, from zero, for
    the numbers that a press sets itself: of pages, notes, asks and items of lists; ``decimal`` is
    its sign before decimals. ``pasted`` says
    that the plain text goes into a form, which breaks lines itself and wants no foot. ``annex`` has
    the names that stand on pages of their own behind all else.
    """

    language: str
    direction: Direction
    title: str
    author: str
    date: dt.date
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    running_head: tuple[str, str] = ("", "")
    notice: str = ""
    version: str = ""
    code: str = ""
    page_label: str = "{page} / {pages}"
    draft_mark: str = ""
    note_labels: tuple[str, str] = ("{number}", "{number}")
    watermark: str = ""
    hyphenate: bool = False
    digits: str = "0123456789"
    decimal: str = "."
    pasted: bool = False
    annex: Annex | None = None

    @property
    def foot(self) -> str:
        """What stands at the foot, where there are no pages."""
        return " · ".join(filter(None, (self.notice, self.version)))
