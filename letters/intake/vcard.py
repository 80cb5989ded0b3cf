"""Address books: vCard 2.1, 3.0 and 4.0 (RFC 6350), as much as a list of people needs.

The library that is at hand for it is made for calendars too, follows 3.0 and knows no limits; what
is asked for here is the folding, the escapes and a dozen properties.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from letters.intake.row import UnreadableError

_LONGEST = 20_000  # characters of a value that is kept: only a photograph has more
_MOST = 500  # properties of one card
_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^":;])*))?')
_FIELD = re.compile(r"((?:\\.|[^;\\])*)(;|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PARTS = {
    "N": ("family", "given", "additional", "prefix", "suffix"),
    "ADR": ("box", "extended", "street", "city", "region", "postcode", "country"),
    "ORG": ("name", "unit"),
}
_TEXTS = ("FN", "TITLE", "ROLE", "EMAIL", "TEL", "LANG", "NOTE", "UID", "KIND", "CLASS")


class _Property(Struct, frozen=True):
    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def preference(self) -> int:
        """1 is liked best; the kind “pref” of the older versions says the same."""
        if "PREF" in re.split('[,"]', self.parameters.get("TYPE", "").upper()):
            return 1
        said = self.parameters.get("PREF", "101")
        return int(said) if re.fullmatch(r"[0-9]{1,3}", said) else 1


def parse(text: str, name: str, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    """The cells of each card: FN, N.family, ADR.street, EMAIL …; the best of equal ones first.

    What is written as numbers of bytes and doesn’t say in which ``encoding``, is in this one.
    """
    card: list[_Property] | None = None
    for number, line in _unfolded(text):
        found = _property(line, encoding)
        if found is None:
            raise UnreadableError(f"{name} is not a valid vCard (line {number}: no “NAME:value”)")
        kind, value = found.name, found.value.strip().upper()
        if (kind, value) == ("BEGIN", "VCARD"):
            if card is not None:
                raise UnreadableError(f"{name}: in line {number} a card begins inside another")
            card = []
        elif (kind, value) == ("END", "VCARD") and card is not None:
            yield _cells(card)
            card = None
        elif card is None:
            raise UnreadableError(f"{name} is no vCard: line {number} is outside of every card")
        elif len(card) >= _MOST:
            raise UnreadableError(f"{name}: a card has more than {_MOST} properties")
        else:
            card.append(found)
    if card is not None:
        raise UnreadableError(f"{name} ends within a card: “END:VCARD” is missing")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines, with the number at which each begins; 2.1 goes on after a “=”, too."""
    parts, begins, is_quoted = list[str](), 0, False
    for number, line in _folded(text):
        if is_quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            continue
        if (whole := "".join(parts)).strip():
            yield begins, whole
        parts, begins = [line], number
        is_quoted = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    if (whole := "".join(parts)).strip():
        yield begins, whole


def _folded(text: str) -> Iterator[tuple[int, str]]:
    """The lines, each with those behind it that begin with a space."""
    parts, begins = [""], 0
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        if line[:1] in (" ", "\t") and parts[0]:
            parts.append(line[1:])
            continue
        if begins:
            yield begins, "".join(parts)
        parts, begins = [line], number
    yield begins, "".join(parts)


def _property(line: str, encoding: str) -> _Property | None:
    head = _NAME.match(line)
    if head is None:
        return None
    at, parameters = head.end(), dict[str, str]()
    while found := _PARAMETER.match(line, at):
        key, said = found[1].upper(), found[2]
        if said is None:  # “TEL;WORK;PREF:”, as 2.1 has it
            key, said = ("ENCODING", found[1]) if key == "QUOTED-PRINTABLE" else ("TYPE", found[1])
        parameters[key] = f"{parameters[key]},{said}" if key in parameters else said
        at = found.end()
    if line[at : at + 1] != ":":
        return None
    value = line[at + 1 :]
    if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        data = quopri.decodestring(value.encode())
        try:
            value = data.decode(parameters.get("CHARSET", encoding))
        except (LookupError, UnicodeDecodeError):
            value = data.decode(encoding, "replace")  # which is flagged where it is a cell
    return _Property(head[1].upper(), parameters, value)


def _cells(card: list[_Property]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for each in sorted(card, key=lambda one: one.preference):
        if len(each.value) > _LONGEST:
            continue
        if each.name in _PARTS:
            fields = [_unescaped(field) for field, _ in _FIELD.findall(each.value)]
            named = zip(_PARTS[each.name], fields, strict=False)
            found = {f"{each.name}.{part}": text for part, text in named if text}
        elif each.name == "GENDER":  # M, or “O;whatever they say of it”
            found = {each.name: each.value.partition(";")[0]}
        elif each.name == "X-ABSHOWAS":
            found = {"KIND": "org"} if each.value.strip().upper() == "COMPANY" else {}
        elif each.name in _TEXTS:
            found = {each.name: _unescaped(each.value).removeprefix("mailto:")}
        else:
            continue
        if any(key.partition(".")[0] == each.name for key in cells):
            found = {f"{key} (more)": text for key, text in found.items()}
        for key, text in found.items():
            cells.setdefault(key, text)
    return cells


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda one: "\n" if one[1] in "nN" else one[1], text).strip()
