"""Fonts that go into the Word file itself, so that Word breaks lines as the PDF does anywhere.

They are those that a theme names twice, for the PDF and for Word: whoever opens the letter need not
have them. A face goes in whole, for people go on editing. It is obfuscated as ECMA-376 asks (part
4, 17.8.1): its first 32 bytes, with a GUID that here follows from the font, so that equal letters
are equal files. What may not be embedded, or is no static TrueType, stays out.
"""

from __future__ import annotations

import functools
import hashlib
import uuid
from pathlib import Path
from struct import error, unpack_from
from typing import TYPE_CHECKING

from msgspec import Struct

from letters import limits, reading
from letters.press.fontfiles import files_of

if TYPE_CHECKING:
    from letters.press.theme import Theme

_TRUE_TYPE = b"\x00\x01\x00\x00"
_ITALIC, _BOLD = 1 << 0, 1 << 5
_RESTRICTED, _TO_LOOK_AT, _BITMAPS = 0x0002, 0x0004, 0x0200
_FORBIDDEN = _RESTRICTED | _TO_LOOK_AT | _BITMAPS
_USES = {0: "embedRegular", _BOLD: "embedBold", _ITALIC: "embedItalic",
         _BOLD | _ITALIC: "embedBoldItalic"}  # fmt: skip
_OBFUSCATED = 32


class EmbeddedFace(Struct, frozen=True):
    """One face: what it is used for in ``fontTable.xml``, its key there, and its bytes."""

    use: str
    key: str
    data: bytes


def embedded_families(theme: Theme) -> tuple[str, ...]:
    """The families of the theme that go into its Word files."""
    fonts = (theme.text_font, theme.label_font)
    return tuple(dict.fromkeys(font.word for font in fonts if font.word == font.pdf))


@functools.cache
def faces_of(family: str) -> tuple[EmbeddedFace, ...]:
    """The installed faces of a family that may be embedded, the regular one first."""
    found: dict[str, EmbeddedFace] = {}
    for file in files_of(family):
        try:
            data = reading.data_of(Path(file), limits.FONT)
        except OSError:
            continue
        use = _use(data)
        if use is not None:
            found.setdefault(use, _obfuscated(use, data))
    return tuple(found[use] for use in _USES.values() if use in found)


def _use(data: bytes) -> str | None:
    """What a face is for; None where it can't be embedded."""
    tables = _tables(data)
    at = tables.get(b"OS/2")
    if at is None or b"fvar" in tables or b"glyf" not in tables:
        return None
    try:
        (rights,) = unpack_from(">H", data, at + 8)
        weight, selection = unpack_from(">H", data, at + 4)[0], unpack_from(">H", data, at + 62)[0]
    except error:
        return None
    if rights & _FORBIDDEN or weight not in (400, 700):
        return None
    return _USES[selection & (_ITALIC | _BOLD)]


def _tables(data: bytes) -> dict[bytes, int]:
    """Where each table of a TrueType font begins; nothing of another kind of font."""
    if data[:4] != _TRUE_TYPE:
        return {}
    try:
        (count,) = unpack_from(">H", data, 4)
        rows = (unpack_from(">4sLL", data, 12 + 16 * number) for number in range(count))
        return {name: at for name, _, at in rows}
    except error:
        return {}


def _obfuscated(use: str, data: bytes) -> EmbeddedFace:
    key = uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4)
    mask = key.bytes[::-1] * (_OBFUSCATED // 16)
    head = bytes(one ^ other for one, other in zip(data[:_OBFUSCATED], mask, strict=True))
    return EmbeddedFace(use, f"{{{str(key).upper()}}}", head + data[_OBFUSCATED:])
