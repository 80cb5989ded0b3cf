"""The fixed phrases of the toolkit, as a campaign's own language says them."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from letters.campaign.bygender import LONGEST, one_line
from letters.campaign.types import Model

_HOLE = re.compile(r"\{([^{}]*)\}")
PLURALS = ("zero", "one", "two", "few", "many", "other")


def _text(value: Any, holes: frozenset[str]) -> str:
    """A line with each of those placeholders and no other: it may come from a stranger."""
    if not isinstance(value, str) or not value.strip() or not one_line(value):
        message = f"must be one line of at most {LONGEST} characters"
        raise PydanticCustomError("label", message)
    rest = _HOLE.sub("", value)
    if set(_HOLE.findall(value)) != holes or set("{}") & set(rest):
        named = " and ".join(f"{{{hole}}}" for hole in sorted(holes)) or "no placeholder"
        raise PydanticCustomError("label_hole", "{said}", {"said": f"must have {named} in it"})
    return value


def counted_forms(value: Any) -> dict[str, str]:
    """Lines by CLDR’s forms of plurals, each with its number. Raises PydanticCustomError."""
    if not isinstance(value, dict) or "other" not in value or not set(value) <= set(PLURALS):
        message = f"must be a group of plurals with “other”, of {', '.join(PLURALS)}"
        raise PydanticCustomError("plurals", message)
    return {key: _text(form, frozenset({"n"})) for key, form in value.items()}


COUNTED = ("withheld", "organisation_count", "person_count")
_HOLES = {
    "text": frozenset({"digest"}),
    "page": frozenset({"page", "pages"}),
    "signature_of": frozenset({"name"}),
    "signed_by": frozenset({"people", "date"}),
    "and_on_paper": frozenset({"people", "paper"}),
    "on_paper": frozenset({"people"}),
    "sheet": frozenset({"number"}),
    "return_to": frozenset({"address"}),
    "accessed": frozenset({"date"}),
    "note": frozenset({"number"}),
    "note_back": frozenset({"number"}),
    "annex_of": frozenset({"title", "date"}),
}
IN_ANNEX = (
    *("annex", "annex_of", "annexed", "name", "role", "affiliation", "place", "signer"),
    "signed_on",
)
"""What only an annex of names needs: a language may do without."""
BARE = ("return_to", "note", "note_back")
"""What may be left unsaid: an address, and the number of a note, are understood without it."""


class LanguageLabels(Model):
    """The fixed phrases of the toolkit."""

    text: str | None = Field(None, description="At the foot: which text this is")
    page: str | None = Field(None, description="Page 1 of 2")
    draft: str | None = Field(None, description="The mark of a draft")
    unsigned: str | None = Field(None, description="The mark of a draft that nobody has signed")
    confidential: str | None = Field(None, description="The mark of what is confidential")
    pending: str | None = Field(None, description="Below the name of who has not signed yet")
    for_identification: str | None = Field(None, description="The remark on affiliations")
    signature_of: str | None = Field(None, description="What a picture of a signature is")
    postscript: str | None = Field(None, description="Before a last word below the signatures")
    enclosures: str | None = Field(None, description="The heading of what is enclosed")
    copies: str | None = Field(None, description="The heading of who gets a copy")
    organisations: str | None = Field(None, description="The heading of organisations that sign")
    individuals: str | None = Field(None, description="The heading of people who sign")
    withheld: dict[str, str] | None = Field(None, description="How many sign without a name")
    signed_by: str | None = Field(None, description="The count of signatures")
    and_on_paper: str | None = Field(None, description="The count of people, and those on paper")
    on_paper: str | None = Field(None, description="The count where all of them sign on paper")
    sheet: str | None = Field(None, description="The number of a sheet to sign")
    return_to: str | None = Field(None, description="Where a sheet goes back to")
    organisation_count: dict[str, str] | None = Field(None, description="2 organisations")
    person_count: dict[str, str] | None = Field(None, description="2 people")
    accessed: str | None = Field(None, description="In a source: when it was looked up")
    note: str | None = Field(None, description="What the mark of a note is called")
    note_back: str | None = Field(None, description="What leads back from it to the text")
    annex: str | None = Field(None, description="The title of an annex of names")
    annex_of: str | None = Field(None, description="Below it: of which letter it is")
    annexed: str | None = Field(None, description="Under the letter: where the names stand")
    name: str | None = Field(None, description="Above the names in a table")
    role: str | None = Field(None, description="Above what people are")
    affiliation: str | None = Field(None, description="Above where they belong")
    place: str | None = Field(None, description="Above where they are from")
    signer: str | None = Field(None, description="Above who signs for an organisation")
    signed_on: str | None = Field(None, description="Above the days of signing")

    @field_validator("*", mode="before")
    @classmethod
    def _is_sound(cls, value: Any, info: ValidationInfo) -> Any:
        name = info.field_name or ""
        return (
            counted_forms(value) if name in COUNTED else _text(value, _HOLES.get(name, frozenset()))
        )
