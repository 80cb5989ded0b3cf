"""The letter as one self-contained HTML page, which is also what the PDF is made from.

Only this module's own tags are ever written; every word of the Letter is escaped. Pictures are
embedded, nothing is fetched.
"""

from __future__ import annotations

import base64
from html import escape
from itertools import zip_longest

from letters.draft import document as d
from letters.press.css import style_sheet
from letters.press.theme import Theme

_TOGETHER_AT_MOST = 12
# A theme's own style sheet may ask for a file; no browser is to tell anybody that this was read.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def write(letter: d.Letter, theme: Theme) -> bytes:
    """The page as UTF-8; equal letters and themes give equal bytes."""
    return page(letter, theme).encode()


def page(letter: d.Letter, theme: Theme) -> str:
    """The page as text, with its style sheet inside."""
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_CLOSED}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(letter.title)}</title>",
        f'<meta name="author" content="{escape(letter.author)}">' if letter.author else "",
        f'<meta name="dcterms.created" content="{letter.date.isoformat()}">',
        f'<meta name="dcterms.modified" content="{letter.date.isoformat()}">',
        f"<style>\n{style_sheet(letter, theme)}</style>",
        # Apart, so that lines and columns in a warning are those of the theme's own file.
        f"<style>{theme.css}</style>" if theme.css else "",
    ]
    body = [
        f'<p class="draft-mark">{escape(letter.draft_mark)}</p>' if letter.draft_mark else "",
        *_blocks(letter.blocks),
        _notes(letter.notes),
        f'<p class="notice">{escape(letter.notice)}</p>' if letter.notice else "",
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}" dir="{letter.direction}">\n'
        f"<head>\n{_lines(head)}</head>\n<body>\n"
        f'<main class="letter">\n{_lines(body)}</main>\n</body>\n</html>\n'
    )


def _lines(parts: list[str]) -> str:
    return "".join(f"{part}\n" for part in parts if part)


def _blocks(blocks: d.Blocks) -> list[str]:
    out = []
    for block, after in zip_longest(blocks, blocks[1:]):
        # What leads in must not be parted from what it leads to.
        leads = isinstance(after, d.Asks | d.List | d.Table)
        closes = isinstance(after, d.Close)
        extra = "lead" if leads else "before-close" if closes else ""
        out.append(_block(block, extra))
    return out


def _block(block: d.Block, extra: str) -> str:
    match block:
        case d.Letterhead():
            return _letterhead(block)
        case d.DateLine(content=content):
            return f'<p class="date">{_inlines(content)}</p>'
        case d.AddressBlock(lines=lines):
            return f'<p class="address">{"<br>".join(_inlines(line) for line in lines)}</p>'
        case d.Subject(content=content):
            return f'<h1 class="subject">{_inlines(content)}</h1>'
        case d.Salutation(content=content):
            return f'<p class="salutation">{_inlines(content)}</p>'
        case d.Close(content=content):
            return f'<p class="close">{_inlines(content)}</p>'
        case d.Heading(level=level, content=content):
            return f"<h{level + 1}>{_inlines(content)}</h{level + 1}>"
        case d.Paragraph(content=content):
            mark = f' class="{extra}"' if extra else ""
            return f"<p{mark}>{_inlines(content)}</p>"
        case d.Asks(items=items, start=start):
            return _list("ol", "asks", [(str(n), item) for n, item in enumerate(items, start)])
        case d.List(ordered=True, items=items, start=start):
            return _list("ol", "list", [(f"{n}.", item) for n, item in enumerate(items, start)])
        case d.List(items=items):
            return _list("ul", "list", [("•", item) for item in items])
        case d.Quote(blocks=inner):
            return f"<blockquote>{''.join(_blocks(inner))}</blockquote>"
        case d.Table():
            return _table(block)
        case d.Sheet():
            return _sheet(block)
        case d.Passage(tongue=tongue, blocks=inner):
            new = " new-page" if block.new_page else ""
            return f'<div class="passage{new}"{_in(tongue)}>{"".join(_blocks(inner))}</div>'
        case d.Parallel(tongues=tongues, rows=pairs):
            return f'<table class="parallel"><tbody>{_pairs(tongues, pairs)}</tbody></table>'
        case d.SignatureBlock():
            return _signatures(block)
        case d.Enclosures(label=label, items=items) | d.Copies(label=label, items=items):
            rows = "".join(f"<li>{_inlines(item)}</li>" for item in items)
            return (
                f'<section class="attached"><p class="label">{escape(label)}</p>'
                f"<ul>{rows}</ul></section>"
            )


def _list(tag: str, kind: str, items: list[tuple[str, d.Blocks]]) -> str:
    """A list that sets its own marks: only so are items of several blocks tagged as PDF/UA asks."""
    rows = "".join(
        f'<li><span class="number">{mark}</span>{_item(item)}</li>' for mark, item in items
    )
    return f'<{tag} class="{kind}">{rows}</{tag}>'


def _item(blocks: d.Blocks) -> str:
    """A list item; a single paragraph needs no tag of its own."""
    if len(blocks) == 1 and isinstance(blocks[0], d.Paragraph):
        return _inlines(blocks[0].content)
    return "".join(_blocks(blocks))


