"""Entries that were mistakes: nothing is removed, and whoever reads the log leaves them out.

Only what happened to finished letters, and counts of sheets, can be corrected, by an entry in the
same track. A signature
has commands of its own, and what went out by “letters send” did go out.
"""

from __future__ import annotations

from collections.abc import Iterable

from letters.ledger.details import Answer, Correction, Mailing
from letters.ledger.errors import RefusedError
from letters.ledger.events import PERSONAL, Entry
from letters.ledger.sheet_count import SheetCorrection, SheetCount

CORRECTABLE = frozenset(
    {"sent", "bounced", "replied", "met", "looked", "reported", "sheet-counted"}
)
_OWN_COMMANDS = {
    "invited": "if they will not sign, “letters sign decline ID”",
    "reminded": "if they will not sign, “letters sign decline ID”",
    "signed": "take it back with “letters sign withdraw ID”",
    "reaffirmed": "take it back with “letters sign withdraw ID”",
    "declined": "if they sign after all, “letters sign record ID”",
    "withdrew": "if they sign after all, “letters sign record ID”",
}
_FIXED = {
    "edit-approved": "a judgement on a change: judge it again with “letters sign approve-edit”",
    "rendered": "about files that were made: make them again with “letters render”",
    "erased": "an erasure, which can’t be undone",
    "renamed": "about another id: “letters people rename” gives the earlier one back",
    "evidence-cut": "about evidence that was cut, which can’t be undone",
}


def corrected(entries: Iterable[Entry]) -> dict[int, int]:
    """The entries that were mistakes, each with the entry that says so."""
    return {
        entry.event.detail.number: entry.number
        for entry in entries
        if isinstance(entry.event.detail, Correction | SheetCorrection)
    }


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that stand: without the mistakes, and without what says that they are."""
    known = tuple(entries)
    gone = corrected(known)
    return tuple(
        entry for entry in known if entry.number not in gone and entry.event.kind != "corrected"
    )


def of(entry: Entry, why: str) -> Correction | SheetCorrection:
    """The detail of the event that corrects ``entry``, one of those that can be."""
    detail = entry.event.detail
    if isinstance(detail, SheetCount):
        return SheetCorrection(entry.number, detail.sheet, why)
    recipient = detail.recipient if isinstance(detail, Mailing | Answer) else ""
    return Correction(entry.number, recipient, why)


def refusal(target: Entry | None, number: int, by: int | None) -> RefusedError | None:
    """Why ``target``, the entry with that number, can't be corrected; None where it can.

    ``by`` is the entry that has corrected it already.
    """
    if target is None:
        return RefusedError(f"there is no entry {number}, or it was erased")
    kind = target.event.kind
    if by is not None:
        return RefusedError(f"entry {target.number} is corrected already, by entry {by}")
    if kind == "corrected":
        return RefusedError(
            f"entry {target.number} is a correction itself",
            "if what it corrects did happen, record that again",
        )
    if kind in PERSONAL:
        hint = _OWN_COMMANDS.get(kind, "")
        return RefusedError(f"entry {target.number} is about a signature", hint)
    if kind not in CORRECTABLE:
        what = _FIXED.get(kind, f"of the kind “{kind}”")
        return RefusedError(f"entry {target.number} is {what}")
    if kind == "sent" and target.event.evidence.kind == "none":
        return by_letters(target.number)
    return None


def by_letters(number: int) -> RefusedError:
    """The refusal for what “letters send” has recorded by itself."""
    return RefusedError(
        f"entry {number} is of a letter that left by “letters send”, and what went out went out",
        "only what was recorded by hand can be a mistake",
    )
