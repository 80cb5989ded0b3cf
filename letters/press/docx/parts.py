"""The parts of a Word file around the body: edges of the page, settings, properties."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from msgspec.structs import replace

from letters.draft.document import Letter, TextLanguage
from letters.press.docx.flow import TABLE_END, FlowRow, Grid, Line, Piece, flow
from letters.press.docx.languages import by_default, home
from letters.press.docx.notes import notes_by, separators
from letters.press.docx.ooxml import escape, for_word, part, tag, twips, twips_from_mm
from letters.press.docx.runs import PLAIN, Relations, RunWriter, field_runs, words_of
from letters.press.docx.styles import text_width
from letters.press.docx.watermark import watermark
from letters.press.docx.window import marks
from letters.press.embedded_fonts import embedded_families
from letters.press.foot import foot_margin
from letters.press.theme import Theme

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_FIELD = re.compile(r"(\{pages?\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_HEAD_END, _FOOT_END = 0.3, 0.2
"""Which part of the width is for the date, and for the page."""

_COMPATIBLE = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
    ("differentiateMultirowTableHeaders", 1),
)


def section(letter: Letter, theme: Theme) -> str:
    """Sheet, margins and edges; the first page has a head of its own."""
    margins = theme.margin_mm
    # Both edges stand in the middle of their margins, as in the PDF; a draft mark is one line more
    # above the running head, which keeps its place. At the foot is room for two lines.
    line = twips(theme.small_line)
    # Behind a window the first page begins higher; on the others the head keeps the text down.
    top = theme.window.letterhead_top if theme.window else margins.top
    head = twips_from_mm(top / 2) - line // 2
    head = twips(theme.mark_top) if letter.draft_mark and not theme.window else head
    foot = twips_from_mm(margins.bottom / 2) - line
    width, height = (twips_from_mm(side) for side in theme.page_mm)
    edges = "".join(
        f'<w:{edge}Reference w:type="{page}" r:id="{relation}"/>'
        for edge, page, relation in (
            ("header", "default", "rIdHead"),
            ("header", "first", "rIdFirstHead"),
            ("footer", "default", "rIdFoot"),
            ("footer", "first", "rIdFirstFoot"),
        )
    )
    return (
        f"<w:sectPr>{edges}"
        + notes_by(tag("numFmt", "decimal"), letter, theme)
        + tag("pgSz", w=width, h=height)
        + tag(
            "pgMar",
            top=twips_from_mm(top),
            right=twips_from_mm(margins.right),
            bottom=twips_from_mm(foot_margin(letter, theme)),
            left=twips_from_mm(margins.left),
            header=max(head, 0),
            footer=max(foot, 0),
            gutter=0,
        )
        + "<w:titlePg/>"
        + ("<w:bidi/>" if letter.direction == "rtl" else "")
        + "</w:sectPr>"
    )


def header(letter: Letter, theme: Theme, *, first: bool) -> bytes:
    """The draft mark on every page; below it the running head, but not on the first page."""
    words = words_of(letter)
    behind = watermark(letter.watermark, theme)
    mark = Line("DraftMark", words.plain(letter.draft_mark) + behind)
    lines = [mark] if letter.draft_mark else []
    if first:
        folded = marks(theme.window) if theme.window and not words.rtl else ""
        return part("hdr", folded + "".join(line.xml() for line in lines or [Line("Header")]))
    style = "Header"
    if theme.window:
        style = "RunningHeadMarked" if letter.draft_mark else "RunningHead"
    left, right = letter.running_head
    ends = [words.plain(left)], words.plain(right)
    set_apart = _edge(style, ends, text_width(theme), words, _HEAD_END)
    if theme.window:
        set_apart[-1] = Line("RunningHeadSpace")
    return part("hdr", flow([*lines, *set_apart]))


def _edge(
    style: str, ends: tuple[Sequence[str], str], width: int, words: RunWriter, share: float
) -> list[Piece]:
    """Lines at the start and one at the end of an edge, of which none runs into the other."""
    last = round(width * share)
    start, end = ends
    row = FlowRow([[Line(style, written) for written in start], [Line(f"{style}End", end)]])
    return [Grid("EdgeTable", (width - last, last), [row], words.rtl), Line("EdgeEnd")]


def footer(letter: Letter, theme: Theme) -> bytes:
    """What this letter is at the start, the page at the end, counted by Word itself.

    Marked as words from right to left Word shows them in the digits of a language that has its own.
    Of which text it is stands on the last page alone: Word finds that by its fields.
    """
    edge = letter.notice, letter.version, letter.page_label
    return _footer(home(letter), *edge, text_width(theme))


@functools.lru_cache(maxsize=16)  # the same in every letter
def _footer(home: TextLanguage, notice: str, version: str, page: str, width: int) -> bytes:
    words, one = RunWriter(home, Relations()), home.digits[1]
    own = "" if one.isascii() else PLAIN.properties(rtl=True)
    label = "".join(
        field_runs(_FIELDS[piece], words.plain(one), own)
        if piece in _FIELDS
        else words.plain(piece)
        for piece in _FIELD.split(page)
    )
    last = [_on_last_page(version, words)] if version else [""]
    lines = [words.plain(notice), *last] if notice else [*last, ""]
    return part("ftr", flow(_edge("Footer", (lines, label), width, words, _FOOT_END)))


def _on_last_page(text: str, words: RunWriter) -> str:
    """A field that shows the text where the page is the last one."""

    def run(content: str) -> str:
        return f"<w:r>{content}</w:r>"

    def said(code: str) -> str:
        return run(f'<w:instrText xml:space="preserve">{escape(code)}</w:instrText>')

    quoted = text.replace("\\", "/").replace('"', "”")
    return for_word(
        run('<w:fldChar w:fldCharType="begin"/>')
        + said(" IF ")
        + field_runs("PAGE", words.plain("1"))
        + said(" = ")
        + field_runs("NUMPAGES", words.plain("2"))
        + said(f' "{quoted}" "" ')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run('<w:fldChar w:fldCharType="end"/>'),
        "",
    )


def with_version(body: str, letter: Letter, theme: Theme, code: str) -> str:
    """The body with that frame; a page may be full to the line that stands below a table.

    The last line has ``code``, a run that stands beside that frame.
    """
    last = TABLE_END.xml()
    coded = with_code(TABLE_END, code, letter).xml()
    if body.endswith(last):
        framed = version_on_last_page(letter, theme, end="")
        return body.removesuffix(last) + framed + coded
    coded = with_code(Line("EdgeEnd"), code, letter).xml()
    return body + version_on_last_page(letter, theme, end=coded)


def with_code(line: Line, code: str, letter: Letter) -> Line:
    """The line with that run; LibreOffice measures from the right in one from right to left."""
    turned = False if code and letter.direction == "rtl" else None
    return replace(line, runs=code, rtl=turned)


def version_on_last_page(letter: Letter, theme: Theme, end: str = Line("EdgeEnd").xml()) -> str:
    """The same for programs that know no such fields: a frame at the end of the text.

    It stands on the last page, where the foot has kept a line free for it.
    """
    if not letter.version:
        return ""
    margins, line = theme.margin_mm, twips(theme.small_line)
    low = twips_from_mm(theme.page_mm[1]) - max(twips_from_mm(margins.bottom / 2) - line, 0)
    frame = tag(
        "framePr",
        w=text_width(theme),
        h=line,
        hRule="exact",
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=twips_from_mm(margins.left),
        y=low - line,
    )
    words = words_of(letter).plain(letter.version)
    framed = f"<w:p><w:pPr>{tag('pStyle', 'Footer')}{frame}</w:pPr>{words}</w:p>"
    return for_word("", framed + end)


def settings(letter: Letter, theme: Theme) -> bytes:
    """No hyphens of Word's own; notes at the end; the layout rules of Word 2013 and later."""
    # Where they stand needs no word, unless they are at the end and names stand behind them.
    placed = tag("pos", "sectEnd") if letter.annex and theme.notes == "end" else ""
    placed += tag("numFmt", "decimal") + separators(theme)
    uri = "http://schemas.microsoft.com/office/word"
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in _COMPATIBLE
    )
    return part(
        "settings",
        ("<w:embedTrueTypeFonts/>" if embedded_families(theme) else "")
        + tag("defaultTabStop", 720)
        + tag("autoHyphenation", "false")
        + tag("characterSpacingControl", "doNotCompress")
        + notes_by(placed, letter, theme)
        + f"<w:compat>{compatible}</w:compat>"
        + by_default(home(letter)).replace("w:lang", "w:themeFontLang"),
    )


def core_properties(letter: Letter) -> bytes:
    """Title, organisation, the letter's own date and its language: nothing of who ran this, when.

    Dates are midnight UTC of the letter's date, so that the file does not tell a time zone.
    """
    stamp = f"{letter.date.isoformat()}T00:00:00Z"
    author = escape(letter.author)
    version = escape(letter.version)
    keywords = f"<cp:keywords>{version}</cp:keywords>" if version else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(letter.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"{keywords}<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{escape(letter.language)}</dc:language></cp:coreProperties>"
    ).encode()
