"""What is said of a key beside its field: the same as editors show, and the guide in its tables."""

from __future__ import annotations

import functools
from typing import Any

from letters.campaign.schemas import all_schemas
from letters.preview.fields import Location

_RECORDS = {"signatory": ("signatories", "Signatory"), "recipient": ("recipients", "Recipient")}


def help_of(what: str, at: Location) -> str:
    """What is said of the nearest key, in letter.yaml or in the record of somebody."""
    name, record = _RECORDS.get(what, (what, ""))
    schema = _schemas()[name]
    node, found = schema["$defs"][record] if record else schema, ""
    for step in at:
        node = _resolved(schema, node)
        if isinstance(step, int):
            node = node.get("items", {})
            continue
        named = (*node.get("patternProperties", {}).values(), node.get("additionalProperties"))
        any_key = next((one for one in named if isinstance(one, dict)), {})
        node = node.get("properties", {}).get(step, any_key)
        found = node.get("description", found)
    return f"{found}." if found and not found.endswith(".") else found


@functools.cache
def _schemas() -> dict[str, dict[str, Any]]:
    return all_schemas()


def _resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A node of the schema, behind its references and choices."""
    if "$ref" in node:
        return _resolved(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    choices = (_resolved(schema, one) for one in node.get("anyOf", ()))
    return next((one for one in choices if one.get("properties") or one.get("items")), node)
