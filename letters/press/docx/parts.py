"""The parts of a Word file around the body: edges of the page, notes, settings, properties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from letters.draft.document import Letter, Note, TextLanguage
from letters.press.docx.flow import TAB, FlowRow, Grid, Line, Piece, flow
from letters.press.docx.languages import by_default
from letters.press.docx.ooxml import escape, part, tag, twips, twips_from_mm
from letters.press.docx.runs import Marks, Relations, RunWriter, field_runs
from letters.press.docx.styles import text_width
from letters.press.docx.window import marks
from letters.press.theme import Theme

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_FIELD = re.compile(r"(\{pages?\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_NOTE_NUMBER = Marks(style="EndnoteNumber")
_RULE = Line("EndnoteSeparator")
_HEAD_END, _FOOT_END = 0.3, 0.2
"""Which part of the width is for the date, and for the page."""

_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
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
    # above the running head, which keeps its place.
    line = twips(theme.small_line)
    # Behind a window the first page begins higher; on the others the head keeps the text down.
    top = theme.window.letterhead_top if theme.window else margins.top
    head = twips_from_mm(top / 2) - line // 2
    head -= line if letter.draft_mark and not theme.window else 0
    foot = twips_from_mm(margins.bottom / 2) - line // 2
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
        + (f"<w:endnotePr>{tag('numFmt', 'decimal')}</w:endnotePr>" if letter.notes else "")
        + tag("pgSz", w=width, h=height)
        + tag(
            "pgMar",
            top=twips_from_mm(top),
            right=twips_from_mm(margins.right),
            bottom=twips_from_mm(margins.bottom),
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
    words = _words(letter)
    lines = [Line("DraftMark", words.plain(letter.draft_mark))] if letter.draft_mark else []
    if first:
        folded = marks(theme.window) if theme.window and not words.rtl else ""
        return part("hdr", folded + _lines(lines or [Line("Header")]))
    style = "Header"
    if theme.window:
        style = "RunningHeadMarked" if letter.draft_mark else "RunningHead"
    left, right = letter.running_head
    ends = words.plain(left), words.plain(right)
    set_apart = _edge(style, ends, theme, words, _HEAD_END)
    if theme.window:
        set_apart[-1] = Line("RunningHeadSpace")
    return part("hdr", flow([*lines, *set_apart]))


def _edge(
    style: str, ends: tuple[str, str], theme: Theme, words: RunWriter, share: float
) -> list[Piece]:
    """Words at both ends of an edge, of which neither runs into the other, however long."""
    width = text_width(theme)
    last = round(width * share)
    start, end = ends
    row = FlowRow([[Line(style, start)], [Line(f"{style}End", end)]])
    return [Grid("EdgeTable", (width - last, last), [row], words.rtl), Line("EdgeEnd")]


def footer(letter: Letter, theme: Theme) -> bytes:
    """What this letter is at the start, the page at the end, counted by Word itself."""
    words = _words(letter)
    label = "".join(
        field_runs(_FIELDS[piece], words.plain("1")) if piece in _FIELDS else words.plain(piece)
        for piece in _FIELD.split(letter.page_label)
    )
    ends = words.plain(letter.notice), label
    return part("ftr", flow(_edge("Footer", ends, theme, words, _FOOT_END)))


def endnotes(letter: Letter, relations: Relations) -> bytes:
    """The notes under their numbers; Word counts them by the order of their marks in the text."""
    words = _words(letter, relations)
    separators = "".join(
        f'<w:endnote w:type="{kind}" w:id="{number}">{_RULE.xml()}</w:endnote>'
        for number, kind in _SEPARATORS
    )
    number = _own_number(words)
    notes = "".join(
        f'<w:endnote w:id="{note.number}">{_note(note, number, words).xml()}</w:endnote>'
        for note in letter.notes
    )
    return part("endnotes", separators + notes)


def notes_in_text(letter: Letter, relations: Relations) -> str:
    """The same notes as lines at the end of the body, for readers other than Word.

    LibreOffice before 24.8 puts endnotes on a page of their own, without its margins and head.
    """
    words = _words(letter, relations)
    notes = (
        _note(note, words.plain(str(note.number), _NOTE_NUMBER), words) for note in letter.notes
    )
    return _lines((_RULE, *notes))


def _own_number(words: RunWriter) -> str:
    return f"<w:r>{_NOTE_NUMBER.properties(words.rtl)}<w:endnoteRef/></w:r>"


def _note(note: Note, number: str, words: RunWriter) -> Line:
    written = Line("EndnoteText", number + TAB + words.speaking(note.language).runs(note.content))
    turns = note.language and note.language.direction != words.home.direction
    return written.turned(rtl=not words.rtl) if turns else written


def settings(letter: Letter) -> bytes:
    """No hyphens of Word's own; notes at the end; the layout rules of Word 2013 and later."""
    numbers = "".join(tag("endnote", id=number) for number, _ in _SEPARATORS)
    # Where they stand needs no word, at the end, unless names stand behind them.
    placed = tag("pos", "sectEnd") if letter.annex else ""
    placed += tag("numFmt", "decimal") + numbers
    uri = "http://schemas.microsoft.com/office/word"
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in _COMPATIBLE
    )
    return part(
        "settings",
        tag("defaultTabStop", 720)
        + tag("autoHyphenation", "false")
        + tag("characterSpacingControl", "doNotCompress")
        + (f"<w:endnotePr>{placed}</w:endnotePr>" if letter.notes else "")
        + f"<w:compat>{compatible}</w:compat>"
        + by_default(home(letter)).replace("w:lang", "w:themeFontLang"),
    )


def core_properties(letter: Letter) -> bytes:
    """Title, organisation, the letter's own date and its language: nothing of who ran this, when.

    Dates are midnight UTC of the letter's date, so that the file does not tell a time zone.
    """
    stamp = f"{letter.date.isoformat()}T00:00:00Z"
    author = escape(letter.author)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(letter.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{escape(letter.language)}</dc:language></cp:coreProperties>"
    ).encode()


def _words(letter: Letter, relations: Relations | None = None) -> RunWriter:
    return RunWriter(home(letter), relations or Relations())


def home(letter: Letter) -> TextLanguage:
    """The letter's own language."""
    return TextLanguage(letter.language, letter.direction)


def _lines(lines: Iterable[Line]) -> str:
    return "".join(line.xml() for line in lines)
