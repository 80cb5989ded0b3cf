"""What a form of address says, by the person's gender or by how many sign.

A pattern is one line with placeholders such as ``{family}``. They are filled by plain replacement
and never by ``str.format``: forms may come from strangers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

LONGEST = 200  # characters of a line that nobody signs
TITLED = "titled"
PLACEHOLDERS = ("name", "given", "family", "patronymic", "district", TITLED)
ADDRESSED = "addressed"

_GENDERS = ("m", "f", "x", "unknown")
_NUMBERS = ("one", "several")
_HOLE = re.compile(r"\{([^{}]*)\}")


def fill(pattern: str, parts: Mapping[str, str]) -> str | None:
    """The pattern with its placeholders replaced; None when one of them has nothing to say."""
    if any(not parts.get(hole) for hole in _HOLE.findall(pattern)):
        return None
    return _HOLE.sub(lambda hole: parts[hole[1]], pattern)


def one_line(text: str) -> bool:
    """Whether a text may stand where it is printed outside of what people sign."""
    return len(text) <= LONGEST and "\n" not in text


class ByGender(Struct, frozen=True):
    """Patterns by gender, or under "" for everyone; of several the first that can be filled."""

    patterns: Mapping[str, tuple[str, ...]]

    def choices(self, gender: str) -> tuple[str, ...]:
        """The patterns for ``gender``. Neither x nor an unknown one is ever taken for m or f."""
        for key in (gender, "unknown" if gender == "x" else gender, ""):
            if key in self.patterns:
                return self.patterns[key]
        return ()

    @classmethod
    def read(cls, value: Any) -> ByGender:
        """The cell as written in YAML; for pydantic, so a mistake is a PydanticCustomError."""
        if isinstance(value, ByGender):
            return value
        cells = value if isinstance(value, dict) else {"": value}
        _known(cells, _GENDERS)
        if ("m" in cells) != ("f" in cells):
            raise PydanticCustomError("gender", "must say both m and f, or neither")
        return cls({key: _patterns(key, cell, PLACEHOLDERS) for key, cell in cells.items()})

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        cell = {"type": ["string", "array"], "items": {"type": "string"}}
        return {"anyOf": [cell, _group(cell, _GENDERS)]}


class ByNumber(Struct, frozen=True):
    """A complimentary close for one signer and for several."""

    one: str
    several: str

    @classmethod
    def read(cls, value: Any) -> ByNumber:
        """The cell as written in YAML; see `ByGender.read`."""
        if isinstance(value, ByNumber):
            return value
        if not isinstance(value, dict):
            form = _close("", value)
            return cls(form, form)
        _known(value, _NUMBERS)
        if set(value) != set(_NUMBERS):
            raise PydanticCustomError("number", "must say both one and several")
        return cls(**{key: _close(key, cell) for key, cell in value.items()})

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        cell = {"type": "string"}
        return {"anyOf": [cell, _group(cell, _NUMBERS)]}


def _group(cell: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    properties = dict.fromkeys(keys, cell)
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _known(cells: Mapping[Any, Any], keys: tuple[str, ...]) -> None:
    for key in cells:
        if key and key not in keys:
            message = f"is not one of {', '.join(keys)}"
            raise PydanticCustomError("cell_key", message, {"key": key})
    if not cells:
        raise PydanticCustomError("cell", "must be a text")


def _close(key: str, cell: Any) -> str:
    return _patterns(key, [] if isinstance(cell, list) else cell, (ADDRESSED,))[0]


def _patterns(key: str, cell: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of one cell; ``key`` is where a mistake is reported."""
    at = {"key": key} if key else {}
    patterns = cell if isinstance(cell, list) else [cell]
    if not patterns or not all(isinstance(one, str) and one.strip() for one in patterns):
        raise PydanticCustomError("pattern", "must be a text", at)
    for pattern in patterns:
        if not one_line(pattern):
            message = f"must be one line of at most {LONGEST} characters"
            raise PydanticCustomError("pattern_line", message, at)
        if not set(_HOLE.findall(pattern)) <= set(known) or set("{}") & set(_HOLE.sub("", pattern)):
            there = ", ".join(f"{{{name}}}" for name in known)
            said = f"holds a placeholder that is not known; there are {there}"
            raise PydanticCustomError("pattern_hole", "{said}", at | {"said": said})
    return tuple(patterns)
