"""Words that carry weight, in the language that they stand in: data in ``weighty/*.yaml``.

Months, days of the week and countries come from the CLDR, by way of Babel.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias

from letters.campaign.source import read

Kind: TypeAlias = Literal[
    "number", "date", "amount", "name", "negation", "modal", "ask", "block", "source"
]
Mark: TypeAlias = tuple[Kind | Literal["noun"], str]
"""What a word touches, with a key that its other forms share; a noun is one with a capital that
every noun has."""

_DATA = Path(__file__).parent / "weighty"
_KINDS: dict[str, Kind] = {
    "numbers": "number",
    "dates": "date",
    "amounts": "amount",
    "negations": "negation",
    "modals": "modal",
}
_ALIKE = str.maketrans("’ʼ‘أإآىیکؤئ", "'''اااييكوي", "\u200c\u200d\u0640")
_LETTERS_ALIKE = str.maketrans({"ё": "е", "ة": "ه"})
_MOST_CLITICS = 3
_SHORTEST_STEM = 4  # letters before which “un-” is a prefix: “to” and “into” are two words


@functools.lru_cache(1 << 16)
def fold(word: str) -> str:
    """A word as it is looked up: small letters, one apostrophe, without points and joiners."""
    plain = word.casefold().translate(_ALIKE).translate(_LETTERS_ALIKE)
    if plain.isascii():
        return plain
    return "".join(c for c in plain if not unicodedata.combining(c))


@functools.cache
def words(tag: str) -> WeightyWords:
    """The words of a language, by its tag or that of a region's."""
    base = tag.partition("-")[0]
    file = _DATA / f"{base}.yaml"
    data = read(file, file.name)[0].root if file.is_file() else {}
    return WeightyWords(base, data)


class WeightyWords:
    """What a word of one language touches."""

    def __init__(self, tag: str, data: dict[str, Any]) -> None:
        self._exact: dict[str, list[Mark]] = {}
        self._patterns: list[tuple[Kind, str, re.Pattern[str]]] = []
        for name, kind in _KINDS.items():
            for entry in data.get(name, ()):
                forms = entry if isinstance(entry, list) else [entry]
                # “*hundert” alone is another number each time; “kein*” is always the same word.
                alone = len(forms) == 1 and str(forms[0]).startswith("*")
                for form in forms:
                    self._take(kind, "" if alone else fold(forms[0]), fold(form))
        self._clitics = tuple(map(fold, data.get("clitics", ())))
        self._prefixes = tuple(map(fold, data.get("prefixes", ())))
        self._not_names = _any_of(data.get("not_names", ()))
        self._determiners = _any_of(data.get("determiners", ()))
        self._short = frozenset(map(fold, data.get("abbreviations", ())))
        self.nouns_have_capitals = bool(data.get("determiners"))
        self._days = _calendar(tag)
        self._seen: dict[str, tuple[Mark, ...]] = {}
        self.countries = _countries(tag)

    def marks(self, word: str) -> tuple[Mark, ...]:
        """What a word touches."""
        if word not in self._seen:
            self._seen[word] = tuple(self._found(word))
        return self._seen[word]

    def _found(self, word: str) -> dict[Mark, None]:
        found: dict[Mark, None] = {}
        for part in _parts(word):
            if (day := self._day(part)) is not None:
                found["date", day] = None
            for form in self.forms(fold(part)):
                known = dict.fromkeys(self._looked_up(form))
                found |= known
                if known:
                    break
        return found

    def turns_around(self, first: str, second: str) -> bool:
        """Whether one word is the other with a prefix that negates it."""
        short, long = sorted((fold(first), fold(second)), key=len)
        return len(short) >= _stem(short) and any(long == p + short for p in self._prefixes)

    def is_name(self, word: str) -> bool:
        """Whether a word with a capital may be a name where it stands."""
        return not self._not_names.fullmatch(fold(word))

    def is_determiner(self, word: str) -> bool:
        """Whether a noun comes behind that word, in a language in which all of them are capital."""
        return bool(self._determiners.fullmatch(fold(word)))

    def is_short(self, word: str) -> bool:
        """Whether a full stop behind that word mostly ends no sentence: Dr., г., J."""
        return len(word) == 1 or fold(word) in self._short

    def _take(self, kind: Kind, key: str, form: str) -> None:
        if "*" in form:
            pattern = re.escape(form).replace(r"\*", ".*")
            self._patterns.append((kind, key, re.compile(pattern)))
        else:
            self._exact.setdefault(form, []).append((kind, key))

    def _looked_up(self, form: str) -> Iterator[Mark]:
        yield from self._exact.get(form, ())
        for kind, key, pattern in self._patterns:
            if pattern.fullmatch(form):
                yield kind, key or form

    def forms(self, word: str) -> Iterator[str]:
        """The word, then what is left without the small words that are written together with it."""
        tried = [word]
        for _ in range(_MOST_CLITICS):
            yield from tried
            tried = [
                form.removeprefix(clitic)
                for form in tried
                for clitic in self._clitics
                if form.startswith(clitic) and len(form) >= len(clitic) + 2
            ]
        yield from tried

    def _day(self, part: str) -> str | None:
        """The month or day of the week; a capital counts where the language writes one."""
        for form in self.forms(fold(part)):
            capital = self._days.get(form, self._days.get(form.removesuffix("s")))
            if capital is not None and (not capital or part[:1].isupper()):
                return form
        return None


def _parts(word: str) -> Iterator[str]:
    """The word, and what stands before and behind its apostrophe: l’année, n’est."""
    yield word
    before, mark, after = word.replace("’", "'").partition("'")
    if mark:
        yield f"{before}'"
        if after:
            yield after


def _stem(word: str) -> int:
    """How long a word has to be; one of few consonants says as much as a longer one."""
    return 3 if "\u0590" <= word[:1] <= "\u06ff" else _SHORTEST_STEM


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(fold(entry)).replace(r"\*", ".*") for entry in entries)
    return re.compile(forms or r"(?!)")


def _calendar(tag: str) -> dict[str, bool]:
    """Months and days of the week, each with whether it is written with a capital."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag)
    except (ValueError, UnknownLocaleError):
        return {}
    found: dict[str, bool] = {}
    for names in (locale.months, locale.days):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for name in names[context][width].values():
                    for part in re.findall(r"[^\W\d]+", _joined(name)):
                        capital = part[:1].isupper()
                        if len(part) >= 3 and (width == "wide" or capital):
                            found[fold(part)] = capital
    return found


def _joined(name: str) -> str:
    """Without what would divide a word."""
    return "".join(c for c in name if not unicodedata.combining(c) and c not in "\u200c\u200d")


def _countries(tag: str) -> frozenset[str]:
    """The names of countries."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(tag).territories
    except (ValueError, UnknownLocaleError):
        return frozenset()
    return frozenset(name for code, name in territories.items() if len(code) == 2)
