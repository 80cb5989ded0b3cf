"""The JSON Schemas accept what the toolkit accepts, and mark a misspelt key while it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import LETTER, RECIPIENTS, SIGNATORIES

from letters import shipped
from letters.campaign import forms
from letters.campaign.schemas import all_schemas, encode

from .json_schema import as_an_editor_reads, mistakes

ROOT = Path(__file__).parents[2]
SCHEMAS = all_schemas()


def files() -> list[tuple[str, str, Path]]:
    """Every file of every campaign that comes with the toolkit, and its schema."""
    folders = [*(ROOT / "signatories").iterdir(), *shipped.TEMPLATES.glob("*/starter")]
    found = []
    for folder in sorted(folders):
        for file in sorted(folder.rglob("*.yaml")):
            name = file.relative_to(folder).parts[0].partition(".")[0]
            found.append((f"{folder.name}/{file.stem}", name, file))
    data = Path(forms.__file__).parent / "data"
    found += [(f"forms/{file.stem}", "form", file) for file in sorted(data.glob("forms/*.yaml"))]
    return [*found, ("places", "places", data / "places.yaml")]


SHIPPED = files()


def test_there_are_campaigns_to_try() -> None:
    assert {name for _, name, _ in SHIPPED} == set(SCHEMAS)
    assert len(SHIPPED) > 40


@pytest.mark.parametrize(
    ("name", "file"), [pytest.param(name, file, id=title) for title, name, file in SHIPPED]
)
def test_they_accept_the_campaigns_that_come_with_the_toolkit(name: str, file: Path) -> None:
    assert mistakes(SCHEMAS[name], as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("letter", LETTER), ("signatories", SIGNATORIES), ("recipients", RECIPIENTS)],
)
def test_they_accept_the_campaign_of_the_tests(name: str, text: str) -> None:
    assert mistakes(SCHEMAS[name], as_an_editor_reads(text)) == []


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "where"),
    [
        ("letter", LETTER, "place:", "plaec:", "$.plaec"),
        ("letter", LETTER, "  contact:", "  contcat:", "$.from.contcat"),
        ("letter", LETTER, "    limits:", "    limit:", "$.asks[1].limit"),
        ("letter", LETTER, "    publisher:", "    pubisher:", "$.sources.report.pubisher"),
        ("letter", LETTER, "date: 2025-09-03\nplace", "place", "$.date: is missing"),
        ("letter", LETTER, "languages: [en, fr]", "languages: [en, French]", "$.languages[1]"),
        ("letter", LETTER, "languages: [en, fr]", "languages: en", "$.languages"),
        ("letter", LETTER, "languages: [en, fr]", "languages: []", "$.languages"),
        ("letter", LETTER, "template: note", "template: My Note", "$.template"),
        ("letter", LETTER, "place: Ottawa", "page: A4", "$.page"),
        ("letter", LETTER, "example.org/report", "example.org/a report", "$.sources.report.url"),
        ("letter", LETTER, "{en: A letter", "{english: A letter", "$.title"),
        ("signatories", SIGNATORIES, "id: okafor", "id: Okafor", "$[0].id"),
        ("signatories", SIGNATORIES, "  affiliation:", "  afiliation:", "$[1].afiliation"),
        ("signatories", SIGNATORIES, "Åsa, family:", "Åsa, famly:", "$[1].name"),
        ("signatories", SIGNATORIES, "withheld\n", "hidden\n", "$[3].visibility"),
        ("recipients", RECIPIENTS, "    country: CA", "    country: Canada", "$[0].address.country"),
        ("recipients", RECIPIENTS, "  gender: m", "  gender: male", "$[0].gender"),
        ("recipients", RECIPIENTS, "- id: minister\n  name", "- name", "$[1].id: is missing"),
    ],
)  # fmt: skip
def test_they_mark_a_mistake_at_its_place(
    name: str, text: str, old: str, new: str, where: str
) -> None:
    assert text.count(old) == 1
    found = mistakes(SCHEMAS[name], as_an_editor_reads(text.replace(old, new)))
    assert [one for one in found if one.startswith(where)], found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signatories", {"name": "Ada"}),  # a file for each person is called by the id
        ("signatories", [{"id": "ada", "name": "Ada"}]),
        ("signatories", [{"id": "ada", "name": {"en": "Ada", "fr": "Ada"}}]),
        ("signatories", [{"id": "ada", "name": {"given": "Ada"}, "identification_only": "no"}]),
        ("signatories", [{"id": "ada", "name": {"given": "Ada"}, "identification_only": False}]),
        ("signatories", [{"id": "ada", "name": "Ada", "role": None}]),
        ("recipients", [{"id": "a", "name": "A", "address": {"street": ["a", "b"]}}]),
        ("recipients", [{"id": "a", "name": {"given": "A", "family_first": ["hu"]}}]),
        ("recipients", [{"id": "a", "name": {"given": "A", "family_first": "yes"}}]),
        ("form", {"languages": {"en": {"post_nominals": ["A", {"m": "B", "f": "C"}]}}}),
        ("places", {"other": {"lines": "{city}", "longest": 40}}),
    ],
)
def test_they_accept_every_form_that_the_toolkit_accepts(name: str, value: Any) -> None:
    assert mistakes(SCHEMAS[name], value) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signatories", [{"name": "Ada"}]),
        ("recipients", {}),
        ("recipients", [{"id": "a", "name": "A", "form": "My Form"}]),
        ("form", {"titel": "A"}),
        ("form", {"languages": {"en": {"salutation": {"male": "A"}}}}),
        ("form", {"languages": {"en": {"close": {"many": "A"}}}}),
        ("places", {"Canada": {}}),
        ("places", {"CA": {"line": "A"}}),
    ],
)
def test_they_refuse_what_the_toolkit_refuses(name: str, value: Any) -> None:
    assert mistakes(SCHEMAS[name], value)


def test_they_explain_the_keys_that_need_it() -> None:
    properties = SCHEMAS["signatories"]["$defs"]["Signatory"]["properties"]
    assert "role-only" in properties["description"]["description"]


def test_they_are_written_as_they_are() -> None:
    for schema in SCHEMAS.values():
        assert json.loads(encode(schema)) == schema
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
