"""By what a person is recognised in a file of others: addresses, names, a text that is given.

What is cut out is shown before, so this may find too much; it must not find somebody in a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

Found: TypeAlias = Literal["e-mail address", "name", "the given text"]

_PART = r"[^\s@,;:<>()\[\]\"'|]"
_ADDRESS = re.compile(rf"(?<!{_PART}){_PART}+@{_PART}+")


class Identifiers(Struct, frozen=True):
    """A name is the words that must all be there; one word alone must be all that a cell says."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    texts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, addresses: Iterable[str], names: Iterable[str], texts: Iterable[str] = ()
    ) -> Identifiers:
        """What recognises somebody with these addresses and names."""
        words = (frozenset(_words(name)) for name in names)
        return cls(
            frozenset(_folded(address).strip() for address in addresses if "@" in address),
            frozenset(each for each in words if each),
            tuple(" ".join(_folded(text).split()) for text in texts if text.strip()),
        )

    def __bool__(self) -> bool:
        return bool(self.addresses or self.names or self.texts)

    def in_cells(self, cells: Iterable[str], everything: str = "") -> tuple[Found, ...]:
        """By what the person is found in a row; a given text is looked for in ``everything``."""
        said = [_folded(cell) for cell in cells]
        whole = " ".join(" ".join((*said, _folded(everything))).split())
        words = {word for cell in said for word in _words(cell)}
        alone = [frozenset(_words(cell)) for cell in said]
        found: list[Found] = []
        if self.addresses and any(
            address.rstrip(".") in self.addresses
            for cell in said
            for address in _ADDRESS.findall(cell.replace("mailto:", ""))
        ):
            found.append("e-mail address")
        if any(name <= words if len(name) > 1 else name in alone for name in self.names):
            found.append("name")
        if any(text in whole for text in self.texts):
            found.append("the given text")
        return tuple(found)

    def in_text(self, text: str) -> bool:
        """Whether a text that runs on, such as a mail or a comment, speaks of the person."""
        return bool(self.in_cells(re.split(r"[\r\n]+", text), text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _folded(text))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
