"""PDF through WeasyPrint, closed off from the network and from the disk.

The page brings all it needs with it, so the fetcher serves data: addresses and nothing else.
WeasyPrint says what goes wrong only in its log; here that becomes part of the result.
"""

from __future__ import annotations

import ctypes.util
import datetime as dt
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from letters.draft.document import Letter
from letters.error import LettersError, Status
from letters.press import html, pdfa
from letters.press.attachments import EmbeddedFile, embedded
from letters.press.theme import Theme
from letters.problem import CampaignError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


class MissingLibraryError(LettersError):
    """A system library that WeasyPrint needs (Pango and what belongs to it) is not installed."""

    status = Status.OUTSIDE


@dataclass(frozen=True, slots=True)
class Pdf:
    """``remarks`` are what WeasyPrint warned about; a sound letter has none."""

    data: bytes
    pages: int
    remarks: tuple[str, ...]


def write(letter: Letter, theme: Theme, attachments: tuple[EmbeddedFile, ...] = ()) -> Pdf:
    """The letter as PDF/A-3a and PDF/UA-1; equal letters and themes give equal bytes.

    Raises MissingLibraryError, and CampaignError where the theme's style sheet can't be used.
    """
    weasyprint = engine()
    with _remarks() as remarks, _fixed_time(letter.date):
        source = weasyprint.HTML(string=html.page(letter, theme), url_fetcher=_fetcher(weasyprint))
        try:
            document = source.render(pdf_variant=pdfa.VARIANT)
        except weasyprint.urls.URLFetchingError:
            # Mostly it says so in its log; a colour profile has no such mercy.
            place = Place(f"templates/themes/{theme.name}/letter.css")
            hint = "a theme can use “data:” addresses"
            raise CampaignError([Problem(place, "asks for another file", hint)]) from None
        pdfa.claim_both(document)
        data = document.write_pdf(
            pdf_variant=pdfa.VARIANT,
            attachments=embedded(attachments, letter.date, weasyprint),
        )
    return Pdf(data, len(document.pages), tuple(dict.fromkeys(remarks)))


def laid_out(page: str, day: dt.date) -> Any:
    """WeasyPrint's document of a page of our own, such as envelopes; nothing is fetched for it.

    Draw it by `drawn` with the same ``day``. Raises MissingLibraryError.
    """
    weasyprint = engine()
    with _remarks(), _fixed_time(day):
        return weasyprint.HTML(string=page, url_fetcher=_fetcher(weasyprint)).render()


def drawn(document: Any, day: dt.date, wishes: dict[str, str]) -> bytes:
    """The PDF of such a document; ``wishes`` are the viewer's preferences, as PDF writes them."""
    import pydyf

    def ask(_: Any, pdf: Any) -> None:
        preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
        preferences.update(wishes)

    with _remarks(), _fixed_time(day):
        data: bytes = document.write_pdf(finisher=ask)
        return data


@contextmanager
def at_work(day: dt.date) -> Iterator[tuple[Callable[[str], Any], list[str]]]:
    """What renders pages of ours with the same fonts, and what is remarked meanwhile.

    It gives WeasyPrint's documents. Raises MissingLibraryError.
    """
    weasyprint = engine()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def render(page: str) -> Any:
        source = weasyprint.HTML(string=page, url_fetcher=_fetcher(weasyprint))
        return source.render(font_config=fonts, pdf_variant=pdfa.VARIANT)

    with _remarks() as remarks, _fixed_time(day):
        yield render, remarks


def engine() -> ModuleType:
    """WeasyPrint itself, imported as late and as fast as can be. Raises MissingLibraryError."""
    if "weasyprint" not in sys.modules:
        try:
            with _direct_libraries():
                import weasyprint  # noqa: F401
        except OSError:
            message = (
                "the system libraries for PDF are missing: Pango and HarfBuzz "
                "(Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
                "libharfbuzz-subset0; macOS: brew install pango)"
            )
            raise MissingLibraryError(message) from None
    return sys.modules["weasyprint"]


@contextmanager
def _direct_libraries() -> Iterator[None]:
    """Spare the search for libraries by compiler and linker, which takes most of the import.

    WeasyPrint tries several names a library. For each that can't be opened as it is, ctypes runs
    ldconfig, gcc and ld; on Linux the name that does open stands later in the list.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _not_found(name: str) -> str | None:  # noqa: ARG001 - the signature that ctypes has
    return None


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


@contextmanager
def _remarks() -> Iterator[list[str]]:
    remarks: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            remarks.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(level=logging.WARNING)
    before = logger.handlers[:]
    logger.handlers[:] = [collector]
    try:
        yield remarks
    finally:
        logger.handlers[:] = before


def _fetcher(weasyprint: ModuleType) -> Any:
    class Closed(weasyprint.URLFetcher):  # type: ignore[name-defined, misc]
        """Serves what the page carries in itself; no file, no host, no redirect.

        What a theme asks for in vain becomes a remark; the letter is printed without it.
        """

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

    return Closed()
