"""A letter's Word file that came back: which letter it is, and what was changed in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from letters.cli import log_records, workspace
from letters.cli.exit import Status, fail, note
from letters.cli.sanitize import plain
from letters.counting import counted

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords
    from letters.draft.bilingual import Layout
    from letters.draft.mailing import MailingText
    from letters.press.jobs import Job, PressRun
    from letters.press.letter_key import LetterKey
    from letters.workshop.returned import WordLooked

WordFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The letter as somebody sent it back.")
]
Recipient = Annotated[
    str,
    typer.Option(metavar="ID", help="Whose letter it is, where the file doesn’t say it any more."),
]
Language = Annotated[
    str, typer.Option(metavar="TAG", help="Its language, where the file doesn’t say it any more.")
]

_WHAT = "reading the Word file"
_HINT = "save it as a new Word document, without what isn’t the letter"


class WordReturn(Struct, frozen=True):
    """The file and the letter that it is of, with what was found."""

    file: Path
    campaign: Campaign
    text: MailingText
    records: LogRecords
    job: Job
    run: PressRun
    looked: WordLooked


def looked_at(context: typer.Context, file: Path, recipient: str, lang: str) -> WordReturn:
    """Compare the file with the letter as it is now; ends the command where it can't be."""
    from letters.press.jobs import PressRun
    from letters.press.themes import load_theme
    from letters.workshop import returned

    workspace.expect_campaign(context)
    data = bytes_of(file)
    campaign = workspace.open_campaign(context)
    shop = workspace.workshop(context)
    key = shop.ask(returned.key_of, data, what=_WHAT, hint=_HINT, file=file.name)
    job = _job(campaign, file, key, recipient, lang)
    text = shop.text()
    records = log_records.recorded(campaign, text)
    draft, audience = (key.draft, key.audience) if key else (False, "recipient")
    run = PressRun(("docx",), records.signed(draft=draft), audience, load_theme(campaign))
    found = shop.ask(returned.compare, data, job, run, what=_WHAT, hint=_HINT, file=file.name)
    one = WordReturn(file, campaign, text, records, job, run, found)
    _expect_ours(one)
    _tell(one, key)
    return one


def bytes_of(file: Path) -> bytes:
    """What is in the file; one that is not there ends the command."""
    from letters.limits import WORD_FILE
    from letters.reading import data_of

    try:
        return data_of(file, WORD_FILE)
    except FileNotFoundError:
        fail(Status.USAGE, f"there is no file {file}")


def _job(campaign: Campaign, file: Path, key: LetterKey | None, recipient: str, lang: str) -> Job:
    """The letter: as it is asked for, as the file says, or as its name does."""
    from letters.press.jobs import Job

    ids = [each.id for each in campaign.recipients]
    languages = campaign.letter.languages
    named, *rest = file.name.split(".")
    who = recipient or (key.recipient if key else named)
    tags = (
        (lang,) if lang else key.languages if key else tuple(filter(languages.__contains__, rest))
    )
    if recipient:
        workspace.known_recipients(campaign, [recipient])
    elif who not in ids:
        hint = "name the recipient with --recipient ID, if it is a letter of this campaign"
        told = f"“{plain(who[:80])}”" if key else "the name of the file"
        fail(Status.REFUSED, f"the campaign has no recipient {told}", hint)
    if not tags and len(languages) == 1:
        tags = (languages[0],)
    if not tags or any(tag not in languages for tag in tags):
        hint = f"name the language with --lang: {', '.join(languages)}"
        fail(Status.USAGE, "it can’t be told in which language of the campaign the letter is", hint)
    if len(tags) == 2 and key:
        layout: Layout = "sequence" if key.layout == "sequence" else "columns"
        return Job(ids.index(who), tags[0], tags[1], layout)
    return Job(ids.index(who), tags[0])


def _expect_ours(one: WordReturn) -> None:
    """End the command where hardly a word of the letter is in the file."""
    found = one.looked.comparison
    lost = sum(
        len(edit.went)
        for each in found.findings
        for edit in each.edits
        if edit.kind in {"words", "removed"}
    )
    if lost * 3 > sum(map(len, found.paragraphs)) * 2:
        hint = "is it of another campaign, or named as it is not?"
        fail(Status.REFUSED, "hardly a paragraph of this file is in the letter", hint)


def _tell(one: WordReturn, key: LetterKey | None) -> None:
    """What bears on everything that was found."""
    found = one.looked.comparison
    if key is None:
        note(
            "the file doesn’t say which letter it is any more, as after Google Docs: it is "
            "compared with the letter as it is now"
        )
    elif found.same is False:
        digest = key.text_digest
        what = "this letter" if digest == one.text.digest else "the text"
        note(
            f"{what} has changed since the file was made ({digest[:16] or 'no digest'}): what was "
            f"changed in the campaign alone is left out: {counted(found.since, 'paragraph')}"
        )
    if one.looked.hidden:
        note(
            f"warning: {counted(one.looked.hidden, 'place')} in the file hold what is protected, "
            "and are not shown: look at them in Word, and don’t pass the file on"
        )
