"""Rules about the form of a letter: its parts, its addressee, its pages, what goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from letters.campaign import shown
from letters.campaign.model import Campaign
from letters.check.phrases import find_phrase
from letters.check.reading import Reading
from letters.check.rules.base import (
    Count,
    Finding,
    NotEmpty,
    PhrasesByLanguage,
    Rule,
    for_language,
    key_place,
)
from letters.counting import counted
from letters.draft import document as d


def _pair(value: tuple[int, ...]) -> tuple[int, ...]:
    if len(value) != 2:
        raise PydanticCustomError("pair", "must be two numbers: width and height, in mm")
    return value


Size = Annotated[tuple[Count, ...], AfterValidator(_pair)]
Block = Literal["address", "date", "subject", "salutation", "asks", "close", "signatures"]


class HasBlock(Rule):
    """The template has this block, and it is not empty."""

    rule: Literal["has-block"]
    block: Block

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        named = (b for b in reading.blocks() if isinstance(b, d.Named | d.SignatureBlock))
        if self.block not in {block.name for block in named}:
            yield Finding(reading.place(), f"the letter has no block “{self.block}”")


class AddressedTo(Rule):
    """One of the names stands in the address, in the salutation or in the first paragraph."""

    rule: Literal["addressed-to"]
    names: Annotated[PhrasesByLanguage, NotEmpty]

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        names = for_language(self.names, reading.tag)
        first = [run.text for run in reading.of("text")][:1]
        above = [run.text for run in reading.of("address", "salutation")]
        if names and not find_phrase(" ".join((*above, *first)), names):
            message = f"the letter is not addressed to any of “{'”, “'.join(names)}”"
            yield Finding(reading.place(), message)


class RoomToSign(Rule):
    """The letter has a place where somebody signs: the block of signatures, or a sheet."""

    rule: Literal["room-to-sign"]

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        if not any(isinstance(b, d.SignatureBlock | d.Sheet) for b in reading.blocks()):
            yield Finding(reading.place(), "there is no room for a signature")


class NoPictures(Rule):
    """No logo, no picture in the text and none of a signature."""

    rule: Literal["no-pictures"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if campaign.letter.sender.logo:
            yield Finding(key_place(campaign, "from", "logo"), "a logo is printed")
        for signatory in shown.signatories(campaign):
            if signatory.signature_image:
                yield Finding(
                    signatory.place("signature_image"), "a picture of a signature is printed"
                )

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        if any(isinstance(block, d.Figure) for block in reading.blocks()):
            yield Finding(reading.line_of("::: figure"), "a picture is printed")


class NoEnclosures(Rule):
    """Nothing goes with it."""

    rule: Literal["no-enclosures"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if campaign.letter.enclosures:
            yield Finding(key_place(campaign, "enclosures"), "something is enclosed")


class PageBetween(Rule):
    """The sheet of paper, in mm, is neither smaller nor larger than these."""

    rule: Literal["page-between"]
    least: Size
    most: Size

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        for least, side, most in zip(self.least, reading.page_mm, self.most, strict=True):
            if not least <= side <= most:
                width, height = (f"{side:g}" for side in reading.page_mm)
                message = f"the page is {width} by {height} mm"
                yield Finding(key_place(reading.campaign, "page"), message)
                return


class PagesAtMost(Rule):
    """The letter, laid out as it will be printed, has no more pages."""

    rule: Literal["pages-at-most"]
    needs_pages: ClassVar[bool] = True
    most: Count

    def of_edition(self, reading: Reading) -> Iterator[Finding]:
        pages = reading.pages(reading.letter.blocks)
        if pages > self.most:
            yield Finding(reading.place(), f"the letter has {counted(pages, 'page')}")


class HasDeadline(Rule):
    """A day is named until which an answer is hoped for."""

    rule: Literal["has-deadline"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if campaign.letter.deadline is None:
            yield Finding(key_place(campaign, "deadline"), "is not given")


class HasCopies(Rule):
    """Somebody gets a copy."""

    rule: Literal["has-copies"]

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        if not campaign.letter.copies_to:
            yield Finding(key_place(campaign, "copies_to"), "nobody gets a copy")


FORM: tuple[type[Rule], ...] = (
    HasBlock, AddressedTo, RoomToSign, NoPictures, NoEnclosures, PageBetween, PagesAtMost,
    HasDeadline, HasCopies,
)  # fmt: skip
