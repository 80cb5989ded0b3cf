"""One person’s record as a form, as far as it may be seen; comments in the file are kept."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.campaign import recordcheck
from letters.campaign.neutral import Role
from letters.campaign.people_edit import People
from letters.campaign.roll import everybody, first_language
from letters.campaign.shown_lines import visible
from letters.campaign.yaml_text import EditError
from letters.ledger.diff import word_diff
from letters.preview.fields import (
    Field,
    FieldForm,
    Planned,
    changed,
    digest_of,
    fields_of,
    name_of,
    put,
)
from letters.preview.key_help import help_of

if TYPE_CHECKING:
    from letters.campaign.people_plan import EditPlan

_FIXED = frozenset(("id", "visibility", "image", "consent"))
_MORE: dict[Role, tuple[str, ...]] = {
    "signatory": ("role", "affiliation", "gender"),
    "recipient": ("email", "language", "gender", "salutation", "close"),
}
"""Keys that are offered although they are not written yet."""
_LISTED = 500


def listed(root: Path) -> tuple[tuple[tuple[str, str, str], ...], int]:
    """Who can be chosen, as role, id and name, and how many there are besides.

    Of somebody whose name is protected there is what may be seen in its place.
    """
    found, _ = everybody(root)
    tag = first_language(root)
    chosen = [(one.role, one.id, one.shown(tag)) for one in found[:_LISTED]]
    return tuple(chosen), max(0, len(found) - _LISTED)


def form(root: Path, role: Role, identifier: str) -> FieldForm:
    """What is written of somebody. Raises EditError."""
    people = People(root, role)
    record = people.record(identifier)
    keys = visible(role, record)
    told = functools.partial(help_of, role)
    open_ = {key: value for key, value in record.items() if _is_open(key, keys)}
    fields = [*fields_of(open_, (), told)]
    fields += [
        Field(name_of((key,)), key, "", told((key,)))
        for key in _MORE[role]
        if key not in record and (keys is None or key in keys)
    ]
    also = ", visibility in the file itself" if role == "signatory" else ""
    remarks = [f"The id is changed by “letters people rename”{also}."]
    if keys is not None and set(record) - keys - _FIXED:
        remarks.append("What is protected is not shown here: it is changed in the file itself.")
    path = people.place(identifier).path
    seen = digest_of(people.lines(identifier).encode())
    return FieldForm(f"{role}:{identifier}", f"{identifier} ({role})", path, seen, tuple(fields),
                tuple(remarks), tuple(people.problems))  # fmt: skip


def planned(
    root: Path, role: Role, identifier: str, sent: Mapping[str, str]
) -> tuple[Planned, EditPlan]:
    """What would be changed, and how. Raises EditError."""
    now = form(root, role, identifier)
    people, told = People(root, role), changed(now, sent)
    before = people.record(identifier)
    after = deepcopy(before)
    for field, value in (*told.said, *told.emptied):
        put(after, field, value)
    plan = people.plan(changes={identifier: _between(before, after)} if told.all else {})
    problems = recordcheck.look(plan.root, plan.role, plan.records)
    changes = tuple((field.label, word_diff(field.value, new).strip()) for field, new in told.all)
    return Planned(now, changes, tuple(problems)), plan


def told_apart(what: str) -> tuple[Role, str]:
    """The role and the id in the name of a form. Raises EditError."""
    role, _, identifier = what.partition(":")
    if role not in _MORE:
        raise EditError("there is nothing of that name to be changed here")
    return role, identifier


def _is_open(key: str, keys: frozenset[str] | None) -> bool:
    return key not in _FIXED and (keys is None or key in keys)


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """By key what is different afterwards: None for what is gone."""
    found: dict[str, Any] = {}
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            if isinstance(old, dict) and isinstance(new, dict):
                new = _between(old, new)
            found[key] = new
    return found
