"""What is to be made, and what was made: one letter, one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from msgspec import Struct, field

if TYPE_CHECKING:
    from letters.campaign.shown import Audience
    from letters.draft.annex import Annex
    from letters.draft.bilingual import Layout
    from letters.draft.document import Letter
    from letters.draft.signatures import Signed
    from letters.press.attachments import Attached, EmbeddedFile
    from letters.press.letter_key import LetterKey
    from letters.press.provenance import Identity
    from letters.press.theme import Theme

Format: TypeAlias = Literal["pdf", "docx", "html", "txt"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Job(Struct, frozen=True):
    """One letter to be made: the recipient's index and the language.

    One in two languages names the ``second``, and how the two are set. With ``annex`` it is the
    annex of names to that letter, in the first language, instead of the letter itself.
    """

    recipient: int
    language: str
    second: str = ""
    layout: Layout = "columns"
    annex: bool = False

    @property
    def tags(self) -> tuple[str, ...]:
        """The language, or both."""
        return (self.language, self.second) if self.second else (self.language,)

    @property
    def languages(self) -> str:
        """What stands for the language in names of files and in the manifest: en, or en-fr."""
        return "-".join(self.tags)


class PressRun(Struct, frozen=True):
    """What the letters of one run have in common; ``attached`` goes into the PDFs.

    ``boxed`` lets a box stand for what no font has, as in a draft that was asked for.
    """

    formats: tuple[Format, ...]
    signed: Signed
    audience: Audience
    theme: Theme
    attached: tuple[Attached, ...] = ()
    boxed: bool = False


class Product(Struct, frozen=True):
    """One finished file. ``pages`` is known for PDF only; ``remarks`` are the press's warnings."""

    job: Job
    format: Format
    identity: Identity
    data: bytes
    pages: int | None = None
    remarks: tuple[str, ...] = ()


class Within(Struct, frozen=True):
    """What goes into a PDF beside its pages: the letter for Word, and what it rests on."""

    word: bool = False
    sources: tuple[EmbeddedFile, ...] = ()


class Drafted(Struct, frozen=True):
    """A letter or an annex ready to be pressed, with what goes into its PDF and the identities.

    Those in ``standing`` were made already from the very same, and are not to be pressed again.
    A letter's ``key`` stands in its Word file; an annex of names has none. ``boxed`` tells what a
    box stands for in it, which only a draft that was asked for may have.
    """

    letter: Letter | Annex
    within: Within
    identities: dict[Format, Identity]
    standing: dict[Format, Identity] = field(default_factory=dict)
    key: LetterKey | None = None
    boxed: tuple[str, ...] = ()


class AlreadyMade(Struct, frozen=True):
    """A letter of which every file was made already, from the very same."""

    standing: dict[Format, Identity]
