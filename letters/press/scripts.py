"""The scripts that a theme's fonts may lack, and the families that stand in for them: data.

Some languages give the same characters other forms. (`fonts.yaml`)
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from msgspec import Struct

from letters.campaign.source import read

_DATA = Path(__file__).with_name("fonts.yaml")


class Script(Struct, frozen=True):
    """One script with the families that stand in for it; the first installed one is used.

    ``word`` are the names for Word, beside text and beside labels; where the machine that opens
    the letter lacks them it takes ``instead``, if that is given. ``debian`` and ``brew`` are
    packages to install. ``forms`` are the same script as other languages write it.
    """

    name: str
    ranges: tuple[tuple[int, int], ...]
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    word: tuple[str, str]
    instead: str
    debian: str
    brew: str
    forms: tuple[tuple[str, Script], ...] = ()

    def of(self, language: str) -> Script:
        """The script with the forms that its characters have in a language."""
        forms = dict(self.forms)
        return next((forms[tag] for tag in _spoken(language) if tag in forms), self)

    def __contains__(self, character: str) -> bool:
        return any(first <= ord(character) <= last for first, last in self.ranges)


@functools.cache
def known() -> tuple[Script, ...]:
    """All scripts that have stand-ins."""
    source, problems = read(_DATA, _DATA.name)
    if problems:
        raise ValueError(problems[0])
    return tuple(map(_script, source.root))


def _script(entry: dict[str, Any]) -> Script:
    return Script(
        name=entry["script"],
        ranges=ranges(entry["ranges"]),
        serif=tuple(entry["serif"]),
        sans=tuple(entry["sans"]),
        word=(entry["word"][0], entry["word"][1]),
        instead=entry.get("instead", ""),
        debian=entry["debian"],
        brew=entry["brew"],
        forms=tuple(
            (tag, _script({**entry, **form, "forms": {}}))
            for tag, form in entry.get("forms", {}).items()
        ),
    )


def _spoken(language: str) -> tuple[str, ...]:
    """The names by which the forms of a language are known, the closest first."""
    base, _, rest = language.partition("-")
    if base == "zh" and rest in ("TW", "MO", "Hant-TW", "Hant-MO"):
        return ("zh-Hant",)
    if base == "zh" and rest.endswith("HK"):
        return ("zh-HK", "zh-Hant")
    return (language, base)


def script(character: str, language: str = "") -> Script | None:
    """The script of a character, where it is one that has stand-ins, as that language writes it."""
    return next((script.of(language) for script in known() if character in script), None)


def ranges(written: str) -> tuple[tuple[int, int], ...]:
    """Ranges of characters, as fontconfig writes them: 590-5ff fb1d."""
    pairs = (part.partition("-") for part in written.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in pairs)
