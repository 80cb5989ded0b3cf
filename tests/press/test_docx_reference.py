"""A theme's reference.docx: the look of it reaches the letters, and nothing else does."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from docx.shared import Mm, Pt, RGBColor
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from letters import limits
from letters.campaign.load import load
from letters.draft.document import TextLanguage
from letters.press import docx
from letters.press.docx.look import letter_styles, style_keys, styles_xml
from letters.press.docx.reference import on_paper, read_reference
from letters.press.docx.specimen import write_specimen
from letters.press.reference import ReferenceStyles
from letters.press.theme import Font, Theme
from letters.press.themes import load_theme
from letters.problem import CampaignError, Problem

from .sample import classic_theme, full_letter
from .word import Opened, W

if TYPE_CHECKING:
    from conftest import CampaignFolder

EN = TextLanguage("en", "ltr")
SHOWN = "templates/themes/classic/reference.docx"
Change = Callable[[bytes], bytes]


def read(file: Path) -> tuple[ReferenceStyles | None, list[Problem]]:
    return read_reference(file, SHOWN, style_keys(classic_theme()))


def theme_with(file: Path) -> Theme:
    look, problems = read(file)
    assert problems == []
    return replace(classic_theme(), reference=look)


def problem_of(file: Path) -> str:
    look, [problem] = read(file)
    assert look is None
    assert problem.place.path == SHOWN
    return str(problem)


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    file = tmp_path / "reference.docx"
    file.write_bytes(write_specimen(classic_theme()))
    return file


def rewrite(file: Path, part: str, change: Change) -> None:
    """Change one part of the file, or add it."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def insert(file: Path, part: str, before: str, added: str) -> None:
    def change(content: bytes) -> bytes:
        text = content.decode()
        assert before in text
        return text.replace(before, added + before, 1).encode()

    rewrite(file, part, change)


def style(file_or_xml: Path | bytes, name: str) -> str:
    """One style of a letter set with that reference, as XML."""
    xml = styles_xml(theme_with(file_or_xml), EN) if isinstance(file_or_xml, Path) else file_or_xml
    found = re.search(f'<w:style [^>]*w:styleId="{name}">.*?</w:style>', xml.decode())
    assert found
    return found[0]


# --- what it looks like -----------------------------------------------------------------------


def test_it_shows_every_style_by_its_name_and_says_what_it_is_for(reference: Path) -> None:
    document = python_docx.Document(str(reference))
    inside = [
        p for table in document.tables for cell in table.columns[0].cells for p in cell.paragraphs
    ]
    edges = [*document.sections[0].header.paragraphs, *document.sections[0].footer.paragraphs]
    shown = {p.style.name for p in [*document.paragraphs, *inside, *edges] if p.style}
    shown |= {run.style.name for p in document.paragraphs for run in p.runs if run.style}
    names = {
        "Heading 1": "heading 1",
        "Heading 2": "heading 2",
        "Caption": "caption",
        "Header": "header",
        "Footer": "footer",
    }
    told = [style for style in letter_styles(classic_theme(), EN) if style.use]
    assert {names.get(name or "", name) for name in shown} >= {style.name for style in told}
    assert {style.key for style in told} >= {
        key for key in style_keys(classic_theme()) if not re.search(r"\d|default", key[1])
    }


def test_a_letter_looks_the_same_until_the_file_is_edited(reference: Path) -> None:
    plain = Opened.of(docx.write(full_letter(), classic_theme()))
    made = Opened.of(docx.write(full_letter(), theme_with(reference)))
    for name in plain.members:
        if name != "word/styles.xml":
            assert made.members[name] == plain.members[name]
    for name in ("Normal", "BodyText", "Ask", "AskEnd", "Letterhead", "EndnoteText", "Strong"):
        assert style(made.members["word/styles.xml"], name) == style(
            plain.members["word/styles.xml"], name
        )


