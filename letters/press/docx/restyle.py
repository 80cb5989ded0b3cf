"""How styles of another Word document look, cut down to what may be said of type.

What is not listed here is left out: names, revision marks, hidden text, whatever a program adds.
Lengths that would hide words, or push them off the page, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from letters.error import LettersError, Status
from letters.press.contrast import READABLE, contrast, prints_signs
from letters.press.docx.ooxml import DRAWING, WORD, escape
from letters.press.reference import Restyled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = f"{{{WORD}}}"
_A = f"{{{DRAWING}}}"

# In the order in which the standard wants them.
_PARAGRAPH = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "suppressLineNumbers", "pBdr",
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "mirrorIndents", "jc", "textAlignment", "outlineLvl",
)  # fmt: skip
_LETTERS = (
    "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "color", "spacing",
    "kern", "sz", "szCs", "u", "shd", "vertAlign",
)  # fmt: skip
_INSIDE = {
    "pBdr": ("top", "left", "bottom", "right", "between"),
    "tabs": ("tab",),
}
PARAGRAPH_ORDER = (
    *_PARAGRAPH[: _PARAGRAPH.index("suppressLineNumbers")],
    "numPr",
    *_PARAGRAPH[_PARAGRAPH.index("suppressLineNumbers") : _PARAGRAPH.index("snapToGrid")],
    "bidi",
    *_PARAGRAPH[_PARAGRAPH.index("snapToGrid") :],
)
"""The same with what is always the letter's own: its lists, and the direction of its words."""

_FONTS = {
    "asciiTheme": "ascii",
    "hAnsiTheme": "hAnsi",
    "eastAsiaTheme": "eastAsia",
    "cstheme": "cs",
}
_SAFE = re.compile(r"[\w .,#%+&'()-]{0,64}")
_LEFT_OUT = re.compile("^theme|Lines$|Chars$")
"""Lengths in lines and characters would count before those that are bounded."""
_BOUNDS = {
    ("sz", "val"): (12, 200),
    ("szCs", "val"): (12, 200),
    ("spacing", "val"): (-10, 200),
    ("spacing", "before"): (0, 4000),
    ("spacing", "after"): (0, 4000),
    ("ind", "left"): (0, 4000),
    ("ind", "start"): (0, 4000),
    ("ind", "right"): (0, 4000),
    ("ind", "end"): (0, 4000),
    ("ind", "hanging"): (0, 1500),
    ("ind", "firstLine"): (0, 1500),
}
"""Least and greatest, in half points for type and in twips for the rest."""
_LINE_EXACT, _LINE_IN_PARTS = (120, 2000), (160, 1000)
_BLACK, _WHITE = "000000", "ffffff"
_PALE = 1.5  # contrast with white: what dark words can be read on


class UnfitReferenceError(LettersError):
    """The file can't be used as a reference; ``hint`` says what to do."""

    status = Status.PROBLEMS


def restyled(
    name: str, style: Element, fonts: Mapping[str, str], *, deep: bool = False
) -> Restyled:
    """What is kept of one style, or of the document's defaults (``deep``).

    ``name`` is for the message, and empty where it is the user's own. Raises UnfitReferenceError.
    """
    paragraph, letters = "pPr", "rPr"
    if deep:
        paragraph, letters = f"pPrDefault/{_W}pPr", f"rPrDefault/{_W}rPr"
    return Restyled(
        paragraph=_kept(name, style.find(f"{_W}{paragraph}"), _PARAGRAPH, fonts),
        letters=_kept(name, style.find(f"{_W}{letters}"), _LETTERS, fonts),
    )


def read_fonts(theme: Element) -> dict[str, str]:
    """The fonts that a style may name by their use: "minor" for text, "major" for headings."""
    found = {}
    for use in ("minor", "major"):
        for channel, ending in (("latin", ("HAnsi", "Ascii")), ("cs", ("Bidi",))):
            font = theme.find(f".//{_A}{use}Font/{_A}{channel}")
            if font is not None and font.get("typeface"):
                found.update({f"{use}{end}": font.get("typeface", "") for end in ending})
    return found


def _kept(
    name: str, properties: Element | None, known: tuple[str, ...], fonts: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    if properties is None:
        return ()
    found: dict[str, str] = {}
    for child in properties:
        kind = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if kind in known:
            found[kind] = _written(name, kind, child, fonts)
    return tuple((kind, found[kind]) for kind in known if found.get(kind))


def _written(name: str, kind: str, element: Element, fonts: Mapping[str, str]) -> str:
    values = {
        key.removeprefix(_W): str(value)
        for key, value in element.attrib.items()
        if key.startswith(_W) and _SAFE.fullmatch(str(value))
    }
    if kind == "rFonts":
        named = {at: fonts[values[key]] for key, at in _FONTS.items() if values.get(key) in fonts}
        values = {at: v for at, v in values.items() if at in _FONTS.values()} | named
        if not values:
            return ""
    values = {key: value for key, value in values.items() if not _LEFT_OUT.search(key)}
    _check(name, kind, values)
    inner = "".join(
        _written(name, inner_kind, child, fonts)
        for child in element
        if isinstance(child.tag, str)
        and (inner_kind := child.tag.removeprefix(_W)) in _INSIDE.get(kind, ())
    )
    shown = "".join(f' w:{key}="{escape(value)}"' for key, value in values.items())
    return f"<w:{kind}{shown}>{inner}</w:{kind}>" if inner else f"<w:{kind}{shown}/>"


def _check(name: str, kind: str, values: Mapping[str, str]) -> None:
    """Refuse what would hide words, strike them out, or push them off the page."""
    style = f"the style “{name}”" if name else "the style of all text"
    if kind in ("strike", "dstrike") and values.get("val", "1") not in ("0", "false", "off"):
        raise UnfitReferenceError(f"strikes out what is in {style}", "take that out")
    for key, value in values.items():
        bounds = _BOUNDS.get((kind, key))
        if kind == "spacing" and key == "line":
            exact = values.get("lineRule", "auto") in ("exact", "atLeast")
            bounds = _LINE_EXACT if exact else _LINE_IN_PARTS
        if bounds and not _within(value, bounds):
            what = {"sz": "a size", "szCs": "a size", "ind": "an indent"}.get(kind, "a space")
            raise UnfitReferenceError(
                f"gives {style} {what} that could hide words", "set it to a usual one"
            )
    if kind == "color" and _contrast(values.get("val", "auto"), _BLACK) < READABLE:
        raise UnfitReferenceError(
            f"gives {style} a colour too pale to be read", "choose a darker one"
        )
    if kind == "rFonts" and any(prints_signs(value) for value in values.values()):
        raise UnfitReferenceError(
            f"gives {style} a font of signs, not of letters", "choose another font"
        )
    patterned = values.get("val", "clear") not in ("clear", "nil")
    if kind == "shd" and (patterned or _contrast(values.get("fill", "auto"), _WHITE) > _PALE):
        raise UnfitReferenceError(
            f"sets {style} on a ground too dark to be read", "choose a paler one"
        )


def _contrast(colour: str, auto: str) -> float:
    """With white; ``auto`` is what a program takes by itself.."""
    if colour == "auto":
        return contrast(f"#{auto}")
    if not re.fullmatch("[0-9a-fA-F]{6}", colour):
        raise UnfitReferenceError(
            "holds a colour that is not written in six digits", "choose it anew"
        )
    return contrast(f"#{colour}")


def _within(value: str, bounds: tuple[int, int]) -> bool:
    return bool(re.fullmatch(r"-?\d{1,6}", value)) and bounds[0] <= int(value) <= bounds[1]
