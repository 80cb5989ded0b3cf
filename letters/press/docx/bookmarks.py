"""A bookmark in each paragraph of a letter, by which it is known when the file comes back.

Word, LibreOffice and whoever copies a paragraph take the bookmark along. Its name counts the
paragraphs and has a fingerprint of the words as they were written: so it can be told who changed
them since, the one who had the file or those who write the letter. Nothing is in it that is not
printed there. Word hides bookmarks whose names begin with a line.
"""

from __future__ import annotations

import functools
import html
import re
import zlib

_WRITTEN = re.compile('<w:t xml:space="preserve">([^<]*)</w:t>')
"""The words of a paragraph: not the number of a note, which Word counts itself."""

_NAME = re.compile("_L([1-9][0-9]{0,6})_([0-9a-f]{8})")
_END = "</w:p>"
_PROPERTIES_END = "</w:pPr>"
_NUMBERED = '<w:pStyle w:val="EndnoteText"/>'
"""In a note that stands in the text, its number is the first of the words, and no part of them."""
_UNSEEN = str.maketrans("", "", "-\u2011\u00ad\u200b\u2060\ufeff\ufffc")


def marked(body: str, taken: int) -> tuple[str, tuple[str, ...]]:
    """The ``body`` with a bookmark around the words of each paragraph, and the fingerprints.

    The numbers up to ``taken`` are those of other bookmarks.
    """
    written: list[str] = []
    prints: list[str] = []
    for paragraph in body.split(_END):
        at = paragraph.rfind(_PROPERTIES_END) + len(_PROPERTIES_END)
        said = _WRITTEN.findall(paragraph, at) if at >= len(_PROPERTIES_END) else []
        words = "".join(said[_NUMBERED in paragraph[:at] :])
        if not words:
            written.append(paragraph)
            continue
        prints.append(fingerprint(html.unescape(words) if "&" in words else words))
        number = len(prints)
        known = f'w:id="{taken + number}"'
        written.append(
            f'{paragraph[:at]}<w:bookmarkStart {known} w:name="_L{number}_{prints[-1]}"/>'
            f"{paragraph[at:]}<w:bookmarkEnd {known}/>"
        )
    return _END.join(written), tuple(prints)


@functools.lru_cache(maxsize=1024)  # most paragraphs are the same in every letter
def fingerprint(words: str) -> str:
    """Eight digits for words, whatever spaces and hyphens are between them."""
    return f"{zlib.crc32(''.join(words.split()).translate(_UNSEEN).encode()):08x}"


def told_by(name: str) -> tuple[int, str] | None:
    """Which paragraph a bookmark of that name is of, and the fingerprint; None for any other."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), found[2]) if found else None
