"""One file, the same everywhere, that tells nothing of who made it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from msgspec.structs import replace

from letters.draft.document import Letterhead, Signature, SignatureBlock, SignatureGroup, Value
from letters.press import docx

from .sample import classic_theme, full_letter, picture, small_letter, words
from .word import Opened

ROOT = Path(__file__).parents[2]

PRINT_DIGEST = """
import hashlib
from letters.press import docx
from press.sample import classic_theme, full_letter
print(hashlib.sha256(docx.write(full_letter(), classic_theme())).hexdigest())
"""


def digest_in(folder: Path, **environment: str) -> str:
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_it_gives_the_same_bytes_in_every_process_place_and_time_zone(tmp_path: Path) -> None:
    here = digest_in(ROOT, TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    there = digest_in(tmp_path, TZ="Asia/Kathmandu", LANG="tr_TR.UTF-8", PYTHONHASHSEED="2")
    assert here == there


def test_it_tells_no_program_time_or_system() -> None:
    data = docx.write(full_letter(), classic_theme())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert (member.create_system, member.extra, member.comment) == (0, b"", b"")
    for name, content in Opened.of(data).members.items():
        for tell in (b"python", b"Macintosh", b"Microsoft Office", b"2013-", b"rsid", b"thumbnail"):
            assert tell not in content, (name, tell)


def test_it_holds_the_parts_of_a_letter_and_no_others() -> None:
    assert sorted(Opened.of(docx.write(full_letter(), classic_theme())).members) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/endnotes.xml.rels",
        "word/document.xml",
        "word/endnotes.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/media/image1.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


def test_it_embeds_a_picture_once_and_unchanged() -> None:
    logo, hand = picture(60, 40, "Logo"), picture(90, 30, "Signature")
    signed = (Signature(Value("A"), image=hand), Signature(Value("B"), image=hand))
    letter = replace(
        small_letter(),
        blocks=(
            Letterhead((words("Office"),), logo=logo),
            SignatureBlock((SignatureGroup("", signed, 2, ruled=True),)),
        ),
    )
    members = Opened.of(docx.write(letter, classic_theme())).members
    pictures = {name: data for name, data in members.items() if "media" in name}
    assert pictures == {"word/media/image1.png": logo.png, "word/media/image2.png": hand.png}
