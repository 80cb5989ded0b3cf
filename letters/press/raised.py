"""French ordinals: what follows the number in 1er, 2e and XXIe is set raised.

It is a matter of looks. The words are those of the text, and of its digest: a plain text has “1er”,
and so has what is copied out of a PDF.
"""

from __future__ import annotations

import re

# Not inside of an address or a code, where such letters follow numbers by chance.
_ENDS = r"(?![\w/\x40-])"
_ORDINAL = re.compile(
    r"(?<![\w.,/\x40:#&=+-])"
    rf"([1I](?=[er]{{2}}s?{_ENDS})"
    rf"|(?:[2-9]|[1-9]\d{{1,3}}|[VX][IVX]{{0,6}}|I[IVX]{{1,6}})(?=es?{_ENDS}))"
    rf"((?:er|re|e)s?){_ENDS}"
)


def has_ordinals(language: str) -> bool:
    """Whether ordinals stand raised in that language."""
    return language.partition("-")[0] == "fr"


def has_raised(text: str) -> bool:
    """Whether something in the text stands raised in such a language."""
    return _ORDINAL.search(text) is not None


def parts(text: str) -> list[tuple[str, str]]:
    """The text as pairs: words that end with a number, and what stands raised behind it."""
    found: list[tuple[str, str]] = []
    start = 0
    for ordinal in _ORDINAL.finditer(text):
        found.append((text[start : ordinal.end(1)], ordinal[2]))
        start = ordinal.end()
    return [*found, (text[start:], "")] if start < len(text) else found


def marked(escaped: str) -> str:
    """Escaped HTML with its ordinals raised; a number is never parted from its end."""
    return _ORDINAL.sub(r'<span class="kept">\1<sup class="ordinal">\2</sup></span>', escaped)
