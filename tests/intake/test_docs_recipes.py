"""The page of recipes: its tables are the program's, and each example does what it says."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pages import DOCS, code, fences, rows_of

from letters.intake import known_recipes, names
from letters.intake.recipe_file import ColumnChoice, RecipeFile
from letters.intake.vocabulary import Kind, fields, is_field

from .taken import NOWHERE, nested_rows, said, table_rows, taken, value

PAGE = DOCS / "recipes.md"


def test_it_lists_every_recipe() -> None:
    shown = [(code(row[0])[0], row[1], row[2]) for row in rows_of(PAGE, "Recipe")]
    assert shown == [
        (name, found.title, ", ".join(found.kinds))
        for name in known_recipes.known(NOWHERE)
        for found in [known_recipes.load(name, NOWHERE)]
    ]


def test_it_lists_every_field_and_every_key() -> None:
    kinds: dict[str, tuple[Kind, ...]] = {
        "both": ("signatories", "recipients"),
        "signatories": ("signatories",),
        "recipients": ("recipients",),
    }
    shown = {code(row[0])[0]: kinds[row[1]] for row in rows_of(PAGE, "Field")}
    assert shown.pop("values.NAME") == ("recipients",)
    assert is_field("values.room", "recipients")
    for kind in kinds["both"]:
        assert {name for name, whose in shown.items() if kind in whose} == fields(kind)
    for heading, model in (("Key of a recipe", RecipeFile), ("Key of a choice", ColumnChoice)):
        keys = [code(row[0])[0] for row in rows_of(PAGE, heading)]
        assert keys == [field.alias or name for name, field in model.model_fields.items()]


def test_each_example_is_read(tmp_path: Path) -> None:
    for fence in fences(PAGE, "yml", "csv", "json"):
        file = tmp_path / fence.word(1)
        file.parent.mkdir(exist_ok=True)
        file.write_text(fence.text, encoding="utf-8")
    text = (tmp_path / "answers.csv").read_text(encoding="utf-8")
    recognised, _ = known_recipes.recognise(next(csv.reader(io.StringIO(text))), tmp_path)
    assert recognised is not None
    assert recognised.name == "our-form"
    found = taken("signatories", table_rows(text, recognised), recognised)
    assert [(each.values["name"], value(each, "visibility")) for each in found] == [
        ("Ada Archer", None),
        ("Bo Birch", "name-only"),
        ("Cy Cedar", "withheld"),
    ]
    assert found[0].values["affiliation"] == "The Example Institute"
    assert [each.aside["signed_on"] for each in found] == ["2026-01-14", "2026-01-15", "2026-01-15"]

    by = known_recipes.load("our-council", tmp_path)
    rows = nested_rows(tmp_path / "council.json", by)
    council = taken("recipients", rows, by, forms=frozenset({"our-chair", "neutral"}))
    assert council[0].values == {
        "name": {"given": "Ada", "family": "Smith"},
        "form": "our-chair",
        "organisation": "City Council",
        "email": "ada@example.org",
        "district": "the whole city",
    }
    assert [text for _, text in said(council[0])] == ["a known typing mistake was put right"]
    assert value(council[1], "district") == "ward 7"
    assert [each.message for each in council[2].remarks] == ["has no family name"]


def test_what_is_said_of_names_is_so() -> None:
    for row in rows_of(PAGE, "In the list"):
        for example in code(row[0]):
            if example.isupper():  # a family name alone
                continue
            assert names.propose(example) is not None, example
