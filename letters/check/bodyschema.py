"""The JSON Schema of a body’s file, so that an editor completes the rules and their parameters."""

from __future__ import annotations

from typing import Any

from letters.campaign.schemas import titled
from letters.check.body import BodyFile
from letters.check.rules import RULES


def body_schema() -> dict[str, Any]:
    """Each rule is one of those that are known, with the parameters that it takes."""
    schema = BodyFile.model_json_schema()
    definitions = schema["$defs"]
    for rule in RULES.values():
        alone = rule.model_json_schema()
        definitions |= alone.pop("$defs", {})
        definitions[rule.__name__] = alone
    names = sorted(rule.__name__ for rule in RULES.values())
    schema["properties"]["rules"]["items"] = {
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]
    }
    return titled(schema, "bodies/ID.yaml")
