"""The lines of a printed page and where they stand, for tests that look at it as a typesetter."""

from __future__ import annotations

import html
import re
import subprocess
from dataclasses import dataclass
from typing import NamedTuple

_MM = 25.4 / 72
_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
_SAME_LINE = 2  # points between words of two sizes


class Word(NamedTuple):
    """Lengths in mm from the sheet's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """In proportion to the size of the type."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        lefts, tops, rights, bottoms, _ = zip(*self.words, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def pages(pdf: bytes) -> list[list[Line]]:
    """Every page as its lines from top to bottom, the edges included."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    found = []
    for page in done.stdout.decode().split("<page ")[1:]:
        words = [
            Word(
                left=float(left) * _MM,
                top=float(top) * _MM,
                right=float(right) * _MM,
                bottom=float(bottom) * _MM,
                text=html.unescape(text),
            )
            for left, top, right, bottom, text in _WORD.findall(page)
        ]
        found.append(_lines(words))
    return found


def _lines(words: list[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        if lines and word.bottom - lines[-1][0].bottom < _SAME_LINE * _MM:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line))) for line in lines]
