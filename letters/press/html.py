"""The letter as one self-contained HTML page, which is also what the PDF is made from.

Only this module's own tags are ever written; every word of the Letter is escaped. Pictures are
embedded, nothing is fetched.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

from letters.draft import document as d
from letters.press import annex_html, envelope, qr_code
from letters.press.css import style_sheet
from letters.press.html_blocks import Blocks, said_in
from letters.press.html_words import Words, has_large_nouns
from letters.press.logo_place import logo_place, shares_line
from letters.press.raised import has_ordinals
from letters.press.theme import Theme

# A theme's own style sheet may ask for a file; no browser is to tell anybody that this was read.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def write(letter: d.Letter, theme: Theme) -> bytes:
    """The page as UTF-8; equal letters and themes give equal bytes."""
    return page(letter, theme).encode()


def page(letter: d.Letter, theme: Theme) -> str:
    """The page as text, with its style sheet inside."""
    styles = [
        f"<style>\n{style_sheet(letter, theme)}</style>",
        # Apart, so that lines and columns in a warning are those of the theme's own file.
        f"<style>{theme.css}</style>" if theme.css else "",
    ]
    names = annex_html.behind(letter.annex) if letter.annex else ""
    return _page(letter, styles, _headed(body(letter, theme, names, paged=False)))


def bare_page(letter: d.Letter, written: str) -> str:
    """The page for a press that is given the style sheets apart; ``written`` is its body."""
    return _page(letter, [], written)


def body(letter: d.Letter, theme: Theme, annex: str = "", *, paged: bool = True) -> str:
    """All that is printed but for the edges of the pages, as lines of HTML.

    ``annex`` is the letter's own annex of names as it is to stand there. A theme may have notes at
    the foot of the page, where it is ``paged``.
    """
    tag, called = letter.language, letter.note_labels[0]
    nouns, raises = has_large_nouns(tag), has_ordinals(tag)
    words = Words(letter.direction, letter.digits, letter.hyphenate, nouns, raises, tag, called)
    words = replace(words, decimal=letter.decimal)
    notes, back = letter.notes, letter.note_labels[1]
    at_foot = paged and theme.notes == "foot"
    if at_foot:
        words.foot.update((note.number, _note(note, words, back, "span")) for note in notes)
    blocks = _around_window(letter.blocks, Blocks(words, head=_head(letter, theme)), theme)
    rest = tuple(note for note in notes if not at_foot or note.number in words.foot)
    parts = [
        f'<p class="draft-mark">{escape(letter.draft_mark)}</p>' if letter.draft_mark else "",
        _named(_lines(blocks), notes),
        _notes(rest, words, back),
        annex,
        f'<div class="version">{_code(letter)}</div>' if letter.version else "",
        f'<p class="notice">{escape(letter.foot)}</p>' if letter.foot else "",
    ]
    return f'<main class="letter head-{theme.letterhead}">\n{_lines(parts)}</main>\n'


def _head(letter: d.Letter, theme: Theme) -> str:
    """The classes of a letterhead whose setting the theme alone doesn't tell."""
    head = next((each for each in letter.blocks if isinstance(each, d.Letterhead)), None)
    if theme.letterhead != "apart" or head is None:
        return ""
    place = logo_place(head, theme) if head.logo else ""
    classes = [f"logo-{place}"] if place else []
    if place in ("", "above") and not shares_line(head, theme):
        classes.append("contact-below")
    return " ".join(classes)


def _code(letter: d.Letter) -> str:
    """The QR code of the letter, if it has one."""
    if not letter.code:
        return ""
    drawn, said = qr_code.drawing(letter.code), qr_code.described(letter)
    return f'<img class="code" alt="{escape(said)}" src="{escape(drawn)}">'


def _headed(written: str) -> str:
    """The body, in which the opening of a letter without a subject is its heading."""
    if "<h1" in written:
        return written
    opening = '<p class="salutation"'
    return written.replace(opening, f'{opening} role="heading" aria-level="1"', 1)


def _page(letter: d.Letter, styles: list[str], written: str) -> str:
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_CLOSED}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(letter.title)}</title>",
        f'<meta name="author" content="{escape(letter.author)}">' if letter.author else "",
        f'<meta name="keywords" content="{escape(letter.version)}">' if letter.version else "",
        f'<meta name="dcterms.created" content="{letter.date.isoformat()}">',
        f'<meta name="dcterms.modified" content="{letter.date.isoformat()}">',
        *styles,
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}" dir="{letter.direction}">\n'
        f"<head>\n{_lines(head)}</head>\n<body>\n{written}</body>\n</html>\n"
    )


def _around_window(blocks: d.Blocks, write: Blocks, theme: Theme) -> list[str]:
    """The blocks; what stands around the window of an envelope is held together."""
    opening = envelope.around(blocks) if theme.window else ()
    if not opening:
        return write.all(blocks)
    held = f'<div class="opening">{"".join(write.all(opening))}</div>'
    return [held, *write.all(blocks[len(opening) :])]


def _lines(parts: list[str]) -> str:
    return "".join(f"{part.rstrip()}\n" for part in parts if part)


def _named(blocks: str, notes: tuple[d.Note, ...]) -> str:
    """The first mention of each note has a name, so that the note can lead back to it."""
    for note in notes:
        link = f'<a href="#note-{note.number}"'
        blocks = blocks.replace(link, f'<a id="mention-{note.number}"{link[2:]}', 1)
    return blocks


def _notes(notes: tuple[d.Note, ...], words: Words, back: str) -> str:
    """The notes; the number of each leads back to where it is mentioned."""
    if not notes:
        return ""
    rows = "".join(_note(note, words, back) for note in notes)
    return f'<section class="notes" role="doc-endnotes"><ol>{rows}</ol></section>'


def _note(note: d.Note, words: Words, back: str, tag: str = "li") -> str:
    words = words.turned(note.language) if note.language else words
    number = words.number(note.number)
    called = escape(back.replace("{number}", number))
    kind, spoken = "", said_in(note.language) if note.language else ""
    if tag == "span":  # it stands among words that may be in another language
        kind = ' class="foot-note"'
        spoken = said_in(d.TextLanguage(words.tag, words.direction))
    return (
        f'<{tag} id="note-{note.number}"{kind}{spoken}>'
        f'<a class="number" href="#mention-{note.number}" role="doc-backlink"'
        f' aria-label="{called}">{number}</a>{words.inlines(note.content)}</{tag}>'
    )
