"""The preview’s pages as HTML, out of its own templates. Whatever is put in stays words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from letters.campaign.plaintext import UNUSABLE

_PAGES = Path(__file__).with_name("pages")


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_visible,
    )  # fmt: skip
    made.filters["changed_words"] = changed_words
    return made


def page(name: str, **told: Any) -> bytes:
    """The page of that name as UTF-8."""
    return _environment().get_template(name).render(told).encode()


def changed_words(diff: str) -> list[tuple[str, str]]:
    """A word diff in pieces: what stays, what went and what came, with the name of each kind."""
    return list(_pieces(diff))


def _pieces(diff: str) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(diff.split("[-")):
        gone, end, rest = part.partition("-]") if number else ("", "", part)
        if number:
            yield ("gone", gone) if end else ("same", f"[-{gone}")
        for place, piece in enumerate(rest.split("{+")):
            new, end, stays = piece.partition("+}") if place else ("", "", piece)
            if place:
                yield ("new", new) if end else ("same", f"{{+{new}")
            if stays:
                yield "same", stays


def _visible(value: Any) -> Any:
    """What can’t be seen and could turn a line around becomes a sign."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNUSABLE.sub("\ufffd", value)
    return value
