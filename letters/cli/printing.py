"""``letters print``: everything that is needed to post the letters by hand; records nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from letters.cli import finished_letters, progress, sendview, set_aside, workspace
from letters.cli.exit import Status, expect_folder, fail, note, say, table
from letters.cli.looked import Looked
from letters.counting import counted

if TYPE_CHECKING:
    from letters.post.paper.addresses import Addressed
    from letters.post.paper.stacks import Stack
    from letters.post.plan import Parcel, Plan
    from letters.problem import Problem
    from letters.workshop.workshop import Workshop

_LETTERS, _LIST = "letters.pdf", "posting-list.pdf"
_ENVELOPES, _LABELS = "envelopes.pdf", "labels.pdf"
_ALL = (_LETTERS, _ENVELOPES, _LABELS, _LIST)
_PRIVATE = 0o600
_SIZES = {(612, 792): "Letter", (595, 842): "A4", (612, 1008): "Legal"}


class Envelopes(StrEnum):
    """The envelopes that can be printed on."""

    NO10 = "no10"
    DL = "dl"
    C5 = "c5"


class LabelSheet(StrEnum):
    """The sheets of labels that can be printed on."""

    AVERY_5160 = "5160"
    AVERY_L7160 = "l7160"


def print_letters(
    context: typer.Context,
    to: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this recipient; may be repeated.")
    ] = None,
    all_languages: Annotated[
        bool,
        typer.Option(
            "--all-languages", help="All languages, also to those who have one of their own."
        ),
    ] = False,
    envelopes: Annotated[
        Envelopes | None, typer.Option(case_sensitive=False, help="Envelopes of this size too.")
    ] = None,
    labels: Annotated[
        LabelSheet | None, typer.Option(case_sensitive=False, help="Sheets of these labels too.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; “out/print” in the campaign unless said."),
    ] = None,
) -> None:
    """Make one PDF of all letters for a printer, with envelopes or labels and a posting list."""
    from letters.channels import Channel
    from letters.post.plan import plan

    if envelopes and labels:
        fail(Status.USAGE, "choose one of --envelopes and --labels")
    before = Looked(workspace.expect_campaign(context))
    campaign = workspace.checked_campaign(context, to or [], "printed", known=before.is_checked)
    shop = workspace.workshop(context)
    folder = campaign.root / "out"
    grounds = finished_letters.look(
        shop, folder, only=to or (), acting=True, before=before, checked=True
    ).grounds()
    found = plan(
        campaign,
        folder,
        grounds,
        only=to or [],
        again=bool(to),
        channel=Channel.POST,
        all_languages=all_languages,
    )
    for line in found.refusals:
        note(f"refused: {line}")
    if found.refusals:
        fail(Status.REFUSED, "nothing was printed, and nothing will be until this is fixed")
    if not found.letters:
        _left_out(found)
        note("there is nothing to print")
        return
    target = _target(shop, out)
    made, stacks = _bundle(shop, found.letters)
    people = [stack.person for stack in stacks if stack.person.known]
    covers = _covers(shop, people, envelopes, labels)
    _write(target, {_LETTERS: made, **covers}, _list(shop, stacks))
    _tell(found, stacks, "envelopes" if envelopes else "labels" if labels else "")
    for name in (_LETTERS, *covers, _LIST):
        say(str(target / name))
    note("nothing is recorded yet; once they are posted:")
    note("letters track sent ID … --channel post --evidence FILE")


def _bundle(shop: Workshop, letters: Sequence[Parcel]) -> tuple[bytes, list[Stack]]:
    """All letters as one PDF; every file that can't be printed is named at once."""
    from letters.post.paper.stacks import gather
    from letters.problem import CampaignError

    stacks: list[Stack] = []
    problems: list[Problem] = []
    bundle, campaign = shop.bundle(), shop.campaign
    for letter in progress.over(letters, len(letters), "putting letters together"):
        try:
            stacks.append(gather(bundle.add, campaign, letter))
        except CampaignError as error:
            problems += error.problems
            if bundle.stopped:
                break
    if problems:
        raise CampaignError(problems)
    title = campaign.letter.title.get(campaign.letter.languages[0]) or ""
    return bundle.close(title), stacks


