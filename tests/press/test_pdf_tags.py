"""What the tags of a PDF tell: languages, numbers and notes, and what goes over two pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import reading_pdf
import verapdf
from msgspec.structs import replace
from reading_pdf import Tag

from letters.draft import document as d
from letters.press import name_language, pdf
from letters.press.docx.runs import Relations, RunWriter

from .sample import classic_theme, small_letter, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FR, FA = d.TextLanguage("fr", "ltr"), d.TextLanguage("fa", "rtl")


# WeasyPrint leaves the colour profile that it puts into PDF/A to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
def test_a_passage_a_column_and_a_note_say_their_language(tmp_path: Path) -> None:
    said: d.Matters = (d.Paragraph(words("Une phrase.")),)
    quoted = d.Spoken(d.TextLanguage("es", "ltr"), words("Basta ya"))
    name, turned = d.Value("Анна Фішер"), d.Spoken(d.TextLanguage("he", "rtl"), words("די"))
    inside = d.Text("One."), d.NoteMark(1), d.NoteMark(2), quoted, name, turned
    noted = d.Paragraph(inside)
    blocks = (noted, d.Passage(FR, said), d.Parallel((FR, FA), ((said, said),)))
    notes = (d.Note(1, words("Ein Satz."), d.TextLanguage("de", "ltr")), d.Note(2, words("One.")))
    letter = replace(small_letter(), blocks=blocks, notes=notes)
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf.write(letter, classic_theme()).data)
    with pikepdf.open(file) as opened:
        assert str(opened.Root.Lang) == "en"
        found = dict(_spoken(opened.Root.StructTreeRoot.K))
    assert {*found} == {"fr", "fa", "de", "es", "uk", "he"}
    assert found["es"] == found["uk"] == "/Span"
    assert all(verdict.passed for verdict in verapdf.verify([file]))


def _spoken(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _spoken(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if "/Lang" in node:
            yield str(node.Lang), str(node.S)
        yield from _spoken(node.get("/K"))


def test_word_is_told_of_the_same_languages() -> None:
    quoted = d.Spoken(d.TextLanguage("es", "ltr"), words("Basta ya"))
    turned = d.Spoken(d.TextLanguage("he", "rtl"), words("די"))
    runs = RunWriter(d.TextLanguage("en", "ltr"), Relations()).runs(
        (quoted, d.Value("Анна Фішер"), d.Value("Анна"), turned)
    )
    assert [*dict.fromkeys(re.findall(r"<w:lang ([^/]*)/>", runs))] == [
        'w:val="es-ES" w:eastAsia="es-ES"', 'w:val="uk-UA" w:eastAsia="uk-UA"', 'w:bidi="he-IL"',
    ]  # fmt: skip
    assert "\u2067די\u2069" in re.sub("<[^>]*>", "", runs)


@pytest.mark.parametrize(
    ("name", "around", "tag"),
    [
        ("Анна Фішер", "en", "uk"),
        ("Анна Рыбак", "fr", "ru"),
        ("Анна Бондар", "de", "und-Cyrl"),
        ("Анна Фішер", "ru", ""),
        ("Ἀθηνᾶ", "en", ""),
        ("Αθηνά", "en", "el"),
        ("山田 さくら", "en", "ja"),
        ("王明", "en", "und-Hani"),
        ("王明", "zh-Hant", ""),
        ("پروین", "en", "fa"),
        ("سمير", "fa", ""),
        ("José Núñez", "en", ""),
        ("Anna (Анна)", "en", ""),
        ("2026", "en", ""),
    ],
)
def test_a_name_in_another_script_tells_its_language_as_far_as_its_letters_do(
    name: str, around: str, tag: str
) -> None:
    assert name_language.by_letters(name, around) == tag


# --- the tree ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tree() -> Tag:
    """The tags of a letter with a paragraph and a list that go on to the next page."""
    long = words("One more word. " * 320)
    cited = d.Link("https://example.org", words("the count"))
    blocks: d.Blocks = (
        d.Subject(words("Lamps")),
        d.Heading(1, words("Why")),
        d.Paragraph(long),
        d.Paragraph((d.Text("As counted"), d.NoteMark(1), d.Text(" by "), cited, d.Text("."))),
        d.Asks(((d.Paragraph(words("light")),), (d.Paragraph(long), d.Paragraph(words("last"))))),
        d.List(ordered=False, items=((d.Paragraph(words("a point")),),)),
        d.Table(("start", "end"), (words("A"), words("B")), ((words("1"), words("2")),)),
    )
    notes = (d.Note(1, (d.Text("Count, "), d.Link("https://example.org", words("2026")))),)
    called = "Note {number}", "Back to note {number}"
    letter = replace(small_letter(), blocks=blocks, notes=notes, note_labels=called)
    read = reading_pdf.read(pdf.write(letter, classic_theme()).data)
    assert len(read.reader.pages) > 2
    assert not any("word" in edge for edge in read.edges)
    return read.tree


def test_a_paragraph_that_crosses_pages_is_one(tree: Tag) -> None:
    [document] = tree.every("Document")
    assert [part.kind for part in document.content if isinstance(part, Tag)] == ["Part"]
    long = [each for each in tree.every("P") if each.text().count("One more word.") > 1]
    assert [each.text().count("One more word.") for each in long] == [320, 320]


def test_numbers_are_labels_and_what_they_count_is_the_body(tree: Tag) -> None:
    items = [*tree.every("LI")]
    assert [[part.kind for part in item.content if isinstance(part, Tag)] for item in items] == [
        ["Lbl", "LBody"]
    ] * len(items)
    numbers = [label.text() for item in items for label in item.every("Lbl")]
    assert numbers == ["1", "2", ""]  # a dot is no word


def test_a_note_is_referred_to_and_has_an_id(tree: Tag) -> None:
    [reference], [note] = [*tree.every("Reference")], [*tree.every("Note")]
    assert [link.text() for link in reference.every("Link")] == ["1"]
    assert (note.text(), note.attributes["/ID"]) == ("1 Count, 2026", "note-1")
    assert [part.kind for part in note.content if isinstance(part, Tag)] == ["Lbl", "Div"]


def test_heads_of_columns_say_their_scope(tree: Tag) -> None:
    scopes = [head.attributes["/A"].get_object()["/Scope"] for head in tree.every("TH")]
    assert scopes == ["/Column", "/Column"]


def test_nothing_in_the_tree_means_nothing(tree: Tag) -> None:
    unnamed = {each.text() for each in tree.every("NonStruct")} - {""}
    assert unnamed == set()


def test_a_link_says_where_it_leads() -> None:
    noted = d.Paragraph((d.Text("So"), d.NoteMark(1)))
    called = "Note {number}", "Back to note {number}"
    letter = replace(
        small_letter(), blocks=(noted,), notes=(d.Note(1, words("A")),), note_labels=called
    )
    reader = reading_pdf.read(pdf.write(letter, classic_theme()).data).reader
    found = [link.get_object()["/Contents"] for link in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    assert found == ["Note 1", "Back to note 1"]


def test_word_is_given_the_forms_of_characters_that_a_language_has() -> None:
    home = d.TextLanguage("zh-Hans", "ltr")
    runs = RunWriter(home, Relations(), beside="Times New Roman").runs(
        (d.Text("骨 "), d.Spoken(d.TextLanguage("ja", "ltr"), words("骨 is")))
    )
    own, spoken = re.findall(r"<w:r>.*?</w:r>", runs)
    assert "rFonts" not in own
    assert '<w:rFonts w:eastAsia="MS Mincho" w:hint="eastAsia"/><w:lang ' in spoken
