"""A line of a canonical text, cut into what can carry weight: words, numbers, signs, slots."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from letters.check.weighty_words import Kind, Mark, WeightyWords, fold

_LETTER = r"[\w\u200c\u200d\u0640\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
_TOKEN = re.compile(
    r"\s+|[A-Za-z]++(?=[\s.,;])"  # most of a text, and quick to find
    r"|\\."  # what is escaped: a brace, a stroke, the end of a line
    r"|\{(?:\\.|[^{}\\])*\}"  # a slot, a note, the address of a link
    rf"|(?<![^\s(])[-−–+±]?{_LETTER}*\d{_LETTER}*(?:[.,:/'’٫٬‐‑–−-]\d{_LETTER}*)*"
    rf"|{_LETTER}*\d{_LETTER}*(?:[.,:/'’٫٬‐‑–−-]\d{_LETTER}*)*"
    rf"|{_LETTER}+(?:['’ʼ׳״]{_LETTER}+)*"
    r"|."
)
_DASHES = str.maketrans("−–‐‑’", "----'")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
_OF_NUMBERS: tuple[Kind, ...] = ("date", "amount")
_ENDS = frozenset(".!?…؟।")


class Token(Struct, frozen=True):
    """``marks`` are what it touches, with a key each; ``name`` is which known name it is part of.

    ``line`` is the number of its line in a stretch, and ``kind`` that line's own.
    """

    text: str
    line: int
    kind: str
    in_ask: bool
    marks: tuple[Mark, ...] = ()
    name: int = 0

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit, and is no slot."""
        return self.text[0] not in "{\\" and any(c.isalnum() for c in self.text)


class Known:
    """Names to be found in a line, by their words; those of ``others`` too."""

    def __init__(self, names: Iterable[str], others: Known | None = None) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._capital: dict[tuple[str, ...], bool] = {}
        if others:
            before = others._by_first, others._capital  # noqa: SLF001 - its own
            self._by_first |= {first: [*keys] for first, keys in before[0].items()}
            self._capital |= before[1]
        for name in names:
            key = tuple(fold(part) for part in pieces(name) if not part.isspace())
            if key and any(c.isalnum() for c in name) and len(name) > 1:
                self._by_first.setdefault(key[0], []).append(key)
                self._capital[key] = name[0].isupper()
        for keys in self._by_first.values():
            keys.sort(key=len, reverse=True)

    def at(self, parts: Sequence[str], start: int, words: WeightyWords) -> int:
        """How many parts of a line, spaces included, are a name that begins at ``start``."""
        for first in words.forms(fold(parts[start])):
            for key in self._by_first.get(first, ()):
                if self._capital[key] and not parts[start][0].isupper():
                    continue
                if end := _reaches(parts, start, key):
                    return end - start
        return 0


def _reaches(parts: Sequence[str], start: int, key: tuple[str, ...]) -> int:
    """Behind which part the name ends; 0 where the line says something else."""
    at = start
    for wanted in key[1:]:
        at += 1
        while at < len(parts) and parts[at].isspace():
            at += 1
        if at >= len(parts) or fold(parts[at]) != wanted:
            return 0
    return at + 1


def pieces(text: str) -> list[str]:
    """The text in parts, none of it left out."""
    return _TOKEN.findall(text)


def number_key(text: str) -> str:
    """A number without what is only the look of it: its digits, and which sign parts them."""
    digits = "".join(str(unicodedata.digit(c, c)) for c in text)
    return unicodedata.normalize("NFKC", digits.translate(_DASHES))


