"""The workshop of one command: the campaign is read once, in a worker that does all work on it.

What was checked is the very object that is digested, pressed and mailed. Reading, drafting and
judging need the campaign and run what strangers wrote, so they have a worker of their own; pressing
is a function of one Letter and a Theme, so a letter travels to whichever worker presses it. However
many letters there are, only a few are under way at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from letters import limits
from letters.campaign.paths import LETTER_FILE
from letters.campaign.template_files import COVER_NOTE
from letters.draft.drafts import Drafts
from letters.press import files
from letters.press.ready import ReadyLetters
from letters.problem import CampaignError, Place, Problem
from letters.workshop import steps
from letters.workshop.held import hold, unpacked
from letters.workshop.looking import Report, looked, place_of, stopped, yaml_mib
from letters.workshop.presser import Elsewhere, Presser
from letters.workshop.pressing import UNDER_WAY, StoppedError, pressed
from letters.workshop.standing import NOTHING, There, missing
from letters.workshop.workers import Waiting, Worker, Workers

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.cover import About
    from letters.draft.mailing import MailingText
    from letters.draft.paragraphs import Variants
    from letters.draft.roster import Fields
    from letters.draft.signatures import Signed
    from letters.post.cover_note import CoverNote
    from letters.post.paper.addresses import Addressed
    from letters.post.paper.listing import ListedRecipient
    from letters.post.paper.numbered import NumberedSheets
    from letters.post.paper.stationery import Envelope, Labels
    from letters.press.jobs import Format, Job, PressRun, Product
    from letters.press.provenance import Identity
    from letters.workshop.bundle import BoundBundle

T = TypeVar("T")


class Workshop(Workers):
    """All work on the campaign in ``root``; use it in a ``with`` block.

    Where a step never ends, the system ends its worker, and that is a problem like others.
    """

    def __init__(
        self,
        root: Path,
        jobs: int = 1,
        *,
        seconds: float = limits.SECONDS,
        helping: Sequence[Presser] = (),
        waiting: Waiting = Future.result,
    ) -> None:
        """``jobs`` workers press, one of which does all else; others may be ``helping`` them.

        ``seconds`` of processor time are allowed for a step, and more for the many. ``waiting``
        waits for each of them.
        """
        self._root, self._seconds, self._waited = root, seconds, waiting
        self._own = Worker(hold, None)
        super().__init__([*(Worker(hold, None) for _ in range(jobs - 1)), self._own])
        self._pressers: tuple[Presser, ...] = (*helping, *self._workers)
        self._reading: Future[steps.Read] | None = None
        self._found: steps.Read | None = None
        self._campaign: Campaign | None = None
        self._is_stopped = False
        self._rosters: dict[str, Mapping[str, Fields]] = {}

    # --- reading and checking ---------------------------------------------------------------------

    def begin(self) -> None:
        """Begin to read the campaign, while something else is done here."""
        if self._reading is None:
            seconds = self._seconds + yaml_mib(self._root) * limits.SECONDS_A_MIB
            self._reading = self._own.submit(seconds, steps.read, self._root)

    def read(self) -> list[Problem]:
        """Read the campaign, once; everything that is wrong in its files.

        With an error among it there is no campaign, and nothing else can be asked for.
        """
        if self._found is None:
            self.begin()
            assert self._reading is not None  # noqa: S101 - for the type checker: it was just set
            try:
                self._found = self._waited(self._reading)
            except BrokenProcessPool:
                place = self._stopped_at() or _LETTER
                problem = stopped("reading the files of the campaign", place, "make them smaller")
                self._found = steps.Read([problem], usable=False, place=_LETTER, recipients=0)
        return self._found.problems

    @property
    def campaign(self) -> Campaign:
        """The campaign that was read. Raises CampaignError with what makes it unusable."""
        if self._campaign is None:
            self._campaign = unpacked(self._made(steps.campaign))
        return self._campaign

    def problems(self) -> Report:
        """Judge the campaign: what is wrong in its files, its templates, and by the rules."""
        report, self._is_stopped = looked(self._read, self._look, self._loops, self._stopped_at)
        return report

    def protected(self, folder: Path) -> tuple[int, list[Problem]] | None:
        """How many strings are protected, and which enclosures and files in ``folder`` hold one.

        None where the campaign could not be read, or judging it was stopped.
        """
        if self._is_stopped or not self._read.usable:
            return None
        from letters.check.inspection import Inspection

        count = sum(path.is_file() for path in folder.rglob("*"))
        seconds = self._seconds + count * limits.SECONDS_A_FILE
        task: Callable[..., tuple[int, list[Problem]]] = steps.inspect
        try:
            return self._own.submit(seconds, task, Inspection.protected, folder).result()
        except BrokenProcessPool:
            hint = "remove what letters didn’t make"
            place = self._stopped_at() or Place(folder.name)
            return 0, [stopped("searching these files", place, hint)]

    # --- drafting: each raises CampaignError ------------------------------------------------------

    def text(self) -> MailingText:
        """The text of the mailing and its digest."""
        found: MailingText = self._made(steps.draft, Drafts.text)
        return found

    def paragraphs(self) -> dict[str, tuple[Variants, ...]]:
        """What each part of each edition says, by language."""
        return self._made(steps.draft, Drafts.paragraphs)

    def identities(self, jobs: list[Job], run: PressRun) -> Iterator[dict[Format, Identity]]:
        """What the files of all jobs would be made from now."""
        for _, found in self._ahead(ReadyLetters.identities, jobs, run):
            yield self._result(found)

    def ask(
        self,
        task: Callable[..., T],
        *args: object,
        what: str = "the template",
        hint: str = "",
        file: str = "",
    ) -> T:
        """What a step gives that is of use to one command alone; ``what`` it is of.

        Where it is about a ``file`` that came in, that is named, whatever else is read for it.
        """
        return self._result(self._begun(task, *args), what, hint, file=file)

    def annexes(self, jobs: list[Job], run: PressRun) -> list[Job]:
        """The annexes of names that go with these letters; mostly there are none."""
        found: list[Job] = self._made(steps.make_ready, ReadyLetters.annexes, jobs, run)
        return found

    def roster(self, key: str) -> Mapping[str, Fields]:
        """What an identity that was given out names by that key."""
        if key not in self._rosters:
            self._rosters[key] = self._made(steps.make_ready, ReadyLetters.roster, key)
        return self._rosters[key]

    def note(self, signed: Signed, index: int, tag: str, about: About) -> CoverNote:
        """The cover note to the recipient of that index, in that language."""
        hint = f"a note may take {self._seconds:g} s of processor time: look at its loops"
        place = self._place_of_note(tag)
        made = self._own.submit(self._seconds_of_people, steps.note, signed, index, tag, about)
        return self._result(made, "the cover note", hint, place)

    # --- pressing: each raises CampaignError ------------------------------------------------------

    def warm(self, formats: tuple[Format, ...]) -> None:
        """Load the slow libraries in a worker that only presses, while the campaign is read."""
        if self._workers[0] is not self._own:
            self._workers[0].submit(self._seconds, files.warm, formats)

    def letters(
        self,
        jobs: list[Job],
        run: PressRun,
        there: There = NOTHING,
        elsewhere: Elsewhere | None = None,
    ) -> Iterator[Product]:
        """The files of all jobs, in their order; at the end all problems of all letters.

        Without a format they are only drafted, to see whether they can be pressed. What already is
        ``there`` as it would be made is not made again. They may be pressed ``elsewhere``.
        """
        ahead = self._ahead(ReadyLetters.missing, jobs, run, there.offered)
        todo = missing(ahead, there, self._result)
        by = (elsewhere,) if elsewhere else self._pressers
        most = elsewhere.at_once if elsewhere else UNDER_WAY
        yield from pressed(
            by, len(jobs), todo, run, seconds=self._seconds, result=self._result, under_way=most
        )

    def covers(self, people: Sequence[Addressed], kind: Envelope | Labels) -> bytes:
        """What the addresses are printed on, as one PDF."""
        return self._made(steps.covers, people, kind)

    def posting_list(self, rows: Sequence[ListedRecipient]) -> bytes:
        """What is posted to whom, as one PDF."""
        return self._made(steps.posting_list, rows)

    def sheets(
        self, tag: str, signed: Signed, numbers: Sequence[str], *, coded: bool
    ) -> NumberedSheets | None:
        """Sheets to sign, each with a number of its own; None where the letter has none."""
        more = len(numbers) * limits.SECONDS_A_SHEET
        made = self._begun(steps.sheets, tag, signed, numbers, coded, more=more)
        return self._result(made, "laying out the sheets", "print fewer at a time")

    def bundle(self) -> BoundBundle:
        """A new bundle of letters for a printer."""
        from letters.workshop.bundle import BoundBundle

        return BoundBundle(self._own, self._seconds)

    def made_here(self, path: Path) -> bool:
        """Whether a file for a printer was made here, and may be replaced."""
        from letters.workshop.bundle import made_here

        return made_here(self._own, path)

    # ----------------------------------------------------------------------------------------------

    @property
    def _read(self) -> steps.Read:
        self.read()
        assert self._found is not None  # noqa: S101 - for the type checker: it was just set
        return self._found

    def _expect_usable(self) -> None:
        if not self._read.usable:
            raise CampaignError(self._read.problems)

    def _look(self, step: Callable[..., T], *args: object) -> T:
        """One step of the look at all recipients' letters. Raises BrokenProcessPool."""
        task: Callable[..., T] = steps.inspect
        return self._waited(self._begun(task, step, *args))

    def _made(self, task: Callable[..., T], *args: object) -> T:
        return self._result(self._begun(task, *args))

    def _begun(self, task: Callable[..., T], *args: object, more: float = 0) -> Future[T]:
        """A step of all recipients' letters. Raises CampaignError where there is no campaign."""
        self._expect_usable()
        more += self._read.recipients * limits.SECONDS_A_RECIPIENT
        return self._own.submit(self._seconds_of_people + more, task, *args)

    def _ahead(
        self,
        step: Callable[..., T],
        jobs: list[Job],
        run: PressRun,
        *more: Callable[[Job], object],
    ) -> Iterator[tuple[Job, Future[T]]]:
        """The jobs and what is drafted of them, a few ahead; the step is also told ``more``."""
        self._expect_usable()
        ahead: deque[tuple[Job, Future[T]]] = deque()
        task: Callable[..., T] = steps.make_ready
        for job in jobs:
            told = [each(job) for each in more]
            seconds = self._seconds_of_people
            ahead.append((job, self._own.submit(seconds, task, step, job, run, *told)))
            if len(ahead) > UNDER_WAY:
                yield ahead.popleft()
        yield from ahead

    @property
    def _seconds_of_people(self) -> float:
        """For a step that draws on the people of the campaign."""
        return self._seconds + self._read.people * limits.SECONDS_A_SIGNATORY

    def _stopped_at(self) -> Place | None:
        """Where a worker was when it was ended by its bounds, if that can be told."""
        found = next(filter(None, (each.stopped_at for each in self._workers)), None)
        return place_of(self._root, found)

    @property
    def _loops(self) -> str:
        return f"a letter may take {self._seconds:g} s of processor time: look at its loops"

    def _result(
        self,
        future: Future[T],
        what: str = "the template",
        hint: str = "",
        place: Place | None = None,
        file: str = "",
    ) -> T:
        """What a step gives, with ``what`` it was where it is stopped. Raises CampaignError."""
        try:
            return self._waited(future)
        except BrokenProcessPool:
            at = Place(file) if file else self._stopped_at() or place or self._read.place
            said = stopped(what, at, hint or self._loops)
            raise StoppedError([said]) from None

    def _place_of_note(self, tag: str) -> Place:
        files = self.campaign.template_files
        file = files.body(COVER_NOTE, tag)
        return Place(files.shown(file)) if file else self.campaign.letter_place.place("languages")


_LETTER = Place(LETTER_FILE)