def test_a_style_that_was_changed_in_word_changes_the_letters(reference: Path) -> None:
    document = python_docx.Document(str(reference))
    body = document.styles["Body Text"]
    body.font.color.rgb, body.font.size, body.font.name = (
        RGBColor(0x11, 0x22, 0x55),
        Pt(13),
        "Georgia",
    )
    body.paragraph_format.space_after = Pt(9)
    document.sections[0].left_margin = Mm(30)
    document.save(str(reference))
    letter = python_docx.Document(io.BytesIO(docx.write(full_letter(), theme_with(reference))))
    made = letter.styles["Body Text"]
    assert (made.font.color.rgb, made.font.size) == (RGBColor(0x11, 0x22, 0x55), Pt(13))
    assert made.font.name == "Georgia"
    assert made.paragraph_format.space_after == Pt(9)
    assert letter.sections[0].left_margin == pytest.approx(Mm(30), abs=Mm(0.1))
    assert letter.sections[0].right_margin == pytest.approx(Mm(44.5), abs=Mm(0.1))
    columns = sum(column.width or 0 for column in letter.tables[0].columns)
    assert columns == pytest.approx(Mm(215.9 - 30 - classic_theme().margin_mm.right), abs=Mm(0.2))


def test_it_is_still_of_use_when_libreoffice_has_saved_it(reference: Path, tmp_path: Path) -> None:
    document = python_docx.Document(str(reference))
    document.styles["Subject Line"].font.color.rgb = RGBColor(0x00, 0x55, 0x33)
    document.save(str(reference))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saved = tmp_path / "saved" / reference.name
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    done = [*command, "--outdir", str(saved.parent), str(reference)]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    theme = theme_with(saved)
    assert theme.reference
    assert set(theme.reference.styles) >= style_keys(classic_theme())
    assert 'w:val="005533"' in style(saved, "SubjectLine")
    file = tmp_path / "letter.docx"
    file.write_bytes(docx.write(full_letter(), theme))
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(file).errors == []


def test_what_is_missing_comes_from_the_tokens(tmp_path: Path) -> None:
    file = tmp_path / "reference.docx"
    document = python_docx.Document()
    document.styles["Normal"].font.name = "Garamond"
    document.save(str(file))
    assert 'w:ascii="Garamond"' in style(file, "Normal")
    made, tokens = (
        style(file, "InsideAddress"),
        style(styles_xml(classic_theme(), EN), "InsideAddress"),
    )
    assert re.findall(r'w:line="\d+"', made) == re.findall(r'w:line="\d+"', tokens)
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    (tmp_path / "letter.docx").write_bytes(docx.write(full_letter(), theme_with(file)))
    assert audit.validate(tmp_path / "letter.docx").errors == []


def test_it_takes_along_what_a_style_is_based_on_without_its_name(reference: Path) -> None:
    base = (
        '<w:style w:type="paragraph" w:styleId="AnnasBase"><w:name w:val="Anna’s Base"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:i/></w:rPr></w:style>'
    )
    insert(reference, "word/styles.xml", "</w:styles>", base)
    rewrite(
        reference,
        "word/styles.xml",
        lambda xml: xml.replace(
            b'<w:name w:val="Quote"/><w:basedOn w:val="Normal"/>',
            b'<w:name w:val="Quote"/><w:basedOn w:val="AnnasBase"/>',
        ),
    )
    written = styles_xml(theme_with(reference), EN)
    based = re.search(r'<w:basedOn w:val="(\w+)"/>', style(written, "Quote"))
    assert based
    assert "<w:i/>" in style(written, based[1])
    assert b"Anna" not in written


def test_it_names_the_fonts_that_the_file_has_for_text_and_headings(reference: Path) -> None:
    rewrite(
        reference,
        "word/styles.xml",
        lambda xml: re.sub(
            rb'(<w:name w:val="Normal"/>.*?)<w:rFonts [^>]*/>',
            rb'\1<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cs="Arial"/>',
            xml,
            count=1,
        ),
    )
    assert 'w:ascii="Times New Roman"' in style(reference, "Normal")
    assert 'w:cs="Arial"' in style(reference, "Normal")


def test_lists_tabs_and_directions_stay_the_letters_own(reference: Path) -> None:
    def change(xml: bytes) -> bytes:
        changed = re.sub(rb'<w:numId w:val="\d"/>', b'<w:numId w:val="77"/>', xml)
        return re.sub(
            rb'<w:tab w:val="right" w:pos="\d+"/>', b'<w:tab w:val="left" w:pos="9"/>', changed
        )

    rewrite(reference, "word/styles.xml", change)
    written = styles_xml(theme_with(reference), TextLanguage("he", "rtl"))
    assert '<w:numId w:val="3"/>' in style(written, "Ask")
    assert "<w:bidi/>" in style(written, "Normal")
    assert b'w:pos="9"' not in written
    assert b'"77"' not in written


