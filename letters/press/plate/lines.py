"""Words broken into lines as WeasyPrint breaks them.

Most breaks can be told from the widths of words alone. Where one is close, or the word that goes to
the next line could be divided, WeasyPrint itself is asked for its lines, without its boxes.
"""

from __future__ import annotations

import re
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from letters.press.inseparable import SPACE

if TYPE_CHECKING:
    from letters.press.shaping import FontFace, Shaped

_NEARLY = 0.15  # of the size: what words at the end of a line are drawn together by, at most
_LONG_WORD = 16  # characters: from here on it may be divided, see letters.press.css
# A word that can be broken nowhere, and before which a line can be broken (Unicode's UAX 14).
_WHOLE = re.compile(r"[(“‘]?\w[\w’'.,;:\u00a0\u202f&]*[!?…]?[”’)]*")
_OPENS = tuple("(“‘«\"'")


def broken(
    text: str, face: FontFace, style: Any, width: float, *, kept: bool
) -> tuple[Shaped, ...] | None:
    """The lines of a block of that width in pixels; None where they can't be told.

    ``kept`` are spaces that count, so that such a text must be one line.
    """
    whole = face.shape(text)
    if whole is None:
        return None
    if whole.width <= width - _NEARLY * face.size:
        return (whole,)
    if kept:
        return None
    lines = _greedy(text, whole, width, face) or _asked(text, style, width)
    if lines is None:
        return None
    found = [face.shape(line) for line in lines]
    shaped = tuple(line for line in found if line is not None and line.width <= width)
    return shaped if len(shaped) == len(lines) else None


def _greedy(text: str, whole: Shaped, width: float, face: FontFace) -> list[str] | None:
    """As many words as fit, line by line; None where it is close."""
    written = text.encode()
    at = dict(zip(whole.clusters, accumulate(whole.advances, initial=0), strict=False))
    at[len(written)] = sum(whole.advances)
    unit = 1024.0
    slack = _NEARLY * face.size
    words = written.split(b" ")
    lines: list[str] = []
    line: list[bytes] = []
    start = place = 0
    for word in words:
        end = place + len(word)
        if place not in at or end not in at:
            return None
        needed = (at[end] - at[start]) / unit
        if needed <= width - slack:
            line.append(word)
        elif needed < width + slack or not line or not _goes_down(word, line[-1]):
            return None
        else:
            lines.append(b" ".join(line).decode())
            line, start = [word], place
            if (at[end] - at[start]) / unit > width - slack:
                return None
        place = end + 1
    return [*lines, b" ".join(line).decode()]


def _goes_down(word: bytes, before: bytes) -> bool:
    """Whether the whole word goes to the next line, and nothing holds it to the word before."""
    text = word.decode()
    return (
        max(map(len, text.split(SPACE))) < _LONG_WORD
        and _WHOLE.fullmatch(text) is not None
        and not before.decode().endswith(_OPENS)
    )


def _asked(text: str, style: Any, width: float) -> list[str] | None:
    """WeasyPrint's own lines."""
    from weasyprint.text.line_break import split_first_line

    context = SimpleNamespace(dictionaries={})
    lines: list[str] = []
    while True:
        layout, _, rest, *_ = split_first_line(text, style, context, width, 0)
        lines.append(layout.text)
        if rest is None:
            return lines
        text = text.encode()[rest:].decode()
        if not text.strip(" "):
            return None
