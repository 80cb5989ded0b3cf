"""Signatories as they are drawn: shaped directly where that is exact, else by the full engine.

What is shaped directly is compared with the full engine on the first names of each group. Where a
theme sets them in another way, such as in capitals, all of the group goes through the engine.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from letters.press.name_language import by_letters
from letters.press.names.batch import BatchFace
from letters.press.names.engine import DrawnText, Engine, OtherFormError
from letters.press.names.plan import PlacedEntry
from letters.press.raised import has_ordinals, has_raised
from letters.press.shaping import Shaped, Widths

if TYPE_CHECKING:
    from letters.press.names.sheets import Entry
    from letters.press.names.specimens import Cell, Specimen, Specimens

SAMPLE = "Aa"
"""Stands in every cell of the entry that the others are measured by; it is printed nowhere."""

COMPARED = 40
"""So many entries of a group are drawn in both ways."""

_AT_ONCE = 8000  # entries that are held: each sheet for the few odd ones costs as much as hundreds
_REMEMBERED = 10_000  # cells of a column
_CLOSE = 0.5  # pixels: what ends so near the edge may end on either side of it
_BREAKABLE = re.compile(r"(?:[^\W\d_]|[ .,*'’])*")  # lines break at its spaces, and nowhere else
_FONT = re.compile(rb"/([^\s/]{1,99}) ([\d.]{1,24}) Tf\n\Z")
_SAME = 0.002  # pixels

Drawn = tuple[tuple[DrawnText, ...], ...]
"""For each cell what is drawn, from the upper left corner of the entry."""


class DrawnEntry(NamedTuple):
    """One entry with its words, and what is drawn of them; ``letter`` is one of the index.

    ``tongues`` has for each cell the language that is said of it, "" where none is; it is empty
    where none is said of any.
    """

    letter: str
    cells: Drawn
    tongues: tuple[str, ...] = ()


class Shaper:
    """Shapes words as those of a cell are, which the engine has drawn."""

    def __init__(
        self, sample: Cell, fonts: Iterable[Any], faces: dict[bytes, BatchFace] | None = None
    ) -> None:
        if len(sample.texts) != 1:
            raise OtherFormError
        text = sample.texts[0]
        found = _FONT.search(text.style)
        faces = {} if faces is None else faces
        # Columns in the same font share it, and what was shaped in it.
        face = faces.get(text.style) or BatchFace.of(sample.style)
        if found is None or face is None:
            raise OtherFormError
        faces[text.style] = face
        self._font = next(font for font in fonts if font.hash.encode() == found[1])
        if self._font.bitmap or self._font.svg or self._font.png or self._font.colr:
            raise OtherFormError
        if self._font.variations or face.size != float(found[2]):
            raise OtherFormError
        self._face, self.style = face, text.style
        self._x, self.baseline, self._cell = text.x, text.y, sample
        self._widths = Widths(self._font.hb_font, face.size)
        self._pieces: dict[tuple[int, int], str] = {}
        # Roles and places are the same for many.
        self.drawn = functools.lru_cache(maxsize=_REMEMBERED)(self._drawn)
        self._ready: dict[str, Shaped | None] = {}

    def prepare(self, lines: Iterable[str]) -> None:
        """Shape these together; they are asked for next."""
        self._ready = dict(self._face.shape_all(lines))

    def line(self, words: str) -> tuple[bytes, float] | None:
        """The operator that shows the words in one line, and its width in pixels."""
        shaped = self._face.shape(words)
        return None if shaped is None else (self._shown(words, shaped), shaped.width)

    def _drawn(self, words: str, line: float) -> tuple[DrawnText, ...] | None:
        """The words in as many lines as they need; None where that is not known."""
        if not words:
            return ()
        ready = self._ready
        shaped = ready[words] if words in ready else self._face.shape(words)
        if shaped is None:
            return None
        if shaped.width <= self._cell.width - _CLOSE:
            return (self._text(words, shaped, 0, line),)
        lines = self._broken(words)
        if lines is None:
            return None
        return tuple(self._text(said, one, n, line) for n, (said, one) in enumerate(lines))

    def _broken(self, words: str) -> list[tuple[str, Shaped]] | None:
        if not _BREAKABLE.fullmatch(words) or "  " in words:
            return None
        lines: list[tuple[str, Shaped]] = []
        rest = words.split(" ")
        while rest:
            room = self._cell.width - (self._cell.hanging if lines else 0)
            taken: tuple[str, Shaped] | None = None
            for count in range(1, len(rest) + 1):
                said = " ".join(rest[:count])
                shaped = self._face.shape(said)
                if shaped is None or abs(shaped.width - room) < _CLOSE:
                    return None
                if shaped.width > room:
                    break
                taken, used = (said, shaped), count
            if taken is None:
                return None
            lines.append(taken)
            rest = rest[used:]
        return lines

    def _text(self, words: str, shaped: Shaped, number: int, line: float) -> DrawnText:
        x = self._x + (self._cell.hanging if number else 0)
        return DrawnText(x, self.baseline + number * line, self.style, self._shown(words, shaped))

    def _shown(self, words: str, shaped: Shaped) -> bytes:
        """The operator that shows the glyphs, as WeasyPrint writes it, without the zeros."""
        glyphs = zip(shaped.glyphs, shaped.advances, strict=True)
        written = list(map(self._pieces.get, glyphs))
        if None in written:
            for number, key in enumerate(zip(shaped.glyphs, shaped.advances, strict=True)):
                if key not in self._pieces:
                    self._pieces[key] = self._piece(words, shaped, number, *key)
                written[number] = self._pieces[key]
        said = f"[<{''.join(filter(None, written))}>] TJ\n".replace("<>", "") if written else ""
        return said.encode()

    def _piece(self, words: str, shaped: Shaped, number: int, glyph: int, advance: int) -> str:
        font = self._font
        if glyph not in font.to_unicode:
            said, clusters = words.encode(), [one - shaped.clusters[0] for one in shaped.clusters]
            end = clusters[number + 1] if number + 1 < len(clusters) else len(said)
            font.to_unicode[glyph] = said[clusters[number] : end].decode()
        if glyph not in font.widths:
            font.widths[glyph] = self._widths[glyph]
        kerning = int(font.widths[glyph] - advance * 1000 / 1024 / self._face.size)
        return f"{glyph:04x}>{kerning}<" if kerning else f"{glyph:04x}"


class GroupRows:
    """The entries of one group; ``line`` is the height of a line in pixels.

    They stand in an annex in that ``language``.
    """

    def __init__(
        self, number: int, specimens: Specimens, engine: Engine, line: float, language: str
    ) -> None:
        self._number, self._specimens, self._line = number, specimens, line
        self._language, self._raises = language, has_ordinals(language)
        self._fonts = engine.fonts
        self._columns: tuple[Shaper, ...] | None = None
        self._faces: dict[bytes, BatchFace] = {}

    def measure(self, sample: Specimen, drawn: Iterable[tuple[tuple[str, ...], Specimen]]) -> None:
        """See whether the direct way is exact, by the sample and entries that are ``drawn``."""
        try:
            shapers = [Shaper(cell, self._fonts.values(), self._faces) for cell in sample.cells]
        except (OtherFormError, ValueError):
            return
        self._columns = tuple(shapers)
        for cells, by_engine in drawn:
            direct = self._direct(cells)
            if direct is not None and not _alike(direct, by_engine):
                self._columns = None
                return

    def placed(self, entries: Iterable[Entry]) -> Iterator[PlacedEntry[DrawnEntry]]:
        """Each entry as it is drawn, with its height in lines."""
        rest = iter(entries)
        letters: dict[str, PlacedEntry[DrawnEntry]] = {}
        while some := list(islice(rest, _AT_ONCE)):
            self._prepare([cells for letter, cells in some if not letter])
            found: list[Drawn | None] = [
                None if letter else self._direct(cells) for letter, cells in some
            ]
            others = [
                entry
                for entry, direct in zip(some, found, strict=True)
                if direct is None and entry[0] not in letters
            ]
            by_engine = iter(self._specimens.group(self._number, others).entries if others else ())
            for (letter, cells), direct in zip(some, found, strict=True):
                if direct is not None:
                    lines = max([len(cell) for cell in direct] or [1])
                    yield PlacedEntry(DrawnEntry("", direct, self._tongues(cells)), max(lines, 1))
                elif letter in letters:
                    yield letters[letter]
                else:
                    one = self._of(letter, next(by_engine), self._tongues(cells))
                    if letter:
                        letters[letter] = one
                    yield one

    def _prepare(self, rows: Sequence[tuple[str, ...]]) -> None:
        for number, column in enumerate(self._columns or ()):
            column.prepare(dict.fromkeys(cells[number] for cells in rows))

    def _direct(self, cells: tuple[str, ...]) -> Drawn | None:
        if self._columns is None or (self._raises and any(map(has_raised, cells))):
            return None
        found = []
        for column, words in zip(self._columns, cells, strict=True):
            drawn = column.drawn(words, self._line)
            if drawn is None:
                return None
            found.append(drawn)
        return tuple(found)

    def _tongues(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """What the letters of the cells tell, as on a page that the full engine lays out."""
        found = tuple(by_letters(words, self._language) for words in cells)
        return found if any(found) else ()

    def _of(
        self, letter: str, specimen: Specimen, tongues: tuple[str, ...]
    ) -> PlacedEntry[DrawnEntry]:
        lines = lines_of(specimen.height, self._line)
        cells = tuple(cell.texts for cell in specimen.cells)
        return PlacedEntry(DrawnEntry(letter, cells, tongues), lines, heading=bool(letter))


def _without_zeros(shown: bytes) -> bytes:
    """An operator without the kerning of nothing, which WeasyPrint writes where it rounds."""
    return re.sub(rb">0\]", b">]", shown.replace(b">0<", b""))


def lines_of(height: float, line: float) -> int:
    """In how many whole lines an entry has room: letters of another font may be a little higher."""
    return max(1, math.ceil(height / line - 0.01))


def _alike(direct: Drawn, specimen: Specimen) -> bool:
    """Whether both ways draw the same glyphs in the same places."""
    for own, cell in zip(direct, specimen.cells, strict=True):
        if len(own) != len(cell.texts):
            return False
        for one, other in zip(own, cell.texts, strict=True):
            near = abs(one.x - other.x) < _SAME and abs(one.y - other.y) < _SAME
            if not near or one.style != other.style:
                return False
            if one.shown != _without_zeros(other.shown):
                return False
    return True
