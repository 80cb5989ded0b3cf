"""Fonts and colours of the theme where Word's own menus look for them.

The styles don't lean on these parts. They make Word's colour and font menus offer what the letter
is set in, and tell a reader without Microsoft's fonts which ones have the same widths.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from letters.press.docx.ooxml import DRAWING, escape, part, tag
from letters.press.docx.package import font_relation
from letters.press.embedded_fonts import embedded_families, faces_of
from letters.press.fonts import instead
from letters.press.theme import Theme

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def font_table(theme: Theme) -> bytes:
    """``fontTable.xml``: each font with the one to take where it is missing.

    For the theme's own that is the metric-compatible one which the PDF is set in.
    """
    text, label = theme.text_font, theme.label_font
    table = {text.word: (text.pdf, "roman"), label.word: (label.pdf, "swiss")}
    for font in (text, label):
        for family in filter(None, (font.complex, font.asian)):
            table.setdefault(family, (instead(family), "auto"))
    ids = count(1)
    return part("fonts", "".join(_font(name, *others, ids) for name, others in table.items()))


def _font(name: str, other: str, family: str, ids: Iterator[int]) -> str:
    alternative = tag("altName", other) if other and other != name else ""
    inside = "".join(
        f'<w:{face.use} r:id="{font_relation(next(ids))}" w:fontKey="{face.key}"/>'
        for face in (faces_of(name) if other == name else ())
    )
    return f'<w:font w:name="{escape(name)}">{alternative}{tag("family", family)}{inside}</w:font>'


def faces(theme: Theme) -> tuple[bytes, ...]:
    """The faces that go into the file, in the order of the table of fonts."""
    return tuple(face.data for name in embedded_families(theme) for face in faces_of(name))


def office_theme(theme: Theme) -> bytes:
    """``theme1.xml``; the shapes' formats that its schema asks for are as plain as can be."""
    colours = (
        ("dk1", theme.text_colour),
        ("lt1", "#ffffff"),
        ("dk2", theme.muted_colour),
        ("lt2", theme.rule_colour),
        *((f"accent{number}", theme.accent_colour) for number in range(1, 7)),
        ("hlink", theme.accent_colour),
        ("folHlink", theme.accent_colour),
    )
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>'
        for name, colour in colours
    )
    fonts = "".join(
        f'<a:{use}Font><a:latin typeface="{escape(font.word)}"/>'
        f'<a:ea typeface=""/><a:cs typeface=""/></a:{use}Font>'
        for use, font in (("major", theme.text_font), ("minor", theme.text_font))
    )
    name = escape(theme.name)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{DRAWING}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{name}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    ).encode()
