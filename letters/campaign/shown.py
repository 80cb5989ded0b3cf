"""What may be shown of a signatory and of a case, and to whom: decided here, and nowhere else.

Above `letters.campaign` nothing else of them is read. A view holds what may be shown, and knows
where it was written, so that a message can name the place. What may not be shown isn't in it.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from letters.campaign.people import Name
from letters.campaign.types import Gender, Visibility
from letters.campaign.views import Views
from letters.collecting import without_collecting

if TYPE_CHECKING:
    from letters.campaign.case import Case, Fact
    from letters.campaign.localtext import LocalText
    from letters.campaign.model import Campaign, Located
    from letters.campaign.signatory import Contact, Signatory, Signer, Testimony
    from letters.problem import Place

Audience: TypeAlias = Literal["recipient", "public"]

_COUNTED = ("id", "kind", "tier", "visibility")
_NAMED = ("name", "gender")
_TOLD = (
    "role", "affiliation", "identification_only", "description", "signer", "languages",
    "signature_image", "testimony", "place",
)  # fmt: skip

_CONTACT = ("email", "phone", "address", "note")
_WAYS = {
    written: frozenset(itertools.compress(_CONTACT, written))
    for written in itertools.product((False, True), repeat=len(_CONTACT))
}


@dataclass(frozen=True, slots=True)
class ShownSignatory:
    """What may be shown of a signatory; a field that may not be shown is as if nobody wrote it.

    Whatever the visibility, a signatory has an id, a place, a ``kind`` by which they are counted
    and a ``rank``, the tier in which they sign. ``contacts`` are the keys of the ways to reach them
    that are written down, without what stands there. ``home`` is where they are from.
    """

    id: str
    kind: Literal["person", "organisation"]
    rank: Literal["author", "organisation", "individual"]
    visibility: Visibility
    contacts: frozenset[str]
    _at: Located = field(repr=False)
    name: Name | None = None
    gender: Gender = "unknown"
    description: LocalText | None = None
    role: LocalText | None = None
    affiliation: LocalText | None = None
    identification_only: bool = False
    home: LocalText | None = None
    signer: Signer | None = None
    testimony: Testimony | None = None
    signature_image: str | None = None
    languages: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether the name may be shown; what else may be, the fields say."""
        return self.name is not None

    @property
    def is_withheld(self) -> bool:
        """Whether they are counted, and nothing else."""
        return self.visibility == "withheld"

    def place(self, *steps: str | int) -> Place:
        """Where a field of the record stands, or the record itself."""
        return self._at.place(*steps)

    def printed_as(self, tag: str) -> tuple[str | LocalText | None, str]:
        """What stands for them in that language, and the field which it is from."""
        return (self.name.shown(tag), "name") if self.name else (self.description, "description")

    def sort_key(self, tag: str) -> str:
        """Where they stand: by what is printed, or the place would give a hidden name away."""
        if self.name:
            return self.name.sort_key(tag)
        return (self.description and self.description.get(tag)) or ""

    def as_agreed(self, changed: Collection[str]) -> ShownSignatory:
        """The same, where ``changed`` are the fields that are not as they agreed to.

        Whose visibility was raised without their word is counted, and nothing else.
        """
        if not is_raised(changed):
            return self
        return ShownSignatory(self.id, self.kind, self.rank, "withheld", self.contacts, self._at)


@dataclass(frozen=True, slots=True)
class ShownCase:
    """What may be shown of a case, to those whom `is_shown_to` names."""

    id: str
    visibility: Visibility
    confidential: bool
    consented: bool
    _at: Located = field(repr=False)
    person: LocalText | None = None
    description: LocalText | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def is_described(self) -> bool:
        """Whether the person is described instead of named."""
        return self.visibility == "role-only"

    @property
    def is_withheld(self) -> bool:
        """Whether nobody is shown anything of it."""
        return self.visibility == "withheld"

    def is_shown_to(self, audience: Audience) -> bool:
        """Whether anything of it may be shown to them."""
        return not self.is_withheld and not (self.confidential and audience == "public")

    def place(self, *steps: str | int) -> Place:
        """Where a field of the case stands, or the case itself."""
        return self._at.place(*steps)

    def printed_as(self) -> tuple[LocalText | None, str]:
        """What stands for the person, and the field which it is from."""
        return (self.person, "person") if self.person else (self.description, "description")


class Outline(NamedTuple):
    """What may be known of everybody who signs, whatever their visibility."""

    id: str
    kind: Literal["person", "organisation"]
    rank: Literal["author", "organisation", "individual"]


