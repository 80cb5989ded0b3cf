"""What the log says of the letter as it is, and what a change of its text means for who signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from letters.counting import counted
from letters.digests import NO_TEXT, TextDigest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.draft.signatures import Signed

_MOST = 60
"""So many ids of one state are named."""


class TextChange(Struct, frozen=True):
    """What has changed since a text that was signed: by word, as `letters.ledger.diff` tells it."""

    before: TextDigest
    diff: str


class SignatureState(Struct, frozen=True):
    """``people`` are by state the ids of those in it; ``outdated`` by language who signed it so.

    ``remarks`` are what a command would say of the letters, such as why they are drafts.
    """

    digest: TextDigest = NO_TEXT
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outdated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    on_paper: int = 0
    changes: tuple[TextChange, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many signatures stand."""
        return len(dict(self.people).get("signed", ())) + self.on_paper

    @property
    def rows(self) -> list[tuple[str, int, str]]:
        """Each state, how many are in it, and who."""
        return [(state, len(ids), _named(ids)) for state, ids in self.people]

    @property
    def meaning(self) -> str:
        """What the text as it is means for the signatures that there were."""
        stale = dict(self.people).get("stale", ())
        if not stale and not self.outdated:
            if self.changes:
                return "It was judged to be editorial: every signature stands."
            return "Nothing has changed since the text that was signed."
        told = []
        if stale:
            verb = "goes" if len(stale) == 1 else "go"
            told.append(f"{counted(len(stale), 'signature')} {verb} stale")
        for tag, ids in self.outdated:
            verb = "goes" if len(ids) == 1 else "go"
            told.append(f"{counted(len(ids), 'signature')} {verb} stale in {tag} alone")
        return (
            f"{' and '.join(told)} until given again (“letters sign reaffirm”), or until somebody "
            "answers by name for the change being editorial (“letters sign approve-edit”)."
        )


def _named(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
    return ", ".join(ids[:_MOST]) + more


LogTeller: TypeAlias = Callable[["Campaign", "MailingText"], "tuple[Signed, SignatureState]"]
"""Reads the log of a campaign whose text it is; the commands have the one door to it."""
