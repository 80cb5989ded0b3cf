"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes.

What is said of a key stands in data/keys.yaml alone.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from letters.campaign.forms import FOLDER, FormFile
from letters.campaign.own_languages import FOLDER as LANGUAGES
from letters.campaign.own_languages import LanguageFile
from letters.campaign.people import Recipient
from letters.campaign.places import FILE, OTHER, Format
from letters.campaign.schema import LetterFile
from letters.campaign.signatory import Signatory
from letters.campaign.source import read
from letters.campaign.yaml_records import plain

_SIGNATORIES: TypeAdapter[Any] = TypeAdapter(list[Signatory])
_RECIPIENTS: TypeAdapter[Any] = TypeAdapter(list[Recipient])
_PLACES: TypeAdapter[Any] = TypeAdapter(dict[str, Format])
_KEYS = Path(__file__).parent / "data" / "keys.yaml"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def all_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: letter, signatories, recipients, form, places."""
    return {
        "letter": titled(_helped(LetterFile.model_json_schema()), "letter.yaml"),
        "signatories": _people(_SIGNATORIES, "signatories.yaml"),
        "recipients": _people(_RECIPIENTS, "recipients.yaml"),
        "form": titled(FormFile.model_json_schema(), f"{FOLDER}/NAME.yaml"),
        "places": titled(_places(), FILE),
    }


def language_schema() -> dict[str, Any]:
    """That of a language of the campaign's own."""
    return titled(LanguageFile.model_json_schema(), f"{LANGUAGES}/TAG.yaml")


def encode(schema: dict[str, Any]) -> bytes:
    """A schema as it is written to a file."""
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _people(adapter: TypeAdapter[Any], title: str) -> dict[str, Any]:
    """A list of people; in a folder also a single one, whose id may be the file's name."""
    many = _helped(adapter.json_schema())
    definitions = many.pop("$defs")
    name = many["items"]["$ref"].rpartition("/")[2]
    record = definitions[name]
    alone = record | {"required": [key for key in record["required"] if key != "id"]}
    return titled({"$defs": definitions, "anyOf": [many, alone]}, title)


def _places() -> dict[str, Any]:
    countries = {"type": "string", "pattern": f"^([A-Z]{{2}}|{OTHER})$"}
    return _PLACES.json_schema() | {"propertyNames": countries}


@functools.cache
def key_helps() -> dict[str, dict[str, str]]:
    """What is said of each key, by the name of its model."""
    found: dict[str, dict[str, str]] = plain(read(_KEYS, _KEYS.name)[0].root)
    return found


def _helped(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, in which each key says what it is."""
    for model in (schema, *schema["$defs"].values()):
        for key, told in key_helps().get(model.get("title", ""), {}).items():
            model["properties"][key]["description"] = told
    return schema


def titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """The schema as a whole document, called after the file that it describes."""
    return {"$schema": _DRAFT} | schema | {"title": title}
