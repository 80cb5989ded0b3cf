"""What a worker of the preview tells the server: values without a campaign in them."""

from __future__ import annotations

from msgspec import Struct, field

from letters.preview.parts import SourcedPart
from letters.preview.pictures import ShownPage
from letters.preview.signatures import SignatureState
from letters.preview.wish import Wish
from letters.problem import Place, Problem


class Choices(Struct, frozen=True):
    """What can be chosen: recipients by id with their names, languages, and themes."""

    title: str = ""
    recipients: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    count: int = 0
    people: int = 0


class Saved(Struct, frozen=True):
    """What came of reading the campaign after a save.

    With an error among the ``problems`` it can’t be shown as it is now, and what was read before
    stays. ``place`` is what a step is about that is stopped.
    """

    problems: tuple[Problem, ...]
    usable: bool
    place: Place
    choices: Choices = field(default_factory=Choices)
    signatures: SignatureState = field(default_factory=SignatureState)


class ShownLetter(Struct, frozen=True):
    """One letter as it prints. ``remarks`` are the press’s, and what could not be had of a wish."""

    wish: Wish
    language: str
    direction: str
    pdf: bytes
    count: int
    pages: tuple[ShownPage, ...]
    remarks: tuple[str, ...] = ()
    parts: tuple[SourcedPart, ...] = ()
