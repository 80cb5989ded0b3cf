"""A postal address, of a recipient or of an office: the parts, as the user writes them down."""

from __future__ import annotations

from letters.campaign.types import Country, Model, PrintedLine, PrintedLines


class Address(Model):
    """A postal address; `letters.campaign.postal` sets it in the order of its country."""

    street: PrintedLines = ()
    city: PrintedLine | None = None
    region: PrintedLine | None = None
    postcode: PrintedLine | None = None
    country: Country | None = None
