"""The output folder: what stands there as it would be made now, and what is made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from letters.cli import progress, set_aside, workspace
from letters.cli.exit import note
from letters.cli.manifest_entries import ManifestEntries
from letters.counting import counted
from letters.digests import NO_MANIFEST, ManifestDigest, of_manifest

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.cli.log_records import LogRecords
    from letters.draft.mailing import MailingText
    from letters.press.jobs import Format, Job, PressRun
    from letters.press.manifest import File, Manifest
    from letters.press.provenance import Identity
    from letters.press.shelf import Shelf
    from letters.workshop.presser import Elsewhere
    from letters.workshop.workshop import Workshop

_MAKING = "making the letters"


class Output(Struct):
    """The files of one run, as the manifest has them: those that stood there, and those it made."""

    folder: Path
    stood: list[File] = field(default_factory=list)
    made: list[File] = field(default_factory=list)
    manifest: ManifestDigest = NO_MANIFEST

    @property
    def files(self) -> list[File]:
        """All of them."""
        return [*self.stood, *self.made]

    @property
    def new(self) -> int:
        """How many letters it made, of each one file at least."""
        return _letters(self.made)

    @property
    def letters(self) -> int:
        """How many letters it is about."""
        return _letters(self.files)


def _letters(files: list[File]) -> int:
    return len({(file.recipient, file.language) for file in files if not file.annex})


def tell(new: int, letters: int) -> None:
    """Say how many letters were made and how many stand; nothing where all were made."""
    standing = letters - new
    if not standing:
        return
    stand = "stands as it is" if standing == 1 else "stand as they are"
    made = f"{counted(new, 'letter')} made, " if new else ""
    them = "it" if standing == 1 else "them"
    note(f"{made}{counted(standing, 'letter')} {stand} (--all makes {them} anew)")


def write(
    jobs: list[Job],
    folder: Path,
    records: LogRecords,
    run: PressRun,
    shop: Workshop,
    *,
    draft: bool,
    anew: bool,
    elsewhere: Elsewhere | None = None,
) -> Output:
    """Put the letters and their manifest into the folder; what stands there already is left alone.

    ``draft`` says that one was asked for, ``anew`` that everything is to be made; ``elsewhere`` it
    is pressed, if not in the workshop itself.
    """
    from letters.press import shelf

    made = Output(folder)
    entries = ManifestEntries(shop.campaign, records, run, draft=draft)
    paths = [entries.path(job, kind) for job in jobs for kind in run.formats]
    with (
        shelf.alone(folder),
        set_aside.in_folder(folder) as keeper,
        _told(made, len(jobs)),
        shelf.Shelf(
            folder,
            keeper,
            _described(records),
            paths,
            known=entries.is_known,
            rosters=_rosters(shop),
        ) as there,
    ):
        standing = _There(there, entries, run, made, len(paths), anew=anew)
        for product in shop.letters(jobs, run, standing, elsewhere):
            file = entries.of_product(product)
            there.put(file, product.data)
            made.made.append(file)
            progress.reached(len(made.files), len(paths), _MAKING)
            for remark in product.remarks:
                note(f"{file.path}: warning: {remark}")
        made.manifest = of_manifest(there.close())
    return made


@contextmanager
def _told(made: Output, letters: int) -> Iterator[None]:
    """Say what is finished and stays, where a run ends before its end."""
    try:
        yield
    except BaseException:
        if made.made:
            note(
                f"kept: {made.letters} of {counted(letters, 'letter')}, which are finished in"
                f" {made.folder}; “letters render” goes on from there"
            )
        raise
    finally:
        progress.done()


class _There:
    """The files that lie in the folder, for whoever would press them again."""

    def __init__(
        self,
        shelf: Shelf,
        entries: ManifestEntries,
        run: PressRun,
        made: Output,
        files: int,
        *,
        anew: bool,
    ) -> None:
        self._shelf, self._entries, self._made = shelf, entries, made
        self._kinds = () if anew else run.formats
        self._all = files
        self._offered: dict[tuple[Job, Format], File] = {}

    def offered(self, job: Job) -> Mapping[Format, str]:
        """The identities of those that are as they were made."""
        found: dict[Format, str] = {}
        for kind in self._kinds:
            if file := self._shelf.there(self._entries.path(job, kind)):
                self._offered[job, kind] = file
                found[kind] = file.identity
        return found

    def stands(self, job: Job, standing: Mapping[Format, Identity]) -> None:
        """Leave them where they are, and list them as they are described now."""
        for kind, identity in standing.items():
            before = self._offered.pop((job, kind))
            file = self._entries.of_standing(before, job, kind, identity)
            self._shelf.stands(file)
            self._made.stood.append(file)
        progress.reached(len(self._made.files), self._all, _MAKING)


def _described(records: LogRecords) -> Manifest:
    """What the manifest says beside its files."""
    from letters.press import manifest

    log = records.checkpoint
    return manifest.Manifest(records.digest, (log.size, log.root) if log else None, ())


def _rosters(shop: Workshop) -> Callable[[Iterable[str]], Mapping[str, Mapping[str, str]]]:
    """What is printed of each signatory, in the words of a manifest."""
    from letters.draft import roster

    def found(keys: Iterable[str]) -> dict[str, dict[str, str]]:
        return {
            key: {who: roster.written(fields) for who, fields in shop.roster(key).items()}
            for key in keys
        }

    return found


def record(campaign: Campaign, text: MailingText, made: Output) -> int:
    """Note in the log that final letters were made; how many entries that takes.

    The same letters are noted once.
    """
    from letters.ledger.errors import LedgerError

    if all(file.draft for file in made.files):
        return 0
    try:
        with workspace.open_ledger(campaign) as ledger:
            entry = ledger.append_rendered(
                text.digest, made.manifest, at=workspace.now(), text=text.canonical
            )
    except LedgerError as error:
        note(f"warning: the log could not note that these letters were made: {error}")
        entry = None
    return 1 if entry else 0
