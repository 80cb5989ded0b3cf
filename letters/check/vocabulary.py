"""With which words a language demands, and with which it speaks to somebody: data, by language.

``wording/*.yaml`` holds whole phrases and no patterns. A language that has no file is not judged.
"""

from __future__ import annotations

import functools
from pathlib import Path

from msgspec import Struct

from letters.campaign.source import read

_DATA = Path(__file__).parent / "wording"


class Vocabulary(Struct, frozen=True):
    """``demands`` never belong into a request, ``orders`` seldom do.

    ``requests`` are the verbs of a request, ``you`` are the words for the reader.
    """

    requests: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    you: tuple[str, ...] = ()


def known() -> list[str]:
    """The languages whose words are known."""
    return sorted(file.stem for file in _DATA.glob("*.yaml"))


@functools.cache
def vocabulary(tag: str) -> Vocabulary:
    """The words of that language, or of its base; none where they are not known."""
    for stem in (tag, tag.partition("-")[0]):
        file = _DATA / f"{stem}.yaml"
        if stem in known():
            root = read(file, file.name)[0].root
            return Vocabulary(**{key: tuple(phrases) for key, phrases in root.items()})
    return Vocabulary()
