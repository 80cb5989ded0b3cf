"""Every form of address that a recipe names is one that the toolkit has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from letters import intake
from letters.campaign.forms import load_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

RECIPES = sorted((Path(intake.__file__).parent / "recipes").glob("*.yaml"))


def named(recipe: dict[str, Any]) -> Iterator[str]:
    """The forms that it gives to everybody, or chooses by a column."""
    if form := recipe.get("constants", {}).get("form"):
        yield form
    chosen = recipe.get("choose", {}).get("form", [])
    for step in chosen if isinstance(chosen, list) else [chosen]:
        found = [step.get("otherwise"), *(step.get("values") or {}).values()]
        yield from (form for form in found if form and "\\" not in form)


@pytest.mark.parametrize("file", RECIPES, ids=lambda file: file.stem)
def test_a_recipe_names_only_forms_that_there_are(file: Path, tmp_path: Path) -> None:
    known = set(load_forms(tmp_path)[0].names)
    assert set(named(yaml.safe_load(file.read_text("utf-8")))) <= known
