"""What of a font goes into a PDF: the same for every letter that is written in the same letters.

A subset of the very glyphs that a letter shows would make the file of each recipient another one,
down to the widths, and be cut and packed anew each time. So of the upright, regular faces, which
names and addresses are set in, whole groups of characters go in: those of the letter that the text
needs (`groups_of`). Of the other faces it is what the letter shows.
"""

from __future__ import annotations

import re
import string
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeAlias

from letters.press.inseparable import SPACE
from letters.press.shaping import Widths, shaped

if TYPE_CHECKING:
    from collections.abc import Iterable

Groups: TypeAlias = tuple[str, ...]
"""The names of groups of characters, in order."""

_PAIRS = " ".join(one + other for one in string.ascii_lowercase for other in string.ascii_lowercase)
_JOINED = f"{_PAIRS} ffi ffl fft ffj fti ftt tti ttf Th Ti To Tt"  # what fonts have ligatures for


def _characters(written: str) -> str:
    """Each of some ranges, such as “a-z”."""
    pairs = re.findall("(.)-(.)", written)
    return " ".join(chr(c) for first, last in pairs for c in range(ord(first), ord(last) + 1))


_USUAL = _characters(
    "!-~\u00a1-\u00ac\u00ae-\u00ff\u2013-\u2014\u2018-\u201e\u2020-\u2022\u2026-\u2026"
)
_GROUPS: dict[str, tuple[re.Pattern[str], str, tuple[str, ...]]] = {
    "usual": (
        re.compile(""),
        "Latn",
        (f"  \u00a0 \u202f {_USUAL} ‰ ‹ › € № ™ −", _JOINED),
    ),
    "latin": (re.compile("[\u0100-\u017f\u0218-\u021b]"), "Latn", (_characters("Ā-ſȘ-ț"),)),
    "cyrillic": (re.compile("[\u0400-\u045f\u0490\u0491]"), "Cyrl", (_characters("Ѐ-џҐ-ґ"),)),
}
_COPIED_AS = str.maketrans({SPACE: " "})
_REGULAR = 400
_REMEMBERED = 64

_Primed: TypeAlias = dict[int, str]
_primed: dict[tuple[str, Groups], _Primed] = {}
_cut: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()


def groups_of(text: str) -> Groups:
    """The groups of characters that a text needs, if only one of each."""
    return tuple(name for name, (found, _, _) in _GROUPS.items() if found.search(text))


class Fonts(dict[Any, Any]):
    """The fonts of one WeasyPrint document, to be put in the place of its own dictionary."""

    def __init__(self, groups: Groups) -> None:
        super().__init__()
        self._groups = groups

    def __setitem__(self, key: Any, font: Any) -> None:
        """Take a font in that has shown nothing yet."""
        if not font.bitmap and font.font_size:
            font.widths = Widths(font.hb_font, font.font_size)
            if not (font.png or font.svg or font.colr or "fvar" in font.tables):
                _keep(font)
                if is_whole(font):
                    font.to_unicode.update(primed(font, self._groups))
                    for glyph in font.to_unicode:
                        font.widths[glyph]
        super().__setitem__(key, font)

    def values(self) -> Any:
        """The fonts when all is drawn, for the file: with the widths of what is shown, no more."""
        for font in super().values():
            font.widths = dict(font.widths)
            font.to_unicode = {
                glyph: text.translate(_COPIED_AS) for glyph, text in font.to_unicode.items()
            }
        return super().values()


def is_whole(font: Any) -> bool:
    """Whether whole groups of characters of a font of WeasyPrint's go in."""
    return not font.style and font.weight == _REGULAR


def primed(font: Any, groups: Groups) -> _Primed:
    """The glyphs of those groups, each with the text that it is copied and read aloud as."""
    found = _primed.get((font.hash, groups))
    if found is None:
        found = {}
        for name in groups:
            _, script, lines = _GROUPS[name]
            for line in lines:
                for glyph, text in _told(font, line, script):
                    found.setdefault(glyph, text)
        _primed[font.hash, groups] = found
    return found


def _told(font: Any, line: str, script: str) -> Iterable[tuple[int, str]]:
    written, found = line.encode(), shaped(font.hb_font, line, script)
    if found is None:
        return
    ends = (*found.clusters[1:], len(written))
    for glyph, start, end in zip(found.glyphs, found.clusters, ends, strict=True):
        if glyph and end > start:  # 0 is the box for what the font lacks
            yield glyph, written[start:end].decode()


def _keep(font: Any) -> None:
    """Let what is cut out of a font be cut once in a process."""
    clean = font.clean

    def kept(to_unicode: dict[int, str], hinting: bool) -> None:
        key = (font.hash, frozenset(to_unicode), hinting, bool(font.missing))
        if key in _cut:
            _cut.move_to_end(key)
            font.file_content = _cut[key]
            return
        clean(to_unicode, hinting)
        _cut[key] = font.file_content
        if len(_cut) > _REMEMBERED:
            _cut.popitem(last=False)

    font.clean = kept
