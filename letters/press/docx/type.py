"""How letters look in Word, as the properties of a run or of a style."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from letters.press.docx.ooxml import half_points, tag, twips
from letters.press.theme import Font


class Type(Struct, frozen=True):
    """How letters look: ``None`` and False are left to the style that this one is based on.

    Pairs of letters must be ``kerned`` as in the PDF, or lines break in other places. Word makes
    ``small_capitals`` of its capitals; ``figures`` it takes from the font.
    """

    font: Font | None = None
    size: float | None = None
    colour: str = ""
    bold: bool = False
    italic: bool = False
    letter_space: float = 0
    kerned: bool = False
    raised: bool = False
    small_capitals: bool = False
    figures: Literal["", "lining", "oldStyle"] = ""

    def xml(self) -> str:
        written = ""
        if self.font is not None:
            word, asian, cs = self.font.word, self.font.asian, self.font.complex
            written += tag("rFonts", ascii=word, hAnsi=word, eastAsia=asian or word, cs=cs or word)
        written += "<w:b/><w:bCs/>" if self.bold else ""
        written += "<w:i/><w:iCs/>" if self.italic else ""
        written += "<w:smallCaps/>" if self.small_capitals else ""
        written += tag("color", self.colour.lstrip("#")) if self.colour else ""
        written += tag("spacing", twips(self.letter_space)) if self.letter_space else ""
        written += tag("kern", 2) if self.kerned else ""
        if self.size is not None:
            written += tag("sz", half_points(self.size)) + tag("szCs", half_points(self.size))
        written += tag("vertAlign", "superscript") if self.raised else ""
        written += f'<w14:numForm w14:val="{self.figures}"/>' if self.figures else ""
        return f"<w:rPr>{written}</w:rPr>" if written else ""
