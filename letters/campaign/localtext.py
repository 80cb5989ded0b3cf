"""Text that may be written once, or once per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


class LocalText(Struct, frozen=True):
    """``texts`` maps language tags to text; the key "" holds a text for every language."""

    texts: Mapping[str, str]

    def tag_for(self, language: str) -> str | None:
        """The key under which the text for ``language`` stands: itself, its base, or ""."""
        texts = self.texts
        if language in texts:
            return language
        base = language.partition("-")[0]
        if base in texts:
            return base
        return "" if "" in texts else None

    def get(self, language: str) -> str | None:
        """The text for ``language``; None when it was not written."""
        tag = self.tag_for(language)
        return None if tag is None else self.texts[tag]

    @property
    def only(self) -> str | None:
        """The text that is for every language; None where there are several."""
        return self.texts.get("") if len(self.texts) == 1 else None

    @classmethod
    def read(cls, value: Any) -> LocalText:
        """The text as written in YAML; for pydantic, so a mistake is a PydanticCustomError."""
        if isinstance(value, LocalText):
            return value
        texts = {"": value} if isinstance(value, str) else value
        if not isinstance(texts, dict) or not texts:
            raise PydanticCustomError("local_text", "must be a text, or one text per language")
        for tag, text in texts.items():
            # A wrong key isn't quoted: it may be a name that somebody wrote in the wrong place.
            key = {"key": tag} if tag else {}
            if tag and not LANGUAGE_TAG.fullmatch(tag):
                message = "is not a language tag such as en or fr-CA"
                raise PydanticCustomError("local_text_tag", message, key)
            if not isinstance(text, str):
                raise PydanticCustomError("local_text_value", "must be a text", key)
            if not text.strip():
                message = "has only spaces; leave it away where there is no text"
                raise PydanticCustomError("local_text_blank", message, key)
        return cls(dict(texts))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                    "propertyNames": {"pattern": f"^{LANGUAGE_TAG.pattern}$"},
                    "minProperties": 1,
                },
            ]
        }


def only_text(value: Any) -> bool:
    """Whether ``value`` can only be a text: a plain one, or a map whose keys are all languages."""
    return isinstance(value, str) or (
        isinstance(value, dict) and bool(value) and all(map(LANGUAGE_TAG.fullmatch, value))
    )
