"""Words as a rule counts and finds them: plain text in, plain answers out.

Only literal words are ever searched for. Whoever writes a rule may be a stranger, and a pattern of
theirs could keep the program busy for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from letters.campaign.types import COUNTRIES

_WEB = re.compile(r"https?://|ftp://|(?<!\w)www\.", re.IGNORECASE)
_BETWEEN_HOSTS = re.compile(r"[\s,;:()<>\[\]{}«»“”„\"'’‘|/?#]+")
_HOST = re.compile(r"[\w-]{2,63}")
_EVERYWHERE = frozenset(
    [
        "com",
        "org",
        "net",
        "info",
        "int",
        "gov",
        "edu",
        "eu",
        "uk",
        "app",
        "blog",
        "news",
        "online",
        "site",
        "io",
        "tv",
        "quebec",
        "рф",
        "укр",
    ]
)
_ENDINGS = _EVERYWHERE | {code.lower() for code in COUNTRIES}


def words_in(text: str) -> int:
    """How many words ``text`` has: what stands between spaces and holds a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def characters_in(text: str, *, spaces: bool = True) -> int:
    """How many characters ``text`` has, line breaks and runs of spaces counted as one space."""
    words = unicodedata.normalize("NFC", text).split()
    return len((" " if spaces else "").join(words))


def web_address(text: str) -> int | None:
    """Where the first web address in ``text`` begins: a link, www.…, or a bare example.org.

    An e-mail address is none, and so is an abbreviation such as “e.g.” or “U.S.”.
    """
    found = _WEB.search(text)
    first = found.start() if found else None
    position = 0
    for word in _BETWEEN_HOSTS.split(text):
        position = text.index(word, position)
        if (first is None or position < first) and _is_host(word.strip(".…!-–—*_")):
            return position
        position += len(word)
    return first


def _is_host(word: str) -> bool:
    labels = word.split(".")
    ending = labels[-1]
    if len(labels) < 2 or not all(_HOST.fullmatch(label) for label in labels[-2:]):
        return False
    # “soon.In” is a space that is missing, not a host in India.
    return ending.lower() in _ENDINGS and (ending.islower() or word.isupper())


def folded(text: str) -> str:
    """Text as it is compared: without case, with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'")
    return " ".join(plain.lower().split())


def find_phrase(text: str, phrases: Iterable[str]) -> str:
    """The first of ``phrases`` that stands in ``text`` as whole words, else ""."""
    among = folded(text)
    for phrase in phrases:
        sought = folded(phrase)
        start = among.find(sought)
        while start >= 0:
            end = start + len(sought)
            if not _joined(among, start) and not _joined(among, end):
                return phrase
            start = among.find(sought, start + 1)
    return ""


def count_phrase(text: str, phrase: str) -> int:
    """How often ``phrase`` stands in ``text`` as whole words."""
    among, sought, count = folded(text), folded(phrase), 0
    start = among.find(sought) if sought else -1
    while start >= 0:
        end = start + len(sought)
        if not _joined(among, start) and not _joined(among, end):
            count += 1
        start = among.find(sought, end)
    return count


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of ``at`` belong to one word."""
    inside = 0 < at < len(text)
    return inside and text[at - 1].isalnum() and text[at].isalnum()
