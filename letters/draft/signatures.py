"""The signature block: whose names are printed, and under what claim.

In a final letter a name is printed only when its owner signed exactly this text and agreed to be
named. In a draft the others are shown as not yet signed, so that the page can be judged. Those who
declined or withdrew are never printed, nor those whose printed form is another than they signed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from letters.campaign import shown
from letters.campaign.bindings import EVERYBODY_ELSE, Bindings
from letters.campaign.model import Campaign
from letters.campaign.shown import ShownSignatory
from letters.campaign.tally import Tally, tally
from letters.digests import NO_TEXT, TextDigest
from letters.draft import document as d
from letters.draft.apart import moved
from letters.draft.language import Language
from letters.draft.sealer import Sealer
from letters.draft.values import Sealed

Pictures: TypeAlias = Callable[[str, str], d.Image]

_TIERS = ("author", "organisation", "individual")
GONE = ("declined", "withdrawn", "erased")
# What stands under their id now they have not agreed to, so that it is in no draft either.
_IN_NO_DRAFT = (*GONE, "changed")
_RULED_AT_MOST = 6


class Signed(Struct, frozen=True):
    """What the log says: each signatory's state, and the day of its last event.

    States are those of the ledger (pending, invited, signed, stale, changed, declined, withdrawn,
    erased); ``draft`` says that the letter is not final, whoever signed it. ``digest`` is that of
    the text which the states are about; its beginning is printed at the foot of each page.
    ``editions`` has by id the languages for which the signature counts; without it each counts for
    all. The languages in ``drafts`` are no final letters, whoever signed them. ``bindings`` tell
    who signs the letters to ``recipient``, which is their group. ``paper`` has for each sheet that
    people signed by hand how many are valid, and the languages for which they count. ``days`` are
    those of signing, where they are to be printed. ``log`` is the size and the root of the log at
    the last event that bears on signatures.
    """

    states: Mapping[str, str]
    as_of: dt.date | None
    draft: bool
    digest: TextDigest = NO_TEXT
    editions: Mapping[str, Collection[str]] | None = None
    drafts: Collection[str] = ()
    bindings: Bindings | None = None
    recipient: str = EVERYBODY_ELSE
    paper: Collection[tuple[int, Collection[str]]] = ()
    days: Mapping[str, dt.date] | None = None
    log: tuple[int, str] | None = None

    def within(self, *languages: str) -> Signed:
        """The same for a letter in these languages, printed as signed by who signed them all.

        Without a signature to it, it is a draft.
        """
        if self.editions is None:
            return self
        signing = {name for name, own in self.editions.items() if {*languages} <= {*own}}
        states = {
            name: "stale" if state == "signed" and name not in signing else state
            for name, state in self.states.items()
        }
        paper = [(valid, own) for valid, own in self.paper if {*languages} <= {*own}]
        found = replace(self, states=states, editions=None, drafts=(), paper=paper)
        draft = self.draft or not found.count or not {*languages}.isdisjoint(self.drafts)
        return replace(found, draft=draft)

    def to(self, bindings: Bindings, recipient: str) -> Signed:
        """The same for the letter to one recipient, which is a draft where nobody signs it."""
        if not bindings:
            return self
        found = replace(self, bindings=bindings, recipient=bindings.group(recipient))
        return replace(found, draft=self.draft or (self.count > 0 and not found.count))

    def signs(self, who: str) -> bool:
        """Whether a signatory signs this recipient's letter, whatever their state."""
        return self.bindings is None or self.bindings.signs(who, self.recipient)

    @property
    def count(self) -> int:
        """How many signatures stand for this text, those of withheld people and on paper too."""
        own = sum(state == "signed" and self.signs(who) for who, state in self.states.items())
        return own + self.on_paper

    @property
    def on_paper(self) -> int:
        """How many of them stand on sheets of paper."""
        return sum(valid for valid, _ in self.paper)


def signature_block(
    campaign: Campaign, language: Language, signed: Signed, pictures: Pictures
) -> d.SignatureBlock:
    """The block for one letter; ``pictures`` reads a signature image and its alternative text."""
    people = printed_people(campaign, signed)
    listed, apart = moved(campaign.letter.annex, [one for one in people if not one.is_withheld])
    groups = [
        group
        for tier in _TIERS
        if (group := _group(tier, listed, language, signed, pictures)) is not None
    ]
    if len(groups) == 1:
        groups = [d.SignatureGroup("", g.signatures, g.columns, g.ruled) for g in groups]
    remarks = remarks_on(people, listed, language, signed)
    if apart:
        remarks = (*remarks, language.label("annexed"))
    return d.SignatureBlock(tuple(groups), remarks)


