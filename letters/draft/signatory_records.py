"""What a template sees of those who sign: of everybody, or of those who sign to one recipient."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from letters.campaign import shown
from letters.campaign.bindings import Bindings
from letters.campaign.localtext import LocalText
from letters.campaign.model import Campaign
from letters.campaign.shown import ShownSignatory
from letters.draft.record import Record, Records
from letters.draft.sealer import Sealer
from letters.draft.values import Sealed


class SignatoriesByRecipient:
    """Who signs the letter to whom, where not everybody signs to all; made once a group."""

    def __init__(self, campaign: Campaign, seal: Sealer, sources: Mapping[str, Record]) -> None:
        self.bindings = Bindings.of(campaign)
        self._campaign, self._seal, self._sources = campaign, seal, sources
        self._known: dict[str, dict[str, Records | Sealed | None]] = {}

    def of(self, recipient: str) -> Mapping[str, Records | Sealed | None]:
        """What the template of that recipient's letter sees; nothing where it is as for all."""
        if not self.bindings:
            return {}
        group = self.bindings.group(recipient)
        if group not in self._known:
            signs = functools.partial(self.bindings.signs, recipient=group)
            self._known[group] = people(self._campaign, self._seal, self._sources, signs)
        return self._known[group]


def people(
    campaign: Campaign,
    seal: Sealer,
    sources: Mapping[str, Record],
    signs: Callable[[str], bool] = lambda _: True,
) -> dict[str, Records | Sealed | None]:
    """The signatories whose ids ``signs`` takes, the authors among them, and how many all are."""
    views = shown.signatories(campaign)
    own = [(n, one) for n, one in enumerate(views.outlines) if signs(one.id)]
    listed = [n for n, one in own if one.id not in views.withheld]
    authors = [n for n in listed if views.outlines[n].rank == "author"]
    return {
        "signatories": Records(len(listed), lambda i: _signatory(views[listed[i]], seal, sources)),
        "authors": Records(len(authors), lambda i: _signatory(views[authors[i]], seal, sources)),
        "signers": seal.value(len(own), campaign.letter_place, "signatories"),
    }


def _signatory(signatory: ShownSignatory, seal: Sealer, sources: Mapping[str, Record]) -> Record:
    name, printed = signatory.name, signatory.printed_as(seal.language.tag)

    def sealed(raw: str | LocalText | None, *steps: str) -> Sealed | None:
        return seal.value(raw, signatory, *steps, signatory=signatory.id)

    fields: dict[str, Any] = {
        "name": sealed(*printed),
        "given": sealed(name.given, "name", "given") if name else None,
        "family": sealed(name.family, "name", "family") if name else None,
        "role": seal.value(signatory.role, signatory, "role"),
        "affiliation": seal.value(signatory.affiliation, signatory, "affiliation"),
        "testimony": None,
        "source": None,
        "tier": signatory.rank,
        "kind": signatory.kind,
        "gender": signatory.gender,
    }
    if testimony := signatory.testimony:
        fields["testimony"] = seal.value(testimony.text, signatory, "testimony", "text")
        fields["source"] = sources.get(testimony.source or "")
    return Record("signatory", fields, signatory.place, "name")
