"""A theme: the few numbers and names from which both the CSS and the Word styles are made."""

from __future__ import annotations

from dataclasses import dataclass

from letters.press.paper import PAGE_MM, WINDOWS, PageSize, Window, WindowName


@dataclass(frozen=True, slots=True)
class Margins:
    """Page margins in mm."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Font:
    """``pdf`` is embedded in the PDF; ``word`` has the same widths and is found where Word is."""

    pdf: str
    word: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All lengths in points unless the name says mm; colours as ``#rrggbb``.

    ``css`` is the theme's own style sheet, set after the one that the tokens give.
    """

    name: str
    page: PageSize
    margin_mm: Margins
    text_font: Font
    label_font: Font
    text_size: float
    label_size: float
    small_size: float
    text_line: float
    address_line: float
    small_line: float
    paragraph_space: float
    block_space: float
    signature_space: float
    text_colour: str
    accent_colour: str
    muted_colour: str
    rule_colour: str
    css: str = ""
    window_name: WindowName | None = None

    @property
    def page_mm(self) -> tuple[float, float]:
        """Width and height of the sheet in mm."""
        return PAGE_MM[self.page]

    @property
    def window(self) -> Window | None:
        """The window that the address must stand behind, if there is one."""
        return WINDOWS[self.window_name] if self.window_name else None
