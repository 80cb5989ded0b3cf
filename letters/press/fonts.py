"""Which fonts a letter is set in: the theme's, and others for the scripts that those lack.

Families are always named. Left to itself, the system would fill a gap from whatever is installed,
so that one letter would look different on two machines; and where nothing fits, it sets boxes.
The stand-ins are data (``fonts.yaml``).
"""

from __future__ import annotations

import functools
import re
import subprocess
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import category

from msgspec import Struct
from msgspec.structs import replace

from letters.alike import Alike
from letters.draft import document as d
from letters.press.scripts import Script, known, ranges
from letters.press.theme import Font, Theme

# What each font of the built-in themes has; tests/press/test_fonts.py looks that it is so.
_EVERYWHERE = (
    "\t\n -~\u00a0-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0218-\u021b\u0400-\u045f"
    "\u0490\u0491\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u202f\u2030\u2039\u203a\u20ac\u2116\u2122\u2212"
)
_UNUSUAL = re.compile(f"[^{_EVERYWHERE}]")
# Spaces, joiners and marks of direction are drawn without a glyph; so are variation selectors.
_NOT_DRAWN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_LAST = "Liberation Serif"
_ASIAN = ("Han", "Hangul")
_HAN = ("ja", "ko", "zh")
_SANS = re.compile(r"sans|carlito|calibri|arial|helvetica|verdana|tahoma", re.IGNORECASE)


def unusual(text: str) -> frozenset[str]:
    """The characters of ``text`` that some font of the built-in themes might lack."""
    found = _UNUSUAL.findall(text)
    return frozenset(c for c in found if drawn(c)) if found else frozenset()


def unusual_in(letter: d.Letter) -> frozenset[str]:
    """The same for all that a letter prints."""
    words = [letter.notice, letter.version, letter.page_label, letter.draft_mark]
    words += letter.running_head
    _gather(letter.notes, words)
    return unusual(" ".join((*words, *map(_rare_in, letter.blocks))))


def _rare_now(block: d.Block) -> str:
    """The characters of a block that some font might lack, each as often as it stands there."""
    words: list[str] = []
    _gather(block, words)
    return "".join(_UNUSUAL.findall(" ".join(words)))


_rare_in = Alike(_rare_now)


def _gather(node: Any, words: list[str]) -> None:
    """Add the words of a part of a letter, as `words_of` gives them, to a list of words."""
    if isinstance(node, d.Text | d.Value):
        words.append(node.text)
    elif isinstance(node, str):
        words.append(node)
    elif isinstance(node, tuple):
        for each in node:
            _gather(each, words)
    elif isinstance(node, Struct) and not isinstance(node, d.Image | d.TextLanguage):
        for name in node.__struct_fields__:
            if not (name == "href" and type(node) is d.Link):
                _gather(getattr(node, name), words)


def drawn(character: str) -> bool:
    """Whether it needs a glyph at all."""
    return category(character) not in _NOT_DRAWN and not "\ufe00" <= character <= "\ufe0f"


def scripts(letter: d.Letter) -> tuple[Script, ...]:
    """The scripts of the letter that have stand-ins, the most used first; mostly none."""
    rest = replace(letter, blocks=())
    return scripts_in(
        (*map(_rare_in, letter.blocks), *(text for text, _ in words(rest))), letter.language
    )


def scripts_in(texts: Iterable[str], language: str = "") -> tuple[Script, ...]:
    """The same for words that are in no letter.

    Where the language has no forms of its own, kana tell that the characters are Japanese.
    """
    used = Counter(c for text in texts for c in _UNUSUAL.findall(text))
    if not used:
        return ()
    if language.partition("-")[0] not in _HAN and any("\u3041" <= c <= "\u30ff" for c in used):
        language = "ja"
    counts = [(sum(n for c, n in used.items() if c in one), one.of(language)) for one in known()]
    return tuple(one for n, one in sorted(counts, key=lambda each: -each[0]) if n)


def for_word(letter: d.Letter, theme: Theme) -> Theme:
    """The theme with Word's fonts for the scripts of the letter that its own fonts lack.

    Word has one channel for East Asian scripts and one for all others: the script that the letter
    uses most has it, and for a second one Word chooses by itself.
    """
    needed = scripts(letter)
    asian = next((one for one in needed if one.name in _ASIAN), None)
    others = next((one for one in needed if one.name not in _ASIAN), None)

    def extended(font: Font) -> Font:
        return replace(
            font,
            complex=word_family(others, font.word) if others else "",
            asian=word_family(asian, font.word) if asian else "",
        )

    if not needed:
        return theme
    text, label = extended(theme.text_font), extended(theme.label_font)
    return replace(theme, text_font=text, label_font=label)


