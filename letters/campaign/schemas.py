"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from letters.campaign.people import Recipient, Signatory
from letters.campaign.schema import LetterFile

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def all_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: letter, signatories, recipients."""
    return {
        "letter": _titled(LetterFile.model_json_schema(), "letter.yaml"),
        # A file of people holds a list; in a folder each file may hold a single person.
        "signatories": _titled(_people(Signatory), "signatories.yaml"),
        "recipients": _titled(_people(Recipient), "recipients.yaml"),
    }


def encode(schema: dict[str, Any]) -> bytes:
    """A schema as it is written to a file."""
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _people(model: type[Any]) -> dict[str, Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(model | list[model])
    return adapter.json_schema()


def _titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title} | schema
