"""The canonical text changes with every word and with nothing else."""

from __future__ import annotations

import unicodedata

from letters.draft import digest
from letters.draft import document as d


def paragraph(text: str) -> str:
    return digest.canonical((d.Paragraph((d.Text(text),)),), (), "")


def test_one_space_is_as_good_as_two() -> None:
    assert paragraph("To  the   council") == paragraph("To the council ")
    assert paragraph("To\u00a0the\u202f council") == paragraph("To the council")


def test_composed_and_decomposed_letters_are_the_same_text() -> None:
    decomposed = unicodedata.normalize("NFD", "Élise à Orléans")
    assert decomposed != "Élise à Orléans"
    assert paragraph(decomposed) == paragraph("Élise à Orléans") == "[paragraph] Élise à Orléans\n"


def test_a_bar_in_a_cell_does_not_make_two_cells() -> None:
    def table(*cells: str) -> str:
        head = tuple((d.Text(cell),) for cell in cells)
        return digest.canonical((d.Table(tuple("start" for _ in cells), head, ()),), (), "")

    assert table("a | b") == "[head] a \\| b\n"
    assert table("a", "b") == "[head] a | b\n"


def test_the_notice_is_spaced_like_the_rest() -> None:
    assert digest.canonical((), (), " Not  final ") == "[notice] Not final\n"
