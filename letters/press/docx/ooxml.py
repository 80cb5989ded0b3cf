"""Small tools for Office Open XML: text that is always well formed, elements, units.

The parts of a Word file are written as text, because that is many times quicker than building a
tree of objects and shows what the file will hold. What makes text risky, a value that closes a tag
or a character that XML has no way to hold, is dealt with here and nowhere else.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
ANCHOR = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WORD_2013 = "http://schemas.microsoft.com/office/word/2012/wordml"

_SPACES = (
    ("w", WORD),
    ("r", RELATIONS),
    ("a", DRAWING),
    ("pic", PICTURE),
    ("wp", ANCHOR),
    ("mc", COMPATIBILITY),
    ("w14", WORD_2010),
    ("w15", WORD_2013),
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 has no way to hold. Said the other way round, as all that it does hold, the pattern
# takes twenty times as long to compile.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;"}
)

_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f]|%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[\w.\-]+(:\d{1,5})?")

EMU_A_POINT = 12700


def escape(text: str) -> str:
    """``text`` for a text node or a quoted attribute; what XML can't hold becomes U+FFFD."""
    return _IMPOSSIBLE.sub("\ufffd", text).translate(_ENTITIES)


def tag(name: str, value: object = None, **attributes: object) -> str:
    """An empty element of the Word namespace: ``tag("sz", 22)`` is ``<w:sz w:val="22"/>``.

    Attributes without a value (None) are left out.
    """
    named = {"val": value, **attributes}
    written = "".join(
        f' w:{key}="{escape(str(item))}"' for key, item in named.items() if item is not None
    )
    return f"<w:{name}{written}/>"


def for_word(content: str, for_others: str) -> str:
    """``content`` for Word 2013 and later, ``for_others`` for every other reader.

    The standard's way to say one thing twice (ISO/IEC 29500-3): a reader takes the first choice
    whose namespaces it knows, and only that. It may stand at any place in a part.
    """
    return (
        f'<mc:AlternateContent><mc:Choice Requires="w15">{content}</mc:Choice>'
        f"<mc:Fallback>{for_others}</mc:Fallback></mc:AlternateContent>"
    )


def part(root: str, content: str) -> bytes:
    """A whole part: ``content`` in the root element ``w:<root>``, as UTF-8.

    Readers that are older than Word 2010 may pass over what only that knows.
    """
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES)
    if "<w14:" in content:
        spaces += ' mc:Ignorable="w14"'
    return f"{_DECLARATION}<w:{root}{spaces}>{content}</w:{root}>".encode()


def twips(points: float) -> int:
    """Points in twentieths of a point, the unit of most lengths in Word."""
    return round(points * 20)


def twips_from_mm(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def half_points(points: float) -> int:
    """Points in the unit of font sizes."""
    return round(points * 2)


def address(href: str) -> str:
    """``href`` as the target of a relationship, or "" where Word would call the file damaged.

    One malformed address makes Word refuse the whole letter, so that a doubtful one is better
    printed as plain words.
    """
    try:
        written = _UNSAFE_IN_ADDRESS.sub(
            lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), href
        )
        parts = urlsplit(written)
    except ValueError:
        return ""
    if _IMPOSSIBLE.search(written):
        return ""
    if parts.scheme in {"http", "https"}:
        return written if _HOST.fullmatch(parts.netloc) else ""
    return written if parts.scheme == "mailto" and parts.path else ""
