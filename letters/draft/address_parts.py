"""The recipient's address in a template: its printed lines, and each of its parts by name.

``recipient.address`` prints the whole as it stands on the envelope. ``recipient.address.city`` and
the like are for sentences: slots of the recipient's own, as the whole is.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial

from letters.campaign import addressing
from letters.campaign.model import Campaign, Located
from letters.campaign.people import Recipient
from letters.draft.envelope import lines
from letters.draft.language import Language
from letters.draft.record import Deferred, Record
from letters.draft.sealer import Sealer
from letters.draft.values import Sealed, SealedGroup

SLOT = "recipient.address"


def address(
    recipient: Recipient, at: Located, campaign: Campaign, language: Language
) -> SealedGroup | None:
    """The address in that language; where there is none, a name alone stands on the envelope."""
    seal, tag = Sealer(language), language.tag
    whole = seal.value("\n".join(lines(recipient, campaign, tag)), at, "address", slot=SLOT)
    own = recipient.address is not None

    def part(key: str) -> Sealed | None:
        known = addressing.address(recipient, tag)
        said = getattr(known, key) if known else None
        text = "\n".join(said) if isinstance(said, tuple) else said
        steps = ("address", key) if own else ("address",)
        return seal.value(text or None, at, *steps, slot=f"{SLOT}.{key}")

    def country() -> Sealed | None:
        found = part("country")
        if found is None:
            return None
        # It is asked for by its code, and printed by its name.
        names = language.locale.territories
        return replace(found, text=str(names.get(str(found.raw), found.raw)))

    lines_of = {key: partial(part, key) for key in ("street", "city", "region", "postcode")}
    parts = Record(
        SLOT,
        Deferred({**lines_of, "country": country}),
        partial(at.place, "address") if own else at.place,
    )
    if whole is None:
        return None
    written = {field.name: getattr(whole, field.name) for field in fields(Sealed)}
    return SealedGroup(**written, parts=tuple(parts.fields), part=parts.get)
