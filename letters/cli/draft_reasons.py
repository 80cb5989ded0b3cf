"""Under which claim letters are made: who stands behind the text, and why it may be a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from letters.cli.exit import note
from letters.cli.narrowed import some

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords


def spoken_for(
    campaign: Campaign, records: LogRecords, named: frozenset[str]
) -> dict[str, list[str]]:
    """By language, who is named in the text and can't be: those who left, and who has not signed.

    An author who has not signed yet is reported, but doesn't make a draft of what others signed.
    """
    from letters.campaign import shown
    from letters.draft.signatures import GONE

    signed, found = records.signed(draft=False), dict[str, list[str]]()
    for tag in campaign.letter.languages:
        states = signed.within(tag).states
        ids = [
            signatory.id
            for signatory in shown.signatories(campaign).outlines
            if signatory.id in named
            and (state := states[signatory.id]) != "signed"
            and (state in GONE or signatory.rank != "author")
        ]
        if ids:
            found[tag] = ids
    return found


def changed(records: LogRecords) -> None:
    """Who is not printed as what they signed as, in which fields, and what to do; words of none."""
    found = [person for person in records.people if person.state == "changed"]
    if found:
        named = some([f"{person.id} ({', '.join(person.changed)})" for person in found], "; ")
        note(
            f"warning: {len(found)} signed under another printed form: {named}. They are not "
            "printed as signed until they say so (“letters sign reaffirm ID --note …”), or until "
            "somebody answers for a typing error (“letters sign approve-name ID --by NAME --why "
            "…”)"
        )


def explain(
    campaign: Campaign,
    records: LogRecords,
    speaks_for: Mapping[str, Sequence[str]],
    made: Iterable[tuple[str, ...]],
    *,
    draft: bool,
) -> None:
    """Why it is a draft, and whose signatures no longer count; ``made`` are letters' languages."""
    from letters.campaign import shown

    stale = records.of("stale")
    if stale:
        note(
            f"warning: the text has changed since {some(stale)} signed: "
            "their signatures are stale and are not printed as signed"
        )
    for tag, ids in records.outdated.items():
        note(
            f"warning: the text in {tag} has changed since {some(ids)} signed: their "
            f"signatures are stale in {tag} and are not printed as signed there"
        )
    changed(records)
    signed = {*records.of("signed")}
    on_paper = records.paper.standing if records.paper else ()
    if not signed and not on_paper:
        note(
            "draft: nobody has signed this very text, so every page is marked as a draft "
            "(record a signature with “letters sign record ID --note …”)"
        )
        return
    _editions(campaign, records, sorted(made))
    _named(campaign, speaks_for)
    if draft and not speaks_for:
        note("draft: as asked for with --draft")
    spoken = {name for ids in speaks_for.values() for name in ids}
    missing = [
        s.id
        for s in shown.signatories(campaign).outlines
        if s.rank == "author" and s.id not in signed and s.id not in spoken
    ]
    if missing:
        have, are = ("has", "is an author") if len(missing) == 1 else ("have", "are authors")
        note(
            f"warning: {some(missing)} {have} not signed this text but {are}: "
            "look whether the text names them"
        )


def _editions(campaign: Campaign, records: LogRecords, made: Iterable[tuple[str, ...]]) -> None:
    """In which languages it is a draft though somebody signed, and who is not printed in which."""
    source = campaign.letter.languages[0]
    for tags in made:
        lacking = [name for name, own in records.editions.items() if not {*tags} <= {*own}]
        known = {name for tag in tags for name in records.outdated.get(tag, ())}
        others = [name for name in lacking if name not in known]
        where, lang = " and ".join(tags), tags[-1] if tags[0] == source else tags[0]
        on_paper = records.paper.standing if records.paper else ()
        if len(lacking) == len(records.editions) and not any(
            {*tags} <= {*own} for _, own in on_paper
        ):
            answer = f", or “letters sign approve-edit --translation {lang} …”"
            note(
                f"draft in {where}: nobody’s signature stands for it there, so every page is "
                f"marked as a draft (“letters sign record ID --lang {lang} --note …”"
                f"{answer if lang != source else ''})"
            )
        elif others:
            note(
                f"{len(others)} signed in another language only, and are not printed as signed in "
                f"{where}: {some(others)}"
            )


def _named(campaign: Campaign, speaks_for: Mapping[str, Sequence[str]]) -> None:
    """Whom the text names that it can't speak for, once for all languages in which it is so."""
    found: dict[tuple[str, ...], list[str]] = {}
    for tag, ids in speaks_for.items():
        found.setdefault(tuple(ids), []).append(tag)
    for ids, tags in found.items():
        where = "" if len(tags) == len(campaign.letter.languages) else f" in {', '.join(tags)}"
        note(
            f"draft{where}: the text names {some(ids)}, whose signature does not stand: "
            "change the text (or make them no author), and the others sign it as it then is"
        )
