"""Annexes of names with invented people, for the tests of every press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from letters.draft.annex import Annex, NameGroup, NameSection

from .sample import HOSTILE, NOTICE, ORGANISATION

GIVEN = ("Ada", "Élodie", "Jürgen", "Łucja", "Søren", "Zoë", "Avra", "To", "Мирослава", "Wáng")
FAMILY = ("AVALON", "Birch", "Ćosić", "van der Fjord-Wolter", "Kowalczyk", "O’Halloran", "Tévez")
BESIDE = ("nurse", "retired judge of the district court", "", "writer, Tarn Valley Review*")
ODD = (*HOSTILE, "W" * 60, "Ana-Maria Very-Long-Family-Name-Of-Someone", "f\u0301i\u0323 ﬁ", "ߘ")
"""Names that are set by the full engine, or cannot be broken."""


def people(count: int) -> list[str]:
    """Names in the order in which they are to stand; every ninth one is odd."""
    return [
        ODD[n // 9 % (len(ODD) - 1)] if n % 9 == 5 else f"{GIVEN[n % 10]} {FAMILY[n % 7]} {n // 70}"
        for n in range(count)
    ]


def annex(
    names: Sequence[str], *, columns: int = 3, table: bool = False, language: str = "en"
) -> Annex:
    """An annex of two organisations and those people."""
    rtl = language in ("ar", "fa", "he")
    beside = [
        f"\t{BESIDE[n % 4]}\t{BESIDE[(n + 1) % 3]}" if table else "" for n in range(len(names))
    ]
    half = len(names) // 2
    lines = [f"{name}{cells}\n" for name, cells in zip(names, beside, strict=True)]
    head = ("Name", "Role", "Affiliation") if table else ()
    return Annex(
        language=language,
        direction="rtl" if rtl else "ltr",
        title="Annex: signatures",
        of="to the letter “Refuge & more” of 3 September 2025",
        author=ORGANISATION,
        date=dt.date(2025, 9, 3),
        groups=(
            NameGroup("Organisations", (), (NameSection("", "The Union\nFree Readers\n"),)),
            NameGroup(
                "Individuals",
                head,
                (NameSection("A", "".join(lines[:half])), NameSection("B", "".join(lines[half:]))),
            ),
        ),
        columns=columns,
        remarks=("2 further signatories, whose names are withheld.", "Signed by many."),
        running_head=("Annex: signatures", "3 September 2025"),
        notice=NOTICE,
        version="Text version 0123456789abcdef, as rendered",
        page_label="Page {page} of {pages}",
    )
