"""The recipient's address in a template: its printed lines, and each of its parts by name.

``recipient.address`` prints the whole as it stands on the envelope. ``recipient.address.city`` and
the like are for sentences: slots of the recipient's own, as the whole is.
"""

from __future__ import annotations

from dataclasses import fields, replace

from letters.campaign import addressing
from letters.campaign.model import Campaign, Located
from letters.campaign.people import Recipient
from letters.draft.envelope import lines
from letters.draft.language import Language
from letters.draft.record import Record
from letters.draft.sealer import Sealer
from letters.draft.values import Sealed, SealedGroup

SLOT = "recipient.address"


def address(
    recipient: Recipient, at: Located, campaign: Campaign, language: Language
) -> SealedGroup | None:
    """The address in that language; where there is none, a name alone stands on the envelope."""
    seal, tag = Sealer(language), language.tag
    whole = seal.value("\n".join(lines(recipient, campaign, tag)), at, "address", slot=SLOT)
    known = addressing.address(recipient, tag)
    own = recipient.address is not None

    def part(key: str, text: str | None) -> Sealed | None:
        steps = ("address", key) if own else ("address",)
        return seal.value(text or None, at, *steps, slot=f"{SLOT}.{key}")

    country = part("country", known.country if known else None)
    if country:
        # It is asked for by its code, and printed by its name.
        names = language.locale.territories
        country = replace(country, text=str(names.get(str(country.raw), country.raw)))
    parts = Record(
        SLOT,
        {
            "street": part("street", "\n".join(known.street) if known else None),
            "city": part("city", known.city if known else None),
            "region": part("region", known.region if known else None),
            "postcode": part("postcode", known.postcode if known else None),
            "country": country,
        },
        at.place("address") if own else at.place(),
    )
    if whole is None:
        return None
    written = {field.name: getattr(whole, field.name) for field in fields(Sealed)}
    return SealedGroup(**written, parts=tuple(parts.fields), part=parts.get)
