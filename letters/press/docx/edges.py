"""Styles of what stands around the text: the opening of the first page, and the edges of all."""

from __future__ import annotations

from msgspec.structs import replace

from letters.press.block_styles.opening import AFTER_LETTERHEAD, BELOW, BELOW_LOGO, LETTERHEAD
from letters.press.docx.line_styles import style_of, styles_of
from letters.press.docx.styles import Border, Setting, Style, text_width
from letters.press.docx.type import Type
from letters.press.paper import POINTS_A_MM
from letters.press.theme import Theme


def opening_styles(theme: Theme) -> tuple[Style, ...]:
    """Letterhead to salutation; behind a window the first three have places of their own."""
    letterhead = style_of(LETTERHEAD.words, theme)
    centre = "center" if theme.letterhead == "center" else ""
    stops = replace(letterhead.setting, tab_twips=text_width(theme), jc=centre)
    beside = Setting(line=letterhead.setting.line)
    end = Setting(line=1, after=AFTER_LETTERHEAD.of(theme) - 1)
    logo_gap = 0 if theme.letterhead == "apart" else BELOW_LOGO.of(theme)
    logo_at = {None: centre, "start": "left", "end": "right"}[theme.logo_side]
    return (
        Style(
            "Letterhead Logo",
            Type(size=1),
            Setting(after=logo_gap, line=1, at_least=True, jc=logo_at, keep_next=True),
            own=True,
        ),
        Style(
            "Letterhead Logo Above",
            setting=Setting(after=BELOW_LOGO.of(theme)),
            based="Letterhead Logo",
            own=True,
        ),
        replace(letterhead, setting=stops),
        Style(
            "Letterhead Beside Logo",
            letterhead.type,
            beside,
            use="the sender, where a logo stands at the side",
        ),
        Style(
            "Letterhead Contact",
            letterhead.type,
            Setting(line=letterhead.setting.line, jc="right"),
            use="how to reach the sender, where a logo stands at the side",
        ),
        Style("Letterhead End", setting=end, own=True),
        *(_dated(style, theme) for block in BELOW for style in styles_of(block, theme)),
        *(_window_styles(theme) if theme.window else ()),
    )


def _dated(style: Style, theme: Theme) -> Style:
    if style.name != "Date" or theme.date_side == "start":
        return style
    return replace(style, setting=replace(style.setting, jc="right"))


def _window_styles(theme: Theme) -> tuple[Style, ...]:
    size, line = theme.address_type
    return (
        Style("Window Letterhead", setting=Setting(after=0), based="Letterhead"),
        Style("Window Date", setting=Setting(after=0, jc="left"), based="Date"),
        Style(
            "Window Address", Type(size=size), Setting(after=0, line=line), based="Inside Address"
        ),
        Style("Fold Mark", Type(size=1), Setting(line=1, rule=Border("top", "#808080")), own=True),
    )


def edge_styles(theme: Theme) -> tuple[Style, ...]:
    """Head and foot of the page, and the mark of a draft."""
    line = theme.small_line
    small = Type(theme.label_font, theme.small_size, theme.muted_colour)
    edge, at_end = Setting(line=line), Setting(jc="right")
    mark = Type(theme.label_font, theme.label_size, theme.accent_colour, bold=True)
    styles = (
        Style("header", small, edge, use="the recipient at the head of further pages"),
        Style("Header End", setting=at_end, based="header", use="the date at the other end"),
        Style("footer", small, edge, use="what stands at the foot of each page"),
        Style("Footer End", setting=at_end, based="footer", use="the page at the other end"),
        Style("Edge End", Type(size=1), Setting(line=1), own=True),
        Style("Draft Mark", mark, Setting(line=line, jc="center"), use="Draft"),
    )
    if theme.window is None:
        return styles
    # On further pages the head holds the text down to where the margin ends.
    top, first = theme.margin_mm.top * POINTS_A_MM, theme.window.letterhead_top * POINTS_A_MM
    running = Setting(before=(top - first) / 2)
    marked = replace(running, before=max((top - first) / 2 - line, 0))
    return (
        *styles,
        Style("Running Head Space", Type(size=1), Setting(line=(top - line) / 2), own=True),
        Style("Running Head", setting=running, based="header"),
        Style("Running Head End", setting=at_end, based="Running Head"),
        Style("Running Head Marked", setting=marked, based="header"),
        Style("Running Head Marked End", setting=at_end, based="Running Head Marked"),
    )
