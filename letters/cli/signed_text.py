"""The text that people are asked about, and whether it is the one that they have seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from letters import framed, reading
from letters.cli import logbook, workspace
from letters.cli.evidence_options import Told
from letters.cli.exit import Status, fail, note, stop_on
from letters.digests import NO_TEXT, TextDigest
from letters.problem import CampaignError, has_errors

if TYPE_CHECKING:
    import typer

    from letters.campaign.model import Campaign
    from letters.draft.mailing import MailingText
    from letters.ledger.events import Entry
    from letters.ledger.rules import Standing
    from letters.ledger.store import Ledger


def found(
    context: typer.Context, who: Collection[str], told: Told, *, lenient: bool
) -> tuple[Path, MailingText | None, Campaign | None]:
    """The campaign's folder and text, and the campaign where it can be read.

    Nobody has to wait with a refusal or a withdrawal until the letter is fixed: ``lenient`` makes
    do without a text, and with a signatory that only the log knows.
    """
    from letters.campaign.paths import LETTER_FILE

    if not lenient or not (context.obj / LETTER_FILE).is_file():
        campaign = workspace.open_campaign(context)
        _expect_known(campaign, who)
        told.must_be_near(campaign.letter.date)
        return campaign.root, workspace.workshop(context).text(), campaign
    root: Path = reading.real(context.obj)
    shop = workspace.workshop(context)
    problems = shop.read()
    campaign_found = None if has_errors(problems) else shop.campaign
    told.must_be_near(campaign_found.letter.date if campaign_found else None)
    ids = campaign_found.signatory_ids if campaign_found else ()
    others = [each for each in who if each not in ids]
    unknown = [each for each in others if not _log_knows(root, each, campaign_found)]
    if unknown and campaign_found is None:
        stop_on(problems)
    elif unknown and campaign_found is not None:
        _expect_known(campaign_found, unknown)
    try:
        text = shop.text() if campaign_found else None
    except CampaignError:
        text = None
    if text is None:
        note("the letter can’t be drafted as it is (see “letters check”): recorded without a text")
    return root, text, campaign_found


def only(text: MailingText, campaign: Campaign, lang: Sequence[str]) -> MailingText:
    """The text in those languages; one that there is not ends the command."""
    for tag in lang:
        if tag not in text.editions:
            hint = f"it is written in: {', '.join(campaign.letter.languages)}"
            fail(Status.USAGE, f"the letter has no language “{tag}”", hint)
    return text.only(lang)


def invited_to(text: MailingText, ledger: Ledger, place: Standing | None) -> TextDigest:
    """The text to remind of: the one of the invitation, where all of it is still the letter's."""
    invited = place.invited_to if place else NO_TEXT
    editions, now = framed.editions(ledger.text(invited) or ""), text.editions
    same = editions and all(own in now.get(tag, ()) for tag, own in editions.items())
    return invited if same else text.digest


def look_whether_seen(
    text: MailingText, kind: str, asked: Mapping[str, TextDigest], ledger: Ledger
) -> None:
    """Remark who signed more, or something else, than they were invited to.

    ``asked`` has by id the text of the latest invitation or reminder.
    """
    others, earlier = dict[tuple[str, str], list[str]](), dict[TextDigest, list[str]]()
    for digest in dict.fromkeys(asked.values()):
        seen = framed.editions(ledger.text(digest) or "")
        ids = [who for who, one in asked.items() if one == digest]
        unseen = [tag for tag, own in text.editions.items() if seen.get(tag) not in own]
        if unseen and seen and not seen.keys() & {*unseen}:
            others.setdefault((", ".join(seen), ", ".join(unseen)), []).extend(ids)
        elif unseen and kind == "signed":
            earlier[digest] = ids
    for (one, another), ids in others.items():
        note(
            f"warning: {_were(ids)} invited to sign it in {one}: make sure that they have seen it "
            f"in {another}, too, or take it back with “letters sign withdraw” and name the "
            "language with --lang"
        )
    for digest, ids in earlier.items():
        note(
            f"warning: {_were(ids)} invited to sign an earlier text ({digest[:16]}): make sure "
            "that they have seen this one, or take it back with “letters sign withdraw”"
        )


def asked_of(entries: Sequence[Entry], who: Collection[str]) -> dict[str, TextDigest]:
    """By id the text of the latest invitation or reminder, of those who had one."""
    return {
        entry.event.subject: entry.event.text_digest
        for entry in entries
        if entry.event.kind in {"invited", "reminded"} and entry.event.subject in who
    }


def _were(ids: Sequence[str]) -> str:
    return f"{', '.join(ids)} {'was' if len(ids) == 1 else 'were'}"


def _expect_known(campaign: Campaign, who: Collection[str]) -> None:
    """End the command where the campaign has not all of them; all are named at once."""
    known = set(campaign.signatory_ids)
    unknown = [each for each in who if each not in known]
    if len(unknown) > 1:
        fail(Status.USAGE, f"there are no signatories “{'”, “'.join(unknown)}”")
    for each in unknown:
        workspace.known_signatory(campaign, each)


def _log_knows(root: Path, who: str, campaign: Campaign | None) -> bool:
    ledger = logbook.read(root, acting=True)
    if ledger is None:
        return False
    with ledger:
        return ledger.knows(who) and (campaign is None or ledger.ids().now(who) == who)
