"""Envelopes and sheets of labels as PDFs of their exact size, each address in its room."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.draft.document import Text
from letters.post.paper import addresses
from letters.post.paper.bundle import MADE_BY
from letters.post.paper.fitting import LINE, Fitted, fitted, font, width_by, widths
from letters.post.paper.stationery import POINT, Envelope, Labels, Room
from letters.press import pdf
from letters.press.html_words import Words
from letters.problem import CampaignError, Place, Problem

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.document import Direction
    from letters.post.paper.addresses import Addressed
    from letters.press.theme import Theme

_AS_IT_IS = {"PrintScaling": "/None", "PickTrayByPDFSize": "true", "Duplex": "/Simplex"}
_STYLE = """* { box-sizing: border-box; margin: 0; padding: 0 }
.sheet { position: relative }
.sheet + .sheet { break-before: page }
.block { position: absolute; white-space: pre; text-align: left }
[dir="ltr"] { direction: ltr }
[dir="rtl"] { direction: rtl }
.address[dir="rtl"], .stamp { text-align: right }
.sender .first, .stamp { font-weight: bold }
"""


class _Placed(Struct, frozen=True):
    """Lines in a room on a sheet, and what is said where they do not fit into it."""

    kind: str
    lines: tuple[str, ...]
    room: Room
    direction: Direction
    misfit: Problem


def envelopes(
    campaign: Campaign, people: Sequence[Addressed], theme: Theme, kind: Envelope
) -> bytes:
    """One page for each of them. Raises CampaignError where something can't be printed whole."""
    where = f"on an envelope {kind.title}"
    place = campaign.letter_place.place("from", "contact")
    hint = "the name and a postal address are enough for the post"
    no_sender = Problem(place, f"does not fit {where}", hint)
    no_mark = Problem(Place("places.yaml"), f"“postage_free_mark” does not fit {where}")
    sheets = []
    for person in people:
        back = addresses.sender(campaign, person.tag)
        sheet = [
            _Placed("sender", back, kind.sender, person.direction, no_sender),
            _address(campaign, person, kind.address, where),
        ]
        if person.free:
            mark = addresses.free_mark(campaign)
            sheet.append(_Placed("stamp", mark, kind.stamp, "ltr", no_mark))
        sheets.append(sheet)
    return _printed(campaign, people, theme, sheets, (kind.width, kind.height))


def labels(campaign: Campaign, people: Sequence[Addressed], theme: Theme, kind: Labels) -> bytes:
    """As many sheets as they need, row by row. Raises CampaignError like `envelopes`."""
    blocks = []
    for number, person in enumerate(people):
        left, top = kind.corner(number)
        room = replace(kind.label, left=left + kind.label.left, top=top + kind.label.top)
        blocks.append(_address(campaign, person, room, f"on a label {kind.title}"))
    sheets = [blocks[at : at + kind.a_sheet] for at in range(0, len(blocks), kind.a_sheet)]
    return _printed(campaign, people, theme, sheets, (kind.width, kind.height))


def _address(campaign: Campaign, person: Addressed, room: Room, where: str) -> _Placed:
    place = campaign.recipient_places[person.index].place("address")
    message = f"does not fit {where}, even at {room.smallest:g} points"
    misfit = Problem(place, message, "shorten its lines, or take a larger envelope or label")
    return _Placed("address", person.lines, room, person.direction, misfit)


def _printed(
    campaign: Campaign,
    people: Sequence[Addressed],
    theme: Theme,
    sheets: Sequence[Sequence[_Placed]],
    size: tuple[float, float],
) -> bytes:
    """The sheets as PDF; ``size`` is theirs in mm."""
    day = campaign.letter.date
    blocks = [block for sheet in sheets for block in sheet]
    texts = {line for block in blocks for line in block.lines}
    stack = addresses.families(sorted(texts), theme)
    narrowest = min((b.room.width / POINT / b.room.largest for b in blocks), default=0)
    width = width_by(widths(texts, stack, day, narrowest))
    problems = addresses.unprintable(campaign, people, stack)
    pages = []
    for sheet in sheets:
        placed = []
        for block in sheet:
            found = fitted(block.lines, block.room, width)
            if found is None:
                problems.append(block.misfit)
            else:
                placed.append(_html(block, found))
        pages.append(f'<div class="sheet">{"".join(placed)}</div>')
    if problems:
        raise CampaignError(problems)
    style = f"""@page {{ size: {size[0]:g}mm {size[1]:g}mm; margin: 0 }}
.sheet {{ width: {size[0]:g}mm; height: {size[1]:g}mm }}
.block {{ font-family: {font(stack)}; line-height: {LINE} }}
{_STYLE}"""
    title = escape(campaign.letter.title.get(campaign.letter.languages[0]) or "")
    page = (
        f'<!DOCTYPE html><html lang="{escape(campaign.letter.languages[0])}"><head>'
        f'<meta charset="utf-8"><meta name="generator" content="{MADE_BY}">'
        f"<title>{title}</title><style>{style}</style></head><body>{''.join(pages)}</body></html>"
    )
    return pdf.drawn(pdf.laid_out(page, day), day, _AS_IT_IS)


def _html(block: _Placed, found: Fitted) -> str:
    """The block at its place: an address in the middle of its room, all else at the top of it."""
    room = block.room
    down = (room.height - found.height) / 2 if block.kind == "address" else 0
    words = Words(block.direction)
    left = len("".join(block.lines[:1]).split())  # words of the first line, which may have rows
    rows: list[str] = []
    for row in found.rows:
        start = ' class="first"' if left > 0 else ""
        left -= len(row.split())
        rows.append(f"<div{start}>{words.line((Text(row),))}</div>")
    return (
        f'<div class="block {block.kind}" dir="{block.direction}" style="left:{room.left:.3f}mm;'
        f"top:{room.top + down:.3f}mm;width:{room.width:.3f}mm;font-size:{found.size:g}pt"
        f'">{"".join(rows)}</div>'
    )
