"""The posting list: what went into the bundle, to be ticked off at the letter box and kept."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.counting import counted
from letters.draft.document import Text
from letters.draft.language import language, language_of
from letters.post.paper import addresses
from letters.post.paper.bundle import MADE_BY
from letters.post.paper.fitting import font
from letters.press import pdf
from letters.press.html_words import Words
from letters.press.paper import PAGE_MM, WINDOWS

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.paper.addresses import Addressed
    from letters.press.theme import Theme

_WISHES = {"PrintScaling": "/None"}
_HEAD = ("No.", "Recipient", "Name and address", "Sheets", "Postage", "Posted on", "Proof")


class ListedRecipient(Struct, frozen=True):
    """One recipient of the bundle, and how many sheets of paper they get."""

    person: Addressed
    sheets: int


def listing(campaign: Campaign, rows: Sequence[ListedRecipient], theme: Theme) -> bytes:
    """The list as PDF, on the paper of the letters."""
    letter, day = campaign.letter, campaign.letter.date
    tag = letter.languages[0]
    title = letter.title.get(tag) or ""
    page = _style(campaign, rows, theme, title)
    body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    sheets = sum(row.sheets for row in rows)
    free = sum(row.person.free for row in rows)
    known = Words(language_of(campaign, tag).direction)
    text = (
        f'<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        f'<meta name="generator" content="{MADE_BY}">'
        f"<title>Posting list: {escape(title)}</title><style>{page}</style></head><body>"
        f"<h1>Posting list</h1>"
        f'<p class="letter">{known.line((Text(title),))}</p>'
        f'<p class="date">Letter of {language("en").date(day)}. {counted(len(rows), "recipient")},'
        f" {counted(sheets, 'sheet')} of paper printed on both sides."
        f"{f' {free} go free.' if free else ''}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )
    return pdf.drawn(pdf.laid_out(text, day), day, _WISHES)


def _row(number: int, row: ListedRecipient) -> str:
    person = row.person
    words = Words(person.direction)
    name, *others = (words.line((Text(line),)) for line in person.lines)
    where = f'<div class="where">{", ".join(others)}</div>' if others else ""
    postage = "free" if person.free else "stamp" if person.known else "–"
    if not person.known:
        where += '<div class="where">no postal address is known</div>'
    return (
        f'<tr><td class="number">{number}</td><td class="id">{escape(person.recipient)}</td>'
        f'<td lang="{escape(person.tag)}" dir="{person.direction}">'
        f'<div class="name">{name}</div>{where}</td>'
        f'<td class="number">{row.sheets}</td><td>{postage}</td><td></td><td></td></tr>'
    )


def _style(campaign: Campaign, rows: Sequence[ListedRecipient], theme: Theme, title: str) -> str:
    letter = campaign.letter
    window = WINDOWS[letter.window].page if letter.window else None
    width, height = PAGE_MM[window or letter.page or theme.page]
    texts = [title, *(line for row in rows for line in row.person.lines)]
    stack = font(addresses.families(texts, theme))
    small = f"font: 8pt {stack}; color: {theme.muted_colour}"
    return f"""@page {{ size: {width:g}mm {height:g}mm; margin: 16mm 15mm 18mm;
  @bottom-left {{ content: "Posting list"; {small} }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {small} }} }}
* {{ box-sizing: border-box; margin: 0; padding: 0 }}
[dir="ltr"] {{ direction: ltr }} [dir="rtl"] {{ direction: rtl }}
.spaces {{ white-space: pre-wrap }}
body {{ font: 9.5pt/1.3 {stack}; color: {theme.text_colour} }}
h1 {{ font-size: 17pt; color: {theme.accent_colour}; margin-bottom: 2mm }}
.letter {{ font-size: 12pt; font-weight: bold }}
.date {{ margin: 1mm 0 5mm; color: {theme.muted_colour} }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid }}
th {{ text-align: left; vertical-align: bottom; font-size: 8.5pt; padding: 1mm 1.5mm;
  color: {theme.accent_colour}; border-bottom: 0.8pt solid {theme.accent_colour} }}
td {{ vertical-align: top; text-align: start; padding: 1.4mm 1.5mm;
  border-bottom: 0.4pt solid {theme.rule_colour}; overflow-wrap: anywhere }}
.number, th:nth-child(1), th:nth-child(4) {{ text-align: right }}
.name {{ font-weight: bold }}
.where {{ font-size: 8.5pt; color: {theme.muted_colour} }}
th:nth-child(1) {{ width: 9mm }} th:nth-child(2) {{ width: 27mm }}
th:nth-child(4) {{ width: 14mm }} th:nth-child(5) {{ width: 14mm }}
th:nth-child(6) {{ width: 26mm }} th:nth-child(7) {{ width: 24mm }}
td:nth-child(6), td:nth-child(7) {{ border-left: 0.4pt solid {theme.rule_colour} }}"""
