"""Rows that could be entries: read, typed and keyed; or refused, each with the reason."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct
from pydantic import ValidationError

from letters.campaign.bygender import LONGEST, one_line
from letters.campaign.mailboxes import mailbox_of
from letters.campaign.namecheck import oddity
from letters.campaign.people import Recipient
from letters.campaign.personcheck import folded
from letters.campaign.shown import hides_name
from letters.campaign.signatory import Signatory
from letters.intake.fields import Settings, entry
from letters.intake.flat import Items, Value, flatten, nested
from letters.intake.remark import Remark
from letters.intake.row import Row
from letters.intake.vocabulary import IGNORED, Kind

_MODELS: Mapping[Kind, type[Signatory | Recipient]] = {
    "signatories": Signatory,
    "recipients": Recipient,
}
# What people write as they like; anything else is one of a few words, and is judged once.
_FREE = re.compile(
    r"name\b.*|affiliation|place|role|description|contact\b.*|email|office|organisation|district"
    r"|address\.(street|city|region|postcode)|salutation|close|values\..*|signer\.name\b.*"
    r"|signer\.role|honorifics\b.*|testimony\b.*"
)
_PRINTED = re.compile(r"name\b.*|affiliation|place|role|description|office|organisation|district")
_PLACES: Mapping[Kind, tuple[str, ...]] = {
    "signatories": ("affiliation", "contact.address"),
    "recipients": ("office", "organisation", "district", "address.city"),
}
# “José” that was UTF-8 once, and was read as something else.
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\ufffd")
_BY_MAILBOX = "m:"
_WHOLE = ("name", "name.display")
_PARTS = ("name.given", "name.particle", "name.family")
_WORDS = re.compile(r"[\W_]+")


class Candidate(Struct):
    """One row as the entry it would be; ``key`` finds it again next week."""

    number: int
    key: str
    items: Items
    flags: tuple[Remark, ...] = ()
    proposals: tuple[Remark, ...] = ()
    signed_on: str = ""
    refusals: tuple[Remark, ...] = ()
    anonymous: bool = False

    def value(self, key: str) -> Value | None:
        """What the row says for a key."""
        return self.items.get(key)

    @property
    def name(self) -> str:
        """The name in one piece."""
        get = self.items.get
        if whole := get("name") or get("name.display"):
            return str(whole)
        return " ".join(str(part) for key in _PARTS if (part := get(key)))

    @property
    def compared(self) -> str:
        """The name as it is compared; who gave none is nobody else."""
        return "" if self.anonymous else compared(self.name)

    @property
    def own(self) -> Items:
        """What the row itself says: who gave no name was given one by us, after the row."""
        return self.items.without("name") if self.anonymous else self.items

    @property
    def hidden(self) -> bool:
        """Whether nothing of the name may be shown."""
        return hides_name(self.value("visibility"))

    @property
    def mailbox(self) -> str:
        """The address of mail as it is compared."""
        if self.key.startswith(_BY_MAILBOX):
            return self.key[len(_BY_MAILBOX) :]
        written = self.items.get("contact.email") or self.items.get("email")
        return mailbox_of(str(written)) if written else ""

    def place(self, kind: Kind) -> str:
        """Where somebody belongs, as it is compared."""
        return place_of(kind, self.value)


def compared(name: str) -> str:
    """A name as it is compared: without case, accents and punctuation."""
    return _WORDS.sub(" ", folded(name)).strip()


def place_of(kind: Kind, get: Any) -> str:
    """Where somebody belongs, by what ``get`` gives for a key."""
    found = [_place(what) for key in _PLACES[kind] if (what := get(key))]
    return found[0] if len(found) == 1 else " ".join(found)


@functools.lru_cache(maxsize=8192)
def _place(what: Value) -> str:
    return compared(" ".join(what) if isinstance(what, tuple) else what)


def key_column(fields: Mapping[str, str]) -> str:
    """The column by which rows are told apart: a key that the list has, or the mailbox."""
    for wanted in ("key", "email"):
        for column, meant in fields.items():
            if meant == wanted:
                return column
    return ""


def candidates(
    kind: Kind, rows: Iterable[Row], fields: Mapping[str, str], settings: Settings, key: str
) -> Iterator[Candidate]:
    """Each row in turn; ``key`` is the column by which rows are told apart."""
    taken = [column for column, meant in fields.items() if meant != IGNORED]
    is_mailbox = fields.get(key) == "email"
    for row in rows:
        found = _candidate(kind, row, taken, fields, settings)
        if not found.refusals:
            own = row.cells.get(key, "").strip() if key and not is_mailbox else ""
            found.key = f"k:{own}" if own else _key(kind, found)
        yield found


def _candidate(
    kind: Kind, row: Row, taken: list[str], fields: Mapping[str, str], settings: Settings
) -> Candidate:
    remarks: list[Remark] = []
    whole = "\n".join([row.cells.get(column, "") for column in taken])
    if not whole.isascii() and _GARBLED.search(whole):
        remarks += _garbled(row, taken)
    made = entry(kind, row, fields, settings)
    remarks += made.remarks
    items = flatten(made.values)
    if not (made.remarks and made.is_refused):
        remarks += _judged(kind, items, fields)
    if not remarks:
        return Candidate(
            row.number, "", items, signed_on=made.aside.get("signed_on", ""),
            anonymous="anonymous" in made.aside,
        )  # fmt: skip
    return Candidate(
        row.number,
        "",
        items,
        tuple([one for one in remarks if one.level == "flag"]),
        tuple([one for one in remarks if one.level == "proposal"]),
        made.aside.get("signed_on", ""),
        tuple([one for one in remarks if one.level == "refusal"]),
        "anonymous" in made.aside,
    )


def _key(kind: Kind, found: Candidate) -> str:
    """The mailbox, or else name and place, by which a row is known."""
    if mailbox := found.mailbox:
        return f"{_BY_MAILBOX}{mailbox}"
    role = compared(str(found.value("role") or found.value("description") or ""))
    return f"n:{found.compared}|{found.place(kind)}|{role}"


def _garbled(row: Row, taken: Iterable[str]) -> Iterator[Remark]:
    """Cells that look like text in another encoding."""
    for column in taken:
        if _GARBLED.search(row.cells.get(column, "")):
            hint = "export the list again as UTF-8, or say --set encoding=NAME"
            yield Remark("flag", column, "looks as if it was read in the wrong encoding", hint)


def _judged(kind: Kind, items: Items, fields: Mapping[str, str]) -> list[Remark]:
    """What keeps an entry from being one, or makes it an odd one."""
    named = False
    found: list[Remark] = []
    shape: list[Value | int] = []
    for key, about, what in zip(items.keys, _about(items.keys), items.said, strict=True):
        if not about.is_free:
            shape.append(what)
            continue
        several = isinstance(what, tuple)
        shape.append(len(what) if several else 0)
        named = named or about.is_name
        if about.is_printed and not one_line(" ".join(what) if several else str(what)):
            message = f"must be one line of at most {LONGEST} characters"
            hint = "shorten it, or leave it out"
            found.append(Remark("refusal", _column(fields, key), message, hint))
        elif about.is_whole_name and (odd := oddity(str(what), "organisation")):
            hint = "it would be printed as it stands"
            found.append(Remark("flag", _column(fields, key), odd, hint))
    if not named:
        found.append(Remark("refusal", _column(fields, "name"), "has no name", "fill it in"))
    else:
        for key, message in _faults(kind, items.keys, tuple(shape)):
            found.append(Remark("refusal", _column(fields, key), message, ""))
    return found


class _About(NamedTuple):
    """What there is to know of a key of entries."""

    is_free: bool
    is_printed: bool
    is_name: bool
    is_whole_name: bool


@functools.lru_cache(maxsize=1024)
def _about(keys: tuple[str, ...]) -> tuple[_About, ...]:
    return tuple(
        _About(
            bool(_FREE.fullmatch(key)),
            bool(_PRINTED.fullmatch(key)),
            key.startswith("name"),
            key in _WHOLE,
        )
        for key in keys
    )


@functools.lru_cache(maxsize=4096)
def _faults(
    kind: Kind, keys: tuple[str, ...], shape: tuple[Value | int, ...]
) -> tuple[tuple[str, str], ...]:
    """What the schema says of entries of that shape: the key and the fault of each.

    Where a text is free, it is no part of the shape; of several, their number is.
    """
    pairs = [*zip(keys, shape, strict=True)]
    sample = nested(
        (key, what if not isinstance(what, int) else ("x",) * what or "x") for key, what in pairs
    )
    try:
        _MODELS[kind].model_validate({"id": "x", **sample})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return tuple((".".join(map(str, one["loc"])), _message(one)) for one in found)
    if kind == "signatories":
        said = dict(pairs)
        if said.get("visibility") == "role-only" and "description" not in said:
            return (("visibility", "role-only needs a description that is printed instead"),)
    return ()


def _message(error: Any) -> str:
    expected = error.get("ctx", {}).get("expected", "")
    return f"must be {expected.replace(chr(39), '')}" if expected else error["msg"]


def _column(fields: Mapping[str, str], key: str) -> str:
    """The column that a key came from, where it can be told."""
    last = key.rpartition(".")[2]
    group = key.partition(".")[0]
    return next(
        (c for wanted in (key, last, group) for c, meant in fields.items() if meant == wanted), ""
    )
