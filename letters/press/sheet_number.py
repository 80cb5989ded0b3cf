"""The number at the head of a sheet to sign: in words, and as a QR code that any telephone reads.

The code holds the number and nothing else, as “letters sign sheets record” takes it. A sheet that
isn't numbered yet has room for its number. At the foot stands where it goes back to.
"""

from __future__ import annotations

from html import escape

from letters.draft.document import NumberedSheet, Sheet
from letters.press import qr_code

_SIDE = 11  # mm; with error correction M it can be read after a stain or a fold
# No class of the letter's own style sheet: that is a part of every letter.
_ROW = (
    "height: auto; border: none; padding: 0 0 2mm; text-align: end; "
    "font: bold var(--text-size)/1.2 var(--label-font)"
)
_FOOT = (
    "height: auto; border: none; padding: 2mm 0 0; font: var(--small-size)/1.3 var(--label-font); "
    "text-align: start"
)
_CODE = f"width: {_SIDE}mm; height: {_SIDE}mm; vertical-align: middle; margin-inline-start: 3mm"


def row(sheet: Sheet) -> str:
    """The row of the sheet's head that says its number; it is repeated with the head."""
    label, picture = escape(sheet.blank), ""
    if isinstance(sheet, NumberedSheet):
        label = escape(sheet.label)
        if sheet.coded:
            # The words beside it say the same.
            picture = f'<img style="{_CODE}" alt="" src="{escape(qr_code.drawing(sheet.number))}">'
    if not label:
        return ""
    return f'<tr><td colspan="{len(sheet.head)}" style="{_ROW}">{label}{picture}</td></tr>'


def foot(sheet: Sheet) -> str:
    """The row below the rows to sign in, on each page; nothing where no address is known."""
    if not sheet.back:
        return ""
    return (
        f'<tfoot><tr><td colspan="{len(sheet.head)}" style="{_FOOT}">{escape(sheet.back)}</td></tr>'
        "</tfoot>"
    )