def printed_people(campaign: Campaign, signed: Signed) -> list[ShownSignatory]:
    """Who stands under the letter, by name or among those who are counted."""
    views = shown.signatories(campaign)
    return [views[n] for n, one in enumerate(views.outlines) if is_printed(signed, one.id)]


def signers(campaign: Campaign, signed: Signed) -> int:
    """How many sign the letter, named or not: the close agrees with them."""
    named = sum(is_printed(signed, who) for who in campaign.signatory_ids)
    return named + signed.on_paper


def is_printed(signed: Signed, who: str) -> bool:
    """Whether a signatory stands under the letter, by name or among those who are counted."""
    if not signed.signs(who):
        return False
    state = signed.states.get(who, "pending")
    return state == "signed" or (signed.draft and state not in _IN_NO_DRAFT)


def _group(
    tier: str,
    listed: list[ShownSignatory],
    language: Language,
    signed: Signed,
    pictures: Pictures,
) -> d.SignatureGroup | None:
    members = [one for one in listed if one.rank == tier]
    if not members:
        return None
    if tier != "author":
        # Authors stay in the order in which they were written down; the others are sorted.
        members.sort(key=lambda one: language.collation_key(one.sort_key(language.tag)))
    count = len(members)
    ruled = tier == "author" or (len(listed) == count and count <= _RULED_AT_MOST)
    label = {"author": "", "organisation": "organisations", "individual": "individuals"}[tier]
    return d.SignatureGroup(
        label=language.label(label) if label else "",
        signatures=tuple(_signature(one, language, signed, pictures) for one in members),
        columns=min(count, 3) if ruled or count > 8 else min(count, 2),
        ruled=ruled,
    )


def _signature(
    signatory: ShownSignatory, language: Language, signed: Signed, pictures: Pictures
) -> d.Signature:
    seal, tag = Sealer(language), language.tag
    signs = signed.states.get(signatory.id) == "signed"
    printed, key = signatory.printed_as(tag)
    name = seal.value(printed, signatory, key)
    role = seal.value(signatory.role, signatory, "role")
    details: list[d.Inlines] = [(_cargo(role),)] if role else []
    if affiliation := seal.value(signatory.affiliation, signatory, "affiliation"):
        star = (d.Text("*"),) if signatory.identification_only else ()
        details.append((_cargo(affiliation), *star))
    if signatory.signer:
        signer = seal.value(signatory.signer.name.shown(tag), signatory, "signer", "name")
        post = seal.value(signatory.signer.role, signatory, "signer", "role")
        line: d.Inlines = (_cargo(signer),) if signer else ()
        details.append((*line, d.Text(language.comma), _cargo(post)) if post else line)
    image = None
    if signatory.name and signatory.signature_image and signs:
        alt = language.label("signature_of", name=signatory.name.shown(tag))
        image = pictures(signatory.signature_image, alt)
    return d.Signature(
        name=_cargo(name) if name else d.Value(""),
        details=tuple(details),
        state="" if signs else language.label("pending"),
        image=image,
    )


def _cargo(value: Sealed) -> d.Value:
    return d.Value(value.text, value.slot, value.origin)


def remarks_on(
    people: list[ShownSignatory],
    listed: list[ShownSignatory],
    language: Language,
    signed: Signed,
) -> tuple[str, ...]:
    """Who signs in all, how many of them without a name, and what ``*`` means by those listed."""
    remarks: list[str] = []
    signers = [s for s in people if signed.states.get(s.id) == "signed"]
    counted = tally(signers, signed.states, {s.id for s in signers if s.is_withheld})
    if counted.withheld:
        remarks.append(language.counted("withheld", counted.withheld))
    if signed.as_of and (signed.on_paper or any(s.rank != "author" for s in signers)):
        remarks.append(signed_by(counted, signed.as_of, language, signed.on_paper))
    if any(s.identification_only for s in listed):
        remarks.append("* " + language.label("for_identification"))
    return tuple(remarks)


def signed_by(counted: Tally, as_of: dt.date, language: Language, on_paper: int = 0) -> str:
    """The count line: "Signed by 4 organisations and 12 people as of 3 September 2025."."""
    parts = (("organisation_count", counted.organisations), ("person_count", counted.people))
    people = language.items([language.counted(key, n) for key, n in parts if n])
    if on_paper and people:
        paper = language.number(on_paper)
        people = language.label("and_on_paper", people=people, paper=paper)
    elif on_paper:
        counted_alone = language.counted("person_count", on_paper)
        people = language.label("on_paper", people=counted_alone)
    return language.label("signed_by", people=people, date=language.date(as_of))
