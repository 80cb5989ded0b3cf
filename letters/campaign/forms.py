"""Forms of address: how the holder of an office is written to, as data that users can extend.

A form is a YAML file: those that come with the toolkit lie in ``data/forms``, a campaign's own in
its ``forms`` folder. A form is one link of a chain: what it does not say is looked up in the
shipped form of the same name, then in the one that it is ``like``, and at last in ``neutral``,
which knows every language. So a user's file can be one line long, and nothing is ever guessed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from pydantic import Field

from letters.campaign.form_wording import Wording
from letters.campaign.localtext import LocalText
from letters.campaign.own_file import read_own
from letters.campaign.source import Source, read
from letters.campaign.types import IDENTIFIER, Country, Identifier, Language, Model
from letters.campaign.validate import validate
from letters.problem import KnownWords, Problem, did_you_mean

NEUTRAL = "neutral"
FOLDER = "forms"
LOCAL = "-local"

_SHIPPED = Path(__file__).parent / "data" / "forms"


class FormFile(Model):
    """The whole of a form's file."""

    title: str | None = Field(None, description="Whose form it is")
    like: Identifier | None = Field(None, description="The form to look up what this doesn’t say")
    postage_free_from: Country | None = Field(
        default=None, description="The country from within which letters to them need no stamp"
    )
    postage_source: str | None = Field(
        default=None, description="Where that was read, or “from memory”"
    )
    seat: LocalText | None = Field(
        default=None, description="Where they represent people, as in “in Parliament”"
    )
    languages: dict[Language, Wording] = Field(default_factory=dict)


class Chain(tuple[FormFile, ...]):  # noqa: SLOT001 - it keeps what it has looked up
    """A form and all that it falls back to, the nearest first; the same for all who name it."""

    def wordings(self, tag: str) -> tuple[Wording, ...]:
        """What it says in that language: of each form the region before its base."""
        if tag not in self._wordings:
            tags = dict.fromkeys((tag, tag.partition("-")[0]))
            self._wordings[tag] = tuple(
                form.languages[one] for form in self for one in tags if one in form.languages
            )
        return self._wordings[tag]

    @functools.cached_property
    def _wordings(self) -> dict[str, tuple[Wording, ...]]:
        return {}

    def __reduce__(self) -> tuple[type[Chain], tuple[tuple[FormFile, ...]]]:
        return Chain, (tuple(self),)


