"""Which letter a Word file is, in its custom properties: for when it comes back from somebody.

What stands there stands in the name of the file and at its foot, too. Word and LibreOffice keep
it; whoever looks at File, Properties sees it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.digests import NO_TEXT, TextDigest
from letters.press.docx.ooxml import escape
from letters.press.letter_key import LetterKey

if TYPE_CHECKING:
    from letters.campaign.shown import Audience

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # which all custom properties have
_PREFIX = "letters-"
_TAG = re.compile("[A-Za-z0-9-]{2,35}")
_DIGEST = re.compile("[0-9a-f]{64}")
_LONGEST = 255


class AsWritten(Struct, frozen=True):
    """What a file says of itself; ``count`` paragraphs have a bookmark, ``words`` sums them up."""

    key: LetterKey
    count: int
    words: str


def whole(prints: Sequence[str]) -> str:
    """One fingerprint of all paragraphs of a letter."""
    return f"{zlib.crc32(' '.join(prints).encode()):08x}"


def custom_properties(key: LetterKey, prints: Sequence[str]) -> bytes:
    """The part that holds the letter's key."""
    said = {
        "recipient": key.recipient,
        "languages": " ".join(key.languages),
        "layout": key.layout,
        "audience": key.audience,
        "draft": "yes" if key.draft else "",
        "text": key.text_digest,
        "paragraphs": str(len(prints)),
        "words": whole(prints),
    }
    written = "".join(
        f'<property fmtid="{_KIND}" pid="{number}" name="{_PREFIX}{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(
            ((name, value) for name, value in said.items() if value), start=2
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{written}</Properties>'
    ).encode()


def read(properties: Mapping[str, str]) -> AsWritten | None:
    """What the properties of a file say, by their names; None where they say nothing of a letter.

    They may have been written by anybody: what looks different from ours is nothing.
    """
    said = {
        name.removeprefix(_PREFIX): value
        for name, value in properties.items()
        if name.startswith(_PREFIX) and len(value) <= _LONGEST
    }
    tags = tuple(said.get("languages", "").split())
    audience = said.get("audience", "")
    layout = said.get("layout", "")
    fits = (
        1 <= len(tags) <= 2 and all(map(_TAG.fullmatch, tags)) and (len(tags) == 2) == bool(layout)
    )
    if not fits or layout not in ("", "columns", "sequence") or "recipient" not in said:
        return None
    if audience not in {"recipient", "public"}:
        return None
    whom: Audience = "public" if audience == "public" else "recipient"
    count, text = said.get("paragraphs", ""), said.get("text", "")
    return AsWritten(
        LetterKey(
            said["recipient"],
            tags,
            whom,
            TextDigest(text if _DIGEST.fullmatch(text) else NO_TEXT),
            said.get("draft") == "yes",
            layout,
        ),
        int(count) if count.isdecimal() and count.isascii() and len(count) < 8 else 0,
        said.get("words", ""),
    )
