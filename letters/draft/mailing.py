"""The text of a whole mailing, in all its languages or in some: what signatures are bound to."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from letters import framed
from letters.digests import TextDigest


class MailingText(Struct, frozen=True):
    """Canonical text and digest, as `letters.framed` has them.

    ``named`` are the ids of the signatories whose names stand in the text itself. ``former`` is the
    canonical text in the format before, to which signatures may be that are older.
    """

    canonical: str
    digest: TextDigest
    named: frozenset[str] = frozenset()
    former: str = ""

    @property
    def editions(self) -> dict[str, tuple[TextDigest, ...]]:
        """By language the digests of that edition: its own, and the one that it had before."""
        earlier = framed.editions(self.former)
        now = framed.editions(self.canonical)
        return {tag: (own, *filter(None, (earlier.get(tag),))) for tag, own in now.items()}

    def only(self, languages: Collection[str]) -> MailingText:
        """The text in some of its languages, as those are bound to it who were shown no others."""
        canonical = framed.only(self.canonical, languages)
        former = framed.only(self.former, languages) if self.former else ""
        return MailingText(canonical, framed.digest(canonical), self.named, former)