class Forms(Struct, frozen=True, dict=True):
    """The forms that a campaign can name: its own, by their names, before those shipped.

    ``anybody`` has what is said to anybody in languages of the campaign's own.
    """

    own: dict[str, FormFile]
    anybody: Mapping[str, Wording] = field(default_factory=dict)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """All forms that a recipient can name."""
        known = {*self.own, *shipped_names()}
        local = {f"{name}{LOCAL}" for name in known if self._has_local_office(name)}
        return tuple(sorted(known | local))

    @functools.cached_property
    def meant(self) -> KnownWords:
        """The same, for each of many recipients whose form there is not."""
        return KnownWords(self.names)

    def knows(self, name: str) -> bool:
        """Whether that is one of them, told without reading all that there are."""
        return name in self.own or name in shipped_names() or self._office_of(name) is not None

    def chain(self, name: str) -> Chain:
        """The form and all that it falls back to; ``neutral`` always comes last.

        Raises KeyError for a form that does not exist.
        """
        if name not in self._chains:
            self._chains[name] = self._chain(name)
        return self._chains[name]

    @functools.cached_property
    def _chains(self) -> dict[str, Chain]:
        return {}

    def _chain(self, name: str) -> Chain:
        layers: list[FormFile] = []
        local = False
        for one in self._followed(name):
            own = self._layers(one)
            layers += [_at_local_office(layer) for layer in own] if local else own
            local = local or self._office_of(one) is not None
        languages = (
            (FormFile(title=None, like=None, languages=dict(self.anybody)),) if self.anybody else ()
        )
        return Chain((*layers, *languages, *self._layers(NEUTRAL)))

    def speaks(self, name: str, tag: str) -> bool:
        """Whether the form itself, or one that it is like, has words in that language."""
        links = [layer for one in self._followed(name) for layer in self._layers(one)]
        return any(not {tag, tag.partition("-")[0]}.isdisjoint(form.languages) for form in links)

    def _followed(self, name: str) -> list[str]:
        """The names along ``like``, each once: a circle ends where it would begin again."""
        names: list[str] = []
        following: str | None = name
        while following and following not in (*names, NEUTRAL):
            names.append(following)
            layers, office = self._layers(following), self._office_of(following)
            if not layers and office is None:
                raise KeyError(following)
            following = next((layer.like for layer in layers if layer.like), None) or office
        return names

    def _office_of(self, name: str) -> str | None:
        """The form of whose holders that name is the local office."""
        office = name.removesuffix(LOCAL)
        exists = office != name and bool(self._layers(office))
        return office if exists and self._has_local_office(office) else None

    def _has_local_office(self, name: str) -> bool:
        # A name that ends so is never a local office's own local office.
        if name.endswith(LOCAL):
            return False
        with suppress(KeyError):  # it is “like” one that does not exist, which is reported
            layers = (layer for one in self._followed(name) for layer in self._layers(one))
            return any(words.local for layer in layers for words in layer.languages.values())
        return False

    def _layers(self, name: str) -> list[FormFile]:
        layers = [self.own[name]] if name in self.own else []
        return [*layers, shipped(name)] if name in shipped_names() else layers


def _at_local_office(form: FormFile) -> FormFile:
    """What the form says of its holders, for letters to another place than the office."""
    languages = {
        tag: words.model_copy(
            update={
                "organisation": words.local,
                "organisation_below_street": False if words.local else None,
                "address": None,
            }
        )
        for tag, words in form.languages.items()
    }
    return form.model_copy(update={"postage_free_from": None, "languages": languages})


@functools.cache
def shipped_names() -> frozenset[str]:
    """The names of the forms that come with the toolkit."""
    return frozenset(file.stem for file in _SHIPPED.glob("*.yaml"))


@functools.cache
def shipped(name: str) -> FormFile:
    """A form that comes with the toolkit."""
    source, problems = read(_SHIPPED / f"{name}.yaml", f"{name}.yaml")
    form, found = validate(FormFile, source)
    if form is None or problems:
        raise RuntimeError("\n".join(map(str, (*problems, *found))))
    return form


@functools.cache
def neutral() -> Chain:
    """What is said to anybody, with the toolkit's own words."""
    return Forms({}).chain(NEUTRAL)


def load_forms(
    root: Path, anybody: Mapping[str, Wording] = MappingProxyType({})
) -> tuple[Forms, list[Problem]]:
    """The campaign's own forms, and everything that is wrong with them."""
    own: dict[str, FormFile] = {}
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for file in _files(root):
        message = "a form’s file must be called by small letters a–z, digits and hyphens"
        source, found = read_own(root, file, IDENTIFIER, (message, "like forms/my-mayor.yaml"))
        problems += found
        if source is None:
            continue
        form, found = validate(FormFile, source)
        problems += found
        if form is not None:
            own[file.stem], sources[file.stem] = form, source
    forms = Forms(own, dict(anybody))
    for name, form in own.items():
        if form.like and not forms.knows(form.like):
            place = sources[name].place(("like",))
            problems.append(Problem(place, "there is no such form", hint(form.like, forms)))
    return forms, problems


def hint(name: str, forms: Forms) -> str:
    """What to do about a form that does not exist."""
    return (
        did_you_mean(name, forms.meant)
        or f"docs/addresses.md lists them; or write {FOLDER}/{name}.yaml"
    )


def _files(root: Path) -> Iterator[Path]:
    folder = root / FOLDER
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.suffix == ".yaml")
