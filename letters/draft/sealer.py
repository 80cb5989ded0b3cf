"""What the campaign says becomes sealed values: in one language, each with the place it is from."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from msgspec import Struct

from letters.campaign.localtext import LocalText
from letters.draft.document import ValueOrigin
from letters.draft.language import Language
from letters.draft.values import Raw, Sealed
from letters.problem import Place


class Placed(Protocol):
    """What knows where its fields were written: a record's place, or a view of the record."""

    def place(self, *steps: str | int) -> Place:
        """The place of a field, or of the record itself."""
        ...


class Sealer(Struct, frozen=True):
    """Seals values in one language; ``at`` tells where they were written."""

    language: Language

    def value(
        self,
        raw: LocalText | Raw | None,
        at: Placed,
        *steps: str | int,
        slot: str = "",
        signatory: str = "",
    ) -> Sealed | None:
        """A sealed value, or None where nothing was given in this language."""
        if raw is None:
            return None
        named = ValueOrigin(at.place, *steps)
        if isinstance(raw, LocalText):
            tag = raw.tag_for(self.language.tag)
            if tag is None:
                return None
            own = ValueOrigin(at.place, *steps, tag) if tag else named
            raw = raw.texts[tag]
            text = self.language.typeset(raw)
            return Sealed(raw, text, own, slot, signatory, named, bool(tag))
        if isinstance(raw, dt.date):
            text = self.language.date(raw)
        elif isinstance(raw, str):
            text = raw
        else:
            text = self.language.number(raw)
        return Sealed(raw, text, named, slot, signatory, named)
