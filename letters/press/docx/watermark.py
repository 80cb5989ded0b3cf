"""The word that stands large across each page, as Word itself makes it: by "Design, Watermark"."""

from __future__ import annotations

from letters.press.docx.ooxml import escape
from letters.press.theme import Theme
from letters.press.watermark import PALE, size

_WIDE, _HIGH = 0.55, 0.65  # em of a capital
_SHAPE = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="Watermark" type="#_x0000_t136" alt="" style="position:absolute;margin-left:0;'
    "margin-top:0;width:{width}pt;height:{height}pt;rotation:310;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    'mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" '
    'fillcolor="{colour}" stroked="f"><v:textpath style="font-family:&quot;{font}&quot;;'
    'font-size:1pt;font-weight:bold" string="{word}"/></v:shape></w:pict></w:r>'
)


def watermark(word: str, theme: Theme) -> str:
    """A run for the head of each page; nothing where there is no such word."""
    if not word:
        return ""
    points = size(word, theme)
    return _SHAPE.format(
        width=round(points * _WIDE * len(word)),
        height=round(points * _HIGH),
        colour=PALE,
        font=escape(theme.label_font.word),
        word=escape(word),
    )
