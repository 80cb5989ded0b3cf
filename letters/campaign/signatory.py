"""Signatories as the user writes them down: the raw records, with all that must not be shown.

Above `letters.campaign` what may be shown of them is read in `letters.campaign.shown`; the records
themselves are for whoever searches for what must not be seen.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from letters.campaign.localtext import LocalText
from letters.campaign.people import NameForms
from letters.campaign.types import (
    Date,
    Gender,
    Identifier,
    Identifiers,
    InnerPath,
    Language,
    Lines,
    Model,
    Truth,
    Visibility,
)


class Contact(Model):
    """How to reach a signatory. Never rendered and never given to a template."""

    email: str | None = None
    phone: str | None = None
    address: Lines = ()
    note: str | None = None


class Testimony(Model):
    """What a signatory can say from experience: one dated fact, with its source."""

    text: LocalText
    source: Identifier | None = None
    date: Date | None = None


class Signer(Model):
    """Who signs for an organisation."""

    name: NameForms
    role: LocalText | None = None


class Signatory(Model):
    """One person or organisation that signs. ``visibility`` decides what of it is ever printed."""

    is_private: ClassVar[bool] = True

    id: Identifier
    name: NameForms
    kind: Literal["person", "organisation"] = "person"
    tier: Literal["author", "organisation", "individual"] | None = None
    visibility: Visibility = "public"
    gender: Gender = "unknown"
    role: LocalText | None = None
    affiliation: LocalText | None = None
    identification_only: Truth = True
    place: LocalText | None = None
    description: LocalText | None = None
    signer: Signer | None = None
    languages: tuple[Language, ...] = ()
    signs_to: Identifiers = ()
    contact: Contact | None = None
    signature_image: InnerPath | None = None
    testimony: Testimony | None = None

    @property
    def rank(self) -> Literal["author", "organisation", "individual"]:
        """The tier, derived from the kind when none was written."""
        return self.tier or ("organisation" if self.kind == "organisation" else "individual")
