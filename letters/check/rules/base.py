"""What every rule is: data from a body’s file, and a function that finds what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from msgspec import Struct
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign.model import Campaign
from letters.campaign.types import Identifier, Language, Lines, Model
from letters.check.reading import Reading
from letters.draft.drafts import Drafts
from letters.problem import Place

T = TypeVar("T")


class Finding(Struct, frozen=True):
    """One place where a rule is broken. The message repeats no value: it may be protected."""

    place: Place
    message: str


class Rule(Model):
    """One rule of a body.

    ``level`` says how sure it is: V was read in the source that is named, and breaking it is an
    error; M is from memory, and breaking it is a warning. ``says`` is the rule in plain words.
    """

    rule: str
    level: Literal["V", "M"]
    source: Identifier | None = None
    says: str

    needs_pages: ClassVar[bool] = False

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:  # noqa: ARG002 - what rules have in common
        """What is wrong whatever the language."""
        return iter(())

    def of_drafts(self, drafts: Drafts) -> Iterator[Finding]:  # noqa: ARG002 - what rules have in common
        """What of the text and its signatures breaks the rule."""
        return iter(())

    def of_edition(self, reading: Reading) -> Iterator[Finding]:  # noqa: ARG002 - what rules have in common
        """What is wrong in one edition of the text."""
        return iter(())


def _count(value: Any) -> int:
    if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
        number = int(value) if len(str(value)) < 8 else 0
        if number > 0:
            return number
    raise PydanticCustomError("count", "must be a whole number, 1 or more")


def _some(value: Any) -> Any:
    # Not pydantic's own bound, which complains too when the only entry is a wrong one.
    if not value:
        raise PydanticCustomError("too_short", "must have at least one entry")
    return value


Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": ["integer", "string"]})]
NotEmpty = AfterValidator(_some)
PhrasesByLanguage = dict[Language, Lines]


def for_language(written: Mapping[str, T], tag: str) -> T | None:
    """What is written for a language, or else for its base: ``fr-CA`` reads ``fr``."""
    return written.get(tag, written.get(tag.partition("-")[0]))


def key_place(campaign: Campaign, *steps: str | int) -> Place:
    """The place of a key of letter.yaml, or where it would stand."""
    return campaign.letter_place.place(*steps)
