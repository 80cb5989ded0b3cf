"""The parts of a recipient's name that may stand in a sentence: which, and under what title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from letters.campaign.bygender import TITLED, ByGender, fill
from letters.campaign.people import Name

_NOT_IN_A_TITLE = re.compile(r"[^\w’'-]+")


def parts_of(name: Name, tag: str, district: str) -> dict[str, str]:
    """What is known of the name in that language, by placeholder.

    A part in another script than the name that is printed would be out of place, and so would one
    in another language's spelling of it.
    """
    shown = name.shown(tag)
    parts = {"name": shown, "district": district}
    if name.family and _goes_with(name, shown, name.full_family):
        parts["family"] = name.full_family
    if name.given and _goes_with(name, shown, name.given):
        parts |= {"given": name.given, "patronymic": name.patronymic or ""}
    return parts


def titled(
    prefix: str, titles: Iterable[Mapping[str, ByGender]], gender: str, parts: Mapping[str, str]
) -> dict[str, str]:
    """How somebody with that prefix is called by it: Sir Kim, Dr. Adler; nothing where none counts.

    Of several titles the first one counts that the data know: “Prof. Dr. Adler” is a professor.
    """
    words = {word.casefold() for word in _NOT_IN_A_TITLE.split(prefix)}
    for known in titles:
        for title, cell in known.items():
            if title.casefold() not in words:
                continue
            filled = (fill(pattern, parts) for pattern in cell.choices(gender))
            if called := next((text for text in filled if text is not None), None):
                return {TITLED: called}
    return {}


def stands_in(text: str, words: str) -> bool:
    """Whether whole words stand in a text: “Ad” is no part of “Madam”."""
    start = text.find(words)
    while start >= 0:
        around = text[start - 1 : start], text[start + len(words) :][:1]
        if not any(sign.isalnum() or sign == "_" for sign in around):
            return True
        start = text.find(words, start + 1)
    return False


def _goes_with(name: Name, shown: str, part: str) -> bool:
    """Whether a part belongs to the name as printed, though it need not stand in it word for word.

    Who is called Pablo José Hernández may be addressed as Representative Hernández Rivera.
    """
    if stands_in(shown, part):
        return True
    others = name.display.texts.values() if name.display else ()
    if any(stands_in(other, part) for other in others):
        return False
    return _scripts(part) <= _scripts(shown)


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
