"""What the manifest says of each file of a run, and what each is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.digests import FileDigest, of_file

if TYPE_CHECKING:
    from letters.campaign.bindings import Bindings
    from letters.campaign.enclosures import Fingerprints
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords
    from letters.press.jobs import Format, Job, PressRun, Product
    from letters.press.manifest import File
    from letters.press.provenance import Identity


class ManifestEntries:
    """What the manifest says of each file."""

    def __init__(
        self, campaign: Campaign, records: LogRecords, run: PressRun, *, draft: bool
    ) -> None:
        from letters.campaign.bindings import Bindings
        from letters.campaign.enclosures import Fingerprints

        self._campaign, self._records, self._run, self._draft = campaign, records, run, draft
        self._enclosed: Fingerprints = Fingerprints(campaign)
        self._bindings: Bindings = Bindings.of(campaign)
        self._drafts: dict[tuple[tuple[str, ...], str], bool] = {}
        self._ids = {recipient.id for recipient in campaign.recipients}

    def path(self, job: Job, kind: Format) -> str:
        """The file's name; copies for the public lie apart, so that they never replace others."""
        from letters.press import annex_files

        name = f"{self._recipient(job)}.{job.languages}.{kind}"
        if job.annex:
            name = annex_files.path_of(self._recipient(job), job, kind)
        return name if self._run.audience == "recipient" else f"public/{name}"

    def _recipient(self, job: Job) -> str:
        """Who gets it; of an annex, those of a group of recipients."""
        who = self._campaign.recipients[job.recipient].id
        return self._bindings.group(who) if job.annex else who

    def _is_draft(self, tags: tuple[str, ...], group: str) -> bool:
        """Whether the letters in these languages to a group of recipients are drafts."""
        if (tags, group) not in self._drafts:
            signed = self._run.signed.within(*tags)
            self._drafts[tags, group] = signed.to(self._bindings, group).draft
        return self._drafts[tags, group]

    def is_known(self, file: File) -> bool:
        """Whether a file of an earlier run is still one of this campaign’s."""
        from letters.press import manifest

        tags = self._campaign.letter.languages
        is_known = file.recipient in self._ids or (file.annex and not file.recipient)
        return is_known and bool(manifest.languages_of(file.language, tags))

    def of_product(self, product: Product) -> File:
        """What was made now."""
        job, identity = product.job, product.identity
        return self._entry(job, product.format, identity, of_file(product.data), product.pages)

    def of_standing(self, file: File, job: Job, kind: Format, identity: Identity) -> File:
        """What was made before, as it is described now."""
        return self._entry(job, kind, identity, file.sha256, file.pages)

    def _entry(
        self, job: Job, kind: Format, identity: Identity, sha256: FileDigest, pages: int | None
    ) -> File:
        from letters.draft import roster
        from letters.press import manifest
        from letters.press.outdated import options

        who, log = self._campaign.recipients[job.recipient].id, self._records.checkpoint
        own = self._run.audience == "recipient" and not job.annex  # nothing goes with an annex
        return manifest.File(
            path=self.path(job, kind),
            recipient=self._recipient(job),
            language=job.languages,
            audience=self._run.audience,
            format=kind,
            sha256=sha256,
            pages=pages,
            text_digest=self._records.digest,
            log_size=log.size if log else 0,
            draft=self._is_draft(job.tags, self._bindings.group(who)),
            enclosed=self._enclosed.of(who) if own else None,
            options=options(job, self._run.attached, draft=self._draft),
            identity=identity.digest,
            parts=roster.written(identity.parts),
            roster=identity.roster,
            annex=job.annex,
        )
