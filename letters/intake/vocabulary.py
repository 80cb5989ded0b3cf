"""Where a column can lead: the keys of the YAML, and a few that are kept beside it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["signatories", "recipients"]

IGNORED = "ignore"
UNCLEAR = "unclear"
"""Whether they may be named, asked so that nobody can tell what yes means: all are withheld."""
ASIDE = frozenset({"key", "signed_on", "country", "place"})
"""Not for the YAML of a signatory: they tell people apart, and say when somebody signed."""

_NAME = (
    *("name", "name.display", "name.full", "name.sort", "name.address_as", "name.given"),
    "name.dative",
    *("name.particle", "name.family", "name.patronymic", "name.suffix", "name.native"),
)
_ADDRESS = (
    *("address", "address.street", "address.city", "address.region", "address.postcode"),
    "address.country",
)
_BOTH = (
    *_NAME,
    *_ADDRESS,
    "gender",
    "nationality",
    "email",
    "language",
    "key",
    "note",
    "honorifics.prefix",
)
_FIELDS: Mapping[Kind, frozenset[str]] = {
    "signatories": frozenset(
        (
            *_BOTH,
            *("kind", "tier", "visibility", "role", "affiliation", "identification_only"),
            *("description", "signer.name", "signer.role", "phone", "signed_on", "country"),
            *("place", "printed_place", UNCLEAR, IGNORED),
        )
    ),
    "recipients": frozenset(
        (
            *_BOTH,
            *("form", "honorifics.post_nominals", "honorifics.honours", "office", "organisation"),
            "office_dative",
            *("salutation", "close", "district", "postage_free", "country", IGNORED),
        )
    ),
}
# What one list calls by one word: somebody’s place of work, and what they are there.
_COUNTERPARTS: Mapping[Kind, Mapping[str, str]] = {
    "signatories": {"organisation": "affiliation", "office": "role"},
    "recipients": {"affiliation": "organisation", "role": "office"},
}
_IN_A_LANGUAGE = re.compile(
    r"(name\.(?:display|full|sort|address_as|dative)|office|office_dative|organisation|salutation|close|district"
    r"|role|affiliation|description|honorifics\.(?:prefix|post_nominals))"
    r"\.[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"
)
_VALUE = re.compile(r"values\.[a-z][a-z0-9_]{0,40}")


def fields(kind: Kind) -> frozenset[str]:
    """The fields of a kind, without those for one language and a recipient’s own values."""
    return _FIELDS[kind]


def is_added(column: str) -> bool:
    """Whether a column is none of the list’s, but what its recipe says: “(form)”."""
    return column[:1] == "(" and column[-1:] == ")"


def field_of(field: str, kind: Kind) -> str | None:
    """The field of that kind that a recipe for both means; None where there is none."""
    if is_field(field, kind):
        return field
    return _COUNTERPARTS[kind].get(field)


@functools.cache
def is_spoken(field: str) -> bool:
    """Whether a field is for one language: “office.fr”."""
    return _IN_A_LANGUAGE.fullmatch(field) is not None


def is_field(field: str, kind: Kind) -> bool:
    """Whether a column can lead there: “office.fr” and “values.room”, too."""
    if field in _FIELDS[kind] or (kind == "recipients" and _VALUE.fullmatch(field)):
        return True
    spoken = _IN_A_LANGUAGE.fullmatch(field)
    return spoken is not None and spoken[1] in _FIELDS[kind]