def test_a_window_envelope_keeps_the_margins_that_it_needs(reference: Path) -> None:
    rewrite(
        reference, "word/document.xml", lambda xml: re.sub(rb'w:left="\d+"', b'w:left="3000"', xml)
    )
    theme = replace(theme_with(reference), window_name="din5008-b", page="a4")
    assert (
        b'w:left="3000"'
        not in Opened.of(docx.write(full_letter(), theme)).members["word/document.xml"]
    )
    loose = Opened.of(docx.write(full_letter(), theme_with(reference))).members["word/document.xml"]
    assert b'w:left="3000"' in loose


# --- what stays out ---------------------------------------------------------------------------


def test_nothing_else_of_the_file_gets_into_a_letter(reference: Path) -> None:
    document = python_docx.Document(str(reference))
    document.core_properties.author = document.core_properties.comments = "Secret Author"
    document.add_paragraph("Secret words")
    document.sections[0].header.paragraphs[0].text = "Secret head"
    document.styles.add_style("Secret style", 1)
    document.save(str(reference))
    for name in ("word/vbaProject.bin", "word/embeddings/secret.bin", "docProps/thumbnail.jpeg"):
        rewrite(reference, name, lambda _: b"Secret bytes")
    insert(
        reference,
        "word/styles.xml",
        "</w:rPr></w:style>",
        '<w:vanish/><w:lang w:val="xx-SECRET"/><w:rPrChange w:id="1" w:author="Secret"/>',
    )
    opened = Opened.of(docx.write(full_letter(), theme_with(reference)))
    plain = Opened.of(docx.write(full_letter(), classic_theme()))
    assert sorted(opened.members) == sorted(plain.members)
    for content in opened.members.values():
        assert b"secret" not in content.lower()
        assert b"vanish" not in content


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r'<w:color w:val="1a1a1a"/>', '<w:color w:val="FFFFFF"/>', "a colour too pale"),
        (r"<w:sz w:val=\"24\"/>", '<w:sz w:val="2"/>', "a size that could hide words"),
        (r'w:line="290"', 'w:line="20"', "a space that could hide words"),
        (r'<w:ind w:left="380"', '<w:ind w:left="29000"', "an indent that could hide words"),
        (r'<w:ind w:left="380"', '<w:ind w:left="-900"', "an indent that could hide words"),
        (
            '<w:color w:val="1a1a1a"/>',
            '<w:color w:val="1a1a1a"/><w:shd w:fill="101010"/>',
            "too dark",
        ),
        (
            '<w:color w:val="1a1a1a"/>',
            '<w:color w:val="1a1a1a"/><w:shd w:val="solid" w:color="101010" w:fill="FFFFFF"/>',
            "too dark",
        ),
        ('<w:color w:val="1a1a1a"/>', '<w:color w:val="FFFFFF "/>', "six digits"),
        ('w:ascii="[^"]*"', 'w:ascii="Wingdings 2"', "a font of signs, not of letters"),
        ('<w:color w:val="1a1a1a"/>', '<w:strike/><w:color w:val="1a1a1a"/>', "strikes out"),
        (
            '<w:color w:val="1a1a1a"/>',
            '<w:dstrike w:val="true"/><w:color w:val="1a1a1a"/>',
            "strikes out",
        ),
    ],
)
def test_it_refuses_styles_that_hide_words(reference: Path, old: str, new: str, said: str) -> None:
    def change(xml: bytes) -> bytes:
        changed = re.sub(old.encode(), new.encode(), xml)
        assert changed != xml
        return changed

    rewrite(reference, "word/styles.xml", change)
    assert said in problem_of(reference)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (
            "word/styles.xml",
            b"<w:styles",
            b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles',
            "a document type",
        ),
        ("word/styles.xml", b"</w:styles>", b"", "is not XML"),
        ("word/styles.xml", b"</w:styles>", b" " * 5_000_000 + b"</w:styles>", "too large"),
        ("word/styles.xml", b"w:styles", b"w:books", "no Word document"),
        ("word/document.xml", b'w:w="12240"', b'w:w="9000"', "neither Letter nor A4"),
        ("word/document.xml", b'w:w="12240"', b'w:w="wide"', "no number"),
        ("word/document.xml", rb' w:left="\d+"', b' w:left="9551"', "margins"),
        ("word/document.xml", rb' w:top="\d+"', b' w:top="-1531"', "margins"),
        ("_rels/.rels", b'/officeDocument"', b'/other"', "no Word document"),
        (
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="x" Type="x/frame" Target="file:///x" TargetMode="External"/>',
            "refers to a file outside",
        ),
    ],
)
def test_it_refuses_a_file_that_is_damaged_or_hostile(
    reference: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    def change(content: bytes) -> bytes:
        assert re.search(old, content)
        return re.sub(old, new if b"Relationship" not in new else new + old, content)

    rewrite(reference, part, change)
    assert said in problem_of(reference)


def test_it_refuses_what_is_packed_in_another_way(reference: Path) -> None:
    with zipfile.ZipFile(reference) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(reference, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "packed" in problem_of(reference)


def test_it_refuses_a_list_of_parts_that_leads_nowhere(reference: Path) -> None:
    data = reference.read_bytes()
    end = data.rindex(b"PK\x05\x06") + 16  # where the list begins
    reference.write_bytes(data[:end] + b"\xff\xff\xff\x7f" + data[end + 4 :])
    assert "is damaged" in problem_of(reference)


def test_lengths_in_lines_and_characters_are_left_out(reference: Path) -> None:
    more = '<w:spacing w:beforeLines="99999" w:line="290"'
    rewrite(
        reference,
        "word/styles.xml",
        lambda xml: xml.replace(b'<w:spacing w:line="290"', more.encode(), 1),
    )
    written = styles_xml(theme_with(reference), EN)
    assert "beforeLines" not in str(written)


@pytest.mark.parametrize(
    "data",
    [b"", b"no zip", (b"PK\x03\x04" + b"\x00" * 60), (b"PK\x05\x06" + b"\x00" * 18)],
    ids=["empty", "words", "cut off", "no parts"],
)
def test_it_refuses_what_is_no_document(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "reference.docx"
    file.write_bytes(data)
    assert "is no Word document" in problem_of(file)


def test_it_refuses_a_file_of_too_many_parts(tmp_path: Path) -> None:
    file = tmp_path / "reference.docx"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(2001):
            archive.writestr(f"{number}", b"")
    assert "too many parts" in problem_of(file)


def test_it_reads_no_more_than_a_document_of_styles_can_hold(tmp_path: Path) -> None:
    file = tmp_path / "reference.docx"
    with file.open("wb") as stream:
        stream.truncate(limits.REFERENCE.most + 1)
    assert "larger than 20 MiB" in problem_of(file)


def test_it_forgets_no_style_of_another_theme(tmp_path: Path) -> None:
    theme = replace(classic_theme(), label_font=Font("Caladea", "Cambria"), letterhead="center")
    file = tmp_path / "reference.docx"
    file.write_bytes(write_specimen(theme))
    opened = Opened.of(docx.write(full_letter(), theme_with(file)))
    head = next(s for s in opened.root("styles.xml") if s.get(f"{W}styleId") == "Letterhead")
    assert head.find(f"{W}pPr/{W}jc") is not None
    assert b"Cambria" in opened.members["word/styles.xml"]


# --- in a campaign ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "page"), [("", "a4"), ("page: letter\n", "letter"), ("window: no10\n", "letter")]
)
def test_a_page_or_window_named_in_the_letter_wins(
    campaign: CampaignFolder, settings: str, page: str
) -> None:
    campaign.edit("letter.yaml", "template: note\n", f"template: note\n{settings}")
    data = write_specimen(replace(classic_theme(), page="a4"))
    campaign.write("templates/themes/classic/reference.docx", data)
    loaded, problems = load(campaign.path)
    assert loaded, problems
    theme = load_theme(loaded)
    assert theme.reference
    assert on_paper(theme).page == page


def test_a_broken_file_is_a_problem_of_the_theme(campaign: CampaignFolder) -> None:
    campaign.write("templates/themes/classic/reference.docx", b"no zip")
    loaded, problems = load(campaign.path)
    assert loaded, problems
    with pytest.raises(CampaignError, match=f"^{SHOWN}:1:1: is no Word document"):
        load_theme(loaded)
