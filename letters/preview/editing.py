"""Forms are read, shown as changes and written: in the worker, for files are anybody’s.

What is written was shown before, and only where nobody has changed it since. What stood there is
kept in the campaign’s private folder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from msgspec import Struct

from letters import files, limits, reading
from letters.campaign.paths import LETTER_FILE
from letters.campaign.yaml_text import EditError
from letters.ledger.keys import FOLDER, no_link, private_folder
from letters.preview import letter_form, person_form, template_form
from letters.preview.fields import FieldForm, Planned
from letters.problem import has_errors

_KEPT = "edited"


class Editable(Struct, frozen=True):
    """All that can be changed: templates by path, people by role, id and name."""

    templates: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...]
    more: int


def editable(root: Path) -> Editable:
    """What there is to be changed."""
    return Editable(template_form.listed(root), *person_form.listed(root))


def form(root: Path, what: str) -> FieldForm:
    """The form of that name, with what is written there now. Raises EditError."""
    if what == letter_form.WHAT:
        return letter_form.form(root)
    if what.startswith(template_form.PREFIX):
        return template_form.form(root, what.removeprefix(template_form.PREFIX))
    return person_form.form(root, *person_form.told_apart(what))


def planned(root: Path, what: str, sent: Mapping[str, str]) -> Planned:
    """What a form would change, and what is wrong with that. Raises EditError."""
    if what == letter_form.WHAT:
        return letter_form.planned(root, sent)[0]
    if what.startswith(template_form.PREFIX):
        return template_form.planned(root, what.removeprefix(template_form.PREFIX), sent)[0]
    return person_form.planned(root, *person_form.told_apart(what), sent)[0]


def written(root: Path, what: str, sent: Mapping[str, str], seen: str) -> str:
    """Write it; where what stood there is kept. Raises EditError, and OSError from the disk."""
    if what == letter_form.WHAT:
        plan, data = letter_form.planned(root, sent)
        _expect(plan, seen)
        return _replaced(root, LETTER_FILE, data)
    if what.startswith(template_form.PREFIX):
        path = what.removeprefix(template_form.PREFIX)
        plan, data = template_form.planned(root, path, sent)
        _expect(plan, seen)
        return _replaced(root, path, data)
    plan, edits = person_form.planned(root, *person_form.told_apart(what), sent)
    _expect(plan, seen)
    kept = [_keep(root, edit.shown_as, edit.before) for edit in edits.edits if edit.before]
    edits.write()
    return ", ".join(kept)


def _expect(plan: Planned, seen: str) -> None:
    if plan.form.seen != seen:
        hint = "look at it as it is now, and make your change again"
        raise EditError(f"{plan.form.path} was changed in the meantime", hint)
    if has_errors(plan.problems):
        raise EditError("nothing was written: there are errors in it")
    if not plan.changes:
        raise EditError("nothing was written: nothing is changed")


def _replaced(root: Path, path: str, data: bytes) -> str:
    file = reading.real(root / path)  # which may be a link to another file of the campaign
    before = reading.data_of(root / path, limits.LETTER, within=root)
    kept = _keep(root, path, before)
    files.replace(file, data, mode=file.stat().st_mode & 0o777)
    return kept


def _keep(root: Path, path: str, data: bytes) -> str:
    """Keep what stood there; where."""
    folder = no_link(private_folder(root / FOLDER) / _KEPT)
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = dt.datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    flat = path.replace("/", "-")
    names = (f"{stamp}-{number}-{flat}" for number in count(1))
    file = next(folder / name for name in names if not (folder / name).exists())
    files.replace(file, data, mode=0o600)
    return file.relative_to(root).as_posix()
