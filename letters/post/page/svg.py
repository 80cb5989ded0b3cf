"""A drawing of matplotlib's as a part of the page: in the page's own fonts and colours.

What a drawing says of itself (the program, ids that two drawings would share, a style for all of
the page) is taken out. Colours become variables, so that one drawing serves light and dark pages
and paper.
"""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element
    from matplotlib.figure import Figure

INKS = {
    "#c0de01": "var(--ink)",
    "#c0de02": "var(--muted)",
    "#c0de03": "var(--rule)",
    "#c0de04": "var(--mark)",
    "#c0de05": "var(--pale)",
}
"""Colours to draw with, each with what it becomes."""
INK, MUTED, RULE, MARK, PALE = INKS

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))


def inline(figure: Figure, name: str, title: str, description: str) -> str:
    """The figure as an ``<svg>`` for a page on which no other has that ``name``.

    ``title`` and ``description`` are read out in its place.
    """
    from lxml import etree

    file = io.BytesIO()
    figure.savefig(file, format="svg", transparent=True, metadata=_NOTHING)
    svg = etree.fromstring(file.getvalue())
    _tidy(svg, name)
    inner = "".join(etree.tostring(child, encoding="unicode") for child in svg)
    for ink, variable in INKS.items():
        inner = inner.replace(ink, variable)
    # Namespaces are the page's affair: in HTML an <svg> has its own by itself.
    inner = re.sub(r' xmlns(:\w+)?="[^"]*"', "", inner)
    return (
        f'<svg class="chart" viewBox="{svg.get("viewBox")}" role="img"'
        f' aria-labelledby="{name}-title {name}-said">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-said">{escape(description)}</desc>{inner}</svg>'
    )


def _tidy(svg: _Element, name: str) -> None:
    for tag in ("metadata", "style", "clipPath"):
        for element in list(svg.iter(_NAMESPACE + tag)):
            parent = element.getparent()
            assert parent is not None  # noqa: S101 - it is not the root
            parent.remove(element)
    new = dict[str, str]()
    for element in svg.iter():
        for target in _targets(element):
            new.setdefault(target, f"{name}-{len(new) + 1}")
    for element in svg.iter():
        element.attrib.pop("clip-path", None)  # nothing is drawn where it would be clipped
        own = element.attrib.pop("id", None)
        if own in new:
            element.set("id", new[str(own)])
        if link := element.attrib.pop(_LINK, None):
            element.set("href", f"#{new[str(link)[1:]]}")
        if style := element.get("style"):
            style = re.sub(r"font-family: [^;]*;? ?", "", style)
            element.set("style", re.sub(r"url\(#(\w+)\)", lambda m: f"url(#{new[m[1]]})", style))
        if shape := element.get("d"):
            element.set("d", " ".join(shape.split()))
        if (element.get("transform") or "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        element.text, element.tail = (element.text or "").strip() or None, None


def _targets(element: _Element) -> list[str]:
    found = re.findall(r"url\(#(\w+)\)", element.get("style") or "")
    link = element.get(_LINK)
    return [*found, str(link)[1:]] if link else found
