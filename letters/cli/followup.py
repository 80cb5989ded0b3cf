"""``letters followup``: a second letter to those who have not answered the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from letters.cli import finished_letters, workspace
from letters.cli.exit import Status, fail, note, pasted, say

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.post.answers.firstletter import First
    from letters.post.answers.followup import Choice


def followup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    to: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this recipient; may be repeated.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the letters were rendered to.")
    ] = None,
) -> None:
    """Start the letter that follows up one that went out, to those who have not answered it."""
    from letters.post.answers import newcampaign, newletter
    from letters.post.answers.carried import carried
    from letters.post.answers.firstletter import first_letters
    from letters.post.answers.followup import choose
    from letters.post.answers.progress import progress
    from letters.post.correspondence import Correspondence

    campaign = workspace.open_campaign(context)
    if not newcampaign.is_free(folder):
        _taken(folder)
    named = workspace.known_recipients(campaign, to or [])
    languages = _languages(campaign)
    rendered = out or campaign.root / "out"
    there = finished_letters.look(workspace.workshop(context), rendered, only=named, acting=True)
    records = there.records
    told = Correspondence.of(records.entries)
    known = progress(campaign, told, records.items, records.digest)
    choice = choose(known, records.digest, named)
    for recipient, reason in choice.left_out:
        note(f"left out: {recipient}: {reason}")
    if choice.refusals:
        for line in choice.refusals:
            note(f"refused: {line}")
        fail(Status.REFUSED, "nothing was made, and nothing will be until this is fixed")
    again = [each.recipient for each in choice.again]
    first = first_letters(campaign, rendered, told, records.digest, again, changed=there.changed)
    today = workspace.today()
    new = newletter.NewLetter(
        languages, newletter.words_of(campaign), choice.last_checked, first, today
    )
    letter = newcampaign.letter_file(campaign, newletter.letter_yaml(campaign, new))
    over = carried(
        campaign,
        told,
        records.items,
        records.digest,
        languages=languages,
        again=again,
    )
    others = list(newcampaign.copies(campaign, choice.values, first, over))
    try:
        newcampaign.start(folder, letter, others)
    except FileExistsError:
        _taken(folder)
    say(str(folder))
    _explain(choice, first)
    for recipient in over.predecessors:
        note(
            f"warning: {recipient}: the letter went to another name; the new one calls that the"
            " predecessor’s (the same person? take “predecessor” out of their record)"
        )
    for recipient in choice.looked_long_ago(today):
        note(
            f"warning: {recipient}: nobody has looked for an answer within a week (look again"
            " before the letter goes out)"
        )
    typed = pasted(folder)
    note(
        "Nobody has signed the new text: whoever signed the first letter is asked again.\n"
        f"Next: edit {folder / letter.path}, then “letters -C {typed} check”,"
        f" “letters -C {typed} sign invite …” and “letters -C {typed} render”"
    )


def _languages(campaign: Campaign) -> list[str]:
    """The first letter's languages that the template has; without any, the command ends."""
    from letters.post.answers.newletter import TEMPLATE

    written = campaign.letter.languages
    found = [tag for tag in written if campaign.template_files.body(TEMPLATE, tag)]
    lacking = [tag for tag in written if tag not in found]
    known = ", ".join(campaign.template_files.languages(TEMPLATE))
    if not found:
        hint = f"it is written in: {known}; docs/templates.md tells how to add a language"
        fail(Status.PROBLEMS, f"the template “{TEMPLATE}” has no {', '.join(lacking)}", hint)
    if lacking:
        note(f"left out: {', '.join(lacking)}: the template is written in {known}")
    return found


def _taken(folder: Path) -> NoReturn:
    hint = "choose another name; nothing was changed"
    fail(Status.REFUSED, f"{folder} exists and is not empty", hint)


def _explain(choice: Choice, first: First) -> None:
    """Who is written to, what each of them is told, and whether the first letter goes along."""
    from letters.post.answers.firstletter import EACH_OWN

    for each in choice.again:
        came = [f"{called} on {day}" for called, day in each.days.items()]
        told = ", ".join(came) or "no answer"
        note(f"to {each.recipient}: {told}; last looked on {each.looked}")
    if first.languages == (EACH_OWN,):
        note("the first letter goes along: to each in the language in which it went")
    elif first.languages:
        note(f"the first letter goes along: {', '.join(first.languages)}")
    if first.outdated:
        # A name that was withheld since would go out once more.
        finished_letters.tell(first.outdated, "the first letter is outdated and does not go along")
    elif first.lacking or not first.languages:
        which = f" ({', '.join(first.lacking)})" if first.lacking else ""
        note(
            f"warning: the first letter{which} does not go along: as it was sent, it is not there"
            " for each of them (see “enclosures” in letter.yaml)"
        )
