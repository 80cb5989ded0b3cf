"""One line of plain words, shaped as Pango shapes it and written as WeasyPrint writes it.

WeasyPrint builds a layout and a tree of boxes around each line, though what it draws in the end are
the glyphs that HarfBuzz gives. Here the same library is asked with the very font that Pango holds,
so that glyphs and widths are the same to the last unit.

Its limits, beyond which a line is None and somebody has to ask WeasyPrint: words from left to right
in the Latin, Cyrillic or Greek script, one font that has all of their characters, nothing that is
set off its place (marks that combine, letters that are spaced), at most 32,000 bytes.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

_HARFBUZZ = """
    typedef ... hb_buffer_t;
    typedef ... hb_language_impl_t;
    typedef struct {
        uint32_t codepoint; uint32_t mask; uint32_t cluster; uint32_t var1; uint32_t var2;
    } hb_glyph_info_t;
    typedef struct {
        int32_t x_advance; int32_t y_advance; int32_t x_offset; int32_t y_offset; uint32_t var;
    } hb_glyph_position_t;
    hb_buffer_t * hb_buffer_create (void);
    void hb_buffer_destroy (hb_buffer_t *buffer);
    void hb_buffer_clear_contents (hb_buffer_t *buffer);
    void hb_buffer_add_utf8 (
        hb_buffer_t *buffer, const char *text, int length, unsigned int offset, int item);
    void hb_buffer_set_direction (hb_buffer_t *buffer, int direction);
    void hb_buffer_set_script (hb_buffer_t *buffer, uint32_t script);
    void hb_buffer_set_language (hb_buffer_t *buffer, const hb_language_impl_t *language);
    void hb_buffer_set_flags (hb_buffer_t *buffer, int flags);
    void hb_buffer_set_cluster_level (hb_buffer_t *buffer, int level);
    void hb_buffer_set_invisible_glyph (hb_buffer_t *buffer, uint32_t invisible);
    const hb_language_impl_t * hb_language_from_string (const char *tag, int length);
    void hb_shape (hb_font_t *font, hb_buffer_t *buffer, void *features, unsigned int count);
    hb_glyph_info_t * hb_buffer_get_glyph_infos (hb_buffer_t *buffer, unsigned int *length);
    hb_glyph_position_t * hb_buffer_get_glyph_positions (
        hb_buffer_t *buffer, unsigned int *length);
    hb_font_t * hb_font_reference (hb_font_t *font);
    void hb_font_destroy (hb_font_t *font);
    int32_t hb_font_get_glyph_h_advance (hb_font_t *font, hb_codepoint_t glyph);
"""
_LEFT_TO_RIGHT, _BEGINS_AND_ENDS, _BY_CHARACTER = 4, 3, 1
_UNITS = 1024  # Pango's, of which one pixel has so many
_FIELDS = 5  # numbers that HarfBuzz tells of each glyph
_LONGEST = 32_000
UNSEEN = 0x0FFFFFFF
"""Pango's glyph for what is not drawn, such as the joiner that keeps a name in one line."""

# Letters of one script, and what goes with any: else Pango would cut the line into several runs.
_SHARED = "\u0020-\u0040\u005b-\u0060\u007b-\u007e\u00a0-\u00a9\u00ab-\u00b9\u00bb-\u00bf×÷"
_SHARED += "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2039\u203a\u2060\u20ac\u2116"
_SHARED += "\u2122"
_OF_SCRIPTS = {
    "Zyyy": "",
    "Latn": "A-Za-zªºÀ-ÖØ-öø-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u0482\u048a-\u052f",
    "Grek": "\u0386\u0388-\u03e1",
}
_SCRIPTS = tuple((name, re.compile(f"[{_SHARED}{own}]*")) for name, own in _OF_SCRIPTS.items())
_KNOWN = re.compile(f"[{_SHARED}{''.join(_OF_SCRIPTS.values())}]")
_EVERY = "".join(_KNOWN.findall("".join(map(chr, range(0x20, 0x2200)))))
_ORDINARY = "n"


