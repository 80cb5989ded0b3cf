"""How a reference.docx looks that somebody edited in Word: what a theme carries of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from letters.press.paper import Margins, PageSize

Key: TypeAlias = tuple[str, str]
"""Kind and name of a style; the name in small letters."""


class Restyled(Struct, frozen=True):
    """One style of the file: what it is based on, and its properties as XML, by their names."""

    based: str = ""
    paragraph: tuple[tuple[str, str], ...] = ()
    letters: tuple[tuple[str, str], ...] = ()


class ReferenceStyles(Struct, frozen=True):
    """Its defaults, its styles by kind and name, its last page (None: as the theme has it).

    Styles that only others are based on have lost their names.
    """

    defaults: Restyled = Restyled()
    styles: Mapping[Key, Restyled] = field(default_factory=dict)
    page: PageSize | None = None
    margin_mm: Margins | None = None
