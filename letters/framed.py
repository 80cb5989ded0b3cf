"""The frame of a text in several languages: which editions stand in it, and the digest of each.

A signature names the digest of the editions that somebody was shown, all in one text. Whoever has
that text can tell them apart again, and each has a digest of its own: that of the same frame with
this language alone. docs/text-digest.md describes the format for a second implementation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from letters.digests import TextDigest

FORMAT = "letters-text-2"
FORMER = "letters-text-1"  # written until 2026; read for as long as there are logs


def digest(text: str) -> TextDigest:
    """SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return TextDigest(hashlib.sha256(text.encode()).hexdigest())


def combined(editions: Iterable[tuple[str, str]], form: str = FORMAT) -> str:
    """All editions as one text: (language, canonical text) pairs, each once, in sorted order."""
    parts = [form + "\n"]
    for language, text in sorted(set(editions)):
        parts.append(f"== {language} {len(text.encode())}\n{text}")
    return "".join(parts)


def only(text: str, languages: Collection[str]) -> str:
    """The same frame with these languages alone."""
    return combined([part for part in _split(text) if part[0] in languages], _form(text))


def editions(text: str) -> dict[str, TextDigest]:
    """The digest of each edition in a framed text; none where it is not framed."""
    tags = dict.fromkeys(tag for tag, _ in _split(text))
    return {tag: digest(only(text, (tag,))) for tag in tags}


def _form(text: str) -> str:
    return text.partition("\n")[0]


def _split(text: str) -> list[tuple[str, str]]:
    """The pairs that `combined` would make this very text of, or none."""
    form = _form(text)
    if form not in (FORMAT, FORMER):
        return []
    found, rest = [], text.encode()[len(form) + 1 :]
    while rest:
        head, _, body = rest.partition(b"\n")
        mark, _, told = head.decode(errors="replace").partition(" ")
        language, _, size = told.rpartition(" ")
        if mark != "==" or not size.isdecimal() or len(size) > 12:
            return []
        found.append((language, body[: int(size)].decode(errors="replace")))
        rest = body[int(size) :]
    return found if combined(found, form) == text else []
