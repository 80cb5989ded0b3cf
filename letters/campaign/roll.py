"""Everybody as they are written down, whether or not the campaign can be used as it is.

A person who asks not to be named must not wait until other mistakes are fixed.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import get_args

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from letters.campaign.enclosures import RECIPIENT
from letters.campaign.load import written
from letters.campaign.localtext import LocalText
from letters.campaign.model import Located
from letters.campaign.neutral import Role
from letters.campaign.paths import LETTER_FILE
from letters.campaign.shown import shown_keys
from letters.campaign.signatory import Signatory
from letters.campaign.source import Mapping, read
from letters.campaign.telling_files import is_telling
from letters.campaign.types import Visibility, is_inner
from letters.headway import over
from letters.problem import Place, Problem


class Listed(Struct, frozen=True):
    """One record: ``id`` as it stands there, in ``file``.

    ``unwritten`` means that the id is the name of the file, and does not stand in it; ``alone``
    that the file is this person's only.
    """

    role: Role
    id: str
    file: Path
    at: Located
    unwritten: bool
    alone: bool

    @property
    def place(self) -> Place:
        """Where the id stands."""
        return self.at.place("id")

    @property
    def record(self) -> Mapping:
        """What is written of the person."""
        node = self.at.source.root
        for step in self.at.base:
            node = node[step]
        assert isinstance(node, Mapping)  # noqa: S101 - `everybody` takes no other
        return node

    @property
    def said_id(self) -> str | None:
        """The id where it may be seen; None where it gives a name away."""
        return None if self.speaks(self.id) else self.id

    @property
    def said_path(self) -> str | None:
        """The file of the record where its name may be seen; None where it gives a name away."""
        return None if self.speaks(self.file.stem) else self.at.place().path

    def speaks(self, identifier: str) -> bool:
        """Whether that id would give away a part of a name that is not to be printed."""
        return self.role == "signatory" and is_telling(self.record, identifier)

    def shown(self, tag: str) -> str:
        """The name as it may be seen; what stands for it where its owner does not let it be."""
        keys = shown_keys(self.record.get("visibility"))
        if self.role == "recipient" or "name" in keys:
            person = self._named()
            return person.name.shown(tag) if person else "(no name that can be read)"
        described = None
        with suppress(PydanticCustomError):
            if "description" in keys:
                described = LocalText.read(self.record.get("description")).get(tag)
        return f"({described or 'name withheld'})"

    @property
    def said_visibility(self) -> str:
        """What is written of visibility, or follows from nothing being written; "" if unclear."""
        if self.role == "recipient":
            return ""
        said = self.record.get("visibility", "public")
        return said if said in get_args(Visibility) else ""

    @property
    def addresses(self) -> list[str]:
        """The e-mail addresses by which a signatory can be found."""
        contact = self.record.get("contact")
        email = contact.get("email") if isinstance(contact, Mapping) else None
        return [email] if isinstance(email, str) else []

    @property
    def names(self) -> list[str]:
        """The whole names under which a signatory can be found, in each form that is written."""
        if (person := self._named()) is None:
            return []
        name = person.name
        forms = [name.native, f"{name.given} {name.full_family}" if name.given else None]
        for local in (name.display, name.full):
            forms += local.texts.values() if local else []
        return [form for form in forms if form]

    def _named(self) -> Signatory | None:
        """The name alone: what else is wrong with the record does not matter."""
        with suppress(ValidationError):
            return Signatory.model_validate({"id": "x", "name": self.record.get("name")})
        return None


def first_language(root: Path) -> str:
    """The language in which names are shown: the letter’s first one."""
    source, _ = read(root / LETTER_FILE, LETTER_FILE)
    said = source.root.get("languages") if isinstance(source.root, Mapping) else None
    first = said[0] if isinstance(said, list) and said else said
    return first if isinstance(first, str) else ""


def everybody(root: Path) -> tuple[list[Listed], list[Problem]]:
    """Everybody in the campaign's order, and why a file of people could not be read."""
    records, problems = written(root)
    found = []
    for role, file, source, location in over(records, len(records), "reading the people"):
        at = Located(source, tuple(location))
        node = source.root
        for step in location:
            node = node[step]
        if isinstance(node, Mapping) and isinstance(node.get("id"), str):
            # `load` gives the name of the file as an id that stands where the file begins.
            unwritten = not location and node.value_marks["id"] == source.start
            found.append(Listed(role, node["id"].strip(), file, at, unwritten, not location))
    return found, problems


def bound_to(root: Path, identifier: str) -> list[tuple[Listed, Place]]:
    """The signatories who sign to that recipient only, or to them too, and where each says so."""
    found = []
    for one in everybody(root)[0]:
        said = one.record.get("signs_to") if one.role == "signatory" else None
        if isinstance(said, str) and said.strip() == identifier:
            found.append((one, one.at.place("signs_to")))
        for number, each in enumerate(said if isinstance(said, list) else ()):
            if isinstance(each, str) and each.strip() == identifier:
                found.append((one, one.at.place("signs_to", number)))
    return found


def enclosures_of(root: Path, identifier: str) -> list[str]:
    """The enclosed files that are called after a recipient, as paths with `RECIPIENT` in them."""
    source, _ = read(root / LETTER_FILE, LETTER_FILE)
    listed = source.root.get("enclosures") if isinstance(source.root, Mapping) else None
    paths = [
        str(one["file"])
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, Mapping) and isinstance(one.get("file"), str)
    ]
    return [
        path
        for path in dict.fromkeys(paths)
        if RECIPIENT in path
        and is_inner(path)
        and (root / path.replace(RECIPIENT, identifier)).is_file()
    ]
