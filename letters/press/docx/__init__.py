"""The letter as a native Word document that a person can go on editing.

Nothing is drawn that Word can do itself: named styles, lists that number themselves, endnotes,
fields for the page, tables that repeat their head. The same letter and theme always give the same
bytes.
"""

from __future__ import annotations

from letters.draft.document import Letter
from letters.press import fonts
from letters.press.docx import annex, parts, qr_code
from letters.press.docx.blocks import Setter
from letters.press.docx.bookmarks import marked
from letters.press.docx.flow import Line, flow
from letters.press.docx.kept import look
from letters.press.docx.languages import home
from letters.press.docx.notes import name_of_notes, notes_in_text, notes_xml
from letters.press.docx.numbering import Numbering
from letters.press.docx.ooxml import for_word, part
from letters.press.docx.package import Member, bind
from letters.press.docx.properties import custom_properties
from letters.press.docx.reference import on_paper
from letters.press.docx.runs import Relations, RunWriter
from letters.press.docx.window import around_window, opening
from letters.press.joins import joined
from letters.press.letter_key import LetterKey
from letters.press.theme import Theme
from letters.press.tightness import page_of_signatures

_APART = "<!---->"  # between the body and its notes, while paragraphs are counted


def write(letter: Letter, theme: Theme, key: LetterKey | None = None) -> bytes:
    """The bytes of a .docx. Reads no clock, no environment, and no file but fonts that go in.

    With its ``key`` it can tell which letter it is, and each paragraph which one, wherever the
    file comes back from.
    """
    letter = joined(letter)
    theme = fonts.for_word(letter, on_paper(theme))
    relations, note_relations = Relations(), Relations()
    notes = frozenset(note.number for note in letter.notes)
    words = RunWriter(home(letter), relations, notes, at=theme.notes, beside=theme.text_font.word)
    setter = Setter(theme, words, Numbering(theme, own_digits=not letter.digits.isascii()))
    first = opening(letter, theme)
    pieces = around_window(setter, first)
    last = page_of_signatures(letter.blocks) if theme.signatures_anew else len(letter.blocks)
    pieces += setter.pieces(letter.blocks[len(first) : last])
    if ending := letter.blocks[last:]:
        pieces += [Line("NewPage"), *setter.pieces(ending)]
    body = flow(pieces)
    noted = notes_xml(letter, theme, note_relations) if notes else ""
    at_foot = noted if theme.notes == "foot" else ""
    code = qr_code.run(letter, theme, relations, setter.pictures)
    if not letter.annex:
        body = qr_code.hung(body, code, last=not notes or bool(at_foot))
    if notes and not at_foot:
        body += for_word("", notes_in_text(letter, relations))
    own = None
    if key:
        written, prints = marked(f"{body}{_APART}{at_foot}", max(notes, default=0))
        body, _, at_foot = written.partition(_APART)
        own = custom_properties(key, prints)
    if not letter.annex:  # no paragraph of the letter: it says by which text this is
        body = parts.with_version(body, letter, theme, code)
    end = parts.section(letter, theme)
    if letter.annex:
        end = annex.behind(letter.annex, letter, theme, code)
    document = part("document", f"<w:body>{body}{end}</w:body>")

    foot = parts.footer(letter, theme)
    members = [
        *look(theme, home(letter)),
        Member("settings.xml", "SETTINGS", parts.settings(letter, theme), "rIdSettings"),
        Member("numbering.xml", "NUMBERING", setter.numbering.part(), "rIdNumbering"),
        Member("header1.xml", "HEADER", parts.header(letter, theme, first=True), "rIdFirstHead"),
        Member("header2.xml", "HEADER", parts.header(letter, theme, first=False), "rIdHead"),
        Member("footer1.xml", "FOOTER", foot, "rIdFirstFoot"),
        Member("footer2.xml", "FOOTER", foot, "rIdFoot"),
    ]
    if notes:
        name = f"{name_of_notes(theme)}s"
        xml = part(name, at_foot or noted)
        kind = name.upper()
        members.append(Member(f"{name}.xml", kind, xml, "rIdNotes", relations=note_relations))
    return bind(document, relations, members, parts.core_properties(letter), own)
