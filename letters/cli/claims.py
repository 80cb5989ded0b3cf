"""Under which claim letters are made: who stands behind the text, and why it may be a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.exit import note

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.desk import Records


def spoken_for(campaign: Campaign, records: Records, named: frozenset[str]) -> list[str]:
    """Who is named in the text and can't be: those who left, and others who have not signed.

    An author who has not signed yet is reported, but doesn't make a draft of what others signed.
    """
    from letters.draft.signatures import GONE

    return [
        signatory.id
        for signatory in campaign.signatories
        if signatory.id in named
        and (state := records.states[signatory.id]) != "signed"
        and (state in GONE or signatory.rank != "author")
    ]


def changed(records: Records) -> None:
    """Who is not printed as what they signed as, in which fields, and what to do; words of none."""
    found = [person for person in records.people if person.state == "changed"]
    if found:
        named = "; ".join(f"{person.id} ({', '.join(person.changed)})" for person in found)
        note(
            f"warning: {len(found)} signed under another printed form: {named}. They are not "
            "printed as signed until they say so (“letters sign reaffirm ID --note …”), or until "
            "somebody answers for a typing error (“letters sign approve-name ID --by NAME --why "
            "…”)"
        )


def explain(campaign: Campaign, records: Records, speaks_for: list[str], *, draft: bool) -> None:
    """Why it is a draft, and whose signatures no longer count."""
    stale = records.of("stale")
    if stale:
        note(
            f"warning: the text has changed since {', '.join(stale)} signed: "
            "their signatures are stale and are not printed as signed"
        )
    changed(records)
    signed = records.of("signed")
    if not signed:
        note(
            "draft: nobody has signed this very text, so every page is marked as a draft "
            "(record a signature with “letters sign record ID --note …”)"
        )
        return
    if speaks_for:
        note(
            f"draft: the text names {', '.join(speaks_for)}, whose signature does not stand: "
            "change the text (or make them no author), and the others sign it as it then is"
        )
    elif draft:
        note("draft: as asked for with --draft")
    missing = [
        s.id
        for s in campaign.signatories
        if s.rank == "author" and s.id not in signed and s.id not in speaks_for
    ]
    if missing:
        have, are = ("has", "is an author") if len(missing) == 1 else ("have", "are authors")
        note(
            f"warning: {', '.join(missing)} {have} not signed this text but {are}: "
            "look whether the text names them"
        )
