"""The blocks of a letter as HTML, each with the class by which the style sheet knows it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from html import escape
from itertools import zip_longest
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from letters.alike import Alike
from letters.draft import document as d
from letters.press import decimals
from letters.press.block_styles.ending import KEPT_TOGETHER
from letters.press.block_styles.lists import CELL_GAP
from letters.press.decimals import NATIVE_DIGIT, DecimalRoom
from letters.press.html_words import Words
from letters.press.pairs import pairs_with_the_close
from letters.press.tightness import is_short

_LINE = 48  # characters, whatever their width, that a line has room for in any theme
_LED_TO = d.Asks | d.List | d.Table | d.Quote


class Blocks(Struct, frozen=True):
    """Writes blocks, with ``words`` for what stands in them.

    A letterhead has the classes ``head``, by which its logo and contact have their places.
    """

    words: Words
    line: int = _LINE
    head: str = ""

    def turned(self, language: d.TextLanguage) -> Blocks:
        """For blocks in another language."""
        return replace(self, words=self.words.turned(language))

    def all(self, blocks: d.Blocks) -> list[str]:
        out: list[str] = []
        for block, after, later in zip_longest(blocks, blocks[1:], blocks[2:]):
            # What leads in must not be parted from what it leads to, nor the close from the text.
            leads = isinstance(block, d.Paragraph) and isinstance(after, _LED_TO)
            closes = isinstance(after, d.Close) or (isinstance(later, d.Close) and is_short(after))
            # Side by side, the last pair is the close in both languages.
            closes |= isinstance(block, d.Parallel) and isinstance(after, d.SignatureBlock)
            extra = "lead" if leads else "before-close" if closes else ""
            # A note at the foot of a page is taken out with its first mark: not the same each time.
            alike = not self.words.foot
            out.append(_alike(self, extra)(block) if alike else self.written(block, extra))
        return out

    def written(self, block: d.Block, extra: str) -> str:
        """One block; its first tag has the class ``extra``, if it can have one."""
        match block:
            case d.Letterhead():
                return self._letterhead(block)
            case d.AddressBlock(lines=lines):
                return (
                    f'<p class="address">{"<br>".join(self.words.line(line) for line in lines)}</p>'
                )
            case d.Subject(content=content):
                return f'<h1 class="subject">{self.words.inlines(content)}</h1>'
            case d.Heading(level=level, content=content):
                return f"<h{level + 1}>{self.words.inlines(content)}</h{level + 1}>"
            case d.Paragraph(content=content):
                return f"<p{_class(extra)}>{self.words.inlines(content)}</p>"
            case d.Figure():
                return self._figure(block)
            case d.Divider():
                return "<hr>"
            case d.Worded():
                return f"<p{_class(block.name)}>{self.words.inlines(block.printed)}</p>"
            case d.Asks() | d.List():
                return self._list(block, extra)
            case d.Quote(blocks=inner):
                return f"<blockquote{_class(extra)}>{''.join(self.all(inner))}</blockquote>"
            case d.Table():
                return self._table(block, extra)
            case d.Sheet():
                return self._sheet(block)
            case d.Passage(language=language, blocks=inner):
                kind = _class("passage", "new-page" if block.new_page else "")
                words = "".join(self.turned(language).all(inner))
                return f"<div{kind}{said_in(language)}>{words}</div>"
            case d.Parallel():
                return self._parallel(block, extra)
            case d.SignatureBlock():
                return self._signatures(block)
            case d.Enclosures(label=label, items=items) | d.Copies(label=label, items=items):
                rows = "".join(f"<li>{self.words.cell(item)}</li>" for item in items)
                return (
                    f'<section class="attached"><p class="label">{escape(label)}</p>'
                    f"<ul>{rows}</ul></section>"
                )
            case _:
                assert_never(block)

    def _list(self, block: d.Asks | d.List, extra: str) -> str:
        """A list that sets its own marks: only so are items of several blocks tagged rightly."""
        number = self.words.number
        match block:
            case d.Asks(items=items, start=start):
                tag, kind, marks = (
                    "ol",
                    "asks",
                    [number(n) for n in range(start, start + len(items))],
                )
            case d.List(ordered=True, items=items, start=start):
                tag, kind, marks = (
                    "ol",
                    "list",
                    [f"{number(n)}." for n in range(start, start + len(items))],
                )
            case d.List(items=items):
                tag, kind, marks = "ul", "list", ["•"] * len(items)
        rows = "".join(
            f'<li><span class="number">{mark}</span>{self._item(item)}</li>'
            for mark, item in zip(marks, items, strict=True)
        )
        return f"<{tag}{_class(kind, extra)}>{rows}</{tag}>"

    def _item(self, blocks: d.Blocks) -> str:
        """A list item; a single paragraph needs no tag of its own."""
        if len(blocks) == 1 and isinstance(blocks[0], d.Paragraph):
            return self.words.inlines(blocks[0].content)
        return "".join(self.all(blocks))

    def _letterhead(self, block: d.Letterhead) -> str:
        logo = f'<img class="logo" {self.words.picture(block.logo)}>' if block.logo else ""
        first, *others = block.lines
        contact = "<br>".join(self.words.line(line) for line in others)
        lines = f'<span class="organisation">{self.words.line(first)}</span>'
        lines += f'<span class="contact">{contact}</span>' if contact else ""
        if "logo-beside" in self.head:
            lines = f'<span class="lines">{lines}</span>'
        return f"<header{_class('letterhead', self.head)}>{logo}{lines}</header>"

    def _figure(self, figure: d.Figure) -> str:
        drawn = f"<img {self.words.picture(figure.image)}>" if figure.image else ""
        caption = self.words.inlines(figure.caption)
        below = f'<figcaption class="caption">{caption}</figcaption>' if caption else ""
        return f'<figure class="figure">{drawn}{below}</figure>'

    def _table(self, table: d.Table, extra: str) -> str:
        longest = self.line // max(len(table.align), 1)
        last = len(table.align) - 1

        def row(tag: str, cells: tuple[d.Inlines, ...], rooms: Sequence[DecimalRoom | None]) -> str:
            return "".join(
                f"<{tag}{_class(align, _long(cell, longest))}{_scope(tag)}"
                f"{_room(room, last=place == last)}>{self.words.cell(cell)}</{tag}>"
                for place, (align, cell, room) in enumerate(
                    zip(table.align, cells, rooms, strict=True)
                )
            )

        none = [None] * len(table.align)
        rtl = self.words.direction == "rtl"
        rooms = decimals.rooms(table, self.words.decimal, rtl=rtl)
        rows = "".join(
            f"<tr>{row('td', cells, room)}</tr>"
            for cells, room in zip(table.rows, rooms, strict=True)
        )
        head = f"<thead><tr>{row('th', table.head, none)}</tr></thead>"
        said = self.words.inlines(table.caption)
        above = f"<caption>{said}</caption>" if said else ""
        return f"<table{_class(extra)}>{above}{head}<tbody>{rows}</tbody></table>"

    def _sheet(self, sheet: d.Sheet) -> str:
        """A table whose head, the prayer in it, is repeated on every page."""
        columns = len(sheet.head)
        total = sum(sheet.shares)
        widths = "".join(
            f'<col style="width: {100 * share / total:.2f}%">' for share in sheet.shares
        )
        prayer = "".join(self.all(sheet.prayer))
        above = f'<tr><td class="prayer" colspan="{columns}">{prayer}</td></tr>' if prayer else ""
        from letters.press import sheet_number  # few letters have a sheet

        above, foot = sheet_number.row(sheet) + above, sheet_number.foot(sheet)
        head = "".join(f'<th scope="col">{self.words.cell(cell)}</th>' for cell in sheet.head)
        rows = f"<tr>{'<td></td>' * columns}</tr>" * sheet.rows
        new = " new-page" if sheet.prayer else ""
        return (
            f'<table class="sheet{new}"><colgroup>{widths}</colgroup>'
            f"<thead>{above}<tr>{head}</tr></thead><tbody>{rows}</tbody>{foot}</table>"
        )

    def _parallel(self, block: d.Parallel, extra: str) -> str:
        """Two columns and no table: a reader meets each pair in turn, each in its own language."""
        half = replace(self, line=self.line // 2)
        kept = pairs_with_the_close(block) if extra else 0
        pairs = "".join(
            f"<div{_class('pair', 'before-close' if at >= len(block.rows) - kept else '')}>"
            + "".join(
                f'<div class="cell"{said_in(one)}>{"".join(half.turned(one).all(cell))}</div>'
                for one, cell in zip(block.languages, pair, strict=True)
            )
            + "</div>"
            for at, pair in enumerate(block.rows)
        )
        return f"<div{_class('parallel', extra if kept else '')}>{pairs}</div>"

    def _signatures(self, block: d.SignatureBlock) -> str:
        signers = sum(len(group.signatures) for group in block.groups)
        together = " together" if signers <= KEPT_TOGETHER else ""
        groups = []
        for group in block.groups:
            if group.label:
                groups.append(f'<p class="label">{escape(group.label)}</p>')
            people = "".join(
                self._signature(signature, group.ruled) for signature in group.signatures
            )
            groups.append(f'<ul class="signers columns-{group.columns}">{people}</ul>')
        groups += [
            f'<p class="remark">{self.words.line((d.Text(remark),))}</p>'
            for remark in block.remarks
        ]
        return f'<section class="signatures{together}">{"".join(groups)}</section>'

    def _signature(self, signature: d.Signature, ruled: bool) -> str:
        drawn = f"<img {self.words.picture(signature.image)}>" if signature.image else ""
        room = f'<div class="room">{drawn}</div>' if ruled or drawn else ""
        details = "".join(
            f'<div class="detail">{self.words.line(line)}</div>' for line in signature.details
        )
        state = f'<div class="state">{escape(signature.state)}</div>' if signature.state else ""
        name = f'<div class="name">{self.words.line((signature.name,))}</div>'
        return f"<li>{room}{name}{details}{state}</li>"


@functools.lru_cache(maxsize=64)
def _alike(blocks: Blocks, extra: str) -> Alike[d.Block, str]:
    """What is written of blocks: most are the same in the next letter."""
    return Alike(functools.partial(blocks.written, extra=extra))


def _long(cell: d.Inlines, longest: int) -> str:
    """Marks a cell in which a word, such as an address, would push its table off the page."""
    return "long" if any(len(word) > longest for word in d.plain(cell).split()) else ""


def _class(*names: str) -> str:
    written = " ".join(name for name in names if name)
    return f' class="{written}"' if written else ""


def said_in(language: d.TextLanguage) -> str:
    """The attributes that tell a language and its direction."""
    return f' lang="{escape(language.tag)}" dir="{language.direction}"'


def _room(room: DecimalRoom | None, *, last: bool) -> str:
    """Room behind a figure, so that it stands by its decimal sign; more before another column."""
    if room is None:
        return ""
    width = f"{room.digits * NATIVE_DIGIT:.4g}em" if room.native else f"{room.digits:g}ch"
    if not last:
        width = f"calc({CELL_GAP.points:g}pt + {width})"
    return f' style="padding-inline-end: {width}"'


def _scope(tag: str) -> str:
    return ' scope="col"' if tag == "th" else ""
