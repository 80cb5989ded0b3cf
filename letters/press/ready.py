"""Letters made ready for the press: drafted, looked at, and known by what they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from letters.draft.bilingual import bilingual
from letters.draft.origins import origins
from letters.draft.roster import key_of, roster
from letters.press.attachments import EmbeddedFile
from letters.press.jobs import AlreadyMade, Drafted, Format, Job, PressRun, Within
from letters.press.letter_key import LetterKey
from letters.press.pictures import clean
from letters.problem import CampaignError, Problem

if TYPE_CHECKING:
    from letters.campaign.shown import Audience
    from letters.draft.annex import Annex
    from letters.draft.document import Image, Letter
    from letters.draft.drafts import Drafts
    from letters.draft.origins import PartOrigin
    from letters.draft.roster import Fields
    from letters.draft.signatures import Signed
    from letters.press.provenance import Identity


class ReadyLetters:
    """The letters of one campaign; each method raises CampaignError."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts, self._campaign = drafts, drafts.campaign
        self._rosters: dict[str, Mapping[str, Fields]] = {}
        self._rosters_of: list[tuple[tuple[str, ...], Signed, str]] = []
        self._sources: dict[tuple[str, Audience], EmbeddedFile] = {}

    def drafted(self, job: Job, run: PressRun) -> Drafted:
        """The letter; what its fonts or the window of its envelope lack is a problem of it."""
        from letters.press.obstacles import faults

        if job.annex:
            return self._annex(job, run)
        letter, told = self._boxed(self._written(job, run), job, run)
        if problems := faults(letter, run.theme, self._campaign, job.recipient):
            raise CampaignError(problems)
        within = self._within(job, run)
        identities = self._identities(job, run, letter, within)
        return Drafted(letter, within, identities, key=self._key(job, run, letter), boxed=told)

    def _key(self, job: Job, run: PressRun, letter: Letter) -> LetterKey:
        return LetterKey(
            recipient=self._campaign.recipients[job.recipient].id,
            languages=job.tags,
            audience=run.audience,
            text_digest=run.signed.digest,
            draft=bool(letter.draft_mark),
            layout=job.layout if job.second else "",
        )

    def missing(
        self, job: Job, run: PressRun, there: Mapping[Format, str]
    ) -> Drafted | AlreadyMade:
        """The same, for those of its files only that would be made from something else now.

        ``there`` are the identities of files that lie there as they were made.
        """
        letter = self.drafted(job, run)
        now = letter.identities
        standing = {made: one for made, one in now.items() if there.get(made) == one.digest}
        if now and len(standing) == len(now):
            return AlreadyMade(standing)
        missing = {made: one for made, one in now.items() if made not in standing}
        return replace(letter, identities=missing, standing=standing)

    def identities(self, job: Job, run: PressRun) -> dict[Format, Identity]:
        """What the letter's files would be made from if they were made now.

        None of an annex that would not be made any more.
        """
        if job.annex:
            annex = self._names(job, run)
            return self._annex_identities(job, run, annex) if annex else {}
        return self._identities(job, run, self._letter(job, run), self._within(job, run))

    def origins(self, job: Job, run: PressRun) -> tuple[PartOrigin, ...]:
        """Where the words of the letter come from, those of each edition of it in turn."""
        signed = run.signed.within(*job.tags)
        editions = (self._drafts.edition(tag, run.audience) for tag in job.tags)
        return tuple(
            one for own in editions for one in origins(own, job.recipient, signed, self.picture)
        )

    def annexes(self, jobs: Sequence[Job], run: PressRun) -> list[Job]:
        """The annexes of names that go with these letters: one for all whom the same people sign.

        Mostly there are none.
        """
        found: dict[tuple[tuple[str, ...], str], Job] = {}
        for job in jobs:
            edition = self._drafts.edition(job.language, run.audience)
            group = edition.bindings.group(self._campaign.recipients[job.recipient].id)
            if (job.tags, group) not in found:
                found[job.tags, group] = replace(job, annex=True)
        return [job for job in found.values() if self._is_annexed(job, run)]

    def roster(self, key: str) -> Mapping[str, Fields]:
        """What an identity names by that key: what is printed of each signatory."""
        return self._rosters[key]

    def picture(self, path: str, alt: str) -> Image:
        """A picture of the campaign, with nothing in it but its pixels."""
        return clean(self._campaign, path, alt)

    def _is_annexed(self, job: Job, run: PressRun) -> bool:
        edition = self._drafts.edition(job.language, run.audience)
        return edition.is_annexed(job.recipient, run.signed.within(*job.tags))

    def _names(self, job: Job, run: PressRun) -> Annex | None:
        """The annex to be pressed."""
        annex = self._written_names(job, run)
        if annex is None or not run.boxed:
            return annex
        from letters.press.boxed import boxed_annex

        return boxed_annex(annex, run.theme)

    def _boxed_names(self, job: Job, run: PressRun) -> tuple[str, ...]:
        annex = self._written_names(job, run)
        if annex is None or not run.boxed:
            return ()
        from letters.press import glyphs

        return _told(glyphs.missing_in_annex(annex, run.theme, self._campaign))

    def _written_names(self, job: Job, run: PressRun) -> Annex | None:
        edition = self._drafts.edition(job.language, run.audience)
        return edition.annex(job.recipient, run.signed.within(*job.tags))

    def _annex(self, job: Job, run: PressRun) -> Drafted:
        from letters.press.obstacles import annex_faults

        annex, told = self._names(job, run), self._boxed_names(job, run)
        assert annex is not None  # noqa: S101 - only those that there are become jobs
        if problems := annex_faults(annex, run.theme, self._campaign):
            raise CampaignError(problems)
        return Drafted(annex, Within(), self._annex_identities(job, run, annex), boxed=told)

    def _annex_identities(self, job: Job, run: PressRun, annex: Annex) -> dict[Format, Identity]:
        from letters.press.annex_identity import identities

        return identities(annex, run, self._roster_of(job, run))

    def _letter(self, job: Job, run: PressRun) -> Letter:
        """The letter to be pressed."""
        return self._boxed(self._written(job, run), job, run)[0]

    def _boxed(self, written: Letter, job: Job, run: PressRun) -> tuple[Letter, tuple[str, ...]]:
        """The letter to be pressed, and what a box stands for in it."""
        if not run.boxed:
            return written, ()
        from letters.press import glyphs
        from letters.press.boxed import boxed

        letter = boxed(written, run.theme)
        if letter is written and written.annex is None:
            return letter, ()
        problems = glyphs.missing(written, run.theme, self._campaign, job.recipient)
        return letter, _told(problems)

    def _written(self, job: Job, run: PressRun) -> Letter:
        edition = self._drafts.edition(job.language, run.audience)
        signed = run.signed.within(*job.tags)
        if not job.second:
            return edition.letter(job.recipient, signed, self.picture)
        both = edition, self._drafts.edition(job.second, run.audience)
        return bilingual(both, job.recipient, signed, self.picture, job.layout)

    def _within(self, job: Job, run: PressRun) -> Within:
        """What goes into the letter's PDF; what it rests on is written once a language."""
        word = "docx" in run.attached
        if "source" not in run.attached:
            return Within(word)
        return Within(word, tuple(self._source(tag, run.audience) for tag in job.tags))

    def _source(self, tag: str, audience: Audience) -> EmbeddedFile:
        if (tag, audience) not in self._sources:
            data = self._drafts.edition(tag, audience).disclosed()
            self._sources[tag, audience] = EmbeddedFile("source", tag, data)
        return self._sources[tag, audience]

    def _identities(
        self, job: Job, run: PressRun, letter: Letter, within: Within
    ) -> dict[Format, Identity]:
        from letters.press.identity import identities

        return identities(letter, run, within, self._roster_of(job, run))

    def _roster_of(self, job: Job, run: PressRun) -> str:
        bindings = self._drafts.edition(job.language, run.audience).bindings
        recipient = self._campaign.recipients[job.recipient].id
        return self._roster(job.tags, run.signed.within(*job.tags).to(bindings, recipient))

    def _roster(self, tags: tuple[str, ...], signed: Signed) -> str:
        """The key of what is printed of each signatory; the same for thousands of letters."""
        for known, of, key in self._rosters_of:
            if (known, of) == (tags, signed):
                return key
        found = roster(self._campaign, tags, signed, self.picture)
        key = key_of(found)
        self._rosters[key] = found
        if not signed.recipient:  # else it is this one letter's
            self._rosters_of.append((tags, signed, key))
        return key


def _told(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(f"a box stands for a character: {problem}" for problem in problems)
