"""What blocks of a letter have in common: who reads them by that need not know each of them.

A new block of one of these shapes stands in every reader of the tree as soon as it has its class.
Like `document`, which takes its blocks from here, this module knows only of words. The shapes have
no fields of their own: the order of a block's fields is a part of what its letter is known by.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from letters.draft.inlines import Inlines

PartName: TypeAlias = Literal[
    "letterhead", "date", "address", "subject", "salutation", "text", "asks", "box", "figure",
    "sheet", "close", "postscript", "enclosures", "copies", "notes",
]  # fmt: skip
"""What a letter's words are parts of: blocks by their names, and what stands in no such block."""


class Named:
    """A block that a template opens by its name, as in ``::: close``.

    So it is called everywhere: as a part of the letter in ids and in rules, as a class in HTML, as
    a word of the language where it has a label.
    """

    __slots__ = ()
    name: ClassVar[PartName]


class Worded:
    """A block of one run of words; ``kind`` is what the text digest calls it."""

    __slots__ = ()
    kind: ClassVar[str]
    content: Inlines

    @property
    def printed(self) -> Inlines:
        """The words as every format prints them."""
        return self.content


class Labelled:
    """A block that begins with words of the letter's language; ``label`` is "" in a skeleton."""

    __slots__ = ()
    label: str
