"""The output folder: finished files and their manifest, put there together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from letters.cli import set_aside, workspace
from letters.cli.exit import note
from letters.digests import ManifestDigest, of_file, of_manifest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.workspace import LogRecords
    from letters.draft.mailing import MailingText
    from letters.press.jobs import PressRun, Product
    from letters.press.manifest import File, Manifest
    from letters.workshop.workshop import Workshop


def write(
    products: Iterator[Product],
    folder: Path,
    records: LogRecords,
    run: PressRun,
    shop: Workshop,
    text: MailingText,
    *,
    draft: bool,
) -> list[File]:
    """Put all files and their manifest into the folder, together or not at all.

    ``draft`` says that one was asked for.
    """
    from letters import files
    from letters.campaign.bindings import Bindings
    from letters.campaign.enclosures import Fingerprints
    from letters.draft import roster
    from letters.press import manifest
    from letters.press.outdated import options

    campaign = shop.campaign
    made: list[File] = []
    going_with, bindings = Fingerprints(campaign), Bindings.of(campaign)
    log = records.checkpoint
    with set_aside.in_folder(folder) as keeper, files.Batch(folder, keeper) as batch:
        for product in products:
            path = _path(campaign, product, run.audience)
            who = campaign.recipients[product.job.recipient].id
            batch.add(path, product.data, mode=0o644 if run.audience == "public" else 0o600)
            made.append(
                manifest.File(
                    path=path,
                    recipient=who,
                    language=product.job.languages,
                    audience=run.audience,
                    format=product.format,
                    sha256=of_file(product.data),
                    pages=product.pages,
                    text_digest=records.digest,
                    log_size=log.size if log else 0,
                    draft=run.signed.within(*product.job.tags).to(bindings, who).draft,
                    enclosed=going_with.of(who) if run.audience == "recipient" else None,
                    options=options(product.job, run.attached, draft=draft),
                    identity=product.identity.digest,
                    parts=roster.written(product.identity.parts),
                    roster=product.identity.roster,
                )
            )
            for remark in product.remarks:
                note(f"{path}: warning: {remark}")
        before = manifest.read(folder)
        rosters = {**before.rosters} if before else {}
        for key in dict.fromkeys(file.roster for file in made):
            found = shop.roster(key)
            rosters[key] = {who: roster.written(fields) for who, fields in found.items()}
        described = manifest.Manifest(
            text_digest=records.digest,
            checkpoint=(log.size, log.root) if log else None,
            files=(*made, *_kept(folder, before, made, campaign)),
            rosters=rosters,
        )
        batch.commit(manifest.NAME, described.encode())
    if not all(file.draft for file in made):
        _record(campaign, text, of_manifest(described.encode()))
    return made


def _record(campaign: Campaign, text: MailingText, printed: ManifestDigest) -> None:
    """Note in the log that final letters were made; the same letters are noted once."""
    from letters.ledger.errors import LedgerError

    try:
        with workspace.open_ledger(campaign) as ledger:
            ledger.append_rendered(text.digest, printed, at=workspace.now(), text=text.canonical)
    except LedgerError as error:
        note(f"warning: the log could not note that these letters were made: {error}")


def _path(campaign: Campaign, product: Product, audience: str) -> str:
    """The file's name; copies for the public lie apart, so that they never replace the others."""
    recipient = campaign.recipients[product.job.recipient].id
    name = f"{recipient}.{product.job.languages}.{product.format}"
    return name if audience == "recipient" else f"public/{name}"


def _kept(
    folder: Path, before: Manifest | None, made: list[File], campaign: Campaign
) -> list[File]:
    """Files of earlier runs that this one did not make again and that still lie there."""
    from letters.press import manifest

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
