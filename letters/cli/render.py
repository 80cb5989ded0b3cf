"""``letters render``: letters for every recipient and language, and their manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from letters.cli import desk
from letters.cli.exit import Status, fail, is_terminal, note, say
from letters.problem import did_you_mean

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.desk import Records
    from letters.draft.signatures import Signed
    from letters.press.attachments import Attached
    from letters.press.manifest import File
    from letters.press.orders import Format, Order, Product

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
    from letters.cli import claims
    from letters.press.bulk import Press
    from letters.press.themes import load_theme

    wanted, attached = _formats(formats), _attached(attach)
    if attached and "pdf" not in wanted:
        fail(Status.USAGE, "--attach puts files into the PDF, and no PDF is made", "--format pdf")
    with Press(jobs) as press:
        # The slow libraries load in a process of their own while the campaign is read.
        press.warm(wanted)
        campaign = desk.open_campaign(context)
        press.take(campaign)
        orders = _orders(campaign, recipient or [], lang or [], bilingual)
        theme = load_theme(campaign)
        text = press.text()
        records = desk.records(campaign, text)
        speaks_for = claims.spoken_for(campaign, records, text.named)
        signed = records.signed(draft=draft, drafts=tuple(speaks_for))
        products = press.press(orders, wanted, signed, audience.value, theme, attached=attached)
        folder = out or _own_folder(campaign)
        counted = _progress(products, len(orders) * len(wanted))
        made = _write(counted, folder, campaign, records, audience, signed, text.canonical)
        behind = []
        if not all(file.draft for file in made):
            going = {tag for order in orders for tag in (order.language, order.second)}
            behind = list(editions.behind(campaign, press.worded, going))
    for file in made:
        say(str(folder / file.path))
    claims.explain(campaign, records, speaks_for, {order.tags for order in orders}, draft=draft)
    for warning in behind:
        note(warning)


def _own_folder(campaign: Campaign) -> Path:
    """The campaign's “out”; as a link it could lead anywhere, and files there would be replaced."""
    folder = campaign.root / "out"
    for path in (folder, folder / "public"):
        if path.is_symlink():
            hint = "name the folder that you mean with --out"
            fail(Status.REFUSED, f"{path} is a link, and letters doesn’t write through it", hint)
    return folder


def _write(
    products: Iterator[Product],
    folder: Path,
    campaign: Campaign,
    records: Records,
    audience: Audience,
    signed: Signed,
    text: str,
) -> list[File]:
    """Put all files and their manifest into the folder, together or not at all."""
    from letters import files
    from letters.campaign.enclosed import Fingerprints
    from letters.press import manifest

    made: list[File] = []
    going_with = Fingerprints(campaign)
    log = records.checkpoint
    with files.Batch(folder) as batch:
        for product in products:
            path = _path(campaign, product, audience)
            who = campaign.recipients[product.order.recipient].id
            batch.add(path, product.data)
            made.append(
                manifest.File(
                    path=path,
                    recipient=who,
                    language=product.order.languages,
                    audience=audience.value,
                    format=product.format,
                    sha256=manifest.fingerprint(product.data),
                    pages=product.pages,
                    text_digest=records.digest,
                    log_size=log.size if log else 0,
                    draft=signed.within(*product.order.tags).draft,
                    enclosed=going_with.of(who) if audience is Audience.RECIPIENT else None,
                )
            )
            for remark in product.remarks:
                note(f"{path}: warning: {remark}")
        described = manifest.Manifest(
            text_digest=records.digest,
            checkpoint=(log.size, log.root) if log else None,
            files=(*made, *_kept(folder, made, campaign)),
        )
        batch.commit(manifest.NAME, described.encode())
    if not all(file.draft for file in made):
        _record(campaign, records.digest, text, manifest.fingerprint(described.encode()))
    return made


def _record(campaign: Campaign, digest: str, text: str, printed: str) -> None:
    """Note in the log that final letters were made; the same letters are noted once."""
    from letters.ledger.errors import LedgerError

    try:
        with desk.open_ledger(campaign) as ledger:
            ledger.append_rendered(digest, printed, at=desk.now(), text=text)
    except LedgerError as error:
        note(f"warning: the log could not note that these letters were made: {error}")


def _formats(written: str) -> tuple[Format, ...]:
    from letters.press.orders import FORMATS

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


def _orders(
    campaign: Campaign, recipients: list[str], tags: list[str], bilingual: Layout | None
) -> list[Order]:
    named = desk.known_recipients(campaign, recipients)
    languages = campaign.letter.languages
    for tag in tags:
        if tag not in languages:
            hint = f"it is written in: {', '.join(languages)}"
            fail(Status.USAGE, f"the letter has no language “{tag}”", hint)
    from letters.press.orders import Order

    everybody = enumerate(campaign.recipients)
    indexes = [i for i, recipient in everybody if not named or recipient.id in named]
    if bilingual is None:
        chosen = [tag for tag in languages if not tags or tag in tags]
        return [Order(index, tag) for index in indexes for tag in chosen]
    pair = tuple(dict.fromkeys(tags or languages))
    if len(pair) != 2:
        hint = "name them in their order: --lang en --lang fr"
        fail(Status.USAGE, f"a bilingual letter has two languages, and not {len(pair)}", hint)
    return [Order(index, *pair, bilingual.value) for index in indexes]


def _path(campaign: Campaign, product: Product, audience: Audience) -> str:
    """The file's name; copies for the public lie apart, so that they never replace the others."""
    recipient = campaign.recipients[product.order.recipient].id
    name = f"{recipient}.{product.order.languages}.{product.format}"
    return name if audience is Audience.RECIPIENT else f"public/{name}"


def _kept(folder: Path, made: list[File], campaign: Campaign) -> list[File]:
    """Files of earlier runs that this one did not make again and that still lie there."""
    from letters.press import manifest

    before = manifest.read(folder)
    if before is None:
        return []
    again = {file.path for file in made}
    ids = {recipient.id for recipient in campaign.recipients}
    tags = campaign.letter.languages
    others = [
        file
        for file in before.files
        if file.path not in again
        and file.recipient in ids
        and manifest.languages_of(file.language, tags)
    ]
    return manifest.still_there(folder, others)


def _progress(products: Iterable[Product], total: int) -> Iterator[Product]:
    """Pass the products on, counting them on a terminal when there are many."""
    shown = is_terminal() and total >= _SHOW_PROGRESS_FROM
    for number, product in enumerate(products, 1):
        yield product
        if shown:
            typer.echo(f"\r{number} of {total} files", err=True, nl=number == total)
