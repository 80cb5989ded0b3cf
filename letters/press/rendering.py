"""What all that WeasyPrint prints has in common: a finished PDF, its remarks, and a time."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from letters.press import pdfa
from letters.press.engine import engine
from letters.press.tightness import Tightness


class Pdf(Struct, frozen=True):
    """``remarks`` are what WeasyPrint warned about; a sound letter has none.

    A letter whose pages would come out badly was set with some ``tightness``.
    """

    data: bytes
    pages: int
    remarks: tuple[str, ...]
    tightness: Tightness = 0


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

    with kept.remarks() as remarks, fixed_time(day):
        yield render, remarks


@contextmanager
def fixed_time(day: dt.date) -> Iterator[None]:
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
