"""PDF through WeasyPrint, closed off from the network and from the disk.

The page brings all it needs with it, so the fetcher serves data: addresses and nothing else.
WeasyPrint says what goes wrong only in its log; here that becomes part of the result.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from letters.draft.document import Letter
from letters.press import html, pdfa
from letters.press.attachments import EmbeddedFile, embedded
from letters.press.css import own_sheet, shared_sheet
from letters.press.engine import ONE_AT_A_TIME, engine
from letters.press.joins import joined
from letters.press.theme import Theme
from letters.problem import CampaignError, Place, Problem


@dataclass(frozen=True, slots=True)
class Pdf:
    """``remarks`` are what WeasyPrint warned about; a sound letter has none."""

    data: bytes
    pages: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Full:
    """A letter that WeasyPrint has laid out: its file, the document and the objects of the file."""

    pdf: Pdf
    document: Any
    objects: tuple[Any, ...]


def write(letter: Letter, theme: Theme, attachments: tuple[EmbeddedFile, ...] = ()) -> Pdf:
    """The letter as PDF/A-3a and PDF/UA-1; equal letters and themes give equal bytes.

    Raises MissingLibraryError, and CampaignError where the theme's style sheet can't be used.
    """
    letter = joined(letter, drawn=True)
    return laid_out_in_full(letter, theme, html.body(letter, theme), attachments).pdf


def laid_out_in_full(
    letter: Letter, theme: Theme, body: str, attachments: tuple[EmbeddedFile, ...] = ()
) -> Full:
    """The same, with all that it was made of; ``body`` is the letter as `html.body` writes it."""
    weasyprint = engine()
    from letters.press import kept_sheets as kept
    from letters.press.pdf_fonts import Fonts, groups_of
    from letters.press.pdf_objects import written_once

    files: list[Any] = []

    def keep(_: Any, file: Any) -> None:
        written_once(file)
        files.append(file)

    with ONE_AT_A_TIME, kept.remarks() as remarks, _fixed_time(letter.date):
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


def laid_out(page: str, day: dt.date) -> Any:
    """WeasyPrint's document of a page of our own, such as envelopes; nothing is fetched for it.

    Draw it by `drawn` with the same ``day``. Raises MissingLibraryError.
    """
    weasyprint = engine()
    from letters.press import kept_sheets as kept

    with ONE_AT_A_TIME, kept.remarks(), _fixed_time(day):
        return weasyprint.HTML(string=page, url_fetcher=kept.fetcher()).render()


def drawn(document: Any, day: dt.date, wishes: dict[str, str]) -> bytes:
    """The PDF of such a document; ``wishes`` are the viewer's preferences, as PDF writes them."""
    import pydyf

    from letters.press import kept_sheets as kept

    def ask(_: Any, pdf: Any) -> None:
        preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
        preferences.update(wishes)

    with ONE_AT_A_TIME, kept.remarks(), _fixed_time(day):
        data: bytes = document.write_pdf(finisher=ask)
        return data


@contextmanager
def at_work(day: dt.date) -> Iterator[tuple[Callable[[str], Any], list[str]]]:
    """What renders pages of ours with the same fonts, and what is remarked meanwhile.

    It gives WeasyPrint's documents. Raises MissingLibraryError.
    """
    weasyprint = engine()
    from letters.press import kept_sheets as kept

    def render(page: str) -> Any:
        source = weasyprint.HTML(string=page, url_fetcher=kept.fetcher())
        return source.render(font_config=kept.font_configuration(), pdf_variant=pdfa.VARIANT)

    with kept.remarks() as remarks, _fixed_time(day):
        yield render, remarks


@contextmanager
def _fixed_time(day: dt.date) -> Iterator[None]:
    """The time that font subsets are stamped with: the letter's day, not the hour of rendering."""
    stamp = str((day.toordinal() - 719163) * 86400)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = stamp
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
