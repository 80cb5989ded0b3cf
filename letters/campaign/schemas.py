"""JSON Schemas of the YAML files, so that an editor completes keys and marks mistakes."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from letters.campaign.people import Recipient, Signatory
from letters.campaign.schema import LetterFile

# A file of people holds a list; in a folder each file may hold a single person.
_SIGNATORIES: TypeAdapter[Any] = TypeAdapter(Signatory | list[Signatory])
_RECIPIENTS: TypeAdapter[Any] = TypeAdapter(Recipient | list[Recipient])
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def all_schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: letter, signatories, recipients."""
    return {
        "letter": _titled(LetterFile.model_json_schema(), "letter.yaml"),
        "signatories": _titled(_SIGNATORIES.json_schema(), "signatories.yaml"),
        "recipients": _titled(_RECIPIENTS.json_schema(), "recipients.yaml"),
    }


def encode(schema: dict[str, Any]) -> bytes:
    """A schema as it is written to a file."""
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": _DRAFT} | schema | {"title": title}
