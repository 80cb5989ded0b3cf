"""letter.yaml: what the letter asks, on what grounds, in whose name."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign.annex import AnnexSettings
from letters.campaign.case import Case
from letters.campaign.localtext import LocalText, only_text
from letters.campaign.mail_settings import Mail
from letters.campaign.types import (
    Country,
    Date,
    Identifier,
    InnerPath,
    Language,
    Lines,
    Model,
    Truth,
    as_number,
)


def _titled(value: Any) -> Any:
    """An enclosure may be its title alone, in one language or several."""
    return {"title": value} if only_text(value) else value


def _figure_value(value: Any) -> int | Decimal | LocalText:
    number = as_number(value) if isinstance(value, str) else None
    return LocalText.read(value) if number is None else number


class Sender(Model):
    """Who sends the letter, as printed in the letterhead."""

    organisation: LocalText
    contact: Lines = ()
    country: Country | None = None
    logo: InnerPath | None = None


class Ask(Model):
    """One request that the recipient can grant or refuse, and what it is limited to."""

    text: LocalText
    limits: LocalText | None = None


class Figure(Model):
    """A number, or a phrase such as "several hundred", that somebody can be asked about."""

    value: Annotated[
        int | Decimal | LocalText,
        PlainValidator(_figure_value),
        WithJsonSchema({"type": ["string", "number", "object"]}),
    ]
    source: Identifier | None = None
    date: Date | None = None
    label: LocalText | None = None


class Source_(Model):  # noqa: N801 - a source of facts, beside the YAML Source
    """Where a figure or a fact comes from, so that the recipient can look it up."""

    title: LocalText
    publisher: LocalText | None = None
    date: Date | None = None
    url: str | None = Field(None, pattern=r"^https?://\S+$")
    accessed: Date | None = None


class Enclosure(Model):
    """Something that goes with the letter."""

    title: LocalText
    confidential: Truth = False
    file: InnerPath | None = None


TitledEnclosure = Annotated[
    Enclosure, BeforeValidator(_titled, json_schema_input_type=LocalText | Enclosure)
]


class LetterFile(Model):
    """The whole of letter.yaml."""

    title: LocalText
    template: Identifier
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    date: Date
    place: LocalText | None = None
    subject: LocalText
    sender: Sender = Field(alias="from")
    notice: LocalText | None = None
    asks: tuple[Ask, ...] = ()
    figures: dict[Identifier, Figure] = Field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    sources: dict[Identifier, Source_] = Field(default_factory=dict)
    enclosures: tuple[TitledEnclosure, ...] = ()
    copies_to: tuple[LocalText, ...] = ()
    annex: AnnexSettings = Field(default_factory=AnnexSettings)
    deadline: Date | None = None
    answer_within: int = Field(20, ge=1, le=400)
    signatories: InnerPath = "signatories.yaml"
    recipients: InnerPath = "recipients.yaml"
    theme: Identifier = "classic"
    page: Literal["letter", "a4"] | None = None
    window: Literal["din5008-a", "din5008-b", "no10"] | None = None
    watermark: Truth = False
    qr_code: Truth = False
    body: Identifier | None = None
    mail: Mail | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class ValueRule(Model):
    """One value that a template asks the campaign for."""

    type: Literal["text", "number", "date", "yes-no", "list"] = "text"
    required: Truth = True
    help: str = ""


_OF_A_RECIPIENT = (
    *("address.street", "address.city", "address.region", "address.postcode", "address.country"),
    *("office", "organisation", "district"),
)


def _need(value: Any) -> str:
    if value not in _OF_A_RECIPIENT:
        message = f"is none of {', '.join(_OF_A_RECIPIENT)}"
        raise PydanticCustomError("recipient_need", "{said}", {"said": message})
    return str(value)


RecipientNeed = Annotated[
    str, PlainValidator(_need), WithJsonSchema({"enum": list(_OF_A_RECIPIENT)})
]


class TemplateFile(Model):
    """template.yaml: what a template is for and which values of its own it needs."""

    title: str
    description: str = ""
    body: Identifier | None = None
    signed: Truth = True
    pasted: Truth = False
    recipient_facts: tuple[str, ...] = ()
    recipient_needs: tuple[RecipientNeed, ...] = ()
    values: dict[str, ValueRule] = Field(default_factory=dict)