def _letterhead(block: d.Letterhead) -> str:
    logo = f'<img class="logo" {_picture(block.logo)}>' if block.logo else ""
    first, *others = block.lines
    contact = "<br>".join(_inlines(line) for line in others)
    return (
        f'<header class="letterhead">{logo}<span class="organisation">{_inlines(first)}</span>'
        + (f'<span class="contact">{contact}</span>' if contact else "")
        + "</header>"
    )


def _table(table: d.Table) -> str:
    def row(tag: str, cells: tuple[d.Inlines, ...]) -> str:
        return "".join(
            f'<{tag} class="{align}"{_scope(tag)}>{_inlines(cell)}</{tag}>'
            for align, cell in zip(table.align, cells, strict=True)
        )

    rows = "".join(f"<tr>{row('td', cells)}</tr>" for cells in table.rows)
    return f"<table><thead><tr>{row('th', table.head)}</tr></thead><tbody>{rows}</tbody></table>"


def _sheet(sheet: d.Sheet) -> str:
    """A table whose head, the prayer in it, is repeated on every page."""
    columns = len(sheet.head)
    total = sum(sheet.shares)
    widths = "".join(f'<col style="width: {100 * share / total:.2f}%">' for share in sheet.shares)
    prayer = "".join(_blocks(sheet.prayer))
    above = f'<tr><th class="prayer" colspan="{columns}">{prayer}</th></tr>' if prayer else ""
    head = "".join(f'<th scope="col">{_inlines(cell)}</th>' for cell in sheet.head)
    rows = f"<tr>{'<td></td>' * columns}</tr>" * sheet.rows
    new = " new-page" if sheet.prayer else ""
    return (
        f'<table class="sheet{new}"><colgroup>{widths}</colgroup>'
        f"<thead>{above}<tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _pairs(tongues: tuple[d.Tongue, d.Tongue], rows: tuple[tuple[d.Blocks, d.Blocks], ...]) -> str:
    return "".join(
        "<tr>"
        + "".join(
            f"<td{_in(tongue)}>{''.join(_blocks(cell))}</td>"
            for tongue, cell in zip(tongues, pair, strict=True)
        )
        + "</tr>"
        for pair in rows
    )


def _in(tongue: d.Tongue) -> str:
    return f' lang="{escape(tongue.language)}" dir="{tongue.direction}"'


def _scope(tag: str) -> str:
    return ' scope="col"' if tag == "th" else ""


def _signatures(block: d.SignatureBlock) -> str:
    signers = sum(len(group.signatures) for group in block.groups)
    together = " together" if signers <= _TOGETHER_AT_MOST else ""
    groups = []
    for group in block.groups:
        if group.label:
            groups.append(f'<p class="label">{escape(group.label)}</p>')
        people = "".join(_signature(signature, group.ruled) for signature in group.signatures)
        groups.append(f'<ul class="signers columns-{group.columns}">{people}</ul>')
    groups += [f'<p class="remark">{escape(remark)}</p>' for remark in block.remarks]
    return f'<section class="signatures{together}">{"".join(groups)}</section>'


def _signature(signature: d.Signature, ruled: bool) -> str:
    picture = f"<img {_picture(signature.image)}>" if signature.image else ""
    room = f'<div class="room">{picture}</div>' if ruled or picture else ""
    details = "".join(f'<div class="detail">{_inlines(line)}</div>' for line in signature.details)
    state = f'<div class="state">{escape(signature.state)}</div>' if signature.state else ""
    return f'<li>{room}<div class="name">{escape(signature.name.text)}</div>{details}{state}</li>'


def _picture(image: d.Image) -> str:
    data = base64.b64encode(image.png).decode()
    return f'src="data:image/png;base64,{data}" alt="{escape(image.alt)}"'


def _notes(notes: tuple[d.Note, ...]) -> str:
    if not notes:
        return ""
    rows = "".join(
        f'<li id="note-{note.number}"{_in(note.tongue) if note.tongue else ""}>'
        f'<span class="number">{note.number}</span>'
        f"{_inlines(note.content)}</li>"
        for note in notes
    )
    return f'<section class="notes"><ol>{rows}</ol></section>'


def _inlines(content: d.Inlines) -> str:
    return "".join(_inline(node) for node in content)


def _inline(node: d.Inline) -> str:
    match node:
        case d.Text(text=text) | d.Value(text=text):
            return escape(text, quote=False)
        case d.Strong(content=content):
            return f"<strong>{_inlines(content)}</strong>"
        case d.Emphasis(content=content):
            return f"<em>{_inlines(content)}</em>"
        case d.Link(href=href, content=content):
            return _linked(href, content)
        case d.Break():
            return "<br>"
        case d.NoteMark(number=number):
            return f'<sup><a href="#note-{number}">{number}</a></sup>'


def _linked(href: str, content: d.Inlines) -> str:
    """A link, with emphasis outside of it: a PDF link that holds other tags is not accessible."""
    out = []
    for node in content:
        match node:
            case d.Strong(content=inner):
                out.append(f"<strong>{_linked(href, inner)}</strong>")
            case d.Emphasis(content=inner):
                out.append(f"<em>{_linked(href, inner)}</em>")
            case d.Text() | d.Value():
                out.append(f'<a href="{escape(href)}">{_inline(node)}</a>')
            case _:
                out.append(_inline(node))
    return "".join(out)
