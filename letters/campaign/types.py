"""What a written text may mean: dates, numbers, identifiers, each with a message that helps.

Everything arrives as text (see `source`), so pydantic's own guesses (a date from a Unix time, a
truth value from "1") are replaced by stricter readers.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign import filenames
from letters.campaign.bygender import LONGEST, one_line
from letters.campaign.localtext import LANGUAGE_TAG

Visibility: TypeAlias = Literal["public", "name-only", "role-only", "withheld"]
Gender: TypeAlias = Literal["m", "f", "x", "unknown"]

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# No zeros in front: "007" is a name or a code, and would lose them as a number.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

_MOST_LINES = 8
_LONGEST_PATH, _LONGEST_NAME = 1024, 255  # bytes

_ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
MESSAGE_ID = re.compile(rf"<(?=.{{3,250}}>){_ATOMS}@({_ATOMS}|\[[!-Z^-~]*\])>")
_LONGEST_THREAD = 50

# ISO 3166-1, and XK for Kosovo, which the post uses too.
_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
    "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ "
    "DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
    "MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
    "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
    "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM "
    "US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())


class Model(BaseModel):
    """A record of the campaign: immutable, with no room for a misspelt key.

    ``is_private``: what somebody wrote in the place of a key may be a name that is protected.
    """

    is_private: ClassVar[bool] = False

    # Built when first used: the parts of a record are built with it, not each for itself.
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )

    def __reduce__(self) -> tuple[Any, ...]:
        """Thousands of records travel between processes: their values alone, in half the time."""
        values = tuple(self.__dict__.values())
        return _again, (type(self), values, self.model_fields_set, self.__pydantic_private__)


@functools.cache
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _again(model: type[Model], values: Iterable[Any], written: set[str], private: Any) -> Model:
    """The record that was packed, as validation once made it."""
    made = model.__new__(model)
    own = made.__dict__
    for name, value in zip(_names(model), values, strict=True):
        own[name] = value
    object.__setattr__(made, "__pydantic_fields_set__", written)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", private)
    return made


def own_words() -> frozenset[str]:
    """Every key that the formats of the campaign's files know: none of them gives anything away."""
    return _own_words(len(Model.__subclasses__()))  # modules that are loaded later bring more


@functools.cache
def _own_words(_: int) -> frozenset[str]:
    return frozenset(_keys(Model))


def _keys(model: type[Model]) -> Iterator[str]:
    for name, one in model.model_fields.items():
        yield one.alias or name
    for below in model.__subclasses__():
        yield from _keys(below)


def _date(value: Any) -> dt.date:
    day = value if isinstance(value, dt.date) else as_date(value)
    if day is None:
        raise PydanticCustomError("iso_date", "must be a date written like 2025-09-03")
    return day


def _identifier(value: Any) -> str:
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        message = "must be of small letters a–z, digits and hyphens (at most 64), like kara-murza"
        raise PydanticCustomError("identifier", message)
    if wrong := filenames.fault(value):  # files are called after it
        raise PydanticCustomError("identifier_name", "{said}", {"said": wrong})
    return value


def as_language(value: Any) -> str:
    """A language tag; for pydantic, so anything else is a PydanticCustomError."""
    if not isinstance(value, str) or not LANGUAGE_TAG.fullmatch(value):
        raise PydanticCustomError("language", "must be a language tag such as en or fr-CA")
    return value


def as_truth(value: Any) -> bool:
    """What yes or no means; for pydantic, so anything else is a PydanticCustomError."""
    if isinstance(value, str):
        value = value.casefold()
    if value in ("true", "yes", True):
        return True
    if value in ("false", "no", False):
        return False
    raise PydanticCustomError("truth", "must be yes or no")


def _country(value: Any) -> str:
    if not isinstance(value, str) or value not in COUNTRIES:
        raise PydanticCustomError("country", "must be a country code such as CA, DE or GB")
    return value


def is_inner(path: str) -> bool:
    """Whether a written path stays inside the campaign; nothing outside it is ever opened."""
    outside = path.startswith(("/", "~")) or ".." in path.replace("\\", "/").split("/")
    return bool(path) and not outside


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise PydanticCustomError("path", "must be the path of a file or folder")
    if len(value.encode()) > _LONGEST_PATH or any(
        len(part.encode()) > _LONGEST_NAME for part in value.split("/")
    ):
        raise PydanticCustomError("path", "is longer than the path of a file can be")
    if not is_inner(value):
        raise PydanticCustomError("path", "must lie inside the campaign’s folder")
    if wrong := filenames.fault(value.removesuffix("/")):
        raise PydanticCustomError("path_name", "{said}", {"said": wrong})
    return value


def as_number(value: str) -> int | Decimal | None:
    """The number that ``value`` spells ("1000", "2.50"), or None when it spells none."""
    if not _NUMBER.fullmatch(value):
        return None
    return Decimal(value) if "." in value else int(value)


def as_date(value: Any) -> dt.date | None:
    """The day that ``value`` spells ("2025-09-03"), or None when it spells none."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    with suppress(ValueError):
        return dt.date.fromisoformat(value)
    return None


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _not_empty(value: Any) -> Any:
    if value == []:
        raise PydanticCustomError("no_ids", "must name at least one, or be left out")
    return value


Date = Annotated[
    dt.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{IDENTIFIER.pattern}$"}),
]
Language = Annotated[
    str,
    BeforeValidator(as_language),
    WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE_TAG.pattern}$"}),
]
Truth = Annotated[
    bool, BeforeValidator(as_truth), WithJsonSchema({"enum": ["yes", "no", True, False]})
]
Country = Annotated[
    str, BeforeValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
InnerPath = Annotated[str, BeforeValidator(_path), WithJsonSchema({"type": "string"})]


def _printed_line(value: str) -> str:
    if not one_line(value):
        message = f"must be one line of at most {LONGEST} characters"
        raise PydanticCustomError("printed_line", message)
    return value


def _few(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) > _MOST_LINES:
        raise PydanticCustomError("printed_lines", f"must be at most {_MOST_LINES} lines")
    return value


def _message_id(value: Any) -> str:
    if not isinstance(value, str) or not MESSAGE_ID.fullmatch(value):
        message = "must be a Message-ID in its angle brackets, like <a1b2@example.org>"
        raise PydanticCustomError("message_id", message)
    return value


def _not_endless(value: Any) -> Any:
    if isinstance(value, list) and len(value) > _LONGEST_THREAD:
        message = f"must be at most {_LONGEST_THREAD} Message-IDs"
        raise PydanticCustomError("thread", message)
    return value


MessageId = Annotated[
    str,
    BeforeValidator(_message_id),
    WithJsonSchema({"type": "string", "pattern": "^<[!-;=?-~]+@[!-;=?-~]+>$"}),
]
MessageIds = Annotated[
    tuple[MessageId, ...], BeforeValidator(_as_list), BeforeValidator(_not_endless)
]
Identifiers = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(_as_list),
    BeforeValidator(_not_empty),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{IDENTIFIER.pattern}$"},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "pattern": f"^{IDENTIFIER.pattern}$"},
                },
            ]
        }
    ),
]
"""One id, or several; where the key is written, there is at least one."""
Lines = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
PrintedLine = Annotated[str, AfterValidator(_printed_line)]
"""A line that is printed outside of what people sign: no paragraph can hide in it."""
PrintedLines = Annotated[
    tuple[PrintedLine, ...],
    BeforeValidator(_as_list),
    AfterValidator(_few),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
]
