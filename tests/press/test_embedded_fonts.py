"""Fonts inside the Word file: whole, obfuscated by the standard, and where lines break alike."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from struct import pack_into
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from letters import limits, reading
from letters.press import docx, embedded_fonts, pdf
from letters.press.fontfiles import files_of
from letters.press.theme import Font
from letters.press.tightness import tightened

from .lines import pages
from .sample import small_letter
from .test_tightness import lengthened
from .themes import built_in

if TYPE_CHECKING:
    from letters.press.theme import Theme

FAMILY = "Liberation Serif"
SAID = re.compile(r'<w:(embed\w+) r:id="(\w+)" w:fontKey="\{([-0-9A-F]{36})\}"/>')


def theme_of(*, label: str = "Calibri") -> Theme:
    return replace(
        built_in("classic"), text_font=Font(FAMILY, FAMILY), label_font=Font("Carlito", label)
    )


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def clear(face: bytes, key: str) -> bytes:
    """A face as Word reads it: by the GUID from its last digits to its first."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(face[:32], mask, strict=True)) + face[32:]


def test_a_family_that_a_theme_names_twice_goes_in_with_its_four_faces(tmp_path: Path) -> None:
    made = docx.write(small_letter(), theme_of())
    parts = members(made)
    table = parts["word/fontTable.xml"].decode()
    related = parts["word/_rels/fontTable.xml.rels"].decode()
    said = SAID.findall(table)
    uses = ["embedRegular", "embedBold", "embedItalic", "embedBoldItalic"]
    assert [use for use, _, _ in said] == uses
    installed = {reading.data_of(Path(file), limits.FONT) for file in files_of(FAMILY)}
    for _, relation, key in said:
        found = re.search(rf'Id="{relation}"[^>]*Target="([^"]*)"', related) or re.search(
            rf'Target="([^"]*)"[^>]*Id="{relation}"', related
        )
        assert found
        face = parts[f"word/{found[1]}"]
        assert face[:4] != b"\x00\x01\x00\x00"
        assert clear(face, key) in installed
    assert b"<w:embedTrueTypeFonts/>" in parts["word/settings.xml"]
    assert docx.write(small_letter(), theme_of()) == made
    file = tmp_path / "letter.docx"
    file.write_bytes(made)
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(file).errors == []


def test_no_other_font_goes_in() -> None:
    parts = members(docx.write(small_letter(), built_in("classic")))
    assert not [name for name in parts if name.endswith(".odttf")]
    assert b"embedTrueTypeFonts" not in parts["word/settings.xml"]


@pytest.mark.parametrize("rights", [0x0002, 0x0004, 0x0200])
def test_what_may_not_be_embedded_stays_out(rights: int) -> None:
    file = next(file for file in files_of(FAMILY) if file.endswith("Serif-Regular.ttf"))
    data = bytearray(reading.data_of(Path(file), limits.FONT))
    assert embedded_fonts._use(bytes(data)) == "embedRegular"
    pack_into(">H", data, embedded_fonts._tables(bytes(data))[b"OS/2"] + 8, rights)
    assert embedded_fonts._use(bytes(data)) is None


@pytest.mark.parametrize("data", [b"", b"OTTO" + bytes(99), b"\x00\x01\x00\x00\x00\x09", bytes(9)])
def test_what_is_no_font_stays_out(data: bytes) -> None:
    assert embedded_fonts._use(data) is None


def test_lines_break_in_word_letters_as_in_the_pdf(tmp_path: Path) -> None:
    """In the face that goes in, on the same pages: as it comes, set tighter, and with a new page."""
    theme, letters = built_in("office"), {n: lengthened(n) for n in (0, 4, 7)}
    printed = {n: pdf.write(letter, theme) for n, letter in letters.items()}
    assert [made.tightness for made in printed.values()] == [0, 2, 3]
    for n, letter in letters.items():
        tight = tightened(theme, printed[n].tightness)
        (tmp_path / f"{n}.docx").write_bytes(docx.write(letter, tight))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "0.docx", "4.docx", "7.docx"]
    subprocess.run(office, cwd=tmp_path, check=True, capture_output=True, timeout=200)
    for n, made in printed.items():
        ours, theirs = (
            [[line.text for line in page] for page in pages(data)]
            for data in (made.data, (tmp_path / f"{n}.pdf").read_bytes())
        )
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            wanted = [line for line in one if len(line) > 40 and "Text version" not in line]
            assert sum(line in other for line in wanted) >= 0.95 * len(wanted)
