"""The theme as Word's styles."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from letters.draft.document import TextLanguage
from letters.press import docx
from letters.press.docx.languages import language_tag
from letters.press.docx.look import styles_xml
from letters.press.theme import Font

from .sample import classic_theme, full_letter
from .word import Element, Opened, W

CHANNELS = ("ascii", "hAnsi", "eastAsia", "cs")


def styles(language: str = "en") -> Element:
    return ET.fromstring(styles_xml(classic_theme(), TextLanguage(language, "ltr")))


def style(name: str) -> Element:
    return next(found for found in styles() if found.get(f"{W}styleId") == name)


def value(element: Element, path: str) -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def test_it_names_every_style_that_a_letter_uses() -> None:
    letter = Opened.of(docx.write(full_letter(draft=True), classic_theme()))
    known = {found.get(f"{W}styleId") for found in letter.root("styles.xml")}
    parts = ("document.xml", "header1.xml", "header2.xml", "footer1.xml", "endnotes.xml")
    used = {
        element.get(f"{W}val")
        for part in parts
        for kind in ("pStyle", "rStyle", "tblStyle")
        for element in letter.root(part).iter(f"{W}{kind}")
    }
    assert used <= known
    assert len(used) > 30


def test_it_bases_every_style_on_one_that_exists() -> None:
    known = {found.get(f"{W}styleId") for found in styles()}
    for relation in ("basedOn", "next"):
        assert {found.get(f"{W}val") for found in styles().iter(f"{W}{relation}")} <= known


def test_it_sets_all_four_channels_of_a_font_and_no_theme_of_words() -> None:
    for fonts in styles().iter(f"{W}rFonts"):
        assert set(fonts.attrib) == {f"{W}{channel}" for channel in CHANNELS}
        assert len(set(fonts.attrib.values())) == 1


@pytest.mark.parametrize(("latin", "twin"), [("b", "bCs"), ("i", "iCs"), ("sz", "szCs")])
def test_it_sets_the_twin_for_complex_scripts(latin: str, twin: str) -> None:
    for shape in styles().iter(f"{W}rPr"):
        mark, other = shape.find(f"{W}{latin}"), shape.find(f"{W}{twin}")
        assert (mark is None) == (other is None)
        if mark is not None and other is not None:
            assert mark.attrib == other.attrib


def test_it_carries_the_tokens_of_the_theme() -> None:
    normal = style("Normal")
    assert value(normal, "rPr/sz") == "24"
    assert value(normal, "rPr/color") == "1a1a1a"
    spacing = style("InsideAddress").find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("290", "exact")
    theme = replace(classic_theme(), text_font=Font("Caladea", "Cambria & Co"), text_size=12.5)
    restyled = styles_xml(theme, TextLanguage("en", "ltr")).decode()
    assert 'w:cs="Cambria &amp; Co"' in restyled
    assert '<w:sz w:val="25"/><w:szCs w:val="25"/>' in restyled


@pytest.mark.parametrize("name", ["SubjectLine", "Salutation", "Heading1", "Heading2", "Closing"])
def test_it_keeps_lines_with_what_they_open(name: str) -> None:
    assert style(name).find(f"{W}pPr/{W}keepNext") is not None


def test_it_leaves_no_widows() -> None:
    assert styles().find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}widowControl") is not None


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("en", "en-CA"),
        ("fr", "fr-CA"),
        ("uk", "uk-UA"),
        ("he", "he-IL"),
        ("en-GB", "en-GB"),
        ("xx", "xx"),
    ],
)
def test_it_says_the_language_as_word_knows_it(language: str, tag: str) -> None:
    assert language_tag(language) == tag
    spoken = styles(language).find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert spoken is not None
    assert spoken.attrib == {f"{W}val": tag, f"{W}eastAsia": tag, f"{W}bidi": "ar-SA"}


def test_it_gives_words_from_right_to_left_the_language_of_a_letter_that_is() -> None:
    written = styles_xml(classic_theme(), TextLanguage("he", "rtl")).decode()
    assert '<w:lang w:val="he-IL" w:eastAsia="he-IL" w:bidi="he-IL"/>' in written
