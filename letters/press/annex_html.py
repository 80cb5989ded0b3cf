"""The annex of names as one self-contained page; only tags written here, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from letters.draft import document as d
from letters.draft.annex import Annex, NameGroup
from letters.press.annex_css import ANNEX_CSS
from letters.press.annex_letter import edges, without_window
from letters.press.css import style_sheet
from letters.press.html_words import Words
from letters.press.raised import has_ordinals
from letters.press.theme import Theme

_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def write(annex: Annex, theme: Theme) -> bytes:
    """The page as UTF-8, for a screen: the columns follow its width."""
    return page(annex, theme, _groups(annex)).encode()


def page(
    annex: Annex, theme: Theme, names: Iterable[str], own_css: str = "", *, ends: bool = True
) -> str:
    """The whole page around its ``names``; ``own_css`` follows all other rules.

    Unless the annex ``ends`` with it, it does not say by which text it is.
    """
    letter = edges(annex)
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_CLOSED}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(letter.title)}</title>",
        f'<meta name="author" content="{escape(annex.author)}">' if annex.author else "",
        f'<meta name="keywords" content="{escape(annex.version)}">' if annex.version else "",
        f'<meta name="dcterms.created" content="{annex.date.isoformat()}">',
        f'<meta name="dcterms.modified" content="{annex.date.isoformat()}">',
        f"<style>\n{style_sheet(letter, without_window(theme))}{ANNEX_CSS}</style>",
        f"<style>{theme.css}</style>" if theme.css else "",
        f"<style>{own_css}</style>" if own_css else "",
    ]
    body = [
        f'<p class="draft-mark">{escape(annex.draft_mark)}</p>' if annex.draft_mark else "",
        *_headed(annex, names),
        '<div class="version"></div>' if annex.version and ends else "",
        f'<p class="notice">{escape(annex.foot)}</p>' if annex.foot else "",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(annex.language)}" dir="{annex.direction}">\n'
        f"<head>\n{_lines(head)}</head>\n<body>\n"
        f'<main class="letter annex">\n{_lines(body)}</main>\n</body>\n</html>\n'
    )


def behind(annex: Annex, names: Iterable[str] | None = None) -> str:
    """The annex as the end of a letter; its ``names`` as on a screen, where they are not given."""
    written = _lines(_headed(annex, _groups(annex) if names is None else names))
    return f'<section class="annex">\n{written}</section>'


def _headed(annex: Annex, names: Iterable[str]) -> Iterator[str]:
    """Names below what they stand for."""
    words = Words(annex.direction, annex.digits, raises=has_ordinals(annex.language))
    yield f"<h1>{words.text(annex.title)}</h1>"
    yield f'<p class="of">{words.line((d.Text(annex.of),))}</p>'
    for said in annex.remarks:
        yield f'<p class="remark">{words.line((d.Text(said),))}</p>'
    yield '<div class="names">'
    yield from names
    yield "</div>"


class NameTags:
    """The tags around names, the same for a screen and for paper."""

    def __init__(self, annex: Annex) -> None:
        tag = annex.language
        self._words = Words(annex.direction, annex.digits, raises=has_ordinals(tag), tag=tag)

    def word(self, text: str) -> str:
        """A name, or what stands beside it: it may run against the words around it."""
        return self._words.inlines((d.Value(text),))

    def label(self, group: NameGroup) -> str:
        """The name of a group, where it has one."""
        return f"<h2>{escape(group.label)}</h2>" if group.label else ""

    def head(self, group: NameGroup) -> str:
        """The head of a table."""
        cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in group.head)
        return f"<thead><tr>{cells}</tr></thead>"

    def index(self, letter: str, group: NameGroup, height: str = "") -> str:
        """A letter of the alphabet, in a column or across a table."""
        if not group.head:
            return f"<h3{height}>{escape(letter)}</h3>"
        spanned = f'colspan="{len(group.head)}"'
        return f'<tr class="index"{height}><th {spanned} scope="row">{escape(letter)}</th></tr>'

    def row(self, cells: tuple[str, ...], height: str = "") -> str:
        """A signatory: a name alone, or in the first cell of a row."""
        name, *others = map(self.word, cells)
        if not others:
            return f"<li{height}>{name}</li>"
        beside = "".join(f"<td>{cell}</td>" for cell in others)
        return f'<tr{height}><th scope="row">{name}</th>{beside}</tr>'


def columns_of(group: NameGroup) -> str:
    """The widths of a table: every column has the same."""
    width = 100 / len(group.head)
    return "<colgroup>" + f'<col style="width: {width:.3f}%">' * len(group.head) + "</colgroup>"


def _groups(annex: Annex) -> Iterator[str]:
    tags = NameTags(annex)
    for group in annex.groups:
        yield tags.label(group)
        if group.head:
            yield f"<table>{columns_of(group)}{tags.head(group)}<tbody>"
        for section in group.sections:
            if section.letter:
                yield tags.index(section.letter, group)
            rows = map(tags.row, section.rows())
            if group.head:
                yield from rows
            else:
                yield f'<ul style="columns: {annex.columns}">' + "".join(rows) + "</ul>"
        if group.head:
            yield "</tbody></table>"


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"{part.rstrip()}\n" for part in parts if part)
