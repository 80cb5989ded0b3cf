"""Many lines shaped at once: of a hundred thousand short ones, most of the time is the asking."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from letters.press.shaping import FontFace, Shaped, script_of, shaped

_TOGETHER = 64
_BETWEEN = "\n"  # no font has a glyph for it, so nothing is kerned or joined across it
_NO_GLYPH = 0


class BatchFace(FontFace):
    """A font that takes many lines together; each comes out as it does alone.

    But for its clusters, which go on from line to line: they are told from the first one of each.
    """

    @classmethod
    def of(cls, style: Any) -> BatchFace | None:
        """The font of that style, as `FontFace.of` finds it."""
        found = super().of(style)
        return found if isinstance(found, BatchFace) else None

    def shape_all(self, lines: Iterable[str]) -> Iterator[tuple[str, Shaped | None]]:
        """Each line with its glyphs; None as from `shape`."""
        by_script: dict[str, list[str]] = {"Latn": []}
        latin, ordinary = self._latin, by_script["Latn"]
        for line in lines:
            if latin.issuperset(line) and line.lower() != line.upper() and _is_composed(line):
                ordinary.append(line)
                continue
            script = script_of(line)
            if script is None or not line or not self._covered.issuperset(line):
                yield line, None if line else self.shape(line)
            else:
                by_script.setdefault(script, []).append(line)
        for script, own in by_script.items():
            rest = iter(own)
            while some := list(islice(rest, _TOGETHER)):
                yield from self._together(script, some)

    @functools.cached_property
    def _latin(self) -> frozenset[str]:
        """The characters of which lines in the Latin script consist, as `script_of` knows them."""
        return frozenset(one for one in self._covered if script_of(one) in ("Latn", "Zyyy"))

    def _together(self, script: str, lines: list[str]) -> Iterator[tuple[str, Shaped | None]]:
        found = shaped(self._font, _BETWEEN.join(lines), script, self._language)
        if found is None or found.glyphs.count(_NO_GLYPH) != len(lines) - 1:
            for line in lines:
                yield line, self.shape(line)
            return
        glyphs = (*found.glyphs, _NO_GLYPH)
        advances, clusters = found.advances, found.clusters
        start = 0
        for line in lines:
            end = glyphs.index(_NO_GLYPH, start)
            yield line, Shaped(glyphs[start:end], advances[start:end], clusters[start:end])
            start = end + 1


def _is_composed(line: str) -> bool:
    return line.isascii() or unicodedata.is_normalized("NFC", line)
