"""The notes of a letter in Word: at the foot of pages, at the end, or as lines of the text."""

from __future__ import annotations

from msgspec.structs import replace

from letters.draft.document import Letter, Note
from letters.press.docx.flow import TAB, Line
from letters.press.docx.ooxml import tag
from letters.press.docx.runs import Marks, Relations, RunWriter, words_of
from letters.press.theme import Theme

_NOTE_NUMBER = Marks(style="EndnoteNumber")
_RULE = Line("EndnoteSeparator")
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


def notes_by(properties: str, letter: Letter, theme: Theme) -> str:
    """What holds for the notes, at the foot of pages or at the end, if there are any."""
    name = f"{name_of_notes(theme)}Pr"
    return f"<w:{name}>{properties}</w:{name}>" if letter.notes else ""


def name_of_notes(theme: Theme) -> str:
    """What Word calls the notes of such a theme."""
    return "footnote" if theme.notes == "foot" else "endnote"


def separators(theme: Theme) -> str:
    """What stands between the text and the notes: the settings tell its numbers."""
    return "".join(tag(name_of_notes(theme), id=number) for number, _ in _SEPARATORS)


def notes_xml(letter: Letter, theme: Theme, relations: Relations) -> str:
    """The notes under their numbers; Word counts them by the order of their marks in the text."""
    words, name = words_of(letter, relations, theme.label_font.word), name_of_notes(theme)
    separators = "".join(
        f'<w:{name} w:type="{kind}" w:id="{number}">{_RULE.xml()}</w:{name}>'
        for number, kind in _SEPARATORS
    )
    number, style = _own_number(words, name), f"{name.capitalize()}Text"
    lines = (replace(_note(note, number, words), style=style) for note in letter.notes)
    return separators + "".join(
        f'<w:{name} w:id="{note.number}">{line.xml()}</w:{name}>'
        for note, line in zip(letter.notes, lines, strict=True)
    )


def notes_in_text(letter: Letter, relations: Relations) -> str:
    """The same notes as lines at the end of the body, for readers other than Word.

    LibreOffice before 24.8 puts endnotes on a page of their own, without its margins and head.
    """
    words = words_of(letter, relations)
    numbers = (words.home.number(note.number) for note in letter.notes)
    notes = (
        _note(note, words.plain(number, _NOTE_NUMBER), words)
        for note, number in zip(letter.notes, numbers, strict=True)
    )
    return "".join(line.xml() for line in (_RULE, *notes))


def _own_number(words: RunWriter, name: str) -> str:
    return f"<w:r>{_NOTE_NUMBER.properties(words.rtl)}<w:{name}Ref/></w:r>"


def _note(note: Note, number: str, words: RunWriter) -> Line:
    written = Line("EndnoteText", number + TAB + words.speaking(note.language).runs(note.content))
    turns = note.language and note.language.direction != words.home.direction
    return written.turned(rtl=not words.rtl) if turns else written
