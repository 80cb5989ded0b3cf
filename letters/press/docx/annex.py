"""The annex of names for Word: its text is written into the file row by row, as it is made.

Names alone stand in real columns of a section, which Word balances; with something beside them, in
tables of at most 200 rows that repeat their head, for one long table takes LibreOffice minutes.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator

from letters.draft.annex import Annex, NameGroup
from letters.draft.document import Letter, Value
from letters.press import fonts
from letters.press.annex_css import COLUMN_GAP_PT, HANGING_PT
from letters.press.annex_letter import edges, without_window
from letters.press.docx import parts
from letters.press.docx.flow import TABLE_END, Line
from letters.press.docx.languages import home
from letters.press.docx.look import styles_xml
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import escape, part, tag, twips
from letters.press.docx.package import Member, bind
from letters.press.docx.reference import on_paper
from letters.press.docx.runs import Marks, Relations, RunWriter
from letters.press.docx.styles import text_width
from letters.press.docx.theme import faces, font_table, office_theme
from letters.press.raised import has_ordinals
from letters.press.theme import Theme

MOST_ROWS = 200
_DOCUMENT = "word/document.xml"
_AT_ONCE = 1 << 16  # characters that are handed to the zip together
_BOLD_LINE = Marks(bold_already=True)
_HANGING = tag("ind", left=twips(HANGING_PT), hanging=twips(HANGING_PT))
"""Where a name has two lines, one sees where the next one begins."""


def write(annex: Annex, theme: Theme) -> bytes:
    """The bytes of a .docx; equal annexes and themes give equal bytes."""
    letter = edges(annex)
    theme = fonts.for_word(letter, on_paper(without_window(theme)))
    foot = parts.footer(letter, theme)
    members = [
        Member("styles.xml", "STYLES", styles_xml(theme, home(letter)), "rIdStyles"),
        Member("fontTable.xml", "FONT_TABLE", font_table(theme), "rIdFonts", fonts=faces(theme)),
        Member("theme/theme1.xml", "THEME", office_theme(theme), "rIdTheme"),
        Member("settings.xml", "SETTINGS", parts.settings(letter, theme), "rIdSettings"),
        Member("numbering.xml", "NUMBERING", Numbering(theme).part(), "rIdNumbering"),
        Member("header1.xml", "HEADER", parts.header(letter, theme, first=True), "rIdFirstHead"),
        Member("header2.xml", "HEADER", parts.header(letter, theme, first=False), "rIdHead"),
        Member("footer1.xml", "FOOTER", foot, "rIdFirstFoot"),
        Member("footer2.xml", "FOOTER", foot, "rIdFoot"),
    ]
    frame, _, end = part("document", "<w:body>\f</w:body>").decode().partition("\f")
    around = bind(
        frame.encode() + end.encode(), Relations(), members, parts.core_properties(letter)
    )
    body = _Body(annex, letter, theme)
    title = _headed(Line("SubjectLine", body.title()), 0)
    return _with_document(around, itertools.chain([frame, title], body.pieces(), [end]))


def behind(annex: Annex, letter: Letter, theme: Theme, code: str) -> str:
    """The annex as the end of that letter's body, from a new page on, and the last section.

    A run with a ``code`` stands on the last page.
    """
    body = _Body(annex, letter, theme, code)
    begin = (
        f"<w:pPr>{tag('pStyle', 'SubjectLine')}<w:pageBreakBefore/>{tag('outlineLvl', 0)}</w:pPr>"
    )
    title = f"<w:p>{begin}{body.title()}</w:p>"
    if letter.notes:  # they stand at the end of their section, above the names
        return body.before() + title + "".join(body.pieces(first=False))
    return title + "".join(body.pieces())


def _with_document(around: bytes, document: Iterable[str]) -> bytes:
    """The same zip with another text, which is never whole in memory."""
    bound = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(around)) as source, zipfile.ZipFile(bound, "w") as target:
        for member in source.infolist():
            if member.filename != _DOCUMENT:
                target.writestr(member, source.read(member))
                continue
            with target.open(_dated_like(member), "w") as stream:
                for piece in _gathered(document):
                    stream.write(piece.encode())
    return bound.getvalue()


def _dated_like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(member.filename, member.date_time)
    fresh.compress_type, fresh.create_system = member.compress_type, member.create_system
    return fresh


def _gathered(pieces: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= _AT_ONCE:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)


class _Body:
    """Writes the text piece by piece."""

    def __init__(self, annex: Annex, letter: Letter, theme: Theme, code: str = "") -> None:
        words = RunWriter(home(letter), Relations())
        self._annex, self._words, self._rtl = annex, words, words.rtl
        self._raises = has_ordinals(annex.language)
        self._width, self._section = text_width(theme), parts.section(letter, theme)
        self._version = parts.version_on_last_page(letter, theme)
        self._version += parts.with_code(Line("EdgeEnd"), code, letter).xml() if code else ""

    def title(self) -> str:
        """The words that all begins with."""
        return self._words.plain(self._annex.title, _BOLD_LINE)

    def before(self) -> str:
        """The end of a section that all stands in that comes before."""
        return self._ended(TABLE_END.xml(), self._like(1, first=True))

    def pieces(self, *, first: bool = True) -> Iterator[str]:
        """All below the title; ``first`` says whether no section was ended before."""
        annex, words = self._annex, self._words
        yield Line("BodyText", words.plain(annex.of)).xml()
        for remark in annex.remarks:
            yield Line("SignatureRemark", words.plain(remark)).xml()
        for group in annex.groups:
            label = _headed(Line("SignatureLabel", words.plain(group.label, _BOLD_LINE)), 1)
            if group.head:
                yield label
                yield from self._table(group)
                continue
            # The label stands across the page, above the columns: in a section of its own.
            yield self._ended(label, self._like(1, first=first))
            yield from self._columns(group)
            first = False
        # Word balances the columns of a section that another one follows on its page.
        yield "" if annex.groups[-1].head else Line("EdgeEnd").xml()
        yield self._version
        yield self._like(1, first=first)

    def _columns(self, group: NameGroup) -> Iterator[str]:
        """A paragraph for each name; the last one ends the section."""
        before = ""
        for section in group.sections:
            if section.letter:
                yield before
                before = _headed(Line("SignatureLabel", self._run(section.letter)), 2)
            for (name,) in section.rows():
                yield before
                run = self._name(name)
                before = f'<w:p><w:pPr><w:pStyle w:val="Signature"/>{_HANGING}</w:pPr>{run}</w:p>'
        yield self._ended(before, self._like(self._annex.columns, first=False))

    def _table(self, group: NameGroup) -> Iterator[str]:
        """Tables that look like one, whose head Word repeats on each page."""
        width = self._width // len(group.head)
        grid = tag("gridCol", w=width) * len(group.head)
        turned = "<w:bidiVisual/>" if self._rtl else ""
        begin = (
            f"<w:tbl><w:tblPr>{tag('tblStyle', 'NormalTable')}{turned}"
            f"{tag('tblW', w=width * len(group.head), type='dxa')}"
            f'{tag("tblLayout", type="fixed")}<w:tblLook w:val="0020" w:firstRow="1" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        )
        size = f"<w:tcPr>{tag('tcW', w=width, type='dxa')}</w:tcPr>"
        head = "".join(
            f"<w:tc>{size}{Line('TableHeading', self._run(name)).xml()}</w:tc>"
            for name in group.head
        )
        begin += f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        wide = tag("tcW", w=width * len(group.head), type="dxa") + tag("gridSpan", len(group.head))
        styled = f'<w:tc>{size}<w:p><w:pPr><w:pStyle w:val="TableText"/>{_HANGING}</w:pPr>'
        rows = 0
        yield begin
        for section in group.sections:
            if section.letter:
                line = Line("TableHeading", self._run(section.letter), keep_next=True)
                yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>{wide}</w:tcPr>"
                yield f"{_headed(line, 2)}</w:tc></w:tr>"
            for cells in section.rows():
                if rows == MOST_ROWS:
                    yield f"</w:tbl>{TABLE_END.xml()}{begin}"
                    rows = 0
                rows += 1
                written = "".join(f"{styled}{self._name(cell)}</w:p></w:tc>" for cell in cells)
                yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{written}</w:tr>"
        yield f"</w:tbl>{TABLE_END.xml()}"

    def _name(self, text: str) -> str:
        """Words of a row; those that nothing is special about need no look at each character."""
        if not self._rtl and text.isascii() and not self._raises:
            return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
        return self._words.runs((Value(text),)) if text else ""

    def _run(self, text: str) -> str:
        """A letter of the index, or what stands above a column."""
        return self._words.plain(text, _BOLD_LINE)

    def _like(self, columns: int, *, first: bool) -> str:
        """The end of a section: its paper, and its columns; the first has head and foot."""
        end = self._section
        gap = twips(COLUMN_GAP_PT)
        if not first:
            start = end.index("<w:pgSz")
            end = '<w:sectPr><w:type w:val="continuous"/>' + end[start:].replace("<w:titlePg/>", "")
        set_in = tag("cols", num=columns, space=gap) if columns > 1 else tag("cols", space=gap)
        at = end.find("<w:titlePg/>")
        at = (
            at
            if at >= 0
            else min(n for n in (end.find("<w:bidi/>"), end.find("</w:sectPr>")) if n >= 0)
        )
        return end[:at] + set_in + end[at:]

    @staticmethod
    def _ended(paragraph: str, section: str) -> str:
        """The paragraph as the last one of a section."""
        at = paragraph.index("</w:pPr>")
        return paragraph[:at] + section + paragraph[at:]


def _headed(line: Line, level: int) -> str:
    """The line as a heading of Word's outline, below the title."""
    return line.xml().replace("</w:pPr>", f"{tag('outlineLvl', level)}</w:pPr>", 1)
