"""A letter that knows which it is, wherever its Word file comes back from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator

from letters.digests import TextDigest
from letters.draft.document import Paragraph, Text
from letters.press import docx
from letters.press.docx import bookmarks, properties
from letters.press.letter_key import LetterKey

from .sample import HOSTILE, classic_theme, full_letter, small_letter, words
from .word import Opened, W

if TYPE_CHECKING:
    from pathlib import Path

    from letters.draft.document import Letter

KEY = LetterKey("prime-minister", ("en",), "recipient", TextDigest("ab" * 32), draft=True)


def opened(letter: Letter, key: LetterKey = KEY) -> Opened:
    return Opened.of(docx.write(letter, classic_theme(), key))


@pytest.mark.parametrize(
    "letter",
    [full_letter(), full_letter("fa", draft=True), replace(small_letter(), notes=(), blocks=())],
    ids=["full", "right-to-left", "empty"],
)
def test_its_bookmarks_and_properties_pass_the_auditor(letter: Letter, tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(docx.write(letter, classic_theme(), KEY))
    audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    assert audit.validate(file).errors == []


def test_each_paragraph_with_words_has_one_whose_name_and_id_are_its_own() -> None:
    root = opened(full_letter()).root("document.xml")
    starts = list(root.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name", "") for start in starts]
    ids = [start.get(f"{W}id", "") for start in starts]
    assert len(set(names)) == len(names) == len(set(ids))
    assert sorted(ids) == sorted(end.get(f"{W}id", "") for end in root.iter(f"{W}bookmarkEnd"))
    assert max(map(len, names)) <= 40
    known = [told for name in names if (told := bookmarks.told_by(name))]
    assert [number for number, _ in known] == list(range(1, len(known) + 1))
    spoken = [p for p in root.iter(f"{W}p") if any(t.text for t in p.iter(f"{W}t"))]
    own = [p for p in spoken if any(bookmarks.told_by(b.get(f"{W}name", ""))
                                    for b in p.iterfind(f"{W}bookmarkStart"))]  # fmt: skip
    assert own == spoken


def test_the_fingerprint_is_of_the_words_as_a_reader_has_them() -> None:
    letter = replace(small_letter(), blocks=(Paragraph(words(f"A  b & c {HOSTILE[0]}")),), notes=())
    root = opened(letter).root("document.xml")
    [paragraph] = [p for p in root.iter(f"{W}p") if any(True for _ in p.iter(f"{W}t"))]
    said = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
    [name] = [b.get(f"{W}name", "") for b in paragraph.iter(f"{W}bookmarkStart")]
    assert bookmarks.told_by(name) == (1, bookmarks.fingerprint(said))
    assert bookmarks.fingerprint("a\u00a0\u2011b\u00adc") == bookmarks.fingerprint("ab c")
    assert bookmarks.fingerprint("ab d") != bookmarks.fingerprint("ab c")


def test_nothing_of_it_is_in_the_file_but_what_the_file_says_anyway() -> None:
    """Ids of cases, people and sources are no part of any name."""
    for name in re.findall('w:name="([^"]*)"', opened(full_letter()).text("document.xml")):
        assert re.fullmatch(r"_L\d+_[0-9a-f]{8}|_RefNote\d+", name), name


def test_what_the_properties_say_is_read_as_it_was_written() -> None:
    key = LetterKey(
        "a-b_c & <d>",
        ("en", "fr-CA"),
        "public",
        TextDigest("0" * 64),
        draft=False,
        layout="columns",
    )
    part = opened(small_letter(), key).members["docProps/custom.xml"].decode()
    said = {
        name: value.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        for name, value in re.findall('name="([^"]*)"><vt:lpwstr>([^<]*)<', part)
    }
    found = properties.read(said)
    assert found
    assert found.key == key
    assert found.count > 3
    assert properties.read({}) is None
    for name, value in (
        ("languages", ""),
        ("languages", "en fr de"),
        ("languages", "en"),
        ("audience", "everybody"),
        ("layout", "circle"),
        ("recipient", "x" * 300),
    ):
        assert properties.read(said | {f"letters-{name}": value}) is None, name


def test_a_letter_of_which_nobody_asks_has_none() -> None:
    plain = Opened.of(
        docx.write(replace(small_letter(), blocks=(Paragraph((Text("a"),)),)), classic_theme())
    )
    assert "docProps/custom.xml" not in plain.members
    assert "_L1_" not in plain.text("document.xml")
