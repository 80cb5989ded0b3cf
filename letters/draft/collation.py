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
    first = _first(base)
    foreign = first != "" and first != _script(name)
    return (int(foreign), *(_quick(text) or _collator().sort_key(text)))


def initial(letter: str, tag: str) -> Key:
    """What all letters share that names are looked for under as one: É and E, Æ and A."""
    own = key(letter, tag)
    apart = letter.translate(_letters(tag.partition("-")[0])).endswith(_LAST)
    return own if apart else own[:2]


@functools.cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


class _Weights(dict[str, str]):
    """By character its weights on one level, each as a character: what pyuca gives for it alone."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def __missing__(self, character: str) -> str:
        elements = _collator().collation_elements(unicodedata.normalize("NFD", character))
        weights = (each[self._level] for each in elements if len(each) > self._level)
        self[character] = found = "".join(chr(weight) for weight in weights if weight)
        return found


_LEVELS = tuple(map(_Weights, range(4)))


def _quick(text: str) -> Key | None:
    """The same key in a tenth of the time, where each character stands for itself; else None."""
    if any(map(_joining().__getitem__, text)):
        return None
    levels = ("".join(map(level.__getitem__, text)) for level in _LEVELS)
    return tuple(map(ord, "\0".join(levels)))


@functools.cache
def _joining() -> _Joining:
    return _Joining()


class _Joining(dict[str, bool]):
    """By character, whether it may be sorted with the one before it, as accents are."""

    def __init__(self) -> None:
        super().__init__()
        nodes = [node for node in _collator().table.root.children.values() if node.children]
        self._followers: set[int] = set()
        for node in nodes:
            self._followers.update(node.children)
            nodes += [below for below in node.children.values() if below.children]

    def __missing__(self, character: str) -> bool:
        first = unicodedata.normalize("NFD", character)[0]
        joins = ord(first) in self._followers or unicodedata.combining(first) > 0
        self[character] = joins
        return joins


@functools.cache
def _rules() -> dict[str, Any]:
    source, _ = read(_DATA, _DATA.name)
    return dict(source.root)


@functools.cache
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