def _covers(
    shop: Workshop,
    people: Sequence[Addressed],
    envelopes: Envelopes | None,
    labels: LabelSheet | None,
) -> dict[str, bytes]:
    """What the addresses are printed on, where that is asked for."""
    from letters.post.paper import stationery

    if envelopes and people:
        kind = stationery.ENVELOPES[envelopes.value]
        return {_ENVELOPES: shop.covers(people, kind)}
    if labels and people:
        sheet = stationery.LABELS[labels.value]
        return {_LABELS: shop.covers(people, sheet)}
    return {}


def _list(shop: Workshop, stacks: Sequence[Stack]) -> bytes:
    from letters.post.paper.listing import ListedRecipient

    return shop.posting_list([ListedRecipient(stack.person, stack.sheets) for stack in stacks])


def _target(shop: Workshop, out: Path | None) -> Path:
    """The folder to write into; ends the command where it is another's.

    In the campaign's own folder whatever is in the way is kept beside; elsewhere only what was made
    here and changed since is.
    """
    target = out or shop.campaign.root / "out" / "print"
    set_aside.expect_apart(expect_folder(target), shop.campaign.root)
    for path in () if out else (target.parent, target):
        if path.is_symlink():
            hint = "name the folder that you mean with --out"
            fail(Status.REFUSED, f"{path} is a link, and letters doesn’t write through it", hint)
    for name in _ALL:
        path = target / name
        if path.is_symlink() or (out and path.exists() and not shop.made_here(path)):
            hint = "move it away, or name another folder with --out"
            fail(Status.REFUSED, f"{path} was not made by “letters print”", hint)
    return target


def _write(target: Path, made: dict[str, bytes], listed: bytes) -> None:
    """All files together, for the user's eyes alone: they hold addresses.

    What an earlier run made for other letters goes, or it would be put with these. Each file is
    sealed, so that the next run can tell whether it was changed.
    """
    from letters.files import Batch
    from letters.kept import is_sealed, sealed

    with set_aside.keeping(is_sealed) as keeper:
        with Batch(target, keeper) as batch:
            for name, data in made.items():
                batch.add(name, sealed(data, "%"), mode=_PRIVATE)
            batch.commit(_LIST, sealed(listed, "%"), mode=_PRIVATE)
        for name in _ALL:
            path = target / name
            if name not in made and name != _LIST and path.exists() and keeper.clear(path):
                note(f"{path} was of an earlier run, and is deleted")


def _tell(found: Plan, stacks: Sequence[Stack], covers: str) -> None:
    """What is in the bundle and what is not, on standard error; ``covers`` are also asked for."""
    rows: list[tuple[str, ...]] = [("RECIPIENT", "PAGES", "SHEETS", "FILES")]
    for stack in stacks:
        names = ", ".join(name for name, _ in stack.parts)
        rows.append((stack.person.recipient, str(stack.pages), str(stack.sheets), names))
    note(table(rows))
    note("")
    _left_out(found)
    for recipient, remarks in found.remarks.items():
        note(f"{recipient}: {'; '.join(remarks)}")
    for stack in stacks:
        if not stack.person.known:
            without = f", and is not among the {covers}" if covers else ""
            note(f"{stack.person.recipient}: has no postal address{without}")
    pages, sheets = sum(s.pages for s in stacks), sum(s.sheets for s in stacks)
    people = counted(len(stacks), "recipient")
    note(f"{people}, {counted(pages, 'page')}, {counted(sheets, 'sheet')}")
    sizes = Counter(_named(size) for s in stacks for _, part in s.parts for size in part.sizes)
    if len(sizes) > 1:
        parts = ", ".join(f"{counted(number, 'page')} {name}" for name, number in sizes.items())
        note(f"the pages have several sizes: {parts}")


def _left_out(found: Plan) -> None:
    for recipient, reason in found.skipped:
        note(f"left out: {recipient}: {reason}")
    if found.skipped:
        note("--to ID prints a letter again")
    if left := sendview.unwanted(found):
        note(left)


def _named(size: tuple[float, float]) -> str:
    """The name of a paper, or its size in mm."""
    points = (round(size[0]), round(size[1]))
    millimetres = [f"{length / 72 * 25.4:.0f}" for length in size]
    return _SIZES.get(points) or " × ".join(millimetres) + " mm"
