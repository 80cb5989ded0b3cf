"""A letter as PDF, and pages of our own such as envelopes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from letters.draft.document import Letter
from letters.press import html
from letters.press.attachments import EmbeddedFile
from letters.press.engine import ONE_AT_A_TIME, engine
from letters.press.joins import joined
from letters.press.rendering import Pdf, fixed_time
from letters.press.settled import settled
from letters.press.sheet_room import filled
from letters.press.theme import Theme


def write(letter: Letter, theme: Theme, attachments: tuple[EmbeddedFile, ...] = ()) -> Pdf:
    """The letter as PDF/A-3a and PDF/UA-1; equal letters and themes give equal bytes.

    Raises MissingLibraryError, and CampaignError where the theme's style sheet can't be used.
    """
    letter = filled(joined(letter, drawn=True), theme)
    return settled(letter, theme, body(letter, theme), attachments).pdf


def body(letter: Letter, theme: Theme) -> str:
    """The letter's body as `html.body` writes it, with its annex if it has one.

    Raises MissingLibraryError.
    """
    if letter.annex is None:
        return html.body(letter, theme)
    from letters.press.names import behind

    return behind.body(letter, letter.annex, theme)


def laid_out(page: str, day: dt.date) -> Any:
    """WeasyPrint's document of a page of our own, such as envelopes; nothing is fetched for it.

    Draw it by `drawn` with the same ``day``. Raises MissingLibraryError.
    """
    weasyprint = engine()
    from letters.press import kept_sheets as kept

    with ONE_AT_A_TIME, kept.remarks(), fixed_time(day):
        return weasyprint.HTML(string=page, url_fetcher=kept.fetcher()).render()


def drawn(document: Any, day: dt.date, wishes: dict[str, str]) -> bytes:
    """The PDF of such a document; ``wishes`` are the viewer's preferences, as PDF writes them."""
    import pydyf

    from letters.press import kept_sheets as kept

    def ask(_: Any, pdf: Any) -> None:
        preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
        preferences.update(wishes)

    with ONE_AT_A_TIME, kept.remarks(), fixed_time(day):
        data: bytes = document.write_pdf(finisher=ask)
        return data
