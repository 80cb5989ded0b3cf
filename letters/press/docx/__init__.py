"""The letter as a native Word document that a person can go on editing.

Nothing is drawn that Word can do itself: named styles, lists that number themselves, endnotes,
fields for the page, tables that repeat their head. The same letter and theme always give the same
bytes.
"""

from __future__ import annotations

from letters.draft.document import Letter
from letters.press import fonts
from letters.press.docx import annex, parts
from letters.press.docx.blocks import Setter
from letters.press.docx.bookmarks import marked
from letters.press.docx.flow import Line, flow
from letters.press.docx.kept import look
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import for_word, part
from letters.press.docx.package import Member, bind
from letters.press.docx.properties import LetterKey, custom_properties
from letters.press.docx.reference import on_paper
from letters.press.docx.runs import Relations, RunWriter
from letters.press.docx.window import around_window, opening
from letters.press.joins import joined
from letters.press.theme import Theme
from letters.press.tightness import page_of_signatures


def write(letter: Letter, theme: Theme, key: LetterKey | None = None) -> bytes:
    """The bytes of a .docx. Reads no clock, no environment, and no file but fonts that go in.

    With its ``key`` it can tell which letter it is, and each paragraph which one, wherever the
    file comes back from.
    """
    theme = fonts.for_word(letter, on_paper(theme))
    letter = joined(letter)
    relations, note_relations = Relations(), Relations()
    notes = frozenset(note.number for note in letter.notes)
    setter = Setter(theme, RunWriter(parts.home(letter), relations, notes), Numbering(theme))
    first = opening(letter, theme)
    pieces = around_window(setter, first)
    last = page_of_signatures(letter.blocks) if theme.signatures_anew else len(letter.blocks)
    pieces += setter.pieces(letter.blocks[len(first) : last])
    if ending := letter.blocks[last:]:
        pieces += [Line("NewPage"), *setter.pieces(ending)]
    body = flow(pieces)
    if notes:
        body += for_word("", parts.notes_in_text(letter, relations))
    if not letter.annex:
        body = parts.with_version(body, letter, theme)
    own = None
    if key:
        body, prints = marked(body, max(notes, default=0))
        own = custom_properties(key, prints)
    end = parts.section(letter, theme)
    if letter.annex:
        end = annex.behind(letter.annex, letter, theme)
    document = part("document", f"<w:body>{body}{end}</w:body>")

    foot = parts.footer(letter, theme)
    members = [
        *look(theme, parts.home(letter)),
        Member("settings.xml", "SETTINGS", parts.settings(letter, theme), "rIdSettings"),
        Member("numbering.xml", "NUMBERING", setter.numbering.part(), "rIdNumbering"),
        Member("header1.xml", "HEADER", parts.header(letter, theme, first=True), "rIdFirstHead"),
        Member("header2.xml", "HEADER", parts.header(letter, theme, first=False), "rIdHead"),
        Member("footer1.xml", "FOOTER", foot, "rIdFirstFoot"),
        Member("footer2.xml", "FOOTER", foot, "rIdFoot"),
    ]
    if notes:
        written = parts.endnotes(letter, note_relations)
        members.append(
            Member("endnotes.xml", "ENDNOTES", written, "rIdNotes", relations=note_relations)
        )
    return bind(document, relations, members, parts.core_properties(letter), own)
