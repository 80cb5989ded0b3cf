"""What a name in one cell may be made of: proposals, which somebody has to confirm.

A full name is kept as it stands. What can be seen in it all the same (“Dr.”, “Doe, Jane”, “Jane Doe
(writer)”, “Jane DOE”) is offered, and taken only when the person who imports the list says so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from msgspec import Struct, field

from letters.intake.capitals import is_capitals, recased, split
from letters.intake.worded import data, folded, phrases, words

_NUMBERED = re.compile(r"\d{1,6}[.)]\s+(?=\D)")
_PAIRS = {")": "(", "]": "[", "）": "（"}
_DASHED = re.compile(r"(\S.*?)\s+[–—-]\s+(\S.*)", re.DOTALL)
_MOST_GIVEN = 3


class Proposal(Struct, frozen=True):
    """``name`` is the group of the YAML (display, given, family …); ``seen`` says what was seen.

    ``doubts`` are what was seen and can't be told: nothing is proposed for that.
    """

    name: Mapping[str, str]
    role: str = ""
    prefix: str = ""
    seen: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class _Working(Struct):
    text: str
    role: str = ""
    prefix: str = ""
    suffix: str = ""
    given: str = ""
    family: str = ""
    seen: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def propose(text: str, country: str = "") -> Proposal | None:
    """What one cell with a person's whole name may be; None where there is nothing to ask."""
    if _is_plain(text):
        return None
    work = _Working(text)
    if numbered := _NUMBERED.match(work.text):
        work.text = work.text[numbered.end() :]
        work.seen.append("a number before the name")
    _roles(work)
    _commas(work)
    _honorifics(work)
    _capitals(work, country)
    if not work.seen and not work.doubts:
        return None
    return Proposal(_name(work), work.role, work.prefix, tuple(work.seen), tuple(work.doubts))


def _is_plain(text: str) -> bool:
    """Whether it is two words or more with a capital in front, of which none is a title."""
    words_ = text.split(" ")
    return (
        len(words_) > 1
        and text.istitle()
        and "".join(words_).isalnum()
        and not any(word.isupper() and len(word) > 1 for word in words_)
        and not _is_title(words_[0])
    )


def is_anonymous(text: str) -> bool:
    """Whether what stands for a name says that there is none."""
    text = text.strip()
    return text[:3].casefold() in _beginnings() and folded(text) in _anonymous()


def honorific(text: str) -> bool:
    """Whether a cell holds nothing but titles."""
    parts = text.split()
    return bool(parts) and all(map(_is_title, parts))


def is_courtesy(prefix: str) -> bool:
    """Whether a title only says how somebody is spoken to."""
    return all(_bare(part) in words("names", "courtesy") for part in prefix.split())


@functools.cache
def _anonymous() -> frozenset[str]:
    return frozenset(phrases(data("names")["anonymous"]))


@functools.cache
def _beginnings() -> frozenset[str]:
    return frozenset(phrase[:3] for phrase in _anonymous()) | {"n.n", "n. "}


def _roles(work: _Working) -> None:
    """“Name (role, role)” and “Name – role”; a nickname in the middle stays."""
    name, inside = _bracketed(work.text)
    if name and inside:
        work.text = name
        if inside.casefold().replace(" ", "") in words("names", "pronouns"):
            work.seen.append("pronouns in brackets")
        else:
            work.role = inside
            work.seen.append("a role in brackets")
    if not work.role and (found := _DASHED.fullmatch(work.text)):
        work.text, work.role = found[1], found[2].strip()
        work.seen.append("a role after a dash")


def _bracketed(text: str) -> tuple[str, str]:
    """What stands before the last brackets and what is in them: others may be inside of those."""
    opens = _PAIRS.get(text[-1:])
    if opens is None:
        return "", ""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == text[-1]) - (text[at] == opens)
        if depth == 0:
            return text[:at].strip(), text[at + 1 : -1].strip()
    return "", ""


def _commas(work: _Working) -> None:
    """“Doe, Jane” and “Doe, Jane, Jr.”; letters behind a comma are no given name."""
    parts = [part.strip() for part in work.text.split(",")]
    if len(parts) == 1 or not all(parts):
        return
    while len(parts) > 1 and _is_after(parts[-1]):
        work.suffix = ", ".join(filter(None, (parts.pop(), work.suffix)))
    if len(parts) == 1:
        if all(_bare(part) in words("names", "generations") for part in work.suffix.split()):
            return  # “John Smith, Jr.” is a name as it stands
        work.doubts.append("letters behind the name")
        work.suffix = ""
        return
    last, first = parts[0], parts[1]
    words_before, words_after = last.split(), first.split()
    family = all(map(_is_family_part, words_before[:-1]))
    short = len(words_after) <= _MOST_GIVEN and not re.search(r"\d", first)
    if len(parts) == 2 and short and family:
        work.family, work.given = last, first
        work.seen.append("the family name first, with a comma")
    else:
        work.doubts.append("a comma: a family name before it, or a role behind it?")
        work.suffix = ""


def _is_family_part(word: str) -> bool:
    return is_capitals(word) or word.casefold() in data("names")["particles"]["other"].split()


def _honorifics(work: _Working) -> None:
    text = work.given or work.text
    parts, count = text.split(), 0
    while count < len(parts) - 1 and _is_title(parts[count]):
        count += 1
    while count and _bare(parts[count - 1]) in words("names", "joining"):
        count -= 1  # “The” alone is no title
    if not count:
        return
    work.prefix, rest = " ".join(parts[:count]), " ".join(parts[count:])
    if work.given:
        work.given = rest
    else:
        work.text = rest
    work.seen.append("a title before the name")


def _capitals(work: _Working, country: str) -> None:
    if work.family:
        before = work.family, work.given
        work.family, work.given = recased(work.family, country), recased(work.given, country)
        if (work.family, work.given) != before:
            work.seen.append("capitals")
        return
    parts = work.text.split()
    if len(parts) > 1 and all(map(is_capitals, parts)):
        work.text = recased(work.text, country)
        work.seen.append("capitals")
    elif found := split(work.text):
        work.given, work.family = found[0], recased(found[1], country)
        work.seen.append("a family name in capitals")


def _name(work: _Working) -> dict[str, str]:
    """The group of the YAML: the parts where they are known, else the whole name."""
    if work.family and work.given:
        name = {"given": work.given, "family": work.family}
        return name | ({"suffix": work.suffix} if work.suffix else {})
    return {"display": work.text}


def _is_title(word: str) -> bool:
    bare = _bare(word)
    return bare in words("names", "courtesy") or bare in words("names", "titles")


def _is_after(text: str) -> bool:
    """Whether all of it are letters that stand behind a name: “Jr.”, “PhD MP”."""
    known = words("names", "letters") | words("names", "generations")
    return all(_bare(part) in known for part in text.split())


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").replace(".", "").strip(",")
