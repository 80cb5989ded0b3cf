"""Recipes: how the list of a known program or parliament is read, as data that users can copy.

Those that come with the toolkit lie in ``recipes`` beside this module, a campaign's own in its own
folder ``recipes``. A recipe can be ``like`` another one and say only what differs.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from letters.campaign.source import MOST_OF_ONE, Source, read
from letters.campaign.types import IDENTIFIER, Visibility
from letters.campaign.validate import validate
from letters.error import LettersError, Status
from letters.intake import nested
from letters.intake.days import Order
from letters.intake.recipe_file import ColumnChoice, RecipeFile, faults, is_pattern
from letters.intake.remark import noted, refused
from letters.intake.row import Row
from letters.intake.vocabulary import Kind, field_of, is_added
from letters.intake.worded import folded
from letters.problem import CampaignError, Problem, did_you_mean, has_errors

FOLDER = "recipes"

_SHIPPED = Path(__file__).parent / "recipes"
_MOST_LIKE = 8
_HEAR = "to hear of them, say --recipe"
_HOLE = re.compile(r"\{([^{}]+)\}")


class NoRecipeError(LettersError):
    """There is no recipe of that name."""

    status = Status.USAGE


class Recipe(Struct, frozen=True):
    """How a list is read. ``columns`` leads from a column, or its /pattern/, to a field."""

    name: str
    title: str
    kinds: tuple[Kind, ...]
    columns: Mapping[str, str]
    records: str | None = None
    recognised: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[ColumnChoice, ...]] = field(default_factory=dict)
    composed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Visibility] = field(default_factory=dict)
    zone: str = ""
    order: Order = ""
    country: str = ""

    def complete(self, row: Row, record: Any = None) -> Row:
        """The row with what the recipe adds to it: deeper values, constants, what it chooses.

        ``record`` is what the row was made of, where that was nested.
        """
        if record is None and not self._adds:
            return row
        cells = dict(row.cells)
        for column, said in self.needs.items():
            if not _cell(cells, column).strip():
                meant = next(iter(_matching(column, tuple(cells))), "")
                return Row(row.number, cells | refused(meant, said))
        if record is not None:
            for column in self._asked():
                if column not in cells:
                    cells[column] = nested.find(record, column)
        for wanted, words in self.repairs.items():
            cells = _repaired(cells, wanted, words)
        for name, choices in self.choices.items():
            chosen = (choice.of(_cell(cells, choice.by)) for choice in choices)
            cells[added(name)] = next((one for one in chosen if one is not None), "")
        for name, patterns in self.composed.items():
            filled = (_filled(pattern, cells) for pattern in patterns)
            cells[added(name)] = next(filter(None, filled), "")
        for name, text in self.constants.items():
            cells[added(name)] = text
        return Row(row.number, cells)

    @property
    def _adds(self) -> bool:
        """Whether it says anything that is not in the cells."""
        return bool(self.needs or self.repairs or self.choices or self.composed or self.constants)

    def fields(self, columns: Sequence[str], kind: Kind) -> dict[str, str]:
        """Where each column leads, in the order in which the recipe prefers them."""
        found: dict[str, str] = {}
        for wanted, name in self.columns.items():
            if meant := field_of(name, kind):
                for column in _matching(wanted, tuple(columns)):
                    found.setdefault(column, meant)
        chosen = (
            name for name, choices in self.choices.items() if self._is_there(choices, columns)
        )
        for name in (*chosen, *self.composed, *self.constants):
            if meant := field_of(name, kind):
                found.setdefault(added(name), meant)
        return found

    def _is_there(self, choices: Sequence[ColumnChoice], columns: Sequence[str]) -> bool:
        """Whether the list has a column by which this is chosen."""
        known = tuple(columns)
        return any(is_added(one.by) or _matching(one.by, known) for one in choices)

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a source with these columns is what the recipe is for."""
        known = tuple(columns)
        return bool(self.recognised) and all(_matching(one, known) for one in self.recognised)

    def _asked(self) -> tuple[str, ...]:
        by = (choice.by for choices in self.choices.values() for choice in choices)
        holes = (hole for said in self.composed.values() for one in said for hole in _holes(one))
        return tuple(
            column
            for column in (*self.columns, *by, *holes, *self.repairs)
            if nested.is_path(column) and not is_pattern(column)
        )


def added(name: str) -> str:
    """The column of what the recipe itself says of a field."""
    return name if is_added(name) else f"({name})"


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


@functools.lru_cache(maxsize=4096)
def _matching(wanted: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that are meant: by their name, whatever its capitals, or by a /pattern/."""
    if is_pattern(wanted):
        pattern = re.compile(wanted[1:-1])
        return tuple(column for column in columns if pattern.search(folded(column[:500])))
    if wanted in columns:
        return (wanted,)
    plain = folded(wanted)
    return tuple(column for column in columns if folded(column) == plain)


def _cell(cells: Mapping[str, str], wanted: str) -> str:
    if wanted in cells:
        return cells[wanted]
    return next((text for one in _matching(wanted, tuple(cells)) if (text := cells[one])), "")


def _holes(pattern: str) -> list[str]:
    return _HOLE.findall(pattern)


def _filled(pattern: str, cells: Mapping[str, str]) -> str:
    """The pattern with its columns’ texts; "" where one of them says nothing."""
    if not all(_cell(cells, hole).strip() for hole in _holes(pattern)):
        return ""
    return _HOLE.sub(lambda hole: _cell(cells, hole[1]).strip(), pattern)


def _repaired(cells: dict[str, str], wanted: str, words: Mapping[str, str]) -> dict[str, str]:
    """The cells with typing mistakes that are known of this source put right, and said."""
    for column in _matching(wanted, tuple(cells)):
        text = cells[column]
        for wrong, right in words.items():
            text = re.sub(rf"(?<!\w){re.escape(wrong)}(?!\w)", right, text)
        if text != cells[column]:
            cells = noted({**cells, column: text}, column, "a known typing mistake was put right")
    return cells
