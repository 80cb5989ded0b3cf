"""The words in which somebody is named who is protected, and may be told of.

Whoever is told of is mostly called by a family name alone, or by one of two; in mailboxes and names
of files an initial stands at it. Where a name is written in one piece, its last word is taken for
the family name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from letters.campaign.localtext import LocalText
from letters.campaign.people import Name

_SHORTEST = 4  # letters of a part of a family name; a shorter one is de, van or bin
_INITIALLED = 5  # letters of a name that an initial makes no other word: Hall and S are “shall”
_MOST_WORDS = 5  # of a name
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # (writer)
_COMMA = re.compile("[,;،؛、，]")  # Vexlerin, Ana; Ana Vexlerin, MP
_PARTS = re.compile(r"[\s\u2010\u2011-]+")  # Vexlerin-Katz, Hernández Rivera
_SIGNS = ".,:;!?()[]{}<>\"'*“”„‘’‚«»‹›…–—־"
# What stands behind a name, besides what is short and in capitals, or has a full stop.
_BEHIND = frozenset(("phd", "msc", "esq", "bsc", "junior", "senior"))
# Words that begin what somebody is called who is not named: A Teacher Union.
_ARTICLES = frozenset(("a", "the", "ein", "eine", "der", "die", "das", "une", "les", "los", "las"))


class NameWord(Struct, frozen=True):
    """``certain`` is false for what may be another’s name or a word; see `Secret`."""

    text: str
    certain: bool = True
    initials: str = ""


def of_anybody(name: Name) -> Iterator[NameWord]:
    """The forms of a name, and the family name alone."""
    for text in (name.display, name.full, name.dative, name.address_as):
        yield from map(NameWord, words(text))
    for form in words(name.sort):
        yield NameWord(form, certain=" " in form)
    if name.given and name.family:
        yield NameWord(f"{name.given} {name.full_family}")
        yield NameWord(f"{name.full_family} {name.given}")
    elif name.display is None:
        alone = name.given or name.full_family
        yield NameWord(alone, certain=" " in alone)  # Anna stands in Savannah
    if name.native:
        yield NameWord(name.native)
    if name.family:
        yield NameWord(name.family, certain=False, initials=_initials(name.given, name.family))


def of_person(name: Name) -> Iterator[NameWord]:
    """The same, and what somebody is called by those who tell of them."""
    yield from of_anybody(name)
    if name.particle and name.family:
        family = "".join(name.full_family.split())
        yield NameWord(family, certain=False, initials=_initials(name.given, family))
    for part in _parts(name.family or ""):
        yield NameWord(part, certain=False, initials=_initials(name.given, part))
    if not name.family:
        yield from _in_one_piece(words(name.display) or (name.given or "",))
        yield from _in_one_piece(words(name.sort))
    yield from _in_one_piece((name.native or "",))


def words(text: LocalText | None) -> Iterable[str]:
    """A text in each of its languages."""
    return text.texts.values() if text else ()


def last_words(text: LocalText | None) -> Iterator[str]:
    """The last word before a comma, without what stands in brackets or is a title."""
    for form in words(text):
        if named := _named(form):
            yield named[-1].strip(_SIGNS)


def _in_one_piece(forms: Iterable[str]) -> Iterator[NameWord]:
    for form in forms:
        if not (named := _named(form)):
            continue
        last = named.pop().strip(_SIGNS)
        # Without titles and initials, and what stands behind.
        given = " ".join(word.strip(_SIGNS) for word in named if "." not in word)
        if given and f"{given} {last}" != form:
            yield NameWord(f"{given} {last}")
        for part in (last, *_parts(last)):
            yield NameWord(part, certain=False, initials=_initials(given, part))


def _named(form: str) -> list[str]:
    """The words of a name, without what stands behind it; none where it is not written like one."""
    whole = _ASIDE.sub(" ", form)
    bare = [word for each in _COMMA.sub(" ", whole).split() if (word := each.strip(_SIGNS))]
    if not 1 < len(bare) <= _MOST_WORDS or not all(map(_is_name, (bare[0], bare[-1]))):
        return []
    if len(bare) > 2 and bare[0].casefold() in _ARTICLES:
        return []
    named = _COMMA.split(whole)[0].split()
    while len(named) > 2 and _is_behind(named[-1], named):
        named.pop()
    return named if named and _is_name(named[-1].strip(_SIGNS)) else []


def _parts(family: str) -> list[str]:
    """Each of several family names: whoever has two is called by either."""
    parts = _PARTS.split(family)
    return [p for p in parts if len(p) >= _SHORTEST and _is_name(p)] if len(parts) > 1 else []


def _initials(given: str | None, family: str) -> str:
    """The first letters of the given names, where one may stand at the family name."""
    if not given or len(family) < _INITIALLED:
        return ""
    return "".join(part[0] for part in _PARTS.split(given) if part[:1].isalpha()).casefold()


def _is_name(word: str) -> bool:
    """Whether it begins as names do: with a capital, or in a script that has none."""
    first = next((letter for letter in word if letter.isalpha()), "a")
    return first.title() == first  # small Georgian letters begin names


def _is_behind(word: str, named: Sequence[str]) -> bool:
    """Whether the last word is a title or a number, as MP is in Ana Vexlerin MP."""
    plain = word.strip(_SIGNS)
    if not plain or "." in word or plain.casefold() in _BEHIND:
        return True
    in_capitals = all(each.isupper() for each in named)
    return plain.isascii() and plain.isupper() and len(plain) < _SHORTEST and not in_capitals
