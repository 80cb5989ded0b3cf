"""A letter becomes files: a function of one letter and one theme, wherever it runs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.draft.annex import Annex
from letters.press.jobs import Drafted, Format, Job, Product

if TYPE_CHECKING:
    from letters.draft.document import Letter
    from letters.press.rendering import Pdf
    from letters.press.theme import Theme


def warm(formats: tuple[Format, ...]) -> None:
    """Load what is slow to load."""
    if "docx" in formats:
        import docx  # noqa: F401

        from letters.press import docx as word  # noqa: F401
    if "pdf" in formats:
        from letters.press.engine import engine
        from letters.press.plate import rack  # noqa: F401

        engine()


def press(job: Job, formats: tuple[Format, ...], drafted: Drafted, theme: Theme) -> list[Product]:
    """One letter in those of the formats in which it doesn’t stand already."""
    made = [_product(job, made, drafted, theme) for made in formats if made in drafted.identities]
    if drafted.boxed and made and made[0].format == next(iter(drafted.identities)):
        made[0] = replace(made[0], remarks=(*made[0].remarks, *drafted.boxed))  # said once a letter
    return made


def _product(job: Job, made: Format, drafted: Drafted, theme: Theme) -> Product:
    letter, within, identity = drafted.letter, drafted.within, drafted.identities[made]
    if isinstance(letter, Annex):
        from letters.press import annexes

        data, pages, remarks = annexes.write(letter, made, theme)
        return Product(job, made, identity, data, pages, remarks)
    match made:
        case "pdf":
            from letters.press.attachments import EmbeddedFile
            from letters.press.plate import rack

            attachments = within.sources
            if within.word:
                word = EmbeddedFile("docx", job.languages, _word(drafted, letter, theme))
                attachments = (*attachments, word)
            printed = rack.write(letter, theme, attachments)
            if not attachments:
                _printed[:] = [(letter, theme, printed)]
            return Product(job, made, identity, printed.data, printed.pages, printed.remarks)
        case "docx":
            return Product(job, made, identity, _word(drafted, letter, theme))
        case "html":
            from letters.press import html

            return Product(job, made, identity, html.write(letter, theme))
        case "txt":
            from letters.press import text

            return Product(job, made, identity, text.write(letter))


_printed: list[tuple[Letter, Theme, Pdf]] = []
"""The letter that was set last: its other format asks for it again."""


def _as_printed(letter: Letter, theme: Theme) -> Pdf:
    from letters.press.plate import rack

    if not (_printed and _printed[0][0] is letter and _printed[0][1] is theme):
        _printed[:] = [(letter, theme, rack.write(letter, theme))]
    return _printed[0][2]


def _word(drafted: Drafted, letter: Letter, theme: Theme) -> bytes:
    """The letter for Word, as tight as its PDF. Without WeasyPrint it is as the theme says."""
    from letters.press import docx, sheet_room
    from letters.press.engine import MissingLibraryError
    from letters.press.tightness import is_looked_at, tightened

    with suppress(MissingLibraryError):
        tightness = _as_printed(letter, theme).tightness if is_looked_at(letter) else 0
        letter, theme = sheet_room.filled(letter, theme), tightened(theme, tightness)
    return docx.write(letter, theme, drafted.key)
