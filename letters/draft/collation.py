"""The order of names in a list: the Unicode collation, with each language's own letters in place.

pyuca sorts by DUCET, the same on every computer; PyICU would know all languages, but is not
installed everywhere, and one campaign must not be sorted in two ways. The few differences of the
languages that letters are written in are data (``collation.yaml``).
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path
from typing import Any, TypeAlias

from letters.campaign.source import read

_DATA = Path(__file__).parent / "collation.yaml"
# No text holds it, and its weight is above that of every letter: what it follows comes last.
_LAST = "\uffff"

Key: TypeAlias = tuple[int, ...]


def key(name: str, tag: str) -> Key:
    """What decides the place of ``name`` in a list in the language of ``tag``."""
    base = tag.partition("-")[0]
    text = unicodedata.normalize("NFC", name).translate(_letters(base))
    foreign = _first(base) not in ("", _script(name))
    return (int(foreign), *_collator().sort_key(text))


@functools.cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


@functools.cache
def _rules() -> dict[str, Any]:
    source, _ = read(_DATA, _DATA.name)
    return dict(source.root)


def _first(base: str) -> str:
    return str(_rules().get(base, {}).get("first", ""))


@functools.cache
def _letters(base: str) -> dict[int, str]:
    """Small and capital letters, and what they are sorted as."""
    rules = _rules().get(base, {})
    pairs = dict(rules.get("as", {}))
    pairs |= {letter: before + _LAST for letter, before in rules.get("after", {}).items()}
    capitals = {letter.upper(): text.upper() for letter, text in pairs.items()}
    return {ord(letter): text for letter, text in (capitals | pairs).items()}


def _script(name: str) -> str:
    """The script of the first letter of a name; "" where there is none."""
    letter = next((character for character in name if character.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
