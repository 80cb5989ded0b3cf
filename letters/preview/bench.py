"""What a worker of the preview holds from save to save: the campaign that could be drafted last.

The functions are named to it by the desk, and what they return travels back. A save that breaks the
campaign is told of, and leaves what was good before where it is.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from letters.campaign.load import load
from letters.draft.document import Letter
from letters.draft.language import language_of
from letters.error import LettersError
from letters.press import files, pdf
from letters.press.jobs import Job, PressRun
from letters.press.themes import load_theme
from letters.preview.parts import numbered, sourced
from letters.preview.pictures import shown_pages
from letters.preview.signatures import LogTeller
from letters.preview.told import Choices, Saved, ShownLetter
from letters.problem import CampaignError, Place, Problem
from letters.workshop.held import Held
from letters.workshop.looking import looked
from letters.workshop.steps import Read

if TYPE_CHECKING:
    from letters.campaign.model import Campaign
    from letters.draft.signatures import Signed
    from letters.press.jobs import Format
    from letters.preview.wish import Wish

T = TypeVar("T")

_LISTED = 300
"""So many recipients are offered by name; the others can be named by id."""


class _Bench:
    """The newest campaign that could be read, and the last that could be drafted."""

    def __init__(self) -> None:
        self.newest: Held | None = None
        self.good: tuple[Held, Signed] | None = None
        self.read: Read | None = None


_bench = _Bench()


def begin() -> None:
    """Nothing has been read yet."""
    _bench.newest = _bench.good = _bench.read = None
    gc.freeze()  # the libraries stay: no save looks through them for what is gone


def save(root: Path, tell: LogTeller) -> Saved:
    """Read the campaign as it is now, and draft its text."""
    _bench.newest = _bench.read = None
    gc.collect()  # what was read before is gone now, circles and all
    campaign, problems = load(root)
    if campaign is None:
        _bench.read = Read(problems, usable=False, place=Place(""), recipients=0)
        return Saved(tuple(problems), usable=False, place=Place("letter.yaml"))
    body = campaign.template_files.body(campaign.letter.template, campaign.letter.languages[0])
    place = campaign.letter_place.place("template")
    place = Place(campaign.template_files.shown(body)) if body else place
    count = len(campaign.recipients)
    _bench.read = Read(problems, usable=True, place=place, recipients=count)
    held = _bench.newest = Held(campaign)
    try:
        signed, state = tell(campaign, held.drafts.text())
    except CampaignError as error:
        return Saved((*problems, *error.problems), usable=False, place=place)
    except LettersError as error:  # of the log, which is beside the letter
        return Saved((*problems, _of_log(error)), usable=False, place=place)
    _bench.good = held, signed
    return Saved(tuple(problems), usable=True, place=place, choices=_choices(campaign),
                 signatures=state)  # fmt: skip


def judge() -> tuple[Problem, ...]:
    """Everything that “letters check” would say of the newest campaign."""
    read, held = _bench.read, _bench.newest
    if read is None or held is None:
        return tuple(read.problems) if read else ()
    inspection = held.inspection

    def step(method: Callable[..., T], *args: object) -> T:
        return method(inspection, *args)

    report, _ = looked(read, step, "", lambda: None)
    return report.problems


def show(wish: Wish) -> ShownLetter:
    """The letter as it prints, from what was good last. Raises CampaignError."""
    granted, remarks = _granted(wish)
    held, _ = _good()
    job, run = _order(granted, "pdf")
    # Not by way of a plate, which is made for many letters that are alike.
    letter = held.letters.drafted(job, run).letter
    assert isinstance(letter, Letter)  # noqa: S101 - for the type checker: no annex was ordered
    printed = pdf.write(letter, run.theme)
    count, pages = shown_pages(printed.data)
    origins = held.letters.origins(job, run)
    language = language_of(held.campaign, granted.language)
    return ShownLetter(
        granted,
        granted.language,
        language.direction,
        printed.data,
        count,
        numbered(pages, origins),
        (*remarks, *printed.remarks),
        sourced(origins),
    )


def word(wish: Wish) -> bytes:
    """The same letter for Word. Raises CampaignError."""
    job, run = _order(_granted(wish)[0], "docx")
    [product] = files.press(job, run.formats, _good()[0].letters.drafted(job, run), run.theme)
    return product.data


def _granted(wish: Wish) -> tuple[Wish, list[str]]:
    held, _ = _good()
    return wish.granted(held.campaign)


def _good() -> tuple[Held, Signed]:
    if _bench.good is None:
        raise CampaignError([])
    return _bench.good


def _order(wish: Wish, made: Format) -> tuple[Job, PressRun]:
    """What is to be pressed for a wish that was granted. Raises CampaignError."""
    held, signed = _good()
    campaign = held.campaign
    own = campaign.letter.model_copy(update={"theme": wish.theme})
    theme = load_theme(replace(campaign, letter=own))
    ids = [one.id for one in campaign.recipients]
    job = Job(ids.index(wish.recipient), wish.language)
    return job, PressRun((made,), signed, wish.audience, theme)


def _choices(campaign: Campaign) -> Choices:
    letter, tag = campaign.letter, campaign.letter.languages[0]
    listed = campaign.recipients[:_LISTED]
    return Choices(
        letter.title.get(tag) or "",
        tuple((one.id, one.name.shown(tag)) for one in listed),
        letter.languages,
        tuple(campaign.template_files.themes()),
        len(campaign.recipients),
        len(campaign.signatory_ids),
    )


def _of_log(error: LettersError) -> Problem:
    return Problem(Place("letters.db"), error.message, error.hint)
