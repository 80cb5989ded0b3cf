"""As much of JSON Schema as the toolkit's schemas use, so that they can be tried on real files.

Editors read YAML by the core rules of YAML 1.2, and check what comes out; so does this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
    "null": (type(None),),
    "number": (int, float),
    "integer": (int,),
}
_SAID = {"$schema", "$defs", "title", "description", "default", "format", "properties"}


class _Core(yaml.SafeLoader):
    """YAML 1.2: ``no`` and dates are texts, ``null``, ``true`` and numbers are not."""


_Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=_Core)


def mistakes(schema: dict[str, Any], value: Any) -> list[str]:
    """What is wrong with ``value``, as ``where: why``; an unknown keyword is an error here."""
    return list(_mistakes(schema, schema, value, "$"))


def _mistakes(root: dict[str, Any], schema: Any, value: Any, at: str) -> Iterator[str]:
    if schema is True:
        return
    for keyword, rule in schema.items():
        yield from _broken(root, schema, keyword, rule, value, at)


def _broken(
    root: dict[str, Any], schema: dict[str, Any], keyword: str, rule: Any, value: Any, at: str
) -> Iterator[str]:
    match keyword:
        case "$ref":
            yield from _mistakes(root, root["$defs"][rule.rpartition("/")[2]], value, at)
        case "type":
            kinds = [rule] if isinstance(rule, str) else rule
            if not any(_is(value, kind) for kind in kinds):
                yield f"{at}: is not {rule}"
        case "enum":
            if value not in rule:
                yield f"{at}: is not one of {rule}"
        case "const":
            if value != rule:
                yield f"{at}: is not {rule}"
        case "pattern":
            if isinstance(value, str) and not re.search(rule, value):
                yield f"{at}: does not match {rule}"
        case "anyOf":
            found = [list(_mistakes(root, branch, value, at)) for branch in rule]
            if all(found):
                yield from min(found, key=len)
        case "items":
            for index, item in enumerate(value if isinstance(value, list) else ()):
                yield from _mistakes(root, rule, item, f"{at}[{index}]")
        case "minItems":
            if isinstance(value, list) and len(value) < rule:
                yield f"{at}: is too short"
        case "required":
            if isinstance(value, dict):
                yield from (f"{at}.{key}: is missing" for key in rule if key not in value)
        case "minProperties":
            if isinstance(value, dict) and len(value) < rule:
                yield f"{at}: is too small"
        case "propertyNames":
            for key in value if isinstance(value, dict) else ():
                yield from _mistakes(root, rule, key, f"{at}.{key}")
        case "patternProperties":
            for key, item in value.items() if isinstance(value, dict) else ():
                for pattern, one in rule.items():
                    if re.search(pattern, key):
                        yield from _mistakes(root, one, item, f"{at}.{key}")
        case "additionalProperties":
            known = schema.get("properties", {})
            for key, item in value.items() if isinstance(value, dict) else ():
                if key in known:
                    yield from _mistakes(root, known[key], item, f"{at}.{key}")
                elif rule is False:
                    yield f"{at}.{key}: is not known"
                else:
                    yield from _mistakes(root, rule, item, f"{at}.{key}")
        case _:
            assert keyword in _SAID, f"{keyword} is not read here"


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
