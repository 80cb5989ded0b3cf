"""The language of each element of a PDF that speaks another than the letter.

WeasyPrint tells that of the whole file alone, and a screen reader would read a second edition out
in the voice of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_WHOLE = ("html", "body")


def tell() -> None:
    """Have WeasyPrint, which is loaded, write the languages that the page gives its elements."""
    import pydyf
    from weasyprint.pdf import tags

    build: Callable[..., Iterator[Any]] = tags._build_box_tree  # noqa: SLF001 - no other door

    def with_language(box: Any, *rest: Any) -> Iterator[Any]:
        own = getattr(box, "element", None)
        spoken = None if own is None or box.element_tag in _WHOLE else own.get("lang")
        for element in build(box, *rest):
            if spoken:
                element["Lang"] = pydyf.String(spoken)
            yield element

    tags._build_box_tree = with_language  # noqa: SLF001 - the recursion comes through here
