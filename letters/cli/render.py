"""``letters render``: letters for every recipient and language, and their manifest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from letters.cli import output, unsigned_letters, workspace
from letters.cli.exit import Status, expect_folder, fail, is_terminal, note, say
from letters.cli.set_aside import expect_apart
from letters.counting import counted
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.attachments import Attached
    from letters.press.jobs import Format, Job, Product

T = TypeVar("T", bound=str)


class Audience(StrEnum):
    """Who the copies are for."""

    RECIPIENT = "recipient"
    PUBLIC = "public"


class Layout(StrEnum):
    """How two languages stand in one letter: side by side, or one after the other."""

    COLUMNS = "columns"
    SEQUENCE = "sequence"


_SHOW_PROGRESS_FROM = 10


def render(
    context: typer.Context,
    formats: Annotated[
        str, typer.Option("--format", help="Any of pdf, docx, html, txt, with commas.")
    ] = "pdf,docx",
    recipient: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this recipient; may be repeated.")
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only this language; may be repeated.")
    ] = None,
    all_languages: Annotated[
        bool,
        typer.Option(
            "--all-languages", help="All languages, also to those who have one of their own."
        ),
    ] = False,
    audience: Annotated[
        Audience, typer.Option(help="The recipient's own copies, or copies for the public.")
    ] = Audience.RECIPIENT,
    bilingual: Annotated[
        Layout | None,
        typer.Option(help="Two languages in one letter, in the order of two --lang."),
    ] = None,
    attach: Annotated[
        str | None,
        typer.Option(help="Put into the PDF: docx, source (as YAML), or both, with commas."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Mark every page as a draft.")] = False,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; one a core unless said.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; “out” in the campaign unless said."),
    ] = None,
) -> None:
    """Make the letters. Names are printed as signed only where the log has their signature."""
    from letters.check import editions
    from letters.cli import draft_reasons
    from letters.press.jobs import PressRun
    from letters.press.themes import load_theme

    wanted, attached = _formats(formats), _attached(attach)
    if attached and "pdf" not in wanted:
        fail(Status.USAGE, "--attach puts files into the PDF, and no PDF is made", "--format pdf")
    shop = workspace.workshop(context, jobs or os.cpu_count() or 1)
    # The slow libraries load in a process of their own while the campaign is read.
    shop.warm(wanted)
    campaign = workspace.open_campaign(context)
    # For the public every edition is made, whoever the letter was to.
    every = all_languages or audience is Audience.PUBLIC
    todo = _jobs(campaign, recipient or [], lang or [], bilingual, every=every)
    theme = load_theme(campaign)
    text = shop.text()
    records = workspace.records(campaign, text, acting=True)
    speaks_for = draft_reasons.spoken_for(campaign, records, text.named)
    signed = records.signed(draft=draft, drafts=tuple(speaks_for))
    run = PressRun(wanted, signed, audience.value, theme, attached)
    folder = expect_apart(expect_folder(out), campaign.root) if out else _own_folder(campaign)
    counted = _progress(shop.letters(todo, run), len(todo) * len(wanted))
    made = output.write(counted, folder, records, run, shop, text, draft=draft)
    behind = []
    if not all(file.draft for file in made):
        going = {tag for job in todo for tag in (job.language, job.second)}
        behind = list(editions.behind(campaign, shop.paragraphs, going))
    for file in made:
        say(str(folder / file.path))
    draft_reasons.explain(campaign, records, speaks_for, {job.tags for job in todo}, draft=draft)
    unsigned_letters.tell(
        campaign, records, {campaign.recipients[job.recipient].id for job in todo}
    )
    for warning in behind:
        note(warning)
    _invented(campaign)


def _invented(campaign: Campaign) -> None:
    """Say once that a letter is not anybody's own yet."""
    from letters.campaign.starter_text import left_over

    if places := [str(problem.place) for problem in left_over(campaign)]:
        hint = "write your own before you send or print it"
        note(f"warning: the letter has invented text of the starter: {', '.join(places)} ({hint})")


def _own_folder(campaign: Campaign) -> Path:
    """The campaign's “out”; as a link it could lead anywhere, and files there would be replaced."""
    folder = campaign.root / "out"
    for path in (folder, folder / "public"):
        if path.is_symlink():
            hint = "name the folder that you mean with --out"
            fail(Status.REFUSED, f"{path} is a link, and letters doesn’t write through it", hint)
    return folder


def _formats(written: str) -> tuple[Format, ...]:
    from letters.press.jobs import FORMATS

    chosen = _chosen(written, FORMATS, "there is no format “{}”")
    if not chosen:
        fail(Status.USAGE, "no format is named", "--format pdf,docx")
    return chosen


def _attached(written: str | None) -> tuple[Attached, ...]:
    from letters.press.attachments import ATTACHED

    return _chosen(written or "", ATTACHED, "“{}” can’t be put into a PDF")


def _chosen(written: str, known: tuple[T, ...], refusal: str) -> tuple[T, ...]:
    """Which of the known words are named in a list with commas."""
    names = [name.strip().lower() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in known:
            fail(Status.USAGE, refusal.format(name), did_you_mean(name, known))
    return tuple(name for name in known if name in names)


def _jobs(
    campaign: Campaign,
    recipients: list[str],
    tags: list[str],
    bilingual: Layout | None,
    *,
    every: bool,
) -> list[Job]:
    """The letters to make; those in other languages than the recipient’s own are left out."""
    named = workspace.known_recipients(campaign, recipients)
    languages = campaign.letter.languages
    for tag in tags:
        if tag not in languages:
            hint = f"it is written in: {', '.join(languages)}"
            fail(Status.USAGE, f"the letter has no language “{tag}”", hint)
    from letters.campaign.recipient_languages import languages_for
    from letters.press.jobs import Job

    everybody = enumerate(campaign.recipients)
    indexes = [i for i, recipient in everybody if not named or recipient.id in named]
    if bilingual is None:
        chosen = [tag for tag in languages if not tags or tag in tags]
        jobs = [Job(index, tag) for index in indexes for tag in chosen]
    else:
        pair = tuple(dict.fromkeys(tags or languages))
        if len(pair) != 2:
            hint = "name them in their order: --lang en --lang fr"
            fail(Status.USAGE, f"a bilingual letter has two languages, and not {len(pair)}", hint)
        jobs = [Job(index, *pair, bilingual.value) for index in indexes]
    gets = [languages_for(each, languages, every=every) for each in campaign.recipients]
    going = [job for job in jobs if {*job.tags} & {*gets[job.recipient]}]
    if len(going) < len(jobs):
        left = counted(len(jobs) - len(going), "letter")
        note(f"left out: {left} in another language than the recipient’s own (--all-languages)")
    return going


def _progress(products: Iterable[Product], total: int) -> Iterator[Product]:
    """Pass the products on, counting them on a terminal when there are many."""
    shown = is_terminal() and total >= _SHOW_PROGRESS_FROM
    for number, product in enumerate(products, 1):
        yield product
        if shown:
            typer.echo(f"\r{number} of {total} files", err=True, nl=number == total)
