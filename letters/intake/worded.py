"""The words of lists, as data: answers, titles, particles, regions, each read once."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Any

from letters.campaign.source import read

_DATA = Path(__file__).parent / "data"
_PUNCTUATION = re.compile(r"[.,;:!?¿¡()\[\]\"“”„«»*_…؟،]+")


@functools.cache
def data(name: str) -> Any:
    """A file of words that comes with the toolkit."""
    source, problems = read(_DATA / f"{name}.yaml", f"{name}.yaml")
    if problems:
        raise RuntimeError("\n".join(map(str, problems)))
    return source.root


@functools.cache
def words(name: str, key: str) -> frozenset[str]:
    """Words with spaces between them."""
    return frozenset(data(name)[key].split())


def phrases(text: str) -> list[str]:
    """Phrases with strokes between them, each as `folded` has it."""
    return [folded(phrase) for phrase in text.split("|")]


def folded(text: str) -> str:
    """What an answer says, without its capitals, its punctuation and its kinds of apostrophes."""
    if text.isascii():
        if text.isalpha():
            return text.lower()
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_PUNCTUATION.sub(" ", plain).split())


def unaccented(text: str) -> str:
    """The same without accents, hyphens and apostrophes: a place in anybody's spelling."""
    apart = unicodedata.normalize("NFD", folded(text))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-'ʻ–]", " ", plain).split())
