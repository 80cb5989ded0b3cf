"""A drawing as a part of the page: in the page's own fonts and colours, and in nobody else's.

Colours are the page's variables, so that one drawing serves light and dark pages and paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

INK, MUTED, RULE, MARK, PALE = (
    f"var(--{name})" for name in ("ink", "muted", "rule", "mark", "pale")
)

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_HATCH = 6  # units from line to line, across
_TILE = 72  # in print a small one runs into a grey


class Drawing:
    """An ``<svg>`` for a page on which no other has that ``name``.

    ``title`` and ``description`` are read out in its place.
    """

    def __init__(self, name: str, size: tuple[float, float], title: str, description: str) -> None:
        self._hatch = f"{name}-1"
        labels = {f"{name}-title": ("title", title), f"{name}-said": ("desc", description)}
        self._svg = Element(
            "svg",
            {
                "class": "chart",
                "viewBox": f"0 0 {_number(size[0])} {_number(size[1])}",
                "role": "img",
                "aria-labelledby": " ".join(labels),
            },
        )
        for label, (tag, words) in labels.items():
            SubElement(self._svg, tag, {"id": label}).text = words

    def line(self, points: Sequence[Point], colour: str, width: float, dash: str = "") -> None:
        """A line from point to point; ``dash`` is how long its strokes and gaps are."""
        style = {"fill": "none", "stroke": colour, "stroke-width": _number(width)}
        self._path(points, style | ({"stroke-dasharray": dash} if dash else {}))

    def area(self, points: Sequence[Point], fill: str, edge: str = "") -> None:
        """What the points enclose, with a thin edge of the colour ``edge``, if there is one."""
        self._path(points, {"fill": fill} | ({"stroke": edge} if edge else {}), closed=True)

    def dot(self, at: Point, radius: float, colour: str) -> None:
        """A full circle."""
        place = {"cx": _number(at[0]), "cy": _number(at[1]), "r": _number(radius)}
        SubElement(self._svg, "circle", place | {"style": f"fill: {colour}"})

    def text(
        self,
        at: Point,
        words: str,
        size: float,
        colour: str,
        *,
        anchor: Anchor = "start",
        bold: bool = False,
    ) -> None:
        """Words in one line; ``at`` is on their base line."""
        style = {"font-size": f"{_number(size)}px", "text-anchor": anchor, "fill": colour}
        if bold:
            style["font-weight"] = "700"
        place = {"x": _number(at[0]), "y": _number(at[1]), "style": _style(style)}
        SubElement(self._svg, "text", place).text = words

    def hatched(self) -> str:
        """What to fill an area with that is hatched in the colour of what was marked."""
        if self._svg.find("defs") is None:
            side = _number(_TILE)
            frame = {"width": side, "height": side, "patternUnits": "userSpaceOnUse"}
            pattern = SubElement(
                SubElement(self._svg, "defs"), "pattern", {"id": self._hatch} | frame
            )
            way = " ".join(f"M {x} {side} L {x + _TILE} 0" for x in range(-_TILE, _TILE, _HATCH))
            stroke = _style({"fill": "none", "stroke": MARK, "stroke-width": "1.1"})
            SubElement(pattern, "path", {"d": way, "style": stroke})
        return f"url(#{self._hatch})"

    def markup(self) -> str:
        """The drawing, to be put into the page."""
        return tostring(self._svg, encoding="unicode")

    def _path(
        self, points: Sequence[Point], style: dict[str, str], *, closed: bool = False
    ) -> None:
        way = " L ".join(f"{_number(x)} {_number(y)}" for x, y in points)
        shape = f"M {way}{' z' if closed else ''}"
        SubElement(self._svg, "path", {"d": shape, "style": _style(style)})


def _style(parts: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in parts.items())


def _number(value: float) -> str:
    """With two decimals at most: the hundredth part of a unit can't be seen."""
    return f"{round(value, 2):g}"