def instead(family: str) -> str:
    """The font that stands in for a family of Word's where that is missing, if one is known."""
    return next((one.instead for one in known() if family in one.word), "")


def passages(letter: d.Letter, theme: Theme) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """The languages beside the letter's own that want other forms, each with its two stacks."""
    needed = scripts(letter)
    if not any(one.name in _ASIAN for one in needed):
        return
    for tag in dict.fromkeys(_languages((letter.blocks, letter.notes))):
        theirs = scripts_in((text for text, _ in words(letter)), tag)
        if tag.partition("-")[0] in _HAN and theirs != needed:
            yield tag, stacks_for(theirs, theme)


def _languages(node: Any) -> Iterator[str]:
    if isinstance(node, d.TextLanguage):
        yield node.tag
    elif isinstance(node, tuple):
        for each in node:
            yield from _languages(each)
    elif isinstance(node, Struct) and not isinstance(node, d.Image | d.Text | d.Value):
        for name in node.__struct_fields__:
            yield from _languages(getattr(node, name))


def stacks(letter: d.Letter, theme: Theme) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families for the text and for the labels, in the order in which CSS is to try them.

    The two end with each other's, so that both can set the same characters.
    """
    return stacks_for(scripts(letter), theme)


def stacks_for(needed: tuple[Script, ...], theme: Theme) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The same for scripts that are known."""
    text, label = theme.text_font, theme.label_font
    # A theme of one face has another for the letters that it lacks.
    last = (_LAST,) if text.pdf == label.pdf else ()
    return (
        _unique(text.pdf, text.word, *_stand_ins(needed, text.pdf), label.pdf, *last),
        _unique(label.pdf, label.word, *_stand_ins(needed, label.pdf), text.pdf, *last),
    )


def word_family(script: Script, beside: str) -> str:
    """Word's family for a script, to go with the family ``beside``."""
    return script.word[is_sans(beside)]


def is_sans(family: str) -> bool:
    """Whether a family has no serifs, as far as its name tells."""
    return _SANS.search(family) is not None


def covered(character: str, families: tuple[str, ...]) -> bool:
    """Whether one of the families is installed and has the character."""
    installed = _installed()
    return any(
        _has(installed[family], ord(character)) for family in families if family in installed
    )


def can_tell() -> bool:
    """Whether fontconfig says what is installed; without ``fc-list`` only pressing can tell."""
    return bool(_installed())


def installed() -> frozenset[str]:
    """The families that fontconfig finds; none where it can't tell."""
    return frozenset(_installed())


def words(letter: d.Letter) -> Iterator[tuple[str, d.ValueOrigin | None]]:
    """All that is printed, each text with the place in the campaign that it is from."""
    for part in (letter.blocks, letter.notes):
        yield from words_of(part)
    for text in (
        *letter.running_head,
        letter.notice,
        letter.version,
        letter.page_label,
        letter.draft_mark,
    ):
        yield text, None
    if letter.annex is not None:
        yield from ((text, None) for text in letter.annex.texts())


def words_of(node: Any) -> Iterator[tuple[str, d.ValueOrigin | None]]:
    """The same of a part of a letter."""
    if isinstance(node, str):
        yield node, None
    elif isinstance(node, d.Value):
        yield node.text, node.origin
    elif isinstance(node, tuple):
        for each in node:
            yield from words_of(each)
    elif isinstance(node, d.Link):
        yield from words_of(node.content)
    elif isinstance(node, Struct) and not isinstance(node, d.Image | d.TextLanguage):
        for name in node.__struct_fields__:
            yield from words_of(getattr(node, name))


def _stand_ins(needed: tuple[Script, ...], beside: str) -> Iterator[str]:
    for one in needed:
        yield from one.sans if is_sans(beside) else one.serif


def _unique(*families: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(families))


@functools.cache
def _installed() -> dict[str, list[tuple[int, int]]]:
    """The ranges of characters that each installed family has, as fontconfig tells Pango too."""
    command = ["fc-list", "--format", "%{family}\t%{charset}\n"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - no input
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, list[tuple[int, int]]] = {}
    for line in done.stdout.decode(errors="replace").splitlines():
        families, _, written = line.partition("\t")
        for family in families.split(","):
            found.setdefault(family, []).extend(ranges(written))
    return {family: _merged(those) for family, those in found.items()}


def _merged(those: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order that do not overlap: the faces of a family have much in common."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(those):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _has(those: list[tuple[int, int]], code: int) -> bool:
    at = bisect_right(those, (code, 0x110000)) - 1
    return at >= 0 and code <= those[at][1]
