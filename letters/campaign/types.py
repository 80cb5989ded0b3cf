"""What a written text may mean: dates, numbers, identifiers, each with a message that helps.

Everything arrives as text (see `source`), so pydantic's own guesses (a date from a Unix time, a
truth value from "1") are replaced by stricter readers.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign.localtext import LANGUAGE_TAG

Visibility: TypeAlias = Literal["public", "name-only", "role-only", "withheld"]
Gender: TypeAlias = Literal["m", "f", "x", "unknown"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


class Model(BaseModel):
    """A record of the campaign: immutable, with no room for a misspelt key."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        if not isinstance(value, str) or len(value) != len("2025-09-03"):
            raise ValueError  # noqa: TRY301 - one message for every way to miss
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("iso_date", "must be a date written like 2025-09-03") from None


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        message = "must be of small letters a–z, digits and hyphens (at most 64), like kara-murza"
        raise PydanticCustomError("identifier", message)
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not LANGUAGE_TAG.fullmatch(value):
        raise PydanticCustomError("language", "must be a language tag such as en or fr-CA")
    return value


def _truth(value: Any) -> bool:
    if value in ("true", "yes", True):
        return True
    if value in ("false", "no", False):
        return False
    raise PydanticCustomError("truth", "must be yes or no")


def _country(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
        raise PydanticCustomError("country", "must be a two-letter country code such as CA or DE")
    return value


def _path(value: Any) -> str:
    """A path inside the campaign; nothing outside it is ever opened."""
    if not isinstance(value, str) or not value:
        raise PydanticCustomError("path", "must be the path of a file or folder")
    if value.startswith(("/", "~")) or ".." in value.replace("\\", "/").split("/"):
        raise PydanticCustomError("path", "must lie inside the campaign’s folder")
    return value


def as_number(value: str) -> int | Decimal | None:
    """The number that ``value`` spells ("1000", "2.5"), or None when it spells none."""
    if not _NUMBER.fullmatch(value):
        return None
    try:
        return Decimal(value) if "." in value else int(value)
    except InvalidOperation:
        return None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Date = Annotated[
    dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
Identifier = Annotated[
    str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": _ID.pattern})
]
Language = Annotated[
    str,
    BeforeValidator(_language),
    WithJsonSchema({"type": "string", "pattern": LANGUAGE_TAG.pattern}),
]
Truth = Annotated[
    bool, BeforeValidator(_truth), WithJsonSchema({"enum": ["yes", "no", True, False]})
]
Country = Annotated[
    str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
InnerPath = Annotated[str, BeforeValidator(_path), WithJsonSchema({"type": "string"})]
Lines = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
