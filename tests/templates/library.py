"""The templates that come with letters, each in the campaign that it starts with."""

from __future__ import annotations

import functools
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace
from pypdf import PdfReader
from reading import words

from letters import shipped
from letters.campaign import scaffold
from letters.campaign.load import load
from letters.campaign.model import Campaign
from letters.campaign.schema import TemplateFile
from letters.campaign.template_files import TemplateFiles
from letters.digests import NO_TEXT, TextDigest
from letters.draft import document as d
from letters.draft.compose import Edition
from letters.draft.signatures import Signed
from letters.press import pdf, text
from letters.press.paper import PageSize
from letters.press.rendering import Pdf
from letters.press.theme import Theme
from letters.press.themes import load_theme

SHELF = TemplateFiles(shipped.TEMPLATES)
NAMES = sorted(file.parent.name for file in shipped.TEMPLATES.glob("*/template.yaml"))
EDITIONS = [(name, language) for name in NAMES for language in SHELF.languages(name)]

# The tour in the README begins with it, and says how a second language is added.
STARTS_IN_ENGLISH_ALONE = {"open-letter"}

_DIGEST = TextDigest("0123456789abcdef" * 4)


def body(name: str, language: str) -> str:
    """The template's text in that language, as it was written."""
    return (shipped.TEMPLATES / name / f"letter.{language}.md").read_text(encoding="utf-8")


def started(folder: Path, name: str) -> Path:
    """A new campaign from that template, in every language that the template has."""
    scaffold.start(folder, name)
    file = folder / "letter.yaml"
    languages = f"languages: [{', '.join(SHELF.languages(name))}]"
    written, count = re.subn(
        r"^languages: \[.*?\]", languages, file.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert count == 1
    file.write_text(written, encoding="utf-8")
    return folder


def loaded(folder: Path) -> Campaign:
    campaign, problems = load(folder)
    assert campaign is not None, [str(problem) for problem in problems]
    return campaign


def no_pictures(path: str, alt: str) -> d.Image:
    raise AssertionError(f"no picture comes with a template: {path}, {alt}")


@dataclass(eq=False)
class Library:
    """What the tests of a process make of the templates, each thing once."""

    root: Path
    _folders: dict[str, Path] = field(default_factory=dict)

    def folder(self, name: str) -> Path:
        """The campaign's folder; no test writes there."""
        if name not in self._folders:
            self._folders[name] = started(self.root / name, name)
        return self._folders[name]

    @functools.cache  # noqa: B019 - there is one library a process
    def campaign(self, name: str) -> Campaign:
        return loaded(self.folder(name))

    def declared(self, name: str) -> TemplateFile:
        return self.campaign(name).declared

    @functools.cache  # noqa: B019
    def edition(self, name: str, language: str) -> Edition:
        return Edition(self.campaign(name), language, "recipient")

    @functools.cache  # noqa: B019
    def letter(self, name: str, language: str, index: int = 0, *, signed: bool = True) -> d.Letter:
        """One letter, signed by everybody or by nobody."""
        campaign = self.campaign(name)
        state = "signed" if signed else "pending"
        states = {person.id: state for person in campaign.signatories}
        as_of = campaign.letter.date if signed else None
        everybody = Signed(states, as_of, not signed, _DIGEST if signed else NO_TEXT)
        return self.edition(name, language).letter(index, everybody, no_pictures)

    def text(self, name: str, language: str, index: int = 0, *, signed: bool = True) -> str:
        return text.write(self.letter(name, language, index, signed=signed)).decode()

    @functools.cache  # noqa: B019
    def pdf(
        self, name: str, language: str, *, page: PageSize = "letter", theme: str = "classic"
    ) -> Pdf:
        """The signed letter to the first recipient, on that paper and in that theme."""
        return pdf.write(self.letter(name, language), self.theme(name, page, theme))

    def theme(self, name: str, page: PageSize, theme: str) -> Theme:
        campaign = self.campaign(name)
        settings = campaign.letter.model_copy(update={"page": page, "theme": theme})
        return load_theme(replace(campaign, letter=settings))


def pages(data: bytes) -> list[str]:
    """The words of each page of a PDF, in the order of drawing, with single spaces."""
    return [words(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
