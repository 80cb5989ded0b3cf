"""Which recipes there are, and which one a list is for; each is data that users can copy.

Those that come with the toolkit lie in ``recipes`` beside this module, a campaign's own in its own
folder ``recipes``. A recipe can be ``like`` another one and say only what differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from os.path import lexists
from pathlib import Path
from typing import Any

from letters.campaign.source import MOST_OF_ONE, Source, read
from letters.campaign.types import IDENTIFIER
from letters.campaign.validate import validate
from letters.error import LettersError, Status
from letters.intake.recipe import Recipe
from letters.intake.recipe_file import RecipeFile, faults
from letters.intake.vocabulary import Kind
from letters.problem import CampaignError, Problem, did_you_mean, has_errors

FOLDER = "recipes"

_SHIPPED = Path(__file__).parent / "recipes"
_MOST_LIKE = 8
_HEAR = "to hear of them, say --recipe"


class NoRecipeError(LettersError):
    """There is no recipe of that name."""

    status = Status.USAGE


def load(name: str, root: Path) -> Recipe:
    """The campaign's own recipe of that name, or the one that comes with the toolkit.

    Raises NoRecipeError, or CampaignError with everything that is wrong with it.
    """
    chain: list[RecipeFile] = []
    following: str | None = name
    own = True
    while following is not None:
        file = _file(following, root, own=own)
        if file is None or len(chain) >= _MOST_LIKE:
            known_ = known(root)
            hint = did_you_mean(following, known_) or "docs/recipes.md lists them"
            raise NoRecipeError(f"there is no recipe “{following}”", hint)
        found = _parsed(file)
        # “like” its own name means the one that comes with the toolkit.
        own = found.like != following
        chain.append(found)
        following = found.like
    return _recipe(name, chain)


def known(root: Path) -> list[str]:
    """The names of all recipes, the campaign's own among them."""
    folders = (_SHIPPED, root / FOLDER)
    files = (file for folder in folders if folder.is_dir() for file in folder.glob("*.yaml"))
    return sorted({file.stem for file in files if IDENTIFIER.fullmatch(file.stem)})


def recognise(
    columns: Sequence[str], root: Path, kind: Kind | None = None
) -> tuple[Recipe | None, tuple[str, ...]]:
    """The recipe that names the most of a source's columns as its mark, if there is one.

    A campaign's own wins over one that comes along. One with mistakes is passed over, and told of.
    """
    found: list[tuple[int, bool, Recipe]] = []
    remarks: list[str] = []
    for name in known(root):
        try:
            recipe = load(name, root)
        except LettersError:
            remarks.append(f"the recipe {name} has mistakes and is not asked: {_HEAR} {name}")
            continue
        if recipe.fits(columns) and (kind is None or kind in recipe.kinds):
            own = (root / FOLDER / f"{name}.yaml").is_file()
            found.append((len(recipe.recognised), own, recipe))
    best = max(found, key=lambda each: each[:2])[2] if found else None
    return best, tuple(remarks)


def _file(name: str, root: Path, *, own: bool) -> Path | None:
    if not IDENTIFIER.fullmatch(name):
        return None
    places = ([root / FOLDER] if own else []) + [_SHIPPED]
    return next((file for each in places if lexists(file := each / f"{name}.yaml")), None)


def _parsed(file: Path) -> RecipeFile:
    shown = f"{FOLDER}/{file.name}"
    source, problems = read(file, shown, MOST_OF_ONE)
    if has_errors(problems):
        raise CampaignError(problems)
    return _validated(source)


def _validated(source: Source) -> RecipeFile:
    if source.root is None:
        raise CampaignError([Problem(source.place(()), "is empty")])
    recipe, problems = validate(RecipeFile, source)
    problems += faults(source)
    if recipe is None or problems:
        raise CampaignError(problems)
    return recipe


def _recipe(name: str, chain: Sequence[RecipeFile]) -> Recipe:
    """The first of the chain that says a thing decides; columns and the like are added up."""

    def first(key: str, otherwise: Any) -> Any:
        return next((said for one in chain if (said := getattr(one, key))), otherwise)

    def together(key: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in chain:  # the nearest is asked first, and what it chooses others can go by
            found |= {item: said for item, said in getattr(one, key).items() if item not in found}
        return found

    return Recipe(
        name,
        first("title", name),
        first("for_", ("signatories", "recipients")),
        together("columns"),
        first("records", None),
        _marks(name, chain),
        together("constants"),
        together("choose"),
        together("compose"),
        together("repair"),
        together("needs"),
        together("answers"),
        first("zone", ""),
        first("order", ""),
        first("country", ""),
    )


def _marks(name: str, chain: Sequence[RecipeFile]) -> tuple[str, ...]:
    """By what a source is known: another recipe’s marks are that one’s, but for its own copy."""
    mine = [one for at, one in enumerate(chain) if not at or chain[at - 1].like == name]
    return next((one.recognise for one in mine if one.recognise), ())
