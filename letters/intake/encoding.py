"""How the bytes of a list are text: by their mark, as UTF-8, or by the code page that fits best.

A code page is never certain, so it is always said. What decides is which language's letters the
text would have: a page that turns “é” into a sign, or into a capital in the middle of a word, is
the wrong one.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from letters import limits, reading
from letters.intake.row import UnreadableError

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RARE = "áéíóúýþæðö"  # where Turkish is read as Western: few lists are Icelandic, many Turkish
# The letters of languages, or a whole script, by page; the first wins where two fit alike.
_PAGES = {
    "cp1252": ("àâçéèêëîïôùûüÿœæ", "äöüß", "áéíñóúüºª", "áâãàçéêíóôõúü", "àèéìíòóùú", "åäöéü",
               "æøåéöä", "ëïéèöü", _RARE),
    "cp1250": ("áčďéěíňóřšťúůýžĺľŕôä", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß"),
    "cp1254": ("çğıöşüâî",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
    "cp1251": ("CYRILLIC",),
    "cp1253": ("GREEK",),
    "cp1255": ("HEBREW",),
    "cp1256": ("ARABIC",),
    "mac_roman": ("àâçéèêëîïôùûüÿœæ", "äöüß", "áéíñóúü", "áâãàçéêíóôõú", "åäöéæø"),
    "cp850": ("àâçéèêëîïôùûüÿ", "äöüß", "áéíñóúü", "åäöéæø"),
    "koi8_r": ("CYRILLIC",),
    "cp866": ("CYRILLIC",),
}  # fmt: skip
_SHOWN = {"mac_roman": "Mac Roman", "koi8_r": "KOI8-R", "cp850": "DOS 850", "cp866": "DOS 866"}
_FAVOURED = {"cp1252": 0.2}  # most lists that are not UTF-8 are
_VOWELS = {"CYRILLIC": "аеёиоуыэюяіїє", "GREEK": "αεηιουωάέήίόύώϊϋΐΰ"}
_WORD = re.compile(r"\w+")


def encoding_of(path: Path, said: str = "") -> tuple[str, str]:
    """The codec of a file, and what to say of it where it was guessed; ``said`` is the user’s."""
    if said:
        return known(said), ""
    head = reading.head_of(path, _SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, ""
    if wide := _wide(head):
        return wide, f"read as {wide.upper()}, which it looks like: it has no mark"
    high, fault, proper = _scan(path)
    if fault is None:
        return "utf-8", ""
    if proper > 1:
        raise UnreadableError(
            f"{path.name}: line {fault} is not UTF-8 text, though other lines are",
            "it was put together from files of two encodings: retype that line in an editor, or "
            "say --set encoding=NAME",
        )
    best = best_page(high)
    if best is None:
        raise UnreadableError(
            f"{path.name}: line {fault} is not UTF-8 text, nor is it of a known code page",
            "save the file as UTF-8, or say --set encoding=NAME",
        )
    return best


def known(said: str) -> str:
    """The codec that somebody calls so."""
    try:
        return codecs.lookup(said).name
    except LookupError:
        raise UnreadableError(
            "there is no such encoding", "such as utf-8, windows-1250 or mac-roman"
        ) from None


def best_page(sample: bytes) -> tuple[str, str] | None:
    """The code page that fits best, and what to say of it; None where none does."""
    best = _page(sample)
    if best is None:
        return None
    name = _SHOWN.get(best, best.replace("cp", "Windows-"))
    hint = "where letters with accents are wrong, say --set encoding=NAME"
    return best, f"it is not UTF-8, and read as {name}, which fits best ({hint})"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of what is mostly Latin text is zero."""
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.4 * half and head[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.4 * half and head[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _scan(path: Path) -> tuple[bytes, int | None, int]:
    """What isn’t ASCII (a sample), the first line that isn’t UTF-8, and how much is, before it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, proper = 1, 0
    with reading.opened(path, limits.LIST) as stream:
        while chunk := stream.read(_CHUNK):
            if chunk.isascii() and not decoder.getstate()[0]:
                lines += chunk.count(b"\n")
                continue
            held = decoder.getstate()[0]
            try:
                proper += sum(1 for c in decoder.decode(chunk) if c > "\x7f")
            except UnicodeDecodeError as error:
                before = (held + chunk)[: error.start]
                proper += sum(1 for c in before.decode("utf-8", "ignore") if c > "\x7f")
                rest = (held + chunk)[error.start :] + stream.read(_CHUNK)
                proper += len(re.findall(rb"[\xc3-\xd9][\x80-\xbf](?![\x80-\xff])", rest))
                high = b"\n".join(one for one in chunk.splitlines() if not one.isascii())
                return high[:_SAMPLE], lines + before.count(b"\n"), proper
            lines += chunk.count(b"\n")
    if decoder.getstate()[0]:
        return decoder.getstate()[0], lines, proper
    return b"", None, proper


def _page(sample: bytes) -> str | None:
    """The code page in which most words would be of one language."""
    scores = {name: _fit(sample, name, kinds) for name, kinds in _PAGES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > 0.3 else None


def _fit(sample: bytes, name: str, kinds: Iterable[str]) -> float:
    """The share of the letters beyond ASCII that are as they would be in one language."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return 0.0
    total = sum(1 for c in text if c > "\x7f" and not c.isspace())
    if not total:
        return 0.0
    words = [word for word in _WORD.findall(text) if not word.isascii() and _cased(word)]
    return max(_share(words, kind) for kind in kinds) / total + _FAVOURED.get(name, 0.0)


def _share(words: Iterable[str], kind: str) -> float:
    if kind.isupper():
        return sum(_in_script(word, kind) * len(word) for word in words)
    letters = frozenset(kind)
    count = 0
    for word in words:
        beyond = [c for c in word.lower() if c > "\x7f"]
        if len(beyond) * 2 <= len(word) or len(word) == 1:
            count += sum(1 for c in beyond if c in letters)
    return count * (0.7 if kind == _RARE else 1.0)


def _in_script(word: str, script: str) -> float:
    """How much a word looks like one of a script: all its letters, and vowels among them."""
    letters = [c for c in word.lower() if c.isalpha()]
    if not all(unicodedata.name(c, "").startswith(script) for c in letters):
        return 0.0
    vowels = _VOWELS.get(script)
    if vowels is None:
        return 1.0
    share = sum(1 for c in letters if c in vowels) / max(1, len(letters))
    # Names begin with a capital; Hebrew read as Cyrillic has none.
    return (1.0 if 0.2 <= share <= 0.7 else 0.3) * (1.0 if word[0].isupper() else 0.5)


def _cased(word: str) -> bool:
    """Whether no capital follows a small letter, as it does in the wrong code page."""
    return not any(a.islower() and b.isupper() and b > "\x7f" for a, b in pairwise(word))
