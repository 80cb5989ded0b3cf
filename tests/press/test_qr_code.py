"""The QR code of a letter: readable on its last page, in every format, and nothing else moves."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import reading_pdf
import segno
from msgspec.structs import replace
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from verapdf import verify

from letters import shipped
from letters.campaign.load import load
from letters.digests import TextDigest
from letters.draft import document as d
from letters.draft import page_marks
from letters.draft.signatures import Signed
from letters.imprint import Imprint
from letters.press import docx, html, pdf, qr_code, text
from letters.press.identity import identities
from letters.press.jobs import PressRun, Within
from letters.press.plate.rack import Rack
from letters.press.rendering import Pdf
from letters.press.themes import load_theme
from letters.problem import CampaignError

from .annex_sample import annex, people
from .sample import full_letter, small_letter
from .test_plate import varied
from .themes import NAMES, built_in
from .word import Opened

if TYPE_CHECKING:
    from letters.press.theme import Theme

DIGEST, ROOT = TextDigest("0123456789abcdef" * 4), "f" * 64
SAID = Imprint(DIGEST, (1234, ROOT)).written()
LONG = replace(full_letter(), draft_mark="")
NAMED = annex(people(60))


def coded(letter: d.Letter) -> d.Letter:
    """The letter with a code and the short version beside it."""
    return replace(letter, version=f"Text version {DIGEST[:16]}, as rendered", code=SAID)


LETTERS = {
    "short": coded(small_letter()),
    "noted": coded(LONG),
    "bare": coded(replace(small_letter(), notes=(), blocks=small_letter().blocks[:5])),
    "hebrew": coded(full_letter("he")),
    "named": coded(replace(LONG, annex=NAMED)),
}


@cache
def printed(name: str, theme: Theme) -> Pdf:
    made = pdf.write(LETTERS[name], theme)
    assert made.remarks == ()
    return made


def modules(data: bytes, letter: d.Letter, theme: Theme, *, page: int = -1) -> bool:
    """Whether the code that stands where it should is, module by module, the one that is meant."""
    scale = 12
    document = pypdfium2.PdfDocument(data)
    picture = document[page % len(document)].render(scale=scale).to_pil().convert("L")
    document.close()
    at = qr_code.spot(theme, letter.direction)
    point = scale * 72 / 25.4
    code = segno.make(SAID, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=2)]
    step = at.side * point / len(rows)
    seen = [
        [
            picture.getpixel(
                (
                    round(at.left * point + (x + 0.5) * step),
                    round(at.top * point + (y + 0.5) * step),
                )
            )
            < 128
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]
    return seen == [[bool(module) for module in row] for row in rows]


def test_it_says_what_can_be_typed_in_and_is_small_enough_for_its_margin() -> None:
    code = segno.make(SAID, error="m", micro=False)
    assert (code.mode, code.version) == ("alphanumeric", 6)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_on_the_last_page_of_every_theme(name: str) -> None:
    theme = built_in(name)
    for kind in ("short", "noted"):
        made = printed(kind, theme)
        assert made.pages == pdf.write(replace(LETTERS[kind], code=""), theme).pages
        assert modules(made.data, LETTERS[kind], theme)
        for page in range(made.pages - 1):
            assert not modules(made.data, LETTERS[kind], theme, page=page)


@pytest.mark.parametrize("window", ["din5008-a", "din5008-b", "no10"])
@pytest.mark.parametrize("kind", ["short", "hebrew"])
def test_it_has_room_beside_the_text_behind_every_window(window: str, kind: str) -> None:
    theme = built_in("classic", window=window)
    assert modules(printed(kind, theme).data, LETTERS[kind], theme)


@pytest.mark.parametrize("kind", ["named", "hebrew"])
def test_names_behind_the_letter_and_the_other_direction_have_it_too(kind: str) -> None:
    theme = built_in("classic")
    assert modules(printed(kind, theme).data, LETTERS[kind], theme)


def test_it_is_a_figure_with_words_and_the_file_is_valid(tmp_path: Path) -> None:
    files = []
    for kind, letter in LETTERS.items():
        data = printed(kind, built_in("classic")).data
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(data)
        figures = [
            tag.attributes.get("/Alt") for tag in reading_pdf.read(data).tree.every("Figure")
        ]
        assert figures.count(f"QR: {letter.version}") == 1
    assert [(one.file.name, one.broken) for one in verify(files) if not one.passed] == []


def test_a_plate_prints_it_as_the_whole_letter_does() -> None:
    theme, press = built_in("classic"), Rack()
    letters = [coded(varied(small_letter(), seed)) for seed in range(4)]
    letters.append(replace(letters[0], code=Imprint(DIGEST, (1235, ROOT)).written()))
    for letter in letters:
        assert press.letter(letter, theme).data == pdf.write(letter, theme).data
    assert press._printed


def test_word_has_it_at_the_same_place_and_libreoffice_shows_it_there(tmp_path: Path) -> None:
    theme = built_in("classic")
    for kind, letter in LETTERS.items():
        data = docx.write(letter, theme)
        assert data == docx.write(letter, theme)
        (tmp_path / f"{kind}.docx").write_bytes(data)
        audit = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
        assert audit.validate(tmp_path / f"{kind}.docx").errors == []
    names = [f"{kind}.docx" for kind in LETTERS]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *names]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    for kind, letter in LETTERS.items():
        data = (tmp_path / f"{kind}.pdf").read_bytes()
        assert modules(data, letter, theme), kind
        assert len(pypdfium2.PdfDocument(data)) == printed(kind, theme).pages


def test_each_reader_of_the_word_file_meets_one_code() -> None:
    for letter in LETTERS.values():
        opened = Opened.of(docx.write(letter, built_in("classic")))
        body = opened.text("document.xml")
        for_others = re.sub("<mc:Choice.*?</mc:Choice>", "", body)
        in_word = re.sub("<mc:Fallback>.*?</mc:Fallback>", "", body)
        assert [part.count("<wp:anchor ") for part in (in_word, for_others)] == [1, 1]


def test_the_picture_in_word_is_the_code() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write(LETTERS["short"], built_in("classic")))) as file:
        (name,) = (each for each in file.namelist() if "media" in each)
        with Image.open(io.BytesIO(file.read(name))) as picture:
            side = 41 + 4
            scale = picture.width // side
            seen = [
                [picture.convert("L").getpixel((x * scale, y * scale)) == 0 for x in range(side)]
                for y in range(side)
            ]
    code = segno.make(SAID, error="m", micro=False)
    assert seen == [[bool(module) for module in row] for row in code.matrix_iter(border=2)]


def test_the_web_page_shows_it_and_plain_text_cannot() -> None:
    page = html.write(LETTERS["short"], built_in("classic")).decode()
    ((alt, drawn),) = re.findall('<img class="code" alt="([^"]*)" src="([^"]*)">', page)
    assert alt == f"QR: {LETTERS['short'].version}"
    assert drawn.startswith("data:image/svg+xml")
    without = replace(LETTERS["short"], code="")
    assert text.write(LETTERS["short"]) == text.write(without)
    assert "code" not in html.write(without, built_in("classic")).decode().partition("<body>")[2]


SIGNED = Signed({"ada": "signed"}, None, draft=False, digest=DIGEST, log=(12, ROOT))


def test_it_is_there_on_request_and_a_draft_s_says_that_it_is_one() -> None:
    starter, problems = load(shipped.TEMPLATES / "open-letter" / "starter")
    assert starter is not None, problems
    wanted = replace(starter, letter=starter.letter.model_copy(update={"qr_code": True}))
    assert page_marks.code(SIGNED, starter) == ""
    assert page_marks.code(SIGNED, wanted) == f"LETTERS TEXT {DIGEST} LOG 12 {ROOT}".upper()
    assert page_marks.code(replace(SIGNED, log=None), wanted) == f"LETTERS TEXT {DIGEST}".upper()
    draft = replace(SIGNED, draft=True)
    assert page_marks.code(draft, wanted) == f"LETTERS DRAFT {DIGEST}".upper()
    assert page_marks.code(replace(SIGNED, digest=TextDigest("")), wanted) == ""


def test_another_state_of_the_log_makes_another_letter_and_is_named() -> None:
    run = PressRun(("pdf", "docx"), SIGNED, "recipient", built_in("classic"))
    now = LETTERS["short"]
    later = replace(now, code=Imprint(DIGEST, (1235, ROOT)).written())
    one, two = (identities(letter, run, Within(), "") for letter in (now, later))
    for made in ("pdf", "docx"):
        assert one[made].digest != two[made].digest
        before, after = one[made].parts, two[made].parts
        assert [name for name in after if after[name] != before.get(name)] == ["qr-code"]


def test_a_theme_without_a_margin_for_it_is_refused(tmp_path: Path) -> None:
    starter, problems = load(shipped.TEMPLATES / "open-letter" / "starter")
    assert starter is not None, problems
    folder = tmp_path / "templates" / "themes" / "narrow"
    folder.mkdir(parents=True)
    tokens = (shipped.THEMES / "large-print" / "theme.yaml").read_text(encoding="utf-8")
    narrow = re.sub("left: 20}", "left: 12}", tokens)
    (folder / "theme.yaml").write_text(narrow, encoding="utf-8")
    asked = starter.letter.model_copy(update={"qr_code": True, "theme": "narrow"})
    with pytest.raises(CampaignError, match="has no room beside the text") as refused:
        load_theme(replace(starter, root=tmp_path, letter=asked))
    (problem,) = refused.value.problems
    assert (problem.place.path, problem.place.key) == ("letter.yaml", "qr_code")
