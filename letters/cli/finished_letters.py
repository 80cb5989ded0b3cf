"""How the finished letters stand: against the text, the log and the campaign of this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.cli import draft_reasons, log_records, progress
from letters.cli.exit import note

if TYPE_CHECKING:
    from letters.cli.log_records import LogRecords
    from letters.cli.looked import Looked
    from letters.draft.roster import Fields
    from letters.draft.signatures import Signed
    from letters.post.plan import LogState
    from letters.press.jobs import Format, Job, PressRun
    from letters.press.manifest import Manifest
    from letters.press.provenance import Identity
    from letters.workshop.workshop import Workshop

_SHOWN = 5


class Finished(Struct, frozen=True):
    """``changed`` has, by path, what is not any more as it was when a file was made."""

    records: LogRecords
    made: Manifest | None
    changed: Mapping[str, tuple[str, ...]]

    def grounds(self) -> LogState:
        """What a plan for these letters rests on."""
        from letters.post.plan import LogState

        records = self.records
        return LogState(
            records.digest,
            records.entries,
            self.changed,
            [person.id for person in records.people if person.state == "stale" or person.outdated],
            records.items,
            records.of("changed"),
        )

    def changed_for(self, recipient: str) -> dict[str, tuple[str, ...]]:
        """The recipient's own files that are outdated, with what has changed for each."""
        return {
            file.path: self.changed[file.path]
            for file in (self.made.files if self.made else ())
            if (file.recipient == recipient or (file.annex and not file.recipient))
            and file.audience == "recipient"
            and file.path in self.changed
        }


def look(
    shop: Workshop,
    folder: Path,
    *,
    only: Collection[str] = (),
    acting: bool = False,
    before: Looked | None = None,
    checked: bool = False,
    quiet: bool = False,
) -> Finished:
    """The letters in ``folder``, to the recipients ``only`` where any are named.

    ``acting``: something is to be done with them, which an older log refuses. ``before`` is what
    the last look has found; ``checked`` says that “letters check” has found no error by now. A
    ``quiet`` look doesn't show how far it has come.

    Raises CampaignError where they can't be drafted as the campaign is now.
    """
    from letters.press import manifest
    from letters.press.outdated import outdated

    campaign, made = shop.campaign, manifest.read(folder)
    text = (before and before.text) or shop.text()
    records = log_records.recorded(campaign, text, acting=acting)
    if before and before.text:
        before.expect_still()
        before.remember(text, len(made.files) if made else 0, checked=checked)
        return Finished(records, made, {})
    speaks_for = tuple(draft_reasons.spoken_for(campaign, records, text.named))

    def signed(asked: bool) -> Signed:
        return records.signed(draft=asked, drafts=speaks_for)

    forms = {one.id: one.changed for one in records.people if one.state == "changed"}
    changed = {}
    if made:
        changed = outdated(
            _Counted(shop, quiet),
            campaign,
            made,
            signed,
            only=only,
            in_force=records.in_force,
            unbound=forms,
        )
    if before and made and not changed and not only:
        before.remember(text, len(made.files), checked=checked)
    return Finished(records, made, changed)


class _Counted(Struct, frozen=True):
    """What a workshop knows of letters, shown as it comes."""

    shop: Workshop
    quiet: bool

    def identities(self, jobs: list[Job], run: PressRun) -> Iterator[dict[Format, Identity]]:
        found = self.shop.identities(jobs, run)
        return progress.over(found, len(jobs), "looking at the letters", quiet=self.quiet)

    def annexes(self, jobs: list[Job], run: PressRun) -> list[Job]:
        return self.shop.annexes(jobs, run)

    def roster(self, key: str) -> Mapping[str, Fields]:
        return self.shop.roster(key)


def tell(changed: Mapping[str, tuple[str, ...]], said: str) -> None:
    """Which files are not as they would be made now: each change once, with its files."""
    alike = defaultdict[tuple[str, ...], list[str]](list)
    for path, changes in changed.items():
        alike[changes].append(path)
    for changes, paths in alike.items():
        others = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        note(f"{said}: {', '.join(paths[:_SHOWN])}{others}: {'; '.join(changes)}")
