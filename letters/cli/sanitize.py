"""Words out of the log on their way to a terminal: a note is anybody's text and must not steer it.

Escape sequences, bells, and marks that turn the writing direction around are shown as what they
are. The joiners that Persian and Indic names need are left alone.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from letters.cli.exit import say

if TYPE_CHECKING:
    from letters.ledger.events import Event

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


def plain(text: str, *, lines: bool = False) -> str:
    """The text with everything that can't be seen written out; line breaks stay with ``lines``."""
    harmless = _JOINERS + "\n" if lines else _JOINERS
    return "".join(c if c in harmless or not _is_hidden(c) else _named(c) for c in text)


def about(event: Event) -> str:
    """Who or what an event is about, in a word or two."""
    from letters.ledger.bound_form import ApprovedForm
    from letters.ledger.details import (
        Answer,
        Change,
        Correction,
        Cut,
        Erasure,
        Mailing,
        Renaming,
        Return,
        Translation,
    )
    from letters.ledger.sheet_count import SheetCorrection, SheetCount

    match event.detail:
        case Change(kind=kind):
            return kind
        case Return(recipient=recipient, reason=reason):
            return plain(recipient) + (f" ({reason})" if reason != "unknown" else "")
        case Translation(source=source, language=language):
            return f"translation {plain(source)} → {plain(language)}"
        case Mailing(recipient=recipient):
            return plain(recipient)
        case Answer(recipient=recipient, kind=answer):
            return f"{plain(recipient)}: {answer}"
        case SheetCount(sheet=sheet, valid=valid, invalid=invalid):
            return f"sheet {plain(sheet)}: {valid} valid, {invalid} not"
        case Correction(number=number) | SheetCorrection(number=number):
            return f"entry {number}"
        case Renaming(recipient=recipient) if recipient:
            return plain(recipient)
        case Cut(erasure=number):
            return f"for entry {number}"
        case Erasure(numbers=numbers):
            return f"entries {', '.join(map(str, numbers))}" if numbers else "no entries"
        case ApprovedForm(changed=changed):
            return f"{plain(event.subject)}: {', '.join(map(plain, changed))}"
    return plain(event.subject) or "-"


def as_plain_json(value: Any) -> None:
    """JSON on standard output in which only letters and signs stand unescaped."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    say("".join(c if c == "\n" or not _is_hidden(c) else json.dumps(c)[1:-1] for c in written))


def _is_hidden(character: str) -> bool:
    return (not character.isascii() and unicodedata.category(character) in _HIDDEN) or (
        character < " " or character == "\x7f"
    )


def _named(character: str) -> str:
    return character.encode("unicode_escape").decode()