class Shaped(Struct, frozen=True):
    """The glyphs of a line: each with its advance in Pango's units, and where its words begin.

    ``clusters`` are places in the text as UTF-8.
    """

    glyphs: tuple[int, ...]
    advances: tuple[int, ...]
    clusters: tuple[int, ...]

    @property
    def width(self) -> float:
        """Pixels from its beginning to its end."""
        return sum(self.advances) / _UNITS


class FontFace:
    """A font at one size, as Pango holds it, for words of one language.

    ``pango_font`` and ``size`` (pixels) are those of a run of glyphs, and ``key`` what WeasyPrint
    knows the font by; it is asked for no other than the ``covered`` characters.
    """

    def __init__(
        self, pango_font: Any, key: Any, size: float, language: str, covered: frozenset[str]
    ) -> None:
        ffi, harfbuzz, pango = _libraries()
        self._font = ffi.gc(
            harfbuzz.hb_font_reference(pango.pango_font_get_hb_font(pango_font)),
            harfbuzz.hb_font_destroy,
        )
        self.key, self.size = key, size
        tag = language.encode()
        self._language = harfbuzz.hb_language_from_string(tag, len(tag))
        self._covered = covered

    @classmethod
    def of(cls, style: Any) -> FontFace | None:
        """The font that WeasyPrint sets words in where they have that style.

        Of several families that is the first which has ordinary letters; what it lacks, or what a
        family before it has, Pango takes from another font. None where letters are spaced or their
        shapes chosen.
        """
        from weasyprint.text.fonts import get_pango_font_key
        from weasyprint.text.line_break import Layout

        ffi, _, pango = _libraries()
        layout = Layout(style)
        if pango.pango_layout_get_attributes(layout.layout) != ffi.NULL:
            return None  # attributes of fonts: ligatures or capitals that were asked for
        layout.set_text(_EVERY)
        if style["letter_spacing"] != "normal" or style["word_spacing"]:
            return None
        line, _ = layout.get_first_line()
        written = _EVERY.encode()
        fonts: dict[Any, str] = {}
        run = line.runs[0]
        while run != ffi.NULL:
            item = run.data.item
            said = written[item.offset : item.offset + item.length].decode()
            fonts[item.analysis.font] = fonts.get(item.analysis.font, "") + said
            run = run.next
        first = next(font for font, said in fonts.items() if _ORDINARY in said)
        key, _, size = get_pango_font_key(first)
        return cls(first, key, size, style["lang"] or "", frozenset(fonts[first]))

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - faces live as long as their process
    def shape(self, text: str) -> Shaped | None:
        """The line, or None where its words are beyond what is done here."""
        script = script_of(text)
        if script is None or len(text) > _LONGEST // 4 or not self._covered.issuperset(text):
            return None
        found = shaped(self._font, text, script, self._language)
        if found is None or 0 in found.glyphs or min(found.advances, default=0) < 0:
            return None
        return found


class LineWriter:
    """Writes lines of one face into content streams, beside their places and the font's name.

    ``widths`` are those of the font in the PDF, in thousandths of its size; what Pango wants beside
    them is written between the glyphs, in the way of WeasyPrint 70.
    """

    def __init__(self, face: FontFace, widths: Mapping[int, int]) -> None:
        self._size, self._widths = face.size, widths
        self._pieces: dict[tuple[int, int], str] = {}

    def shown(self, line: Shaped) -> bytes:
        """The operator that shows the line."""
        pieces = self._pieces
        pieces[UNSEEN, 0] = ">0.0<"
        written = []
        for key in zip(line.glyphs, line.advances, strict=True):
            piece = pieces.get(key)
            if piece is None:
                glyph, advance = key
                kerning = self._widths[glyph] + 0.0 - advance * 1000 * (1 / _UNITS) / self._size
                piece = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
                pieces[key] = piece
            written.append(piece)
        shown = f"<{''.join(written)}"
        return f"[{shown[:-1] if shown[-1] == '<' else f'{shown}>'}] TJ".encode()


