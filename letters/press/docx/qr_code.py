"""The QR code of a letter in Word: a picture that has its place by the edges of the page.

It hangs on the last paragraph of the text, and so stands on that paragraph's page, wherever that
goes when somebody edits the letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from letters.draft.document import Letter
from letters.press import qr_code
from letters.press.docx.flow import TABLE_END, picture_xml
from letters.press.docx.ooxml import EMU_A_POINT, for_word
from letters.press.docx.runs import Relations
from letters.press.paper import POINTS_A_MM
from letters.press.theme import Theme

_END = "</w:p>"
_ANCHORED = (
    '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
    'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
    '<wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/>{picture}'
    "</wp:anchor></w:drawing></w:r>"
)


def run(letter: Letter, theme: Theme, relations: Relations, numbers: Iterator[int]) -> str:
    """A run with the code, if the letter has one; ``numbers`` are those of the file's pictures."""
    if not letter.code:
        return ""
    image, at = qr_code.picture(letter), qr_code.spot(theme, letter.direction)
    side = _emu(at.side)
    relation = relations.to_picture(image.png)
    drawn = picture_xml(image.alt, relation, next(numbers), (side, side))
    return _ANCHORED.format(left=_emu(at.left), top=_emu(at.top), side=side, picture=drawn)


def hung(body: str, run: str, *, last: bool) -> str:
    """The body of a letter whose last paragraph has that run for Word, which knows no lines below.

    Nothing to do where the body is ``last`` and ends in a line that is there for everybody.
    """
    if not run or (last and body.endswith(TABLE_END.xml())):
        return body
    return f"{body.removesuffix(_END)}{for_word(run, '')}{_END}"


def _emu(millimetres: float) -> int:
    return round(millimetres * POINTS_A_MM * EMU_A_POINT)
