"""French ordinals stand raised in the files, and not in the words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from letters.draft import document as d
from letters.press import annex_html
from letters.press.docx.runs import Relations, RunWriter
from letters.press.html_words import Words
from letters.press.raised import has_ordinals, parts

from .annex_sample import annex, people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 1er mars", [("le 1", "er"), (" mars", "")]),
        ("1re lecture, 2e étage", [("1", "re"), (" lecture, 2", "e"), (" étage", "")]),
        ("les 3es", [("les 3", "es")]),
        ("du XXIe siècle", [("du XXI", "e"), (" siècle", "")]),
        ("Ier, IIe et Ve", [("I", "er"), (", II", "e"), (" et V", "e")]),
        ("K1er 1A1", [("K1er 1A1", "")]),
        ("https://a.example/1er", [("https://a.example/1er", "")]),
        ("5e-7, x-2e, 1.2e, 1e, 1érable", [("5e-7, x-2e, 1.2e, 1e, 1érable", "")]),
        ("Le Ce Me Die", [("Le Ce Me Die", "")]),
        (
            "Vers 7 heures. Vers, Ver, Ire, Xers",
            [("Vers 7 heures. Vers, Ver, I", "re"), (", Xers", "")],
        ),
        ("2ers, 3re, Vre, Iers", [("2ers, 3re, Vre, I", "ers")]),
        ("", []),
    ],
)
def test_it_finds_the_ends_of_ordinals(text: str, found: list[tuple[str, str]]) -> None:
    assert parts(text) == found
    assert "".join(a + b for a, b in found) == text


@pytest.mark.parametrize(("tag", "raises"), [("fr", True), ("fr-CA", True), ("en", False)])
def test_they_are_raised_in_french_alone(tag: str, raises: bool) -> None:
    words = Words("ltr").turned(d.TextLanguage(tag, "ltr"))
    assert ("<sup" in words.inlines((d.Value("1er mars"),))) is raises
    runs = RunWriter(d.TextLanguage(tag, "ltr"), Relations()).runs((d.Text("1er mars"),))
    assert ('<w:rStyle w:val="Ordinal"/>' in runs) is raises
    assert has_ordinals(tag) is raises


def test_a_number_stays_with_its_end() -> None:
    written = Words("ltr", raises=True).inlines((d.Text("le 1er & le 2e"),))
    assert written == (
        'le <span class="kept">1<sup class="ordinal">er</sup></span> &amp; le '
        '<span class="kept">2<sup class="ordinal">e</sup></span>'
    )


def test_they_are_raised_above_an_annex_of_names_too() -> None:
    found = replace(annex(people(3)), language="fr", of="à la lettre du 1er mars 2026")
    assert '1<sup class="ordinal">er</sup></span> mars 2026</p>' in annex_html.behind(found)
