"""What WeasyPrint need not do again for every letter: parse style sheets, look for fonts.

One process keeps them from its first letter to its last. A letter is the same whichever letters
came before it: a sheet is known by its text, and a font by its description.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

_REMEMBERED = 32
_PICTURES = 64


class ParsedSheet(Struct, frozen=True):
    """A sheet as WeasyPrint takes it, and what it warned about.

    ``counters`` and ``profiles`` are those that the sheet declares.
    """

    sheet: Any
    counters: Any
    profiles: dict[str, Any]
    remarks: tuple[str, ...]


@functools.lru_cache(maxsize=_REMEMBERED)
def parsed(css: str) -> ParsedSheet:
    """The sheet, parsed once."""
    import weasyprint
    from weasyprint.css.counters import CounterStyle

    counters = CounterStyle()
    profiles: dict[str, Any] = {}
    with remarks() as said:
        sheet = weasyprint.CSS(
            string=css,
            url_fetcher=fetcher(),
            font_config=font_configuration(),
            counter_style=counters,
            color_profiles=profiles,
        )
    return ParsedSheet(sheet, counters, profiles, tuple(said))


@functools.cache
def font_configuration() -> Any:
    """The fonts of this machine; a configuration for each letter would be looked up each time."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@functools.cache
def fetcher() -> Any:
    """What serves the addresses of a page."""
    import weasyprint

    class Closed(weasyprint.URLFetcher):  # type: ignore[misc]
        """Serves what the page carries in itself; no file, no host, no redirect.

        What a theme asks for in vain becomes a remark; the letter is printed without it.
        """

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

    return Closed()


@functools.cache
def _pictures() -> dict[Any, Any]:
    return {}


def pictures() -> dict[Any, Any]:
    """The pictures of the last letters, as WeasyPrint reads them."""
    known = _pictures()
    if len(known) > _PICTURES:
        known.clear()
    return known


@contextmanager
def remarks() -> Iterator[list[str]]:
    """What WeasyPrint warns about while the block runs."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(level=logging.WARNING)
    before = logger.handlers[:]
    logger.handlers[:] = [collector]
    try:
        yield said
    finally:
        logger.handlers[:] = before
