"""``letters render``: letters for every recipient and language, and their manifest."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from letters import reading
from letters.cli import log_records, output, unchanged, unsigned_letters, workspace
from letters.cli.exit import Status, expect_folder, fail, heard, note, say
from letters.cli.set_aside import expect_apart
from letters.counting import counted
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.press.attachments import Attached
    from letters.press.jobs import Format, Job
    from letters.press.theme import Theme
    from letters.workshop.presser import Elsewhere
    from letters.workshop.workshop import Workshop

T = TypeVar("T", bound=str)


class Audience(StrEnum):
    """Who the copies are for."""

    RECIPIENT = "recipient"
    PUBLIC = "public"


class Layout(StrEnum):
    """How two languages stand in one letter: side by side, or one after the other."""

    COLUMNS = "columns"
    SEQUENCE = "sequence"


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
    anew: Annotated[
        bool, typer.Option("--all", help="Make everything anew, also what stands as it is.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; one a core unless said.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Press on a Dask cluster; “local” starts one."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; “out” in the campaign unless said."),
    ] = None,
) -> None:
    """Make the letters. Names are printed as signed only where the log has their signature."""
    wanted, attached = _formats(formats), _attached(attach)
    if attached and "pdf" not in wanted:
        fail(Status.USAGE, "--attach puts files into the PDF, and no PDF is made", "--format pdf")
    root = workspace.expect_campaign(context)
    folder = expect_apart(expect_folder(out), root) if out else _own_folder(root)
    options = {
        "formats": wanted, "recipients": recipient, "languages": lang, "every": all_languages,
        "audience": audience, "bilingual": bilingual, "attached": attached, "draft": draft,
    }  # fmt: skip
    this = unchanged.ThisRun(root, folder, options)
    if not anew and (known := this.same()):
        for line in known.before:
            note(line)
        output.tell(0, known.letters)
        for line in known.after:
            note(line)
        return
    _preload(cluster)
    from letters.check import editions
    from letters.cli import draft_reasons
    from letters.press.jobs import PressRun
    from letters.press.themes import load_theme

    before: list[str] = []
    after: list[str] = []
    with heard(before):
        processes = jobs or os.cpu_count() or 1
        shop = workspace.workshop(context, 1 if cluster else processes)
        reached = _warm(context, shop, wanted, cluster, processes)
        campaign = workspace.open_campaign(context)
        # For the public every edition is made, whoever the letter was to.
        every = all_languages or audience is Audience.PUBLIC
        todo = _jobs(campaign, recipient or [], lang or [], bilingual, every=every)
        theme = load_theme(campaign)
        text = shop.text()
        records = log_records.recorded(campaign, text, acting=True)
        speaks_for = draft_reasons.spoken_for(campaign, records, text.named)
    signed = records.signed(draft=draft, drafts=tuple(speaks_for))
    run = PressRun(wanted, signed, audience.value, theme, attached, boxed=draft)
    made = output.write(
        [*todo, *shop.annexes(todo, run)],
        folder,
        records,
        run,
        shop,
        draft=draft,
        anew=anew,
        elsewhere=reached(theme) if reached else None,
    )
    this.before_recording()
    with heard(after):
        recorded = output.record(campaign, text, made)
        behind = []
        if not all(file.draft for file in made.files):
            going = {tag for job in todo for tag in (job.language, job.second)}
            behind = list(editions.behind(campaign, shop.paragraphs, going))
    for file in made.made:
        say(str(folder / file.path))
    output.tell(made.new, made.letters)
    with heard(after):
        going_to = {campaign.recipients[job.recipient].id for job in todo}
        tags = {job.tags for job in todo}
        draft_reasons.explain(campaign, records, speaks_for, tags, draft=draft)
        unsigned_letters.tell(campaign, records, going_to)
        for warning in behind:
            note(warning)
        _invented(campaign)
    this.remember(recorded, made.letters, before, after)


def _preload(address: str | None) -> None:
    """Begin what takes longest, if it is wanted, before all else is loaded here."""
    if address == "local":
        from letters.workshop import local_cluster

        local_cluster.preload()


def _warm(
    context: typer.Context,
    shop: Workshop,
    wanted: tuple[Format, ...],
    address: str | None,
    workers: int,
) -> Callable[[Theme], Elsewhere] | None:
    """Begin what is slow to begin while the campaign is read; the way to the cluster, if any."""
    shop.warm(wanted)
    if address is None:
        return None
    shop.begin()
    from letters.workshop.cluster import cluster

    return context.with_resource(cluster(address, workers))


def _invented(campaign: Campaign) -> None:
    """Say once that a letter is not anybody's own yet."""
    from letters.campaign.starter_text import left_over

    if places := [str(problem.place) for problem in left_over(campaign)]:
        hint = "write your own before you send or print it"
        note(f"warning: the letter has invented text of the starter: {', '.join(places)} ({hint})")


def _own_folder(root: Path) -> Path:
    """The campaign's “out”; as a link it could lead anywhere, and files there would be replaced."""
    folder = reading.real(root) / "out"
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
