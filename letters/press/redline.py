"""Two texts as one Word document, with what went and what came as tracked changes.

Whoever has to sign again sees in Word what has changed since, and can accept or refuse it there.
The changes are by “letters”, on the day of the letter: the same texts always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.draft import document as d
from letters.ledger.diff import changes
from letters.press import fonts
from letters.press.docx import parts
from letters.press.docx.flow import TABLE_END
from letters.press.docx.kept import look
from letters.press.docx.languages import home
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import part, tag
from letters.press.docx.package import Member, bind
from letters.press.docx.reference import on_paper
from letters.press.docx.runs import Relations, RunWriter
from letters.press.docx.styles import text_width
from letters.press.returned import matching
from letters.press.returned.words import WordParagraph

if TYPE_CHECKING:
    from letters.press.theme import Theme

AUTHOR = "letters"


class StyledText(Struct, frozen=True):
    """A paragraph of a text: the id of its style, and its words; line breaks stay in it.

    A row of a table has ``cells``, and the first one is the ``head``.
    """

    style: str
    words: str
    cells: tuple[str, ...] = ()
    head: bool = False


class _Shown(Struct, frozen=True):
    """A paragraph as it is written, or a row, which has a count of ``cells``."""

    xml: str
    cells: int = 0
    head: bool = False


def write(
    before: Sequence[StyledText], after: Sequence[StyledText], letter: d.Letter, theme: Theme
) -> bytes:
    """The document; ``letter`` has its language, its day and what stands at head and foot."""
    said = "".join({*"".join(one.words for one in (*before, *after))})
    with_words = d.Paragraph((d.Text(said),))
    theme = fonts.for_word(
        d.Letter(letter.language, letter.direction, "", "", letter.date, (with_words,)),
        on_paper(theme),
    )
    words = RunWriter(home(letter), Relations())
    shown = _Writer(words, f"{letter.date}T00:00:00Z").paragraphs(before, after)
    body = "".join(_with_tables(shown, text_width(theme), rtl=words.rtl))
    foot = parts.footer(letter, theme)
    members = [
        *look(theme, home(letter)),
        Member("settings.xml", "SETTINGS", parts.settings(letter, theme), "rIdSettings"),
        Member("numbering.xml", "NUMBERING", Numbering(theme).part(), "rIdNumbering"),
        Member("header1.xml", "HEADER", parts.header(letter, theme, first=True), "rIdFirstHead"),
        Member("header2.xml", "HEADER", parts.header(letter, theme, first=False), "rIdHead"),
        Member("footer1.xml", "FOOTER", foot, "rIdFirstFoot"),
        Member("footer2.xml", "FOOTER", foot, "rIdFoot"),
    ]
    document = part("document", f"<w:body>{body}{parts.section(letter, theme)}</w:body>")
    return bind(document, Relations(), members, parts.core_properties(letter))


class _Writer:
    def __init__(self, words: RunWriter, day: str) -> None:
        self._words, self._day, self._numbers = words, day, count(1)

    def paragraphs(
        self, before: Sequence[StyledText], after: Sequence[StyledText]
    ) -> Iterator[_Shown]:
        """All of both; what moved goes in one place and comes in another."""
        old, new = ([WordParagraph(words=one.words) for one in side] for side in (before, after))
        pairs = matching.pairs(old, new)
        moved = {pair.base for pair in pairs if pair.moved}
        at = 0
        for pair in pairs:
            if pair.base is not None and not pair.moved:
                # What moved away from before this one is shown as gone there.
                yield from (
                    self._whole(before[i], "del") for i in range(at, pair.base) if i in moved
                )
                at = max(at, pair.base + 1)
            if pair.came is None and pair.base is not None:
                yield self._whole(before[pair.base], "del")
            elif pair.came is not None and (pair.base is None or pair.moved):
                yield self._whole(after[pair.came], "ins")
            elif pair.came is not None and pair.base is not None:
                yield from self._changed(before[pair.base], after[pair.came])
        yield from (self._whole(before[i], "del") for i in range(at, len(before)) if i in moved)

    def _changed(self, before: StyledText, after: StyledText) -> Iterator[_Shown]:
        if len(before.cells) != len(after.cells):
            yield self._whole(before, "del")
            yield self._whole(after, "ins")
            return
        style, former = after.style, before.style
        if not after.cells:
            yield _Shown(self._paragraph(style, former, self._pieces(before.words, after.words)))
            return
        cells = (
            self._paragraph(style, former, self._pieces(*both))
            for both in zip(before.cells, after.cells, strict=True)
        )
        yield _Shown(_row(cells), len(after.cells), after.head)

    def _pieces(self, before: str, after: str) -> str:
        return "".join(
            self._runs(went) if equal else self._tracked("del", went) + self._tracked("ins", came)
            for equal, went, came in changes(before, after)
        )

    def _paragraph(self, style: str, former: str, runs: str) -> str:
        """Refusing the changes gives it the style that it had."""
        change = ""
        if former != style:
            was = tag("pStyle", former)
            change = f"<w:pPrChange {self._who()}><w:pPr>{was}</w:pPr></w:pPrChange>"
        return f"<w:p><w:pPr>{tag('pStyle', style)}{change}</w:pPr>{runs}</w:p>"

    def _whole(self, one: StyledText, kind: str) -> _Shown:
        """A paragraph that went or came, and the mark at its end with it; or a row."""
        if not one.cells:
            return _Shown(self._whole_paragraph(one.style, one.words, kind))
        cells = [self._whole_paragraph(one.style, words, kind) for words in one.cells]
        return _Shown(_row(cells, f"<w:{kind} {self._who()}/>"), len(one.cells), one.head)

    def _whole_paragraph(self, style: str, words: str, kind: str) -> str:
        mark = f"<w:rPr><w:{kind} {self._who()}/></w:rPr>"
        properties = f"<w:pPr>{tag('pStyle', style)}{mark}</w:pPr>"
        return f"<w:p>{properties}{self._tracked(kind, words)}</w:p>"

    def _tracked(self, kind: str, words: str) -> str:
        if not words:
            return ""
        runs = self._runs(words)
        if kind == "del":
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f"<w:{kind} {self._who()}>{runs}</w:{kind}>"

    def _who(self) -> str:
        return f'w:id="{next(self._numbers)}" w:author="{AUTHOR}" w:date="{self._day}"'

    def _runs(self, words: str) -> str:
        content: list[d.Inline] = []
        for number, line in enumerate(words.split("\n")):
            content += [d.Break()] if number else []
            content.append(d.Text(line))
        return self._words.runs(tuple(content))


def _row(cells: Iterable[str], change: str = "") -> str:
    written = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{change}</w:trPr>{written}</w:tr>"


def _with_tables(shown: Iterable[_Shown], width: int, *, rtl: bool) -> Iterator[str]:
    """Rows that follow one another stand in one table, which begins with its head."""
    rows: list[_Shown] = []
    for one in shown:
        if rows and (one.cells != rows[0].cells or (one.head and not rows[-1].head)):
            yield _table(rows, width, rtl=rtl)
            rows = []
        if one.cells:
            rows.append(one)
        else:
            yield one.xml
    if rows:
        yield _table(rows, width, rtl=rtl)


def _table(rows: Sequence[_Shown], width: int, *, rtl: bool) -> str:
    """A table, and the line behind it that Word needs there."""
    count = rows[0].cells
    properties = (
        tag("tblStyle", "LetterTable")
        + ("<w:bidiVisual/>" if rtl else "")
        + tag("tblW", w=width, type="dxa")
    )
    columns = tag("gridCol", w=width // count) * count
    written = "".join(one.xml for one in rows)
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>"
        + TABLE_END.xml()
    )
