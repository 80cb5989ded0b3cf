"""A campaign folder becomes a Campaign, or a list of everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Struct
from pydantic import BaseModel

from letters import headway, limits
from letters.campaign import plain_signatory
from letters.campaign.crosscheck import crosscheck
from letters.campaign.forms import NEUTRAL, Forms, hint, load_forms
from letters.campaign.model import Campaign, Located, Spots, people_place
from letters.campaign.neutral import Role
from letters.campaign.own_languages import OwnLanguages, load_languages
from letters.campaign.paths import LETTER_FILE, actual
from letters.campaign.people import Recipient
from letters.campaign.peoplefiles import files
from letters.campaign.places import Places, load_places
from letters.campaign.record_list import RecordList
from letters.campaign.schema import LetterFile, TemplateFile
from letters.campaign.signatory import Signatory
from letters.campaign.source import MOST_OF_ONE, Location, Mapping, Sequence_, Source, read
from letters.campaign.sourcecheck import unknown_sources
from letters.campaign.telling_files import untold
from letters.campaign.template_files import TemplateFiles
from letters.campaign.types import is_inner
from letters.campaign.validate import validate
from letters.collecting import without_collecting
from letters.problem import Place, Problem, did_you_mean, has_errors

P = TypeVar("P", bound=BaseModel)
T = TypeVar("T")

_MANY = 5_000  # people, of whom a look through all that they are made of takes long


def load(root: Path) -> tuple[Campaign | None, list[Problem]]:
    """Read, type and cross-check the campaign in ``root``.

    The Campaign is None when an error makes it unusable; warnings come with a Campaign.
    """
    with without_collecting():
        campaign, problems = _load(root)
        if campaign and len(campaign.signatories) + len(campaign.recipients) > _MANY:
            # It is no garbage as long as anybody works with the campaign, either.
            gc.freeze()
    return campaign, problems


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
    around, found = _around(root, letter, source)
    problems += found
    campaign, found = around.of(signatories, signatory_places, recipients, recipient_places)
    problems += found
    complete = not has_errors(problems)
    problems += crosscheck(campaign, complete=complete, declared=around.declared is not None)
    return (None if has_errors(problems) else campaign), problems


class Frame(Struct, frozen=True):
    """A campaign without its people; ``is_addressed`` unless its forms of address can’t be read."""

    root: Path
    letter: LetterFile
    source: Source
    declared: TemplateFile | None
    forms: Forms
    places: Places
    languages: OwnLanguages
    is_addressed: bool

    def of(
        self,
        signatories: Sequence[Signatory],
        signatory_places: Sequence[Located],
        recipients: Sequence[Recipient],
        recipient_places: Sequence[Located],
    ) -> tuple[Campaign, list[Problem]]:
        """The campaign with these people in it, and which forms of address there are not."""
        # Where a form can't be read, whoever names it can't be addressed: that is said once, there.
        problems = (
            _form_problems(self.forms, recipients, recipient_places) if self.is_addressed else []
        )
        campaign = Campaign(
            root=self.root,
            letter=self.letter,
            letter_place=Located(self.source),
            signatories=tuple(signatories),
            signatory_places=signatory_places,
            recipients=tuple(_addressed(recipient, self.forms) for recipient in recipients),
            recipient_places=recipient_places,
            declared=self.declared or TemplateFile(title=self.letter.template),
            forms=self.forms,
            places=self.places,
            own_languages=self.languages,
        )
        return campaign, problems


def frame(root: Path) -> Frame | None:
    """The campaign in ``root`` without its people; None where its letter.yaml has mistakes."""
    source, _ = read(root / LETTER_FILE, LETTER_FILE)
    letter = None if source.root is None else validate(LetterFile, source)[0]
    return None if letter is None else _around(root, letter, source)[0]


def _around(root: Path, letter: LetterFile, source: Source) -> tuple[Frame, list[Problem]]:
    declared, problems = _declared(root, letter, source)
    languages, unknown = load_languages(root)
    forms, unread = load_forms(root, languages.words)
    places, found = load_places(root)
    around = Frame(root, letter, source, declared, forms, places, languages, not unread)
    return around, [*problems, *unknown, *unread, *found]


def _declared(
    root: Path, letter: LetterFile, source: Source
) -> tuple[TemplateFile | None, list[Problem]]:
    template_files = TemplateFiles(root)
    file = template_files.find(letter.template, "template.yaml")
    if file is None:
        hint = did_you_mean(letter.template, template_files.names())
        return None, [Problem(source.place(("template",)), "there is no such template", hint)]
    declaration, problems = read(file, template_files.shown(file), MOST_OF_ONE)
    if problems:
        return None, problems
    return validate(TemplateFile, declaration)


def _form_problems(
    forms: Forms, recipients: Sequence[Recipient], places: Sequence[Located]
) -> list[Problem]:
    return [
        Problem(at.place("form"), "there is no such form of address", hint(recipient.form, forms))
        for recipient, at in zip(recipients, places, strict=True)
        if recipient.form and not forms.knows(recipient.form)
    ]


def _addressed(recipient: Recipient, forms: Forms) -> Recipient:
    with suppress(KeyError):  # has been reported
        return recipient.with_forms(forms.chain(recipient.form or NEUTRAL))
    return recipient


def _people(
    model: type[P], root: Path, path: str, named: Place
) -> tuple[list[P], Spots, list[Problem]]:
    """The people of a file or folder; ``named`` is where the user named it."""
    people: list[P] = []
    places = Spots()
    to_read, problems = files(root, path, named)
    alone = actual(root, path) not in to_read
    for number, file in enumerate(_counted(to_read, len(to_read)), 1):
        source, found = read(file, file.relative_to(root).as_posix())
        if alone and model is Signatory:
            which = f"file {number} of {len(to_read)}"
            if (instead := untold(source, file, which, found)) is not None:
                problems += instead
                continue
        problems += found
        if source.root is None:
            if not found:
                problems.append(Problem(Place(source.path), "is empty", "list at least one person"))
            continue
        records = _records(source, file, is_alone=alone)
        for location in records if alone else _counted(records, _how_many(source)):
            person, found = _typed(model, source, location)
            problems += found
            if len(problems) > 10 * limits.MOST_MISTAKES:
                message = f"from here on nobody is read: there are {len(problems):,} mistakes"
                problems.append(Problem(source.place(location), message, "mend the first ones"))
                return people, places, problems
            if person is not None:
                people.append(person)
                places.add(source, location)
            if isinstance(source.root, RecordList):
                source.root.release(int(location[0]))
    return people, places, problems


def _counted(each: Iterable[T], total: int) -> Iterable[T]:
    """The files of people, or the records of one file, while it is told how many were read."""
    return headway.over(each, total, "reading the people") if total > 1 else each


def _typed(model: type[P], source: Source, location: Location) -> tuple[P | None, list[Problem]]:
    if model is Signatory and isinstance(source.root, RecordList) and source.root.is_gapless:
        position = int(location[0])
        lined = source.root.lined(position)
        plain = plain_signatory.of_lines(lined) if lined else None
        plain = plain or plain_signatory.read(source.root[position])
        if isinstance(plain, model):
            return plain, []
    return validate(model, source, location)


def _records(source: Source, file: Path, *, is_alone: bool) -> Iterable[Location]:
    """Where the records of a file of people stand: a list, or one record that is the file."""
    if isinstance(source.root, Sequence_):
        return ((index,) for index in range(len(source.root)))
    if is_alone:
        named(source, file)
    return [()]


def _how_many(source: Source) -> int:
    return len(source.root) if isinstance(source.root, Sequence_) else 1


def named(source: Source, file: Path) -> None:
    """Give the one record of a file in a folder the id that is the file's name, if it has none."""
    if isinstance(source.root, Mapping) and "id" not in source.root:
        source.root["id"] = file.stem
        source.root.value_marks["id"] = source.root.key_marks["id"] = source.start


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
        for number, file in enumerate(to_read, 1):
            source, faults = read(file, file.relative_to(root).as_posix())
            if faults and role == "signatory" and file != root / path:
                which = f"file {number} of {len(to_read)}"
                faults = list(untold(source, file, which, faults) or faults)
            problems += faults
            if source.root is not None:
                places = _records(source, file, is_alone=file != root / path)
                found += [(role, file, source, location) for location in places]
    return found, problems