class ShownSignatories(Views["Signatory", ShownSignatory]):
    """The views of many, and what may be known of each for whoever has to choose among them."""

    def __init__(self, people: Sequence[Signatory], at: Sequence[Located]) -> None:
        super().__init__(people, at, of_signatory)

    @functools.cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """What may be known of each of them."""
        with without_collecting():
            return tuple(Outline(one.id, one.kind, one.rank) for one in self._records)

    @functools.cached_property
    def withheld(self) -> frozenset[str]:
        """The ids of those who are counted, and nothing else."""
        return frozenset(one.id for one in self._records if one.visibility == "withheld")


def signatories(campaign: Campaign) -> ShownSignatories:
    """All of them in the campaign's order, also those of whom nothing is shown."""
    people, at = campaign.signatories, campaign.signatory_places
    if not (_last and _last[0][0] is people and _last[0][1] is at):
        _last[:] = [(people, at, ShownSignatories(people, at))]
    return _last[0][2]


# Those of the campaign that was looked at last: of thousands, they take a while to be made.
_last: list[tuple[Sequence[Signatory], Sequence[Located], ShownSignatories]] = []


def cases(campaign: Campaign) -> tuple[ShownCase, ...]:
    """All of them in the letter's order, also those of which nothing is shown."""
    at = campaign.letter_place
    return tuple(
        of_case(case, at.within("cases", n)) for n, case in enumerate(campaign.letter.cases)
    )


def of_signatory(signatory: Signatory, at: Located) -> ShownSignatory:
    """The view of one record, which stands ``at``."""
    level = signatory.visibility
    named, whole = level in ("public", "name-only"), level == "public"
    return ShownSignatory(
        signatory.id,
        signatory.kind,
        signatory.rank,
        level,
        _ways(signatory.contact),
        at,
        name=signatory.name if named else None,
        # A form of a word that agrees with the gender tells of somebody who is only described.
        gender=signatory.gender if named else "unknown",
        description=signatory.description if level == "role-only" else None,
        role=signatory.role if whole else None,
        affiliation=signatory.affiliation if whole else None,
        identification_only=whole and bool(signatory.affiliation) and signatory.identification_only,
        home=signatory.place if whole else None,
        signer=signatory.signer if whole else None,
        testimony=signatory.testimony if whole else None,
        signature_image=signatory.signature_image if whole else None,
        languages=signatory.languages if whole else (),
    )


def _ways(contact: Contact | None) -> frozenset[str]:
    """The keys of what is written; one set for all who wrote the same ones."""
    if contact is None:
        return frozenset()
    return _WAYS[
        bool(contact.email), bool(contact.phone), bool(contact.address), bool(contact.note)
    ]


def of_case(case: Case, at: Located) -> ShownCase:
    """The view of one case, which stands ``at``."""
    keys = case_keys(case.visibility)
    return ShownCase(
        case.id,
        case.visibility,
        case.confidential,
        case.consent.given,
        at,
        person=case.person if "person" in keys else None,
        description=case.description if "description" in keys else None,
        facts=case.facts if "facts" in keys else (),
    )


def is_raised(changed: Collection[str]) -> bool:
    """Whether somebody would be shown more than they agreed to, where those fields are changed.

    Being shown less takes nobody's word (`letters.campaign.printed_form`), so it is no change.
    """
    return "visibility" in changed


def shown_keys(visibility: object) -> frozenset[str]:
    """The keys of a signatory’s record that may be shown, with all that stands behind them.

    What says nothing of visibility is public; a word that is no visibility hides all there is.
    """
    if visibility is None or visibility == "public":
        return frozenset((*_COUNTED, *_NAMED, *_TOLD))
    if visibility == "name-only":
        return frozenset((*_COUNTED, *_NAMED))
    return frozenset((*_COUNTED, "description") if visibility == "role-only" else _COUNTED)


def case_keys(visibility: object) -> frozenset[str]:
    """The keys of a case that may be shown; of one that says nothing of visibility, none."""
    if visibility == "public":
        return frozenset(("person", "facts"))
    if visibility == "name-only":
        return frozenset(("person",))
    return frozenset(("description", "facts") if visibility == "role-only" else ())


def is_open(visibility: object) -> bool:
    """Whether what says so of itself hides nothing."""
    return visibility == "public"


def may_hide_name(visibility: object) -> bool:
    """Whether a record as it is written may keep its name: by a word that is none, too."""
    return visibility not in (None, "public", "name-only")


def hides_name(visibility: object) -> bool:
    """Whether a record that says so keeps a signatory's name from everybody."""
    return visibility in ("withheld", "role-only")