def marked(
    text: str, words: WeightyWords, known: Known, capitals: Mapping[str, bool]
) -> list[tuple[str, tuple[Mark, ...], int]]:
    """Each part of a line, what it touches, and which known name it belongs to.

    ``capitals`` are words that elsewhere are written with a capital amid a sentence, and never
    without one.
    """
    parts = pieces(text)
    starts = _starts(parts, words)
    names = _names(parts, known, words)
    found: list[tuple[str, tuple[Mark, ...], int]] = []
    for at, part in enumerate(parts):
        marks: dict[Mark, None] = {}
        if part.isspace():
            found.append((part, (), names[at]))
            continue
        if names[at]:
            marks["name", fold(part)] = None
        if part[0] == "{":
            marks["source" if part.startswith(("{note", "{link")) else "name", part] = None
        elif any(unicodedata.category(c)[0] == "N" for c in part):
            key = number_key(part)
            marks["number", key] = None
            if _DAY.fullmatch(key):
                marks["date", key] = None
            for kind in _beside(parts, at, words):
                marks[kind, key] = None
        elif part[0].isalpha():
            touched = words.marks(part)
            # May is a month amid a sentence, and may be a verb where one begins.
            is_day = part[0].isupper() and not starts[at] and any(k == "date" for k, _ in touched)
            marks |= dict.fromkeys(m for m in touched if not (is_day and m[0] == "modal"))
            if _may_be_name(part, words, capitals, start=starts[at]):
                noun = words.nouns_have_capitals and _is_noun(parts, at, words)
                marks["noun" if noun else "name", fold(part)] = None
            if _ROMAN.fullmatch(part):
                marks["number", part] = None
            if part in _currencies():
                marks["amount", part] = None
        elif unicodedata.category(part[0]) == "Sc" or part in "%‰٪":
            marks["amount", part] = None
        found.append((part, tuple(marks), names[at]))
    return found


def amid(text: str, words: WeightyWords) -> Iterable[tuple[str, bool]]:
    """Each word of a line, and whether it has a capital where no sentence begins."""
    parts = pieces(text)
    for part, start in zip(parts, _starts(parts, words), strict=True):
        if part[0].isalpha() and not start:
            yield fold(part), part[0].isupper()
        elif part[0].isalpha() and not part[0].isupper():
            yield fold(part), False


def _starts(parts: Sequence[str], words: WeightyWords) -> list[bool]:
    """Whether each part begins a sentence, or stands before the word that does."""
    found, start, before = [], True, ""
    for part in parts:
        found.append(start)
        if part == "\\n":
            start = True
        elif part in _ENDS:
            start = not (part == "." and words.is_short(before))
        elif part[0].isalnum():
            start, before = False, part
    return found


def _names(parts: Sequence[str], known: Known, words: WeightyWords) -> list[int]:
    """For each part the number of the known name that it is in, counted from 1; else 0."""
    found, at, number = [0] * len(parts), 0, 0
    while at < len(parts):
        length = 0 if parts[at].isspace() else known.at(parts, at, words)
        if length:
            number += 1
            found[at : at + length] = [number] * length
        at += max(length, 1)
    return found


def _beside(parts: Sequence[str], at: int, words: WeightyWords) -> set[Kind]:
    """What a number is of: a day beside the name of a month, an amount beside a currency."""
    near = [p for p in parts[max(at - 4, 0) : at] if not p.isspace() and p not in ".,"][-1:]
    near += [p for p in parts[at + 1 : at + 5] if not p.isspace() and p not in ".,"][:2]
    found: set[Kind] = set()
    for part in near:
        if part in "%‰٪" or unicodedata.category(part[0]) == "Sc" or part in _currencies():
            found.add("amount")
        elif part[0].isalpha():
            kinds = {kind for kind, _ in words.marks(part)}
            found |= {kind for kind in _OF_NUMBERS if kind in kinds}
    return found


def _may_be_name(
    part: str, words: WeightyWords, capitals: Mapping[str, bool], *, start: bool
) -> bool:
    if not words.is_name(part):
        return False
    if len(part) > 1 and part.isupper():
        return True
    inner = re.split("['’]", part)
    if any(piece[:1].isupper() for piece in inner[1:]):
        return True
    if not part[0].isupper() or not start:
        return part[0].isupper()
    return capitals.get(fold(part), False) and not words.nouns_have_capitals


def _is_noun(parts: Sequence[str], at: int, words: WeightyWords) -> bool:
    """Whether a determiner stands before it, or before one small word that does."""
    before = [part for part in parts[max(at - 4, 0) : at] if not part.isspace()][-2:]
    if before and words.is_determiner(before[-1]):
        return True
    return len(before) == 2 and before[1][0].islower() and words.is_determiner(before[0])


@functools.cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
