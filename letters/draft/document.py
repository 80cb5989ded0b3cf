"""The letter as a small tree: what PDF, DOCX, HTML and plain text are readings of.

Every word that is printed stands in this tree, the draft mark and the page label included, so that
the formats cannot say different things. The tree knows nothing of fonts or places on a page, and
this module imports nothing of the project.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written: a file of the campaign, line and column from 1, and its key."""

    path: str
    line: int
    column: int
    key: str


# --- words ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Cargo from the campaign's data: printed exactly as written, never read as markup.

    ``slot`` names the value when it is the recipient's own (``recipient.salutation``) and is empty
    otherwise: the text digest covers the name of a slot and the text of everything else.
    ``hole`` is the value's number in its draft.
    """

    text: str
    slot: str = ""
    origin: Origin | None = None
    hole: int = -1


@dataclass(frozen=True, slots=True)
class Strong:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """``href`` is http, https or mailto; the template reader refuses everything else."""

    href: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a block."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to the note of that number; one note may be referred to more than once."""

    number: int


Inline: TypeAlias = Text | Value | Strong | Emphasis | Link | Break | NoteMark
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as clean PNG bytes, re-encoded from pixels so that no metadata survives."""

    png: bytes
    width: int
    height: int
    alt: str


# --- blocks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Sender: the first line is the organisation, the others how to reach it."""

    lines: tuple[Inlines, ...]
    logo: Image | None = None


@dataclass(frozen=True, slots=True)
class DateLine:
    content: Inlines


@dataclass(frozen=True, slots=True)
class AddressBlock:
    lines: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Salutation:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the letter; ``level`` is 1 or 2, below the letter's own title."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is one or more blocks. ``start`` counts only where ``ordered``."""

    ordered: bool
    items: tuple[Blocks, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Asks:
    """What the letter asks for, numbered so that the recipient can answer point by point."""

    items: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: Blocks


Alignment: TypeAlias = Literal["start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Table:
    """``align`` has one entry a column; every row has as many cells as ``head``."""

    align: tuple[Alignment, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Close:
    """The complimentary close ("Yours sincerely,")."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Signature:
    """One signatory as printed; ``state`` is a remark such as "not yet signed", else empty.

    ``details`` are the lines below the name (role, affiliation, the organisation's signer).
    """

    name: Value
    details: tuple[Inlines, ...] = ()
    state: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class SignatureGroup:
    """Signatories of one tier. ``ruled`` leaves room for a signature by hand above each name."""

    label: str
    signatures: tuple[Signature, ...]
    columns: int
    ruled: bool


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """``remarks`` stand below the names: how many are withheld, the count, what ``*`` means."""

    groups: tuple[SignatureGroup, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosures:
    label: str
    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    label: str
    items: tuple[Inlines, ...]


Block: TypeAlias = (
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
    | Table
    | Close
    | SignatureBlock
    | Enclosures
    | Copies
)
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A source or a remark, printed at the end under its number (from 1, in order of mention)."""

    number: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one recipient in one language, ready for every press.

    ``running_head`` (left, right) stands on every page after the first. ``notice`` and the page
    label stand at the foot of each page; ``{page}`` and ``{pages}`` in the label are filled there.
    ``draft_mark`` stands at the head of every page, the first included, and is empty on a final
    letter. ``author`` is the sending organisation, never a person: it goes into file properties.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    author: str
    date: dt.date
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    running_head: tuple[str, str] = ("", "")
    notice: str = ""
    page_label: str = "{page} / {pages}"
    draft_mark: str = ""


def plain(content: Inlines) -> str:
    """The words of inline content, without note numbers; a break becomes a new line."""
    parts: list[str] = []
    for node in content:
        if isinstance(node, Text | Value):
            parts.append(node.text)
        elif isinstance(node, Strong | Emphasis | Link):
            parts.append(plain(node.content))
        elif isinstance(node, Break):
            parts.append("\n")
    return "".join(parts)
