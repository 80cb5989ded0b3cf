"""Words of a template's own are exchanged in its file, and what it prints among them stays.

The words are looked for where they were printed from. A typographer has been at them since: quotes
and dashes may be written in another way in the file, marks of emphasis and instructions stand
between them. What is put in is written so that it is read as words and as nothing else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from msgspec import Struct

from letters.campaign.word_changes import (
    NoPlaceError,
    WordChange,
    apart,
    is_sign,
    stretch,
)

_SINGLE, _DOUBLE, _DASH = frozenset("'‘’‚‛"), frozenset('"“”„‟«»‹›'), frozenset("-‐‑‒–—―")
_MARKUP = frozenset("*_\\`")
_MARKS = re.compile(r"(?<!\\)(?:\*+|_+|`+)")
_UNIT = re.compile(r"\{[%#][^{}]{0,300}[%#]\}|&#?\w{1,31};|\.{2,}|-{2,3}|.", re.DOTALL)
_CODE = re.compile(r"\{[{%#]")
_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>{}~|"'&$^#]|(?<=\{)%|\.(?=\.)|(?<=\.)\.|-(?=-)|(?<=-)-"""
    r"""|\((?=(?:c|r|tm|p)\))|(?<=\+)-|^(?:[+=:!-]|\d+(?=[.)]))""",
    re.IGNORECASE,
)


class TemplateWords(Struct, frozen=True, order=True):
    """Words that a template's file has from ``line`` and ``column`` up to the line ``last``."""

    line: int
    column: int
    last: int
    words: str


def exchanges(
    source: str, where: TemplateWords, changes: Sequence[WordChange]
) -> list[tuple[int, int, str]]:
    """What is to stand from where to where in the file, for changes counted in the words' signs.

    Raises NoPlaceError.
    """
    line, last, words = where.line, where.last, where.words
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    if last >= len(starts) + 1 or line > last:
        raise NoPlaceError("the template has changed in the meantime")
    begin = starts[line - 1]
    end = starts[last] if last < len(starts) else len(source)
    written = _folded(source[begin:end])
    printed = _folded(words)
    said = "".join(sign for sign, _, _ in printed)
    own = "".join(sign for sign, _, _ in written)
    after = sum(start < where.column - 1 for _, start, _ in written)
    at = own.find(said, after)
    at = own.find(said) if at < 0 else at
    if not said or at < 0:
        raise NoPlaceError("the template puts these words together from several places")
    places = [(begin + a, begin + b) for _, a, b in written[at : at + len(said)]]
    counted = [_counted(one, words, printed) for one in changes]
    found: list[tuple[int, int, str]] = []
    for change in apart(counted):
        start, stop = _with_marks(source, *stretch(change, places))
        if _CODE.search(source[start:stop]):
            raise NoPlaceError("an instruction of the template stands among these words")
        if "\n" in change.came or "\t" in change.came:
            raise NoPlaceError("it has a line break")
        found.append((start, stop, escaped(change.came)))
    return found


def _with_marks(source: str, start: int, stop: int) -> tuple[int, int]:
    """A stretch together with the marks of emphasis that have their others within it."""
    marks = _MARKS.findall(source, start, stop)
    for mark in {one for one in marks if marks.count(one) % 2}:
        if source.endswith(mark, 0, start):
            start -= len(mark)
        elif source.startswith(mark, stop):
            stop += len(mark)
    return start, stop


def escaped(words: str) -> str:
    """Words so that Markdown reads nothing else in them."""
    return _SPECIAL.sub(
        lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", words
    )


def _counted(change: WordChange, words: str, printed: Sequence[tuple[str, int, int]]) -> WordChange:
    """The change counted as the folded words are."""
    places = [at for at, sign in enumerate(words) if is_sign(sign)]

    def folded(sign: int) -> int:
        if sign == len(places):
            return len(printed)
        return sum(start < places[sign] for _, start, _ in printed)

    start, end = folded(change.start), folded(change.end)
    return WordChange(start, end, change.came, change.after_sign, change.before_sign)


def _folded(text: str) -> list[tuple[str, int, int]]:
    """The signs of a text as they are compared, each with where it begins and ends."""
    found: list[tuple[str, int, int]] = []
    for unit in _UNIT.finditer(text):
        said, start, end = unit[0], unit.start(), unit.end()
        if len(said) > 1 and said[0] == "&":
            said = html.unescape(said)
            found += [(_sign(one), start, end) for one in said[:1] if _counts(one)]
        elif len(said) > 1 and said[0] in ".-":
            found.append((_sign("…" if said[0] == "." else "-"), start, end))
        elif len(said) == 1 and _counts(said):
            found.append((_sign(said), start, end))
    return found


def _counts(character: str) -> bool:
    return is_sign(character) and character not in _MARKUP


def _sign(character: str) -> str:
    if character in _SINGLE:
        return "'"
    if character in _DOUBLE:
        return '"'
    return "-" if character in _DASH else character
