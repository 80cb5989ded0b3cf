"""What a theme.yaml may say, and within which bounds: each token of a theme, as it is written."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from letters.campaign.types import Model, Truth, as_number
from letters.press.contrast import READABLE, contrast, prints_signs
from letters.press.paper import PAGE_MM
from letters.press.theme import FigureStyle, LetterheadSet, NotesAt, Side

_SMALLEST = 6  # points


def _length(value: object) -> float:
    number = as_number(value) if isinstance(value, str) else None
    if number is None or not 0 < number < 200:
        raise PydanticCustomError("length", "must be a number above 0 and below 200")
    return float(number)


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour", 'must be a colour like "#6b2a2f", in quotes')
    return value.lower()


def _family(value: str) -> str:
    if not re.fullmatch(r"[\w .-]{1,60}", value):
        raise PydanticCustomError("font", "must be the name of a font family")
    if prints_signs(value):
        raise PydanticCustomError("signs", "prints signs instead of letters")
    return value


def _pair(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) != 2:
        raise PydanticCustomError("fonts", "must name two fonts: the PDF’s, and Word’s")
    return value


def _size(value: object) -> float:
    size = _length(value)
    if size < _SMALLEST:
        raise PydanticCustomError("size", f"must be at least {_SMALLEST}, or nobody can read it")
    return size


def _ink(value: str) -> str:
    colour = _colour(value)
    if contrast(colour) < READABLE:
        raise PydanticCustomError("ink", "is too pale to be read on white paper")
    return colour


_Length = Annotated[float, BeforeValidator(_length)]
_Size = Annotated[float, BeforeValidator(_size)]
_Ink = Annotated[str, AfterValidator(_ink)]
_Colour = Annotated[str, AfterValidator(_colour)]
_Family = Annotated[str, AfterValidator(_family)]
_Pair = Annotated[tuple[_Family, ...], AfterValidator(_pair)]
_ROOM = 60


def _thickness(value: object) -> float:
    number = as_number(value) if isinstance(value, str) else None
    if number is None or not 0 <= number <= 6:
        raise PydanticCustomError("thickness", "must be a number from 0 (no line) to 6")
    return float(number)


_Thickness = Annotated[float, BeforeValidator(_thickness)]


class _Margins(Model):
    top: _Length
    right: _Length
    bottom: _Length
    left: _Length

    @model_validator(mode="after")
    def _leave_room(self) -> Self:
        width, height = (min(sides) for sides in zip(*PAGE_MM.values(), strict=True))
        if self.left + self.right > width - _ROOM or self.top + self.bottom > height - _ROOM:
            raise PydanticCustomError("margins", f"leave less than {_ROOM} mm for the text")
        return self


class _Fonts(Model):
    text: _Pair
    label: _Pair
    figures: FigureStyle = "lining"


class _Sizes(Model):
    text: _Size
    label: _Size
    small: _Size


class _Lines(Model):
    text: _Size
    address: _Size
    small: _Size


class _Spaces(Model):
    paragraph: _Length
    block: _Length
    signature: _Length


class _Colours(Model):
    text: _Ink
    accent: _Ink
    muted: _Ink
    rule: _Colour


class _Letterhead(Model):
    set: LetterheadSet = "apart"
    rule_pt: _Thickness = 0.75
    logo: Side | None = None
    small_capitals: Truth = False


class ThemeFile(Model):
    """theme.yaml as written."""

    description: str = ""
    page: Literal["letter", "a4"]
    margin_mm: _Margins
    fonts: _Fonts
    size_pt: _Sizes
    line_pt: _Lines
    space_pt: _Spaces
    colour: _Colours
    letterhead: _Letterhead = _Letterhead()
    date: Side = "start"
    notes: NotesAt = "end"

    @model_validator(mode="after")
    def _keep_lines_apart(self) -> Self:
        size, line = self.size_pt, self.line_pt
        if line.text < size.text or line.address < size.text or line.small < size.small:
            message = "sets lines closer to each other than their type is high"
            raise PydanticCustomError("lines", message, {"key": "line_pt"})
        return self
