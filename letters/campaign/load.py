"""A campaign folder becomes a Campaign, or a list of everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

from pydantic import BaseModel

from letters.campaign.crosscheck import crosscheck
from letters.campaign.forms import NEUTRAL, Forms, hint, load_forms
from letters.campaign.model import Campaign, Located, people_place
from letters.campaign.neutral import Role
from letters.campaign.own_languages import load_languages
from letters.campaign.paths import actual
from letters.campaign.people import Recipient
from letters.campaign.peoplefiles import files
from letters.campaign.places import load_places
from letters.campaign.schema import LetterFile, TemplateFile
from letters.campaign.signatory import Signatory
from letters.campaign.source import Location, Mapping, Sequence_, Source, read
from letters.campaign.sourcecheck import unknown_sources
from letters.campaign.template_files import TemplateFiles
from letters.campaign.types import is_inner
from letters.campaign.validate import validate
from letters.problem import Place, Problem, did_you_mean, has_errors

LETTER_FILE = "letter.yaml"

P = TypeVar("P", bound=BaseModel)


def load(root: Path) -> tuple[Campaign | None, list[Problem]]:
    """Read, type and cross-check the campaign in ``root``.

    The Campaign is None when an error makes it unusable; warnings come with a Campaign.
    """
    # Nothing that is read is garbage, and looking for some takes as long as the reading.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _load(root)
    finally:
        if collecting:
            gc.enable()


def _load(root: Path) -> tuple[Campaign | None, list[Problem]]:
    source, problems = read(root / LETTER_FILE, LETTER_FILE)
    if source.root is None:
        return None, problems or [Problem(Place(LETTER_FILE), "is empty")]
    letter, found = validate(LetterFile, source)
    problems += found
    if letter is None:
        # The people are still read, so that their mistakes are reported in the same run.
        written = source.root if isinstance(source.root, Mapping) else Mapping()
        for model, key in ((Signatory, "signatories"), (Recipient, "recipients")):
            path = written.get(key, f"{key}.yaml")
            if isinstance(path, str) and is_inner(path):
                problems += _people(model, root, path, people_place(source, key, path))[2]
        return None, [*problems, *unknown_sources(source)]
    named = people_place(source, "signatories", letter.signatories)
    signatories, signatory_places, found = _people(Signatory, root, letter.signatories, named)
    problems += found
    named = people_place(source, "recipients", letter.recipients)
    recipients, recipient_places, found = _people(Recipient, root, letter.recipients, named)
    problems += found
    declared, found = _declared(root, letter, source)
    problems += found
    languages, found = load_languages(root)
    problems += found
    forms, found = load_forms(root, languages.words)
    # Where a form can't be read, whoever names it can't be addressed: that is said once, there.
    problems += found or _form_problems(forms, recipients, recipient_places)
    places, found = load_places(root)
    problems += found
    campaign = Campaign(
        root=root,
        letter=letter,
        letter_place=Located(source),
        signatories=tuple(signatories),
        signatory_places=tuple(signatory_places),
        recipients=tuple(_addressed(recipient, forms) for recipient in recipients),
        recipient_places=tuple(recipient_places),
        declared=declared or TemplateFile(title=letter.template),
        forms=forms,
        places=places,
        own_languages=languages,
    )
    complete = not has_errors(problems)
    problems += crosscheck(campaign, complete=complete, declared=declared is not None)
    return (None if has_errors(problems) else campaign), problems


def _declared(
    root: Path, letter: LetterFile, source: Source
) -> tuple[TemplateFile | None, list[Problem]]:
    template_files = TemplateFiles(root)
    file = template_files.find(letter.template, "template.yaml")
    if file is None:
        hint = did_you_mean(letter.template, template_files.names())
        return None, [Problem(source.place(("template",)), "there is no such template", hint)]
    declaration, problems = read(file, template_files.shown(file))
    if problems:
        return None, problems
    return validate(TemplateFile, declaration)


def _form_problems(
    forms: Forms, recipients: list[Recipient], places: list[Located]
) -> list[Problem]:
    return [
        Problem(at.place("form"), "there is no such form of address", hint(recipient.form, forms))
        for recipient, at in zip(recipients, places, strict=True)
        if recipient.form and recipient.form not in forms.names()
    ]


def _addressed(recipient: Recipient, forms: Forms) -> Recipient:
    with suppress(KeyError):  # has been reported
        return recipient.with_forms(forms.chain(recipient.form or NEUTRAL))
    return recipient


def _people(
    model: type[P], root: Path, path: str, named: Place
) -> tuple[list[P], list[Located], list[Problem]]:
    """The people of a file or folder; ``named`` is where the user named it."""
    people: list[P] = []
    places: list[Located] = []
    to_read, problems = files(root, path, named)
    alone = actual(root, path) not in to_read
    for file in to_read:
        source, found = read(file, file.relative_to(root).as_posix())
        problems += found
        if source.root is None:
            if not found:
                problems.append(Problem(Place(source.path), "is empty", "list at least one person"))
            continue
        for location in _records(source, file, is_alone=alone):
            person, found = validate(model, source, location)
            problems += found
            if person is not None:
                people.append(person)
                places.append(Located(source, tuple(location)))
    return people, places, problems


def _records(source: Source, file: Path, *, is_alone: bool) -> Iterable[Location]:
    """Where the records of a file of people stand: a list, or one record that is the file."""
    if isinstance(source.root, Sequence_):
        return [(index,) for index in range(len(source.root))]
    if is_alone and isinstance(source.root, Mapping) and "id" not in source.root:
        # A file for each person: its name is the person's id.
        source.root["id"] = file.stem
        source.root.value_marks["id"] = source.root.key_marks["id"] = source.start
    return [()]


Written: TypeAlias = tuple[Role, Path, Source, Location]


def written(root: Path) -> tuple[list[Written], list[Problem]]:
    """Every record of a person as it is written, even where the campaign can’t be used."""
    letter, _ = read(root / LETTER_FILE, LETTER_FILE)
    said = letter.root if isinstance(letter.root, Mapping) else Mapping()
    found: list[Written] = []
    problems: list[Problem] = []
    roles: dict[Role, str] = {"signatory": "signatories", "recipient": "recipients"}
    for role, key in roles.items():
        path = said.get(key, f"{key}.yaml")
        if not isinstance(path, str) or not is_inner(path):
            continue
        to_read, faults = files(root, path, people_place(letter, key, path))
        problems += faults
        for file in to_read:
            source, faults = read(file, file.relative_to(root).as_posix())
            problems += faults
            if source.root is not None:
                places = _records(source, file, is_alone=file != root / path)
                found += [(role, file, source, location) for location in places]
    return found, problems
