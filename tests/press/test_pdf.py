"""The PDF is tagged, complete in itself, silent about who made it, and fetches nothing."""

from __future__ import annotations

import datetime as dt
import http.server
import os
import re
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import pytest
import reading_pdf
from msgspec.structs import replace

from letters.draft.document import Paragraph, Table, Value
from letters.press import pdf
from letters.press.rendering import Pdf
from letters.press.theme import Theme
from letters.problem import CampaignError

from .sample import (
    HOSTILE,
    NOTICE,
    ORGANISATION,
    TITLE,
    classic_theme,
    full_letter,
    small_letter,
)


@cache
def full(*, draft: bool = False, language: str = "en") -> tuple[Pdf, reading_pdf.Tagged]:
    printed = pdf.write(full_letter(language, draft=draft), classic_theme())
    return printed, reading_pdf.read(printed.data)


def styled(css: str) -> Theme:
    return replace(classic_theme(), css=css)


def inflated(data: bytes) -> bytes:
    """All bytes of the file, and those of its streams as they were before they were packed."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    unpacked = [data]
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    assert len(unpacked) > 1
    return b"\n".join(unpacked)


# --- what it claims ---------------------------------------------------------------------------


def test_a_sound_letter_leaves_no_remarks() -> None:
    for language in ("en", "fa"):
        assert full(language=language)[0].remarks == ()


def test_it_counts_its_pages() -> None:
    printed, read = full()
    assert printed.pages == len(read.reader.pages) == 3
    assert pdf.write(small_letter(), classic_theme()).pages == 1


def test_it_claims_to_be_accessible_and_archival() -> None:
    root: Any = full()[1].reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    claims = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert re.search(r"pdfaid:part\W+3\b", claims)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_it_says_its_language_and_title(language: str) -> None:
    read = full(language=language)[1]
    root: Any = read.reader.root_object
    assert root["/Lang"] == language
    assert read.reader.metadata is not None
    assert read.reader.metadata.title == TITLE


def test_all_its_fonts_are_inside() -> None:
    reader = full()[1].reader
    fonts: list[Any] = [
        font.get_object()["/DescendantFonts"][0].get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert len(fonts) > 3
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"])
        assert re.match(
            r"/[A-Z]{6}\+(Liberation-Serif|Carlito|Amiri|DejaVu|Noto)", font["/BaseFont"]
        )


# --- what a screen reader meets ---------------------------------------------------------------


def test_its_tags_say_what_each_block_is() -> None:
    tree = full()[1].tree
    assert [tag.text() for tag in tree.every("H1")] == [TITLE]
    assert [tag.text() for tag in tree.every("H2")] == ["What happened"]
    assert [tag.text() for tag in tree.every("H3")] == ["In figures"]
    assert [tag.text() for tag in tree.every("TH")] == ["Programme", "Since", "People"]
    assert len(list(tree.every("BlockQuote"))) == 1
    # Bullets, three numbered lists, the asks, three groups of signatures, enclosures, copies.
    assert len(list(tree.every("L"))) >= 10
    for items in tree.every("L"):
        assert {item.kind for item in items.content if isinstance(item, reading_pdf.Tag)} == {"LI"}


def test_a_link_reads_as_its_words() -> None:
    links = [tag.text() for tag in full()[1].tree.every("Link")]
    assert "the published list" in links
    assert "our office" in links
    assert links.count("1") == 3  # twice from the text to the note, once back


def test_a_signature_image_says_whose_it_is() -> None:
    figures = [tag.attributes.get("/Alt") for tag in full()[1].tree.every("Figure")]
    assert figures == ["Signature of Anna Example"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_drawn_as_written(name: str) -> None:
    letter = replace(small_letter(), blocks=(Paragraph((Value(name),)),), notes=())
    printed = pdf.write(letter, classic_theme())
    [piece] = reading_pdf.read(printed.data).tree.pieces()
    shown = " ".join(name.replace("\u200c", "").split())  # a joiner has no glyph
    runs_left = bidirectional(name[0]) == "AL"
    assert piece == (shown[::-1] if runs_left else shown)
    assert printed.remarks == ()


# --- the edges of its pages -------------------------------------------------------------------


def test_each_page_says_which_it_is_of_how_many() -> None:
    edges = full()[1].edges
    for number, edge in enumerate(edges, 1):
        assert edge.endswith(f"{number} / {len(edges)}")
        assert NOTICE in edge


def test_it_says_to_whom_and_when_on_every_page_but_the_first() -> None:
    first, *others = full()[1].edges
    assert "Jane Q. Doe" not in first
    assert "2025" not in first
    assert others
    for edge in others:
        assert "The Right Honourable Jane Q. Doe" in edge
        assert "3 September 2025" in edge


@pytest.mark.parametrize("language", ["en", "fa"])
def test_its_last_page_alone_says_by_which_text_it_is(language: str) -> None:
    """Whatever stands on the pages before: figures of a table, a heading, a list of signatures."""
    letter = replace(full_letter(language), version="Text version 0123456789abcdef, as rendered")
    assert any(isinstance(each, Table) and "end" in each.align for each in letter.blocks)
    *others, last = reading_pdf.read(pdf.write(letter, classic_theme()).data).edges
    assert others
    assert letter.version in last
    assert not any("Text version" in edge for edge in others)


def test_a_draft_says_so_on_every_page() -> None:
    mark = full_letter(draft=True).draft_mark
    edges = full(draft=True)[1].edges
    assert len(edges) == 3
    assert all(mark in edge for edge in edges)
    assert not any(mark in edge for edge in full()[1].edges)


def test_hostile_words_at_the_edges_are_drawn_as_written() -> None:
    """They go through CSS, where a quotation mark or a backslash could end the string."""
    cruel = 'a "b" \\ c\' } @page { size: 1cm } /* <b> {page} */ \\41 ; url(x)'
    letter = replace(
        small_letter(),
        running_head=(cruel, cruel),
        notice=cruel,
        draft_mark=cruel,
        page_label='"{page}" \\ {pages}; }',
    )
    printed = pdf.write(letter, classic_theme())
    [edge] = reading_pdf.read(printed.data).edges
    assert edge == f'{cruel} {cruel} "1" \\ 1; }}'
    assert printed.remarks == ()


# --- what it tells of its maker ---------------------------------------------------------------


def test_its_metadata_names_the_organisation_and_the_letters_own_date() -> None:
    data = full()[0].data
    metadata: Any = full()[1].reader.metadata
    assert dict(metadata) == {
        "/Title": TITLE,
        "/Author": ORGANISATION,
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20250903",
        "/ModDate": "D:20250903",
    }
    assert set(re.findall(rb"\b20\d\d-\d\d-\d\d", inflated(data))) == {b"2025-09-03"}


def test_its_fonts_do_not_tell_when_it_was_made() -> None:
    page: Any = full()[1].reader.pages[0]
    for font in page["/Resources"]["/Font"].values():
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        inside = described.get("/FontFile2") or described["/FontFile3"]
        assert changed(inside.get_object().get_data()) <= full_letter().date


def changed(font: bytes) -> dt.date:
    """The day in the font's own table: the font's, or that of making a part of it."""
    tables = (font[at : at + 16] for at in range(12, len(font), 16))
    head = next(struct.unpack(">4x4xI4x", table)[0] for table in tables if table[:4] == b"head")
    [seconds] = struct.unpack(">q", font[head + 28 : head + 36])
    return dt.date(1904, 1, 1) + dt.timedelta(seconds=seconds)


def test_the_stamp_comes_from_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = full()[0].data
    for epoch in ("0", "1900000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert pdf.write(full_letter(), classic_theme()).data == printed
        assert os.environ["SOURCE_DATE_EPOCH"] == epoch
    later = replace(small_letter(), date=small_letter().date.replace(year=1969))
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert pdf.write(later, classic_theme()).pages == 1
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_it_holds_no_path_and_no_name_of_this_machine() -> None:
    data = inflated(full()[0].data)
    for word in (str(Path.home()), str(Path.cwd()), "site-packages", ".ttf"):
        assert word.encode() not in data


# --- what it asks for -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()
        thread.join()


ATTEMPTS = (
    '@import url("{0}/import.css");',
    '@import "{0}/print.css" print;',
    ".letter {{ background: url({0}/background.png) }}",
    "p.date {{ list-style-image: url({0}/list.png); display: list-item }}",
    "p.address::before {{ content: url({0}/content.svg) }}",
    "@page {{ background-image: url({0}/page.png) }}",
    "@page {{ @bottom-left {{ content: url({0}/margin.png) }} }}",
    "@font-face {{ font-family: X; src: url({0}/font.ttf) }} body {{ font-family: X }}",
    (
        "p.close::before {{ content: url('data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg"
        "%22 width=%2210%22 height=%2210%22%3E%3Cimage width=%2210%22 height=%2210%22 "
        "href=%22{0}/inner.png%22/%3E%3C/svg%3E') }}"
    ),
    ".letter h1 {{ background: url(images/relative.png) }}",
    ".letter h1 {{ border-image: url(//127.0.0.1/relative.png) }}",
)


@pytest.mark.parametrize("where", ["http", "file"])
def test_a_style_sheet_fetches_nothing_and_each_attempt_is_a_remark(
    where: str, server: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = server
    for name in ("import.css", "background.png", "content.svg", "font.ttf"):
        (tmp_path / name).write_text("p { color: red }")
    base = address if where == "http" else tmp_path.as_uri()
    css = "\n".join(attempt.format(base) for attempt in ATTEMPTS)
    printed = pdf.write(small_letter(), styled(css))
    assert asked == []
    assert len(printed.remarks) == len(ATTEMPTS), printed.remarks
    assert tmp_path.name.encode() not in inflated(printed.data)


def test_no_file_of_this_machine_gets_into_the_letter() -> None:
    """Even where it could be read as text, as a style sheet or as a picture."""
    first = Path("/etc/passwd").read_bytes().splitlines()[0]
    for css in ("@import 'file:///etc/passwd';", "p::before { content: url(file:///etc/passwd) }"):
        printed = pdf.write(small_letter(), styled(css))
        assert printed.remarks
        assert first not in inflated(printed.data)


def test_a_colour_profile_from_elsewhere_is_a_problem_with_its_place(
    server: tuple[str, list[str]],
) -> None:
    css = f"@color-profile device-cmyk {{ src: url({server[0]}/ink.icc) }}"
    with pytest.raises(CampaignError) as caught:
        pdf.write(small_letter(), styled(css))
    [problem] = caught.value.problems
    assert problem.place.path == "templates/themes/classic/letter.css"
    assert server[1] == []


def test_a_style_sheet_may_bring_its_own_pictures() -> None:
    dot = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3C/svg%3E"
    css = f'p.date::before {{ content: url("data:image/svg+xml,{dot}") }}'
    assert pdf.write(small_letter(), styled(css)).remarks == ()


def test_a_mistake_in_a_style_sheet_is_a_remark_with_its_line_and_column() -> None:
    [remark] = pdf.write(small_letter(), styled("/* mine */\np.date { colour: red }")).remarks
    assert "colour: red" in remark
    assert " at 2:10" in remark


def test_remarks_are_of_this_letter_alone() -> None:
    assert pdf.write(small_letter(), styled("p { colour: red }")).remarks
    assert pdf.write(small_letter(), classic_theme()).remarks == ()


# --- what it needs ----------------------------------------------------------------------------


def test_a_machine_without_the_libraries_is_told_what_to_install() -> None:
    """In a process of its own, where the linker finds no Pango."""
    code = (
        "import ctypes, _ctypes, cffi\n"
        "def gone(self, *a, **k): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = gone\n"
        "from letters.press import engine\n"
        "try:\n    engine.engine()\n"
        "except engine.MissingLibraryError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "apt-get install libpango-1.0-0" in done.stdout


def test_what_weasyprint_seldom_uses_is_loaded_when_it_is_used() -> None:
    """In a process of its own, which has loaded nothing yet."""
    code = (
        "import sys\n"
        "from letters.press.engine import engine\n"
        "engine()\n"
        "from weasyprint.pdf import fonts\n"
        "held = ('fontTools.ttLib', 'fontTools.subset', 'fontTools.varLib')\n"
        "print([name for name in sys.modules if name.startswith(held)])\n"
        "try:\n    fonts.TTFont('nowhere')\n"
        "except OSError as error:\n    print(type(error).__name__)\n"
        "from fontTools import subset, ttLib\n"
        "from fontTools.varLib.instancer import instantiateVariableFont\n"
        "print(fonts.subset is subset, fonts.ttFont is ttLib.ttFont)\n"
        "print(fonts.TTLibError is ttLib.TTLibError)\n"
        "print(fonts.instantiateVariableFont is instantiateVariableFont)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shown = ["[]", "FileNotFoundError", "True True", "True", "True"]
    assert done.stdout.splitlines() == shown


def test_importing_it_does_not_load_the_engine() -> None:
    code = "import sys, letters.press.pdf; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
