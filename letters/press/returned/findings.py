"""What was found in a letter's Word file: paragraphs with changes, and all that they are among."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from letters.press.returned.document import Comment
    from letters.press.returned.edits import Edit
    from letters.press.returned.matching import Pair
    from letters.press.returned.placing import PlacedParagraph


class WordFinding(Struct):
    """A paragraph in which something was changed, or that somebody has a comment on.

    ``number`` is that of the paragraph in the letter as it is now, 0 for one that is not in it;
    ``follows`` the number of the one before it. ``pair`` is its place among all pairs. ``edge`` is
    the head or foot of pages that it is at. ``between`` are the two around it in the file if it is
    new there, and ``alike`` is which of them has its style. It is ``in_doubt`` where the campaign
    has changed, too, so that it can't be told who has changed what. Its new words are ``is_hidden``
    where they hold what is protected.
    """

    number: int
    follows: int
    before: str
    after: str
    pair: int = 0
    edge: str = ""
    is_note: bool = False
    between: tuple[PlacedParagraph | None, PlacedParagraph | None] = (None, None)
    alike: tuple[bool, bool] = (False, False)
    placed: PlacedParagraph | None = None
    edits: list[Edit] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    in_doubt: bool = False
    is_hidden: bool = False

    @property
    def id(self) -> str:
        """What the part of the letter is called."""
        return self.placed.origin.id if self.placed else ""


class WordComparison(Struct, frozen=True):
    """All findings in the order of the file.

    ``same`` is whether the letter is still what the file was made from; None where the file does
    not say. ``since`` paragraphs were changed in the campaign, and not in the file. ``paragraphs``
    are the letter's own as they are now, with their places; ``pairs`` are they and
    those of the file, in the order of the file. ``notes`` are the numbers of those that are notes,
    ``lost_notes`` of those that went with their marks. ``throughout`` is how nearly
    all words look now. ``comments`` are tied to no words.
    """

    findings: tuple[WordFinding, ...]
    paragraphs: tuple[str, ...]
    places: tuple[PlacedParagraph | None, ...]
    pairs: tuple[Pair, ...]
    notes: frozenset[int]
    lost_notes: frozenset[int]
    same: bool | None
    since: int
    tracked: bool
    throughout: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
