"""The number at the head of a sheet to sign: in words, and as a QR code that any telephone reads.

The code holds the number and nothing else, as “letters sign sheets record” takes it.
"""

from __future__ import annotations

from html import escape

from letters.draft.document import NumberedSheet

_SIDE = 11  # mm; with error correction M it can be read after a stain or a fold
# No class of the letter's own style sheet: that is a part of every letter.
_ROW = "height: auto; border: none; padding: 0 0 2mm; text-align: end; font: bold var(--label-font)"
_CODE = f"width: {_SIDE}mm; height: {_SIDE}mm; vertical-align: middle; margin-inline-start: 3mm"


def row(sheet: NumberedSheet) -> str:
    """The row of the sheet's head that says its number; it is repeated with the head."""
    label, picture = escape(sheet.label), ""
    if sheet.coded:
        # The words beside it say the same.
        picture = f'<img style="{_CODE}" alt="" src="{escape(_code(sheet.number))}">'
    return (
        f'<tr><td colspan="{len(sheet.head)}" style="{_ROW}; font-size: var(--text-size)">'
        f"{label}{picture}</td></tr>"
    )


def _code(number: str) -> str:
    import segno

    uri: str = segno.make(number, error="m", micro=False).svg_data_uri(border=2)
    return uri