class Widths(dict[int, int]):
    """The advances of a font's glyphs in thousandths of its size, told when they are asked for.

    WeasyPrint takes each from the first line that shows the glyph, and Pango rounds at every size:
    the same glyph would have one width in this letter and another in the next. ``font`` is
    HarfBuzz's, ``size`` its size in pixels; that decides for all glyphs.
    """

    def __init__(self, font: Any, size: float) -> None:
        super().__init__()
        ffi, harfbuzz, _ = _libraries()
        self._font = ffi.gc(harfbuzz.hb_font_reference(font), harfbuzz.hb_font_destroy)
        self._size = size

    def __contains__(self, glyph: object) -> bool:
        return glyph != 0 or super().__contains__(0)  # the box for what is missing has no own width

    def __missing__(self, glyph: int) -> int:
        _, harfbuzz, _ = _libraries()
        advance = int(harfbuzz.hb_font_get_glyph_h_advance(self._font, glyph))
        self[glyph] = found = round(advance * 1000 * (1 / _UNITS) / self._size)
        return found


def shaped(font: Any, text: str, script: str, language: Any = None) -> Shaped | None:
    """The glyphs of HarfBuzz's ``font`` for the text; None where some are set off their place."""
    ffi, harfbuzz, _ = _libraries()
    buffer, written = _buffer(), text.encode()
    harfbuzz.hb_buffer_clear_contents(buffer)
    harfbuzz.hb_buffer_add_utf8(buffer, written, len(written), 0, len(written))
    harfbuzz.hb_buffer_set_cluster_level(buffer, _BY_CHARACTER)
    harfbuzz.hb_buffer_set_direction(buffer, _LEFT_TO_RIGHT)
    harfbuzz.hb_buffer_set_script(buffer, _tag(script))
    harfbuzz.hb_buffer_set_language(buffer, language or ffi.NULL)
    harfbuzz.hb_buffer_set_flags(buffer, _BEGINS_AND_ENDS)
    harfbuzz.hb_buffer_set_invisible_glyph(buffer, UNSEEN)
    harfbuzz.hb_shape(font, buffer, ffi.NULL, 0)
    with ffi.new("unsigned int *") as length:
        infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
        places = harfbuzz.hb_buffer_get_glyph_positions(buffer, length)
        size = int(length[0]) * _FIELDS * 4
        told = memoryview(bytes(ffi.buffer(infos, size))).cast("I")
        moved = memoryview(bytes(ffi.buffer(places, size))).cast("i")
    if any(moved[2::_FIELDS]) or any(moved[3::_FIELDS]) or any(moved[1::_FIELDS]):
        return None
    return Shaped(tuple(told[::_FIELDS]), tuple(moved[::_FIELDS]), tuple(told[2::_FIELDS]))


def script_of(text: str) -> str | None:
    """The one script of a line, as ISO 15924 has it; None where it has several, or another."""
    if not unicodedata.is_normalized("NFC", text):
        return None
    return next((name for name, known in _SCRIPTS if known.fullmatch(text)), None)


@functools.cache
def _libraries() -> tuple[Any, Any, Any]:
    """WeasyPrint's own door to C, HarfBuzz and Pango; it must be loaded before."""
    from weasyprint.text.ffi import ffi, harfbuzz, pango

    ffi.cdef(_HARFBUZZ)
    return ffi, harfbuzz, pango


@functools.cache
def _buffer() -> Any:
    ffi, harfbuzz, _ = _libraries()
    return ffi.gc(harfbuzz.hb_buffer_create(), harfbuzz.hb_buffer_destroy)


@functools.cache
def _tag(script: str) -> int:
    _, harfbuzz, _ = _libraries()
    return int(harfbuzz.hb_tag_from_string(script.encode(), -1))
