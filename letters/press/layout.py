"""A letter laid out by WeasyPrint, closed off from the network and from the disk.

The page brings all it needs with it, so the fetcher serves data: addresses and nothing else.
WeasyPrint says what goes wrong only in its log; here that becomes part of the result.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from letters.draft.document import Letter
from letters.press import html, pdfa
from letters.press.attachments import EmbeddedFile, embedded
from letters.press.css import own_sheet, shared_sheet
from letters.press.engine import ONE_AT_A_TIME, engine
from letters.press.legible import expect_legible
from letters.press.rendering import Pdf, fixed_time
from letters.press.theme import Theme
from letters.problem import CampaignError, Place, Problem


class Full(Struct, frozen=True):
    """A letter that WeasyPrint has laid out: its file, the document and the objects of the file."""

    pdf: Pdf
    document: Any
    objects: tuple[Any, ...]


def in_full(
    letter: Letter, theme: Theme, body: str, attachments: tuple[EmbeddedFile, ...] = ()
) -> Full:
    """The letter as a file, with all that it was made of; ``body`` is as `html.body` writes it.

    Raises MissingLibraryError, and CampaignError where the theme's style sheet can't be used.
    """
    weasyprint = engine()
    from letters.press import kept_sheets as kept
    from letters.press.pdf_fonts import Fonts, groups_of
    from letters.press.pdf_objects import written_once
    from letters.press.pdf_tags import put_in_order

    files: list[Any] = []

    def keep(_: Any, file: Any) -> None:
        put_in_order(file)
        written_once(file)
        files.append(file)

    with ONE_AT_A_TIME, kept.remarks() as remarks, fixed_time(letter.date):
        try:
            sheets = [
                kept.parsed(shared_sheet(letter, theme)),
                kept.parsed(theme.css),
                kept.parsed(own_sheet(letter)),
            ]
            shared, theirs, _ = sheets
            counters = shared.counters.copy()
            counters.update(theirs.counters)
            source = weasyprint.HTML(
                string=html.bare_page(letter, body), url_fetcher=kept.fetcher()
            )
            document = source.render(
                font_config=kept.font_configuration(),
                counter_style=counters,
                color_profiles=shared.profiles | theirs.profiles,
                pdf_variant=pdfa.VARIANT,
                stylesheets=[each.sheet for each in sheets],
                cache=kept.pictures(),
            )
        except weasyprint.urls.URLFetchingError:
            # Mostly it says so in its log; a colour profile has no such mercy.
            place = Place(f"templates/themes/{theme.name}/letter.css")
            hint = "a theme can use “data:” addresses"
            raise CampaignError([Problem(place, "asks for another file", hint)]) from None
        expect_legible(document, theme)
        pdfa.claim_both(document)
        document.fonts = Fonts(groups_of(body + letter.running_head[0]))
        data = document.write_pdf(
            pdf_variant=pdfa.VARIANT,
            finisher=keep,
            attachments=embedded(attachments, letter.date, weasyprint),
        )
    said = [remark for sheet in sheets for remark in sheet.remarks] + remarks
    if remarks:
        kept.pictures().clear()  # one that could not be read is to be missed in each letter
    printed = Pdf(data, len(document.pages), tuple(dict.fromkeys(said)))
    return Full(printed, document, tuple(files[0].objects))
