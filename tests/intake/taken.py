"""How the tests take a list in: by its recipe, into entries that the campaign's models accept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from letters.campaign.forms import shipped_names
from letters.campaign.people import Recipient
from letters.campaign.signatory import Signatory
from letters.intake import known_recipes, records
from letters.intake.fields import MadeEntry, Settings, entry
from letters.intake.recipe import Recipe
from letters.intake.row import Row
from letters.intake.vocabulary import Kind

NOWHERE = Path("/nonexistent")
# Whether every form that a recipe names is shipped is another test’s question.
FORMS = shipped_names() | {
    form
    for name in known_recipes.known(NOWHERE)
    for choice in known_recipes.load(name, NOWHERE).choices.get("form", ())
    for form in (*choice.values.values(), choice.otherwise)
    if form
}


def table_rows(text: str, by: Recipe) -> list[Row]:
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [by.complete(Row(number, cells)) for number, cells in enumerate(found, 2)]


def nested_rows(path: Path, by: Recipe) -> list[Row]:
    rows = list(records.read(path, by))
    assert not any(column.startswith("/") for row in rows for column in row.cells)
    return rows


def taken(kind: Kind, rows: Iterable[Row], by: Recipe, **settings: Any) -> list[MadeEntry]:
    """The entries, each of which the campaign could load, and YAML can hold as plain text."""
    said: dict[str, Any] = {"forms": FORMS, "country": by.country, "order": by.order}
    settled = Settings(**(said | {"zone": by.zone, "answers": by.answers} | settings))
    found: list[MadeEntry] = []
    fields: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        columns = tuple(row.cells)
        if columns not in fields:
            fields[columns] = by.fields(columns, kind)
        found.append(entry(kind, row, fields[columns], settled))
    model = Signatory if kind == "signatories" else Recipient
    for number, each in enumerate(found):
        if not each.is_refused:
            model.model_validate({"id": f"n-{number}", **each.values})
            assert json.loads(json.dumps(each.values)) == each.values
    return found


def one(kind: Kind, cells: dict[str, str], **settings: Any) -> MadeEntry:
    """A row whose columns have the names of their fields."""
    settled = Settings(**settings)
    return entry(kind, Row(1, cells), {name: name for name in cells}, settled)


def said(found: MadeEntry, level: str = "flag") -> list[tuple[str, str]]:
    return [(each.column, each.message) for each in found.remarks if each.level == level]


def value(found: MadeEntry, path: str) -> Any:
    node: Any = found.values
    for step in path.split("."):
        node = cast("dict[str, Any]", node).get(step) if isinstance(node, dict) else None
    return node
