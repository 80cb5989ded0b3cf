"""Two texts as one Word document, with what went and what came as tracked changes.

Whoever has to sign again sees in Word what has changed since, and can accept or refuse it there.
The changes are by “letters”, on the day of the letter: the same texts always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from letters.draft import document as d
from letters.ledger.diff import changes
from letters.press import fonts
from letters.press.docx import parts
from letters.press.docx.kept import look
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import part, tag
from letters.press.docx.package import Member, bind
from letters.press.docx.reference import on_paper
from letters.press.docx.runs import Relations, RunWriter
from letters.press.returned import matching
from letters.press.returned.words import WordParagraph

if TYPE_CHECKING:
    from letters.press.theme import Theme

AUTHOR = "letters"


@dataclass(frozen=True, slots=True)
class StyledText:
    """A paragraph of a text: the id of its style, and its words; line breaks stay in it."""

    style: str
    words: str


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
    writer = _Writer(RunWriter(parts.home(letter), Relations()), f"{letter.date}T00:00:00Z")
    body = "".join(writer.paragraphs(before, after))
    foot = parts.footer(letter, theme)
    members = [
        *look(theme, parts.home(letter)),
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
    ) -> Iterator[str]:
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
                yield self._changed(before[pair.base], after[pair.came])
        yield from (self._whole(before[i], "del") for i in range(at, len(before)) if i in moved)

    def _changed(self, before: StyledText, after: StyledText) -> str:
        runs = [
            self._runs(went) if equal else self._tracked("del", went) + self._tracked("ins", came)
            for equal, went, came in changes(before.words, after.words)
        ]
        return f"<w:p><w:pPr>{tag('pStyle', after.style)}</w:pPr>{''.join(runs)}</w:p>"

    def _whole(self, one: StyledText, kind: str) -> str:
        """A paragraph that went or came, and the mark at its end with it."""
        mark = f"<w:rPr><w:{kind} {self._who()}/></w:rPr>"
        properties = f"<w:pPr>{tag('pStyle', one.style)}{mark}</w:pPr>"
        return f"<w:p>{properties}{self._tracked(kind, one.words)}</w:p>"

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
