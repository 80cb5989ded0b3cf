"""What a form of address says in one language."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign.bygender import ByGender, ByNumber
from letters.campaign.postal_address import Address
from letters.campaign.types import Model, PrintedLines, Truth

HONOURS = "{honours}"

_MOST_LETTERS = 12  # nobody has more orders and degrees behind their name


def _letters(value: Any) -> tuple[str | ByGender, ...]:
    """Post-nominals in their order; ``{honours}`` is where the person's own stand."""
    items = value if isinstance(value, list) else [value]
    if len(items) > _MOST_LETTERS:
        raise PydanticCustomError("letters", f"must be at most {_MOST_LETTERS}")
    return tuple(HONOURS if item == HONOURS else ByGender.read(item) for item in items)


def _greetings(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        raise PydanticCustomError("greetings", "must be a list of texts")
    return tuple(items)


class Wording(Model):
    """A form of address in one language. What is not said is looked up further down the chain."""

    source: str | None = Field(None, description="Where this was read, or “from memory”")
    prefix: ByGender | None = Field(None, description="Before the name on the envelope")
    name: ByGender | None = Field(None, description="The name on the envelope, if not as printed")
    post_nominals: Annotated[
        tuple[str | ByGender, ...] | None,
        PlainValidator(_letters),
        WithJsonSchema({"type": ["string", "array"]}),
    ] = Field(None, description="After the name, in order; {honours} are the person’s own")
    commas: Truth | None = Field(None, description="Whether commas set the post-nominals off")
    office: ByGender | None = Field(None, description="The line below the name")
    office_dative: ByGender | None = Field(
        None, description="That line in the dative, for languages whose addresses stand in it"
    )
    above: ByGender | None = Field(
        None, description="The line above the name in an address: Frau, Herrn, לכבוד"
    )
    address_case: Literal["nominative", "dative"] | None = Field(
        None, description="The case in which an address names a person and their office"
    )
    office_first: Truth | None = Field(
        None, description="Whether an address names the office before the person"
    )
    organisation: PrintedLines = Field((), description="The lines below the office")
    organisation_below_street: Truth | None = Field(
        None, description="Whether these lines stand between the street and the town"
    )
    address: Address | None = Field(None, description="Where the office takes its letters")
    local: PrintedLines = Field(
        (), description="The lines of a local office, whose form is called NAME-local"
    )
    titles: dict[str, ByGender] = Field(
        default_factory=dict,
        description="What {titled} is, by the words that stand before somebody’s name",
    )
    salutation: ByGender | None = None
    addressed: ByGender | None = Field(
        None, description="The salutation of who has an “address_as”, which is {name} here"
    )
    close: ByNumber | None = Field(None, description="{addressed} becomes the salutation’s words")
    close_unnamed: ByNumber | None = Field(
        None, description="The close of a salutation that doesn’t name the person"
    )
    closing: ByGender | None = Field(
        None, description="What {addressed} is in the close, if not the salutation’s words"
    )
    greetings: Annotated[
        tuple[str, ...],
        PlainValidator(_greetings),
        WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
    ] = Field((), description="Salutations that are no titles, which a close can’t repeat")
