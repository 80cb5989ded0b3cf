"""A signature lifted off the paper that it was scanned from, so that no grey box is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image as Pixels

_WHITE = 255
_PALEST, _SPREAD = 150, 40  # what is darker at its edges, or of many shades there, is no paper
_GRAIN, _FADE = 8, 48  # shades: what paper may differ by, and from there to what is surely ink
_EDGE = 20  # the width of the edge, as a part of the shorter side


def lifted(pixels: Pixels.Image) -> Pixels.Image:
    """The picture with its paper transparent; the same one where it doesn't lie on any.

    What tells the paper is the edge of the picture, which a pen seldom reaches. A pixel beside the
    ink takes its colour from there: its own is half the paper's, which would shine around letters.
    """
    from PIL import Image, ImageFilter

    if pixels.mode != "RGB":
        return pixels
    grey = pixels.convert("L")
    shades = _shades_of_edge(grey)
    if shades[1] < _PALEST or shades[1] - shades[0] > _SPREAD:
        return pixels
    paper = shades[0] - _GRAIN
    ink = max(paper - _FADE, 1)
    if not any(grey.histogram()[: ink + 1]):
        return pixels
    opaque = grey.point([_opacity(shade, ink, paper) for shade in range(_WHITE + 1)])
    lifted = pixels.filter(ImageFilter.MinFilter(3))
    lifted.putalpha(opaque)
    # No trace of the paper is left in what can't be seen.
    blank = Image.new("RGBA", lifted.size, (_WHITE, _WHITE, _WHITE, 0))
    blank.paste(lifted, mask=opaque.point([0] + [_WHITE] * _WHITE))
    return blank


def _opacity(shade: int, ink: int, paper: int) -> int:
    return max(0, min(_WHITE, _WHITE * (paper - shade) // (paper - ink)))


def _shades_of_edge(grey: Pixels.Image) -> tuple[int, int]:
    """The darkest shade of the paper there, but for what ink may cover; the middle."""
    width, height = grey.size
    edge = max(1, min(width, height) // _EDGE)
    counted = [0] * (_WHITE + 1)
    for box in (
        (0, 0, width, edge),
        (0, height - edge, width, height),
        (0, 0, edge, height),
        (width - edge, 0, width, height),
    ):
        found = grey.crop(box).histogram()
        counted = [one + more for one, more in zip(counted, found, strict=True)]
    return _reached(counted, 0.1), _reached(counted, 0.5)


def _reached(counted: list[int], part: float) -> int:
    """The shade that this part of the pixels are not lighter than."""
    wanted, seen = part * sum(counted), 0
    for shade, number in enumerate(counted):
        seen += number
        if seen >= wanted:
            return shade
    return _WHITE
